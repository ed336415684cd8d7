/** Body files: every file of a host with its times, one a line.
 *
 *  MD5|name|inode|mode|UID|GID|size|atime|mtime|ctime|crtime       times in seconds since 1970, 0 unknown
 *  Source: The Sleuth Kit, "Body file" (3.0 and later); UAC 3.3.0, bodyfile/bodyfile.txt, written by stat,
 *  with "NAME -> TARGET" for links.
 *  Limits: names and times only. Of each ending a bounded number of windows of time is counted.
 */

import { detached } from "../../bytes/text.ts";
import { boundedMicros } from "../../bytes/time.ts";
import type { FileRecord } from "../../model/trace-record.ts";
import { notableFile, oddEnding } from "../../tables/notable-files.ts";
import { type Desk, NOTHING_SUMMED, type Reader, type ReadSummary, type Source } from "../reader.ts";
import { eachLine, factAt, linePlace, type TextLine } from "../text.ts";
import { Bursts } from "./bursts.ts";
import { keepFileTime } from "./file-times.ts";

const FIELDS = 11;
/** Fields behind the name. */
const TAIL = 9;
const LINES_LOOKED_AT = 5;
/** Notable files of one kind that are told; the rest is counted. */
const MOST_OF_KIND = 1_000;
const LINE = new RegExp(
  String.raw`^[0-9a-fA-F]{0,64}\|[^\n]{0,4096}\|\d{0,20}(?:-\d{1,10}){0,2}\|[^|]{0,32}\|\d{0,10}\|\d{0,10}` +
    String.raw`\|\d{1,20}(?:\|-?\d{0,20}(?:\.\d{1,10})?){4}$`,
);

export const bodyfile: Reader = {
  id: "bodyfile",
  title: "body files (The Sleuth Kit, UAC)",
  sniff(head, { path }) {
    // One that lies among the files of a host tells of another host, or of another moment.
    if (path.startsWith("/")) return false;
    const lines = Buffer.from(head.subarray(0, 16_384)).toString("utf8").split(/\r?\n/);
    const whole = lines.slice(0, -1).filter((line) => line !== "" && !line.startsWith("#"));
    const looked = whole.slice(0, LINES_LOOKED_AT);
    return looked.length > 0 && looked.every((line) => LINE.test(line));
  },
  firstMicros: () => null,
  read,
};

interface Entry {
  readonly path: string;
  readonly mode: string;
  readonly bytes: number | null;
  readonly accessedMicros: number | null;
  readonly modifiedMicros: number | null;
  readonly changedMicros: number | null;
}

function entryOf(text: string): Entry | null {
  const fields = text.split("|");
  if (fields.length < FIELDS) return null;
  const [, mode = "", , , size = "", accessed, modified, changed] = fields.slice(-TAIL);
  const name = fields.slice(1, -TAIL).join("|");
  if (!/^\d{1,20}$/.test(size)) return null;
  const arrow = mode.startsWith("l") ? name.indexOf(" -> ") : -1;
  return {
    path: arrow === -1 ? name : name.slice(0, arrow),
    mode,
    bytes: Number(size),
    accessedMicros: microsOf(accessed),
    modifiedMicros: microsOf(modified),
    changedMicros: microsOf(changed),
  };
}

/** Null for 0, which the tools write where they do not know. */
function microsOf(seconds: string | undefined): number | null {
  const value = Number(seconds);
  return seconds === undefined || seconds === "" || value <= 0
    ? null
    : boundedMicros(Math.round(value * 1e6));
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const bursts = new Bursts(source);
  const kinds = new Map<string, { told: number; beyond: number; first: TextLine }>();
  let strange = 0;
  let firstStrange: TextLine | null = null;
  await eachLine(source, desk, (line) => {
    if (line.text === "" || line.text.startsWith("#")) return;
    const entry = entryOf(line.text);
    if (entry === null) {
      strange += 1;
      firstStrange ??= line;
      return;
    }
    if (!isFile(entry.mode)) return;
    keepFileTime(desk, source, { path: entry.path, micros: entry.modifiedMicros });
    const ending = oddEnding(entry.path);
    const atMicros = entry.changedMicros ?? entry.modifiedMicros;
    if (ending !== null && atMicros !== null) bursts.add(ending, { path: entry.path, atMicros, line });
    const row = notableFile(entry.path, isExecutable(entry.mode));
    if (row === null) return;
    const kind = kinds.get(row.id) ?? { told: 0, beyond: 0, first: line };
    kinds.set(row.id, kind);
    if (kind.told < MOST_OF_KIND) {
      kind.told += 1;
      desk.record(recordOf(entry, row.id, factAt(source, line, timeOf(entry))));
    } else kind.beyond += 1;
  });
  bursts.finish(desk);
  for (const [id, { beyond, first }] of kinds) {
    if (beyond === 0) continue;
    const says = `${source.name} lists more than ${MOST_OF_KIND} files of the kind ${id}`;
    desk.countGap({ place: linePlace(source, first), code: "dropped-details", says, count: beyond });
  }
  if (firstStrange !== null) {
    const says = `${source.name} holds lines that are none of a body file`;
    desk.countGap({ place: linePlace(source, firstStrange), code: "malformed-line", says, count: strange });
  }
  return NOTHING_SUMMED;
}

/** "-rwx" of stat, "r/rrwx" of The Sleuth Kit. */
function isFile(mode: string): boolean {
  return mode.startsWith("-") || mode.startsWith("r/");
}

/** By the last nine letters, three for each of user, group and others. */
function isExecutable(mode: string): boolean {
  return /^(?:..[xs]|.{5}[xs]|.{8}[xt])/.test(mode.slice(-9));
}

function timeOf({ changedMicros, modifiedMicros }: Entry) {
  return { atMicros: changedMicros ?? modifiedMicros };
}

function recordOf(entry: Entry, notable: string, fact: ReturnType<typeof factAt>): FileRecord {
  const { path, mode, bytes, accessedMicros, modifiedMicros, changedMicros } = entry;
  const kept = { path: detached(path, 4096), mode: detached(mode, 32) };
  return {
    ...fact,
    kind: "file",
    ...kept,
    notable,
    bytes,
    accessedMicros,
    modifiedMicros,
    changedMicros,
    sha256: null,
  };
}
