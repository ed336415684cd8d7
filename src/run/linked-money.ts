import { compareText } from "../bytes/text.ts";
import type { Verdict } from "../model/case.ts";
import type { Observable } from "../model/host-case.ts";
import type { Place } from "../model/place.ts";
import { plural } from "../report/numbers.ts";
import { tagCategory } from "../tables/tag-categories.ts";
import type { FollowedParts } from "./follow/parts.ts";

/** The followed money of one case, under ids that no other has. */
interface CaseMoney {
  readonly id: string;
  /** What a sentence calls it. */
  readonly name: string;
  readonly followed: FollowedParts;
}

/** What followed money of several cases has in common. */
export interface MoneyLinks {
  readonly observables: readonly Observable[];
  /** Cases that have anything in common. */
  readonly cases: number;
  /** Strongest first. */
  readonly says: readonly string[];
}

type Has = ReadonlyMap<string, Place>;

interface LinkRule {
  readonly one: string;
  readonly many: string;
  has(followed: FollowedParts): Has;
}

/** What links cases, strongest first. */
const RULES: readonly LinkRule[] = [
  { one: "output that both begin at", many: "outputs that both begin at", has: seedOutputs },
  {
    one: "address of whoever holds the seeds",
    many: "addresses of whoever holds the seeds",
    has: ownAddresses,
  },
  { one: "deposit address at a service", many: "deposit addresses at services", has: depositAddresses },
  { one: "address where coins lie unspent", many: "addresses where coins lie unspent", has: lyingAt },
];

/** Values that one sentence names. */
const MOST_NAMED = 3;

/** Finds what the followed money of several cases has in common.
 *
 *  Method: outputs that two cases begin at; addresses that they begin at, or that are spent together with
 *  those; deposit addresses at a service; addresses at which coins of both lie. Of cases that begin at the
 *  same outputs the last two follow by themselves and are not told.
 *  Limits: what an address of a service itself, or a CoinJoin, has of both links nothing: many use them. It
 *  stands among the observables with the reason in `common`.
 */
export function moneyLinks(cases: readonly CaseMoney[]): MoneyLinks {
  const observables: Observable[] = [];
  const says: string[] = [];
  const linked = new Set<string>();
  const sameSeeds = new Set<string>();
  const names = new Map(cases.map(({ id, name }) => [id, name]));
  for (const [at, rule] of RULES.entries()) {
    const shared = [...sharedOf(cases, rule)].filter(([, of]) => at < 2 || !sameSeeds.has(keyOf(of)));
    const found = shared.map(([value, of]) => ({
      value,
      of,
      common: at === 0 ? null : commonOf(value, cases),
    }));
    for (const { value, of, common } of found) {
      if (at === 0) sameSeeds.add(keyOf(of));
      else observables.push({ kind: "wallet", value, hosts: [], common, places: [...of.values()] });
    }
    const links = found.filter(({ common }) => common === null);
    for (const { of } of links) for (const id of of.keys()) linked.add(id);
    const services = new Set(found.flatMap(({ value, common }) => (common === null ? [] : value)));
    if (links.length > 0) says.push(sentence(rule, links, names));
    if (services.size > 0)
      says.push(`${plural(services.size, "address", "addresses")} of services links nothing`);
  }
  return { observables: distinct(observables), cases: linked.size, says };
}

/** For cases that no host links. */
export function moneyVerdict({ cases, says }: MoneyLinks): Verdict {
  return {
    severity: "info",
    headline: `Followed money links ${plural(cases, "case")}`,
    says,
    wouldChange: [
      "Proof that what they share is not one owner's: an address that many use, a service without a tag",
      "Better tags (--tags): a service that no list names looks like a private wallet",
    ],
  };
}

function sentence(
  { one, many }: LinkRule,
  links: readonly { readonly value: string; readonly of: Has }[],
  names: ReadonlyMap<string, string>,
): string {
  const cases = [...new Set(links.flatMap(({ of }) => [...of.keys()]))].map((id) => names.get(id) ?? id);
  const named = links.slice(0, MOST_NAMED).map(({ value }) => value);
  const rest = links.length - named.length;
  const more = rest > 0 ? ` and ${rest} more` : "";
  return `${cases.join(" and ")} share ${plural(links.length, one, many)}: ${named.join(", ")}${more}`;
}

/** Values that several cases have, with the place in each. */
function sharedOf(cases: readonly CaseMoney[], { has }: LinkRule): ReadonlyMap<string, Has> {
  const all = new Map<string, Map<string, Place>>();
  for (const { id, followed } of cases) {
    for (const [value, place] of has(followed)) {
      const of = all.get(value) ?? new Map<string, Place>();
      all.set(value, of.set(id, place));
    }
  }
  return new Map([...all].filter(([, of]) => of.size > 1).sort(([a], [b]) => compareText(a, b)));
}

function keyOf(of: Has): string {
  return [...of.keys()].join();
}

function seedOutputs({ traces }: FollowedParts): Has {
  const seeds = traces.flatMap((trace) => trace.seeds);
  return new Map(seeds.map(({ txid, vout, address, place }) => [`${txid}:${vout ?? address}`, place]));
}

/** Addresses that the case begins at, and what is spent together with them. */
function ownAddresses({ traces, owners }: FollowedParts): Has {
  const own = new Map<string, Place>();
  for (const { address, place } of traces.flatMap((trace) => trace.seeds)) {
    if (address === null || own.has(address)) continue;
    own.set(address, place);
  }
  for (const { addresses } of owners) {
    const seed = addresses.flatMap((address) => own.get(address) ?? [])[0];
    if (seed === undefined) continue;
    for (const address of addresses) if (!own.has(address)) own.set(address, seed);
  }
  return own;
}

function depositAddresses({ traces }: FollowedParts): Has {
  return endsOf(traces, ({ stop }) => stop === "service");
}

function lyingAt({ traces }: FollowedParts): Has {
  return endsOf(traces, ({ stop, spent }) => stop === undefined && spent === false);
}

type End = FollowedParts["traces"][number]["outputs"][number];

function endsOf(traces: FollowedParts["traces"], isMeant: (end: End) => boolean): Has {
  const ends = traces.filter(({ direction }) => direction === "forward").flatMap(({ outputs }) => outputs);
  return new Map(
    ends
      .filter(isMeant)
      .flatMap(({ address, place }) => (address === null ? [] : [[address, place] as const])),
  );
}

/** Why an address links nothing; null: it may. */
function commonOf(address: string, cases: readonly CaseMoney[]): string | null {
  for (const { followed } of cases) {
    for (const { address: tagged, category, actor, label } of followed.tags) {
      if (tagged !== address) continue;
      const isService = (tagCategory(category)?.stop ?? null) !== null || actor !== null;
      if (isService) return `${label}: an address of a service itself is many people's`;
    }
  }
  return null;
}

function distinct(all: readonly Observable[]): readonly Observable[] {
  return [...new Map(all.toReversed().map((one) => [one.value, one])).values()].reverse();
}
