import { compareText } from "../bytes/text.ts";
import type { Facts } from "../model/facts.ts";
import type { ConnectionRecord } from "../model/host-record.ts";
import type { CommandRecord } from "../model/log-record.ts";
import { endpointText } from "../model/record.ts";
import { loadPools } from "../tables/pools.ts";
import { coreSigns, type MinerSign, poolKeys, startJoin } from "./miner-signs.ts";
import { nameOf } from "./started.ts";
import { shortHost } from "./words.ts";

/** Facts of one kind that are joined to one miner. */
const MOST_JOINED = 200;

/** Signs that belong to one miner of one host. */
export interface MinerGroup {
  readonly host: string;
  /** First sign first; at least one of them is core. */
  readonly signs: readonly MinerSign[];
}

/** Miners of hosts: facts that share a folder, a process, a wallet or a pool are of one miner; so is what
 *  names no wallet, as long as the host has but one miner that does. On a trap each wallet stands alone.
 */
export function minerGroups(facts: Facts, isTrap: (host: string) => boolean): MinerGroup[] {
  const byHost = new Map<string, MinerSign[]>();
  for (const sign of coreSigns(facts)) {
    const { host } = sign.fact;
    byHost.set(host, [...(byHost.get(host) ?? []), sign]);
  }
  return [...byHost]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([host, signs]) => {
      const groups = joined(signs);
      const merged = isTrap(host) ? groups : withoutWallet(groups);
      const whole = merged.map((group) => ({
        host,
        signs: [...group, ...joins(host, group, facts)].sort(compare),
      }));
      return whole.sort((a, b) => compareGroups(a.signs, b.signs));
    });
}

function compare(a: MinerSign, b: MinerSign): number {
  const time = (one: MinerSign): number => one.firstMicros ?? Number.MAX_SAFE_INTEGER;
  return (
    time(a) - time(b) ||
    compareText(a.says, b.says) ||
    compareText(a.fact.place.evidence, b.fact.place.evidence) ||
    a.fact.place.atByte - b.fact.place.atByte
  );
}

function compareGroups(a: readonly MinerSign[], b: readonly MinerSign[]): number {
  const [first, other] = [a[0], b[0]];
  return first === undefined || other === undefined ? 0 : compare(first, other);
}

/** Groups of signs that share a key, directly or over others. */
function joined(signs: readonly MinerSign[]): MinerSign[][] {
  const groupOf = new Map<string, MinerSign[]>();
  const groups = new Set<MinerSign[]>();
  for (const sign of [...signs].sort(compare)) {
    const met = new Set(sign.keys.map((key) => groupOf.get(key)).filter((group) => group !== undefined));
    const [largest = [], ...others] = [...met].sort((a, b) => b.length - a.length);
    groups.add(largest);
    const added = [sign, ...others.flat()];
    for (const other of others) groups.delete(other);
    largest.push(...added);
    for (const key of added.flatMap(({ keys }) => keys)) groupOf.set(key, largest);
  }
  return [...groups];
}

function withoutWallet(groups: readonly MinerSign[][]): MinerSign[][] {
  const paid = groups.filter((group) => group.some(({ wallet }) => wallet !== null));
  const rest = groups.filter((group) => !paid.includes(group));
  if (paid.length > 1) return [...paid, ...(rest.length === 0 ? [] : [rest.flat()])];
  return groups.length === 0 ? [] : [[...paid, ...rest].flat()];
}

/** What tells nothing by itself and belongs to this miner. */
function joins(host: string, group: readonly MinerSign[], facts: Facts): MinerSign[] {
  const keys = new Set(group.flatMap((sign) => sign.keys));
  const own = new Set(group.map(({ fact }) => fact));
  const starts = facts.autostart
    .filter((record) => record.host === host && !own.has(record))
    .map(startJoin)
    .filter((sign) => sign.keys.some((key) => keys.has(key)));
  return [...starts, ...connections(host, group, facts), ...namings(host, group, facts)].slice(
    0,
    3 * MOST_JOINED,
  );
}

function joinOf(fact: ConnectionRecord | CommandRecord): Omit<MinerSign, "parts" | "says"> {
  return {
    fact,
    isCore: false,
    keys: [],
    places: [fact.place],
    software: null,
    wallet: null,
    pools: [],
    program: null,
    hps: null,
    firstMicros: fact.atMicros,
    lastMicros: fact.atMicros,
  };
}

/** Connections of the miner's process, and of the host to its pool. */
function connections(host: string, group: readonly MinerSign[], { connection }: Facts): MinerSign[] {
  const keys = new Set(group.flatMap((sign) => sign.keys));
  const names = new Set(
    group.flatMap(({ program }) => (program === null ? [] : nameOf(program).replace(/ .*$/, ""))),
  );
  const met = new Set<string>();
  return connection.flatMap((record): MinerSign[] => {
    const { pid, process, remote, state } = record;
    if (record.host !== host || state === "LISTEN" || met.size >= MOST_JOINED) return [];
    const isTheirs = (pid !== null && keys.has(`process ${pid}`)) || (process !== null && names.has(process));
    const isPool = poolKeys([remote.ip]).some((key) => keys.has(key));
    if (!isTheirs && !isPool) return [];
    const key = `${pid} ${endpointText(remote)}`;
    if (met.has(key)) return [];
    met.add(key);
    const known = loadPools().matchHost(remote.ip);
    const whose = isTheirs ? `${shortHost(process ?? `process ${pid}`)} is connected to` : "a connection to";
    const pool = known === null ? "" : `, the pool ${known.pool}`;
    const says = `${whose} ${shortHost(endpointText(remote))}${pool}`;
    return [{ ...joinOf(record), parts: ["connection"], says }];
  });
}

/** Commands that speak of the miner's folder or file: they made it, fetched it or looked after it. */
function namings(host: string, group: readonly MinerSign[], { command }: Facts): MinerSign[] {
  const own = new Set(group.map(({ fact }) => fact));
  const texts = new Set(
    group.flatMap(({ keys }) =>
      keys.flatMap(
        (key) =>
          /^(?:folder|file) (?:\/(?:tmp|var\/tmp|dev\/shm|root|home\/[^/]+)\/)?(.{6,})$/.exec(key)?.[1] ?? [],
      ),
    ),
  );
  if (texts.size === 0) return [];
  return command
    .filter(
      (record) =>
        record.host === host && !own.has(record) && [...texts].some((text) => record.text.includes(text)),
    )
    .slice(0, MOST_JOINED)
    .map((record) => ({
      ...joinOf(record),
      parts: [],
      says: `${record.by}: a command names the miner's folder: ${shortHost(record.text)}`,
    }));
}
