import { compareText } from "../bytes/text.ts";
import { isoMicros } from "../bytes/time.ts";
import type { Facts } from "../model/facts.ts";
import type { Finding } from "../model/finding.ts";
import type { Gap } from "../model/gap.ts";
import type { TimelineEntry } from "../model/host-case.ts";
import type { AnyHostRecord, HostKind } from "../model/host-facts.ts";
import { HOST_KINDS } from "../model/host-facts.ts";
import { bytesAt } from "../model/place.ts";
import { smbMark } from "../tables/smb-exploits.ts";

/** Entries of a case; beyond, those behind findings are kept first. */
const MOST_ENTRIES = 5_000;

type Telling = {
  readonly [K in HostKind]?: (record: Extract<AnyHostRecord, { kind: K }>) => string;
};

/** What an entry says, by kind of record. A kind without a row has no moment of its own. */
const SAYS: Telling = {
  login: ({ outcome, user, from, service, times }) => {
    const what = times > 1 ? `${times} logins` : "login";
    return `${service}: ${what} ${outcome}${after(" for ", user)}${after(" from ", from)}`;
  },
  command: ({ text, user, by }) => `${user ?? "somebody"} (${by}): ${text}`,
  process: ({ pid, user, args, name }) => `process ${pid} of ${user ?? "?"} running: ${args ?? name ?? "?"}`,
  connection: ({ process, remote }) => `${process ?? "a process"} connected to ${remote.ip}:${remote.port}`,
  autostart: ({ mechanism, command, path }) => `${mechanism} in ${path}: ${command}`,
  "miner-log": ({ software, pools }) =>
    `${software} begins to log${pools.length === 0 ? "" : `, pool ${pools[0]}`}`,
  request: ({ exploit, client, target }) => `${client} requested ${target} (${exploit})`,
  event: ({ says }) => says,
  burst: ({ files, ending }) => `${files} files ending in ${ending} were written`,
  smb: ({ mark, client, server }) => `${client.ip} to ${server.ip}: ${smbMark(mark)?.says ?? mark}`,
  "name-query": ({ client, name }) => `${client} asked for ${name}`,
};

function after(word: string, name: string | null): string {
  return name === null ? "" : `${word}${name}`;
}

/** Characters of one entry's sentence; the excerpt behind its place has the whole. */
const MOST_SAID = 300;

/** What is told as a timeline; a gap says how much of it was left out. */
export interface Told {
  readonly timeline: readonly TimelineEntry[];
  readonly gaps: readonly Gap[];
}

/** Everything that has a moment, in the order of time, up to a bound. */
export function timeline(facts: Facts, findings: readonly Finding[]): Told {
  const byPlace = new Map<string, string[]>();
  for (const { id, basis } of findings) {
    for (const { place } of basis) {
      const key = `${place.evidence} ${place.atByte}`;
      byPlace.set(key, [...new Set([...(byPlace.get(key) ?? []), id])]);
    }
  }
  const records = HOST_KINDS.flatMap((kind): readonly AnyHostRecord[] => facts[kind]);
  const entries = records.flatMap((record) => entryOf(record, byPlace));
  const sorted = entries.sort(compareEntries);
  return { timeline: kept(sorted), gaps: leftOut(sorted.length - MOST_ENTRIES) };
}

function compareEntries(a: TimelineEntry, b: TimelineEntry): number {
  return compareText(a.at, b.at) || compareText(a.host ?? "", b.host ?? "") || compareText(a.says, b.says);
}

function entryOf(record: AnyHostRecord, byPlace: ReadonlyMap<string, readonly string[]>): TimelineEntry[] {
  // cast: the row is the one of the record's own kind.
  const says = SAYS[record.kind] as ((record: AnyHostRecord) => string) | undefined;
  if (record.atMicros === null || says === undefined) return [];
  const { place } = record;
  return [
    {
      at: isoMicros(record.atMicros),
      how: record.atHow ?? "seen",
      host: record.host,
      what: record.kind,
      says: says(record).slice(0, MOST_SAID),
      findings: byPlace.get(`${place.evidence} ${place.atByte}`) ?? [],
      place,
    },
  ];
}

/** @param sorted in the order of time, so that no kind of record crowds out another */
function kept(sorted: readonly TimelineEntry[]): readonly TimelineEntry[] {
  if (sorted.length <= MOST_ENTRIES) return sorted;
  const told = sorted.filter(({ findings }) => findings.length > 0);
  const rest = sorted.filter(({ findings }) => findings.length === 0);
  return [...told, ...rest].slice(0, MOST_ENTRIES).sort(compareEntries);
}

function leftOut(count: number): Gap[] {
  if (count <= 0) return [];
  const says =
    `The timeline holds ${MOST_ENTRIES} entries, those behind findings first, then the earliest; ` +
    `${count} are left out`;
  return [{ place: bytesAt("", 0, 0), code: "dropped-details", says, count }];
}
