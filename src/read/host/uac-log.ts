/** uac.log, the log that UAC writes into its collection:
 *
 *  2026-11-22 17:43:17 +0000 INF Unix-like Artifacts Collector 3.3.0
 *  2026-11-22 17:43:17 +0000 INF Hostname: web01
 *  2026-11-22 17:43:17 +0000 INF Time zone: Etc/UTC
 *
 *  Source: UAC 3.3.0, lib/log_msg.sh and the uac script.
 */

import { parseIso } from "../../bytes/time.ts";
import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { NOTHING_SUMMED } from "../reader.ts";
import { eachLine, factAt, type TextLine } from "../text.ts";
import { finishIdentities, type IdentityFacts, identityTable } from "./identities.ts";
import { isOfCollector } from "./layout.ts";
import { hostLooks } from "./looks.ts";
import { momentOf, zoneOfOffset } from "./wall-clock.ts";

const LINE = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) ([+-]\d{4}) (?:INF|CMD|ERR|WRN|DBG)\s{1,4}(.{0,300})/;
const FIRST = /INF\s{1,4}Unix-like Artifacts Collector/;

export const uacLog: Reader = {
  id: "uac-log",
  title: "log of a UAC collection",
  sniff: (head, { path }) =>
    isOfCollector(path) && FIRST.test(Buffer.from(head.subarray(0, 200)).toString("latin1")),
  firstMicros: () => null,
  read,
  finish: finishIdentities,
};

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  let first: TextLine | null = null;
  let facts: IdentityFacts = { collector: "uac" };
  let firstMicros: number | null = null;
  let lastMicros: number | null = null;
  await eachLine(source, desk, (line) => {
    const [, time, offset = "", says = ""] = LINE.exec(line.text) ?? [];
    const localMicros = time === undefined ? null : parseIso(`${time}Z`);
    if (localMicros === null) return;
    const atMicros = momentOf({ localMicros, zone: offset });
    if (first === null) {
      first = line;
      firstMicros = atMicros;
      const zone = zoneOfOffset(offset);
      if (zone !== null) facts = { ...facts, zone };
      hostLooks(desk).note(source.host, "looked", { atMicros: localMicros, clock: "local", rank: 3 });
    }
    lastMicros = atMicros;
    facts = { ...facts, ...saidOf(says) };
  });
  if (first === null) return NOTHING_SUMMED;
  const { place, excerpt } = factAt(source, first);
  const span = {
    ...(firstMicros === null ? {} : { collectedFirstMicros: firstMicros }),
    ...(lastMicros === null ? {} : { collectedLastMicros: lastMicros }),
  };
  identityTable(desk).note({ host: source.host, rank: 2, facts: { ...facts, ...span }, place, excerpt });
  return { ...NOTHING_SUMMED, firstMicros, lastMicros };
}

function saidOf(says: string): IdentityFacts {
  const [, what, value = ""] =
    /^(Hostname|Time zone|Unix-like Artifacts Collector):? (\S{1,253})$/.exec(says) ?? [];
  if (what === "Hostname") return { name: value };
  return what === "Time zone" && /^[A-Z][\w+/-]{1,60}$/.test(value) ? { zone: value } : {};
}
