/** The acquisition log that UAC writes beside its archive: case, host, and the hashes of the archive.
 *
 *  Created by UAC (Unix-like Artifacts Collector) 3.3.0
 *  [Case Information]         Case Number: … Evidence Number: … Examiner: …
 *  [System Information]       Hostname: web01
 *  [Acquisition Information]  Acquisition Started: Sun Nov 22 17:43:18 2026 +0000
 *  [Output Information]       File: uac-web01-linux-20261122174317.tar.gz
 *  [Computed Hashes]          MD5 checksum: … SHA1 checksum: … SHA256 checksum: …
 *
 *  Source: UAC 3.3.0, lib/create_acquisition_log.sh.
 */
import { detached } from "../../bytes/text.ts";
import type { CustodyRecord } from "../../model/host-record.ts";
import { MAX_EXCERPT_CHARS } from "../../model/place.ts";
import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { NOTHING_SUMMED } from "../reader.ts";
import { placeAt, wholeText } from "../text.ts";
import { isOfCollector } from "./layout.ts";
import { momentOf, parseDate } from "./wall-clock.ts";

const FIRST = /^(?:\uFEFF)?Created by (UAC) \(Unix-like Artifacts Collector\) ?([\w.-]{0,40})/;
const MAX_BYTES = 1 << 16;

const HASHES = [
  ["md5", "MD5 checksum", 32],
  ["sha1", "SHA1 checksum", 40],
  ["sha256", "SHA256 checksum", 64],
] as const;

export const uacAcquisition: Reader = {
  id: "uac-acquisition",
  title: "acquisition log of a UAC collection",
  sniff: (head, { path }) =>
    isOfCollector(path) && FIRST.test(Buffer.from(head.subarray(0, 200)).toString("utf8")),
  firstMicros: () => null,
  read,
};

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const text = await wholeText(source, desk, MAX_BYTES);
  const fields = fieldsOf(text);
  const place = placeAt(source, { atByte: 0, byteLength: Buffer.byteLength(text), line: null });
  const file = fields.get("File");
  if (file === undefined) {
    const says = `${source.name} names no file: the log ends before its output, or was changed`;
    desk.gap(place, "truncated-file", says);
    return NOTHING_SUMMED;
  }
  const started = momentIn(fields.get("Acquisition Started"));
  const finished = momentIn(fields.get("Acquisition Finished"));
  const version = FIRST.exec(text)?.[2];
  desk.record({
    kind: "custody",
    host: source.host,
    hostname: fields.get("Hostname") ?? null,
    atMicros: started,
    atHow: started === null ? null : "seen",
    clock: "utc",
    place,
    excerpt: detached(text.trim(), MAX_EXCERPT_CHARS),
    tool: version === undefined || version === "" ? "UAC" : `UAC ${version}`,
    file,
    hashes: hashesOf(fields),
    caseNumber: fields.get("Case Number") ?? null,
    evidenceNumber: fields.get("Evidence Number") ?? null,
    examiner: fields.get("Examiner") ?? null,
    startedMicros: started,
    finishedMicros: finished,
  });
  return { ...NOTHING_SUMMED, firstMicros: started, lastMicros: finished };
}

/** "Name: value", a line each; empty values are not told. */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [, name = "", value = ""] of text.matchAll(
    /^([A-Z][A-Za-z0-9 ]{1,40}): {0,4}(\S[^\r\n]{0,400})$/gm,
  )) {
    if (!fields.has(name)) fields.set(name, value.trim());
  }
  return fields;
}

function momentIn(text: string | undefined): number | null {
  const date = parseDate(text ?? "");
  return date === null ? null : momentOf(date);
}

function hashesOf(fields: ReadonlyMap<string, string>): CustodyRecord["hashes"] {
  const found = HASHES.flatMap(([algorithm, name, digits]) => {
    const hash = fields.get(name)?.toLowerCase() ?? "";
    return hash.length === digits && /^[0-9a-f]+$/.test(hash) ? [[algorithm, hash]] : [];
  });
  return Object.fromEntries(found);
}
