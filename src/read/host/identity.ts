/** Small files that tell which host it is: its name, system, zone and addresses, and when it was looked at.
 *
 *  Source: hostname(5), os-release(5), machine-id(5), uname(1), proc_stat(5); Debian's /etc/timezone;
 *  UAC 3.3.0, artifacts/live_response/{network,system}.
 */
import { detached } from "../../bytes/text.ts";
import { boundedMicros, parseIso } from "../../bytes/time.ts";
import { MAX_EXCERPT_CHARS } from "../../model/place.ts";
import type { Desk, Item, Reader, ReadSummary, Source } from "../reader.ts";
import { NOTHING_SUMMED } from "../reader.ts";
import { placeAt, wholeText } from "../text.ts";
import { inet6Addresses, listedAddresses, trieAddresses } from "./addresses.ts";
import { finishIdentities, type IdentityFacts, identityTable } from "./identities.ts";
import { hostLooks } from "./looks.ts";
import { parseDate } from "./wall-clock.ts";

interface IdentityFile {
  readonly path: RegExp;
  /** Against others that tell the same: the lower is believed. */
  readonly rank: number;
  facts(text: string): IdentityFacts;
  /** What it tells of the clock. */
  note?(text: string, host: string, desk: Desk): void;
}

const NOTHING: IdentityFacts = {};
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$/;
const ZONE = /(?:^|zoneinfo\/)((?:[A-Z][A-Za-z]{1,20}\/)?[A-Z][\w+-]{1,40}(?:\/[A-Z][\w+-]{1,40})?)\s*$/;

const FILES: readonly IdentityFile[] = [
  { path: /^(?:\/|[^/]+\/)?etc\/hostname$/, rank: 1, facts: nameFacts },
  { path: /^(?:\/|[^/]+\/)?proc\/sys\/kernel\/hostname$/, rank: 2, facts: nameFacts },
  { path: /^(?:[^/]+\/)?live_response\/.{0,40}(?:hostname|uname_-n)\.txt$/, rank: 0, facts: nameFacts },
  { path: /^(?:\/|[^/]+\/)?(?:etc|var\/lib\/dbus)\/machine-id$/, rank: 0, facts: machineFacts },
  { path: /^(?:\/|[^/]+\/)?(?:etc|usr\/lib)\/os-release$/, rank: 0, facts: releaseFacts },
  {
    path: /^(?:[^/]+\/)?live_response\/.{0,40}uname_-a\.txt$|^\/?proc\/version$/,
    rank: 5,
    facts: kernelFacts,
  },
  { path: /^(?:\/|[^/]+\/)?etc\/(?:timezone|localtime)$/, rank: 0, facts: zoneFacts },
  { path: /^(?:[^/]+\/)?live_response\/.{0,40}timedatectl.{0,40}\.txt$/, rank: 1, facts: timedatectlFacts },
  {
    path: /^(?:[^/]+\/)?live_response\/.{0,40}(?:ip_addr|ifconfig).{0,40}\.txt$/,
    rank: 0,
    facts: addressFacts(listedAddresses),
  },
  { path: /^\/?proc\/net\/fib_trie$/, rank: 0, facts: addressFacts(trieAddresses) },
  { path: /^\/?proc\/net\/if_inet6$/, rank: 0, facts: addressFacts(inet6Addresses) },
  {
    path: /^(?:[^/]+\/)?live_response\/.{0,40}\bdate_before_[\w,-]{1,80}\.txt$/,
    rank: 9,
    facts: dateFacts,
    note: noteDate(0),
  },
  { path: /^(?:[^/]+\/)?live_response\/.{0,40}\bdate\.txt$/, rank: 9, facts: dateFacts, note: noteDate(5) },
  {
    path: /^(?:[^/]+\/)?live_response\/.{0,40}\buptime_-s\.txt$/,
    rank: 9,
    facts: () => NOTHING,
    note: noteBoot,
  },
  { path: /^\/?proc\/stat$/, rank: 9, facts: () => NOTHING, note: noteKernelBoot },
  { path: /^\/?proc\/uptime$/, rank: 9, facts: () => NOTHING, note: noteUptime },
];

/** More than any of them has: /proc/net/fib_trie of a router. */
const MAX_BYTES = 1 << 18;

export const identity: Reader = {
  id: "identity",
  title: "files that tell which host it is",
  sniff: (head, item) => fileOf(item) !== undefined && head.length > 0,
  firstMicros: () => null,
  read,
  finish: finishIdentities,
};

