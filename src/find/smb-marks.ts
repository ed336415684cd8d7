import { compareIps } from "../bytes/ip.ts";
import { earliest, latest } from "../bytes/time.ts";
import type { Basis } from "../model/place.ts";
import type { SmbRecord } from "../model/trace-record.ts";
import { type SmbMarkId, smbMark } from "../tables/smb-exploits.ts";
import { seen } from "./trail.ts";
import { distinct, short, times } from "./words.ts";

/** A trail is read by a person. */
const MOST_STEPS = 24;

/** The records with one of these marks, in the order of time. */
export function marked(smb: readonly SmbRecord[], ...marks: readonly SmbMarkId[]): SmbRecord[] {
  return smb.filter(({ mark }) => marks.some((one) => one === mark)).sort(inTime);
}

/** Groups by the address of one end, in the order of addresses; each group in the order of time. */
export function byEnd(smb: readonly SmbRecord[], end: "client" | "server"): [string, SmbRecord[]][] {
  const groups = new Map<string, SmbRecord[]>();
  for (const record of smb) {
    const known = groups.get(record[end].ip);
    if (known === undefined) groups.set(record[end].ip, [record]);
    else known.push(record);
  }
  return [...groups].sort(([a], [b]) => compareIps(a, b)).map(([ip, records]) => [ip, records.sort(inTime)]);
}

function inTime(a: SmbRecord, b: SmbRecord): number {
  return (
    (a.atMicros ?? 0) - (b.atMicros ?? 0) ||
    compareIps(a.client.ip, b.client.ip) ||
    compareIps(a.server.ip, b.server.ip) ||
    (a.mark < b.mark ? -1 : 1)
  );
}

/** Addresses of one end, each once. */
export function ends(smb: readonly SmbRecord[], end: "client" | "server"): string[] {
  return distinct(smb.map((record) => record[end].ip)).sort(compareIps);
}

/** First and last moment; null for no record. */
export function span(smb: readonly SmbRecord[]): { firstMicros: number | null; lastMicros: number | null } {
  return {
    firstMicros: earliest(smb.map((one) => one.atMicros ?? one.lastMicros)),
    lastMicros: latest(smb.map((one) => one.lastMicros)),
  };
}

/** A step of the trail for each record. */
export function smbTrail(smb: readonly SmbRecord[]): Basis[] {
  return smb.slice(0, MOST_STEPS).map((one) => {
    const says = smbMark(one.mark)?.says ?? one.mark;
    const ways = `${short(one.client.ip)} to ${short(one.server.ip)}`;
    return seen(one.place, `${ways}, ${times(one.times)}: ${says.slice(0, 200)}`, one.excerpt);
  });
}
