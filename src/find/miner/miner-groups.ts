import { compareText } from "../../bytes/text.ts";
import type { Facts } from "../../model/facts.ts";
import { inKeyOrder } from "../group.ts";
import { factsByHost, MinerJoins } from "./miner-joins.ts";
import { coreSigns, type MinerSign } from "./miner-signs.ts";

/** Miners of one host that are told apart: a honeypot of half a year saw nine wallets. */
const MOST_MINERS = 50;

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
  const byHost = factsByHost(facts);
  return inKeyOrder(coreSigns(facts), ({ fact }) => fact.host).flatMap(([host, signs]) => {
    const groups = joined(signs);
    const joins = new MinerJoins(host, byHost);
    const merged = bounded(isTrap(host) ? groups : withoutWallet(groups));
    const whole = merged.map((group) => ({ host, signs: [...group, ...joins.of(group)].sort(compare) }));
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
    for (const one of added) largest.push(one);
    for (const key of added.flatMap(({ keys }) => keys)) groupOf.set(key, largest);
  }
  return [...groups];
}

function withoutWallet(groups: readonly MinerSign[][]): MinerSign[][] {
  const isPaid = (group: readonly MinerSign[]): boolean => group.some(({ wallet }) => wallet !== null);
  const paid = groups.filter(isPaid);
  const rest = groups.filter((group) => !isPaid(group));
  if (paid.length > 1) return [...paid, ...(rest.length === 0 ? [] : [rest.flat()])];
  return groups.length === 0 ? [] : [[...paid, ...rest].flat()];
}

/** The largest groups; what is beyond is told as one. */
function bounded(groups: readonly MinerSign[][]): readonly MinerSign[][] {
  if (groups.length <= MOST_MINERS) return groups;
  const sorted = [...groups].sort((a, b) => b.length - a.length);
  return [...sorted.slice(0, MOST_MINERS - 1), sorted.slice(MOST_MINERS - 1).flat()];
}