function fileOf({ path }: Pick<Item, "path">): IdentityFile | undefined {
  return FILES.find((file) => file.path.test(path));
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const text = await wholeText(source, desk, MAX_BYTES);
  const file = fileOf(source);
  if (file === undefined) return NOTHING_SUMMED;
  file.note?.(text, source.host, desk);
  const facts = file.facts(text);
  if (Object.keys(facts).length === 0) return NOTHING_SUMMED;
  const place = placeAt(source, { atByte: 0, byteLength: Buffer.byteLength(text), line: null });
  const excerpt = detached(text.trim(), MAX_EXCERPT_CHARS);
  identityTable(desk).note({ host: source.host, rank: file.rank, facts, place, excerpt });
  return NOTHING_SUMMED;
}

function nameFacts(text: string): IdentityFacts {
  const name = text.trim();
  return NAME.test(name) ? { name } : NOTHING;
}

function machineFacts(text: string): IdentityFacts {
  const machineId = text.trim();
  return /^[0-9a-f]{32}$/.test(machineId) ? { machineId } : NOTHING;
}

function releaseFacts(text: string): IdentityFacts {
  const os = /^PRETTY_NAME=["']?([^"'\n]{1,120})/m.exec(text)?.[1];
  return os === undefined ? NOTHING : { os };
}

/** "Linux web01 6.1.0-18-amd64 #1 SMP …", and of /proc/version "Linux version 6.1.0-18-amd64 (…) …". */
function kernelFacts(text: string): IdentityFacts {
  const [system = "", second = "", release = ""] = text.trim().split(/\s+/, 4);
  if (!/^[A-Z][A-Za-z]{1,20}$/.test(system) || release === "") return NOTHING;
  const os = `${system} ${release}`.slice(0, 120);
  return second === "version" || !NAME.test(second) ? { os } : { os, name: second };
}

/** A name of the time zone database; of /etc/localtime where that leads to, or its last line when it is
 *  "UTC0": other rules in that line stand for many zones. */
function zoneFacts(text: string): IdentityFacts {
  if (text.startsWith("TZif")) return /\n(?:UTC|GMT)0\n$/.test(text) ? { zone: "UTC" } : NOTHING;
  const zone = ZONE.exec(text.slice(0, 400))?.[1];
  return zone === undefined ? NOTHING : { zone };
}

function timedatectlFacts(text: string): IdentityFacts {
  const zone = /^ {0,20}Time zone: ([A-Za-z][\w+/-]{1,60})/m.exec(text)?.[1];
  return zone === undefined ? NOTHING : { zone };
}

function addressFacts(listed: (text: string) => string[]): (text: string) => IdentityFacts {
  return (text) => {
    const addresses = listed(text);
    return addresses.length === 0 ? NOTHING : { addresses };
  };
}

/** A date tells the zone only where that is UTC. */
function dateFacts(text: string): IdentityFacts {
  return parseDate(text)?.zone === "UTC" ? { zone: "UTC" } : NOTHING;
}

function noteDate(rank: number) {
  return (text: string, host: string, desk: Desk): void => {
    const date = parseDate(text);
    if (date === null) return;
    hostLooks(desk).note(host, "looked", { atMicros: date.localMicros, clock: "local", rank });
  };
}

/** "2026-11-22 16:49:38", on the host's own wall clock. */
function noteBoot(text: string, host: string, desk: Desk): void {
  const atMicros = parseIso(`${text.trim()}Z`);
  if (atMicros !== null) hostLooks(desk).note(host, "started", { atMicros, clock: "local", rank: 0 });
}

/** "btime 1768350000": when the kernel started, in seconds since 1970. */
function noteKernelBoot(text: string, host: string, desk: Desk): void {
  const seconds = /^btime (\d{1,11})$/m.exec(text)?.[1];
  const atMicros = boundedMicros(Number(seconds ?? Number.NaN) * 1e6);
  if (atMicros !== null) hostLooks(desk).note(host, "started", { atMicros, clock: "utc", rank: 0 });
}

/** "90000.50 1000.00": seconds that it has been running, and those in which it did nothing. */
function noteUptime(text: string, host: string, desk: Desk): void {
  const seconds = /^(\d{1,10}\.\d{2}) /.exec(text)?.[1];
  if (seconds === undefined) return;
  hostLooks(desk).note(host, "uptime", { atMicros: Number(seconds) * 1e6, clock: "utc", rank: 0 });
}
