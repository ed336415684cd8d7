import type { Verdict } from "../../model/case.ts";
import type { Revenue, Worth } from "../../model/follow-case.ts";
import { swapSums } from "../../model/swap-sums.ts";
import type { CaseTrace } from "../../model/trace.ts";
import { boundOf } from "../../report/follow-rows.ts";
import * as say from "../../report/numbers.ts";
import { policySides } from "../../report/policies.ts";
import {
  isToldFurther,
  POLICY_WORD,
  type Reached,
  reachedOf,
  type TraceGroup,
  traceGroups,
} from "../../report/reached.ts";
import { cut } from "../../report/visible.ts";
import type { FollowedParts } from "./parts.ts";

/** Services that a sentence names, and revenues and traces that are told. */
const MOST_NAMED = 3;

/** What followed money comes to, for a manager: what it was, where it went, and how that is known.
 *
 *  Its severity says no more than tags do: high where the coins came from an address that a list names for
 *  an abuse, else information.
 */
export function followVerdict(parts: FollowedParts): Verdict {
  const groups = traceGroups(parts);
  const told = groups.filter(({ lead }) => isToldFurther(lead) || parts.revenues.length === 0);
  const sentences = [
    ...told.slice(0, MOST_NAMED).map((group) => wentTo(parts, group)),
    ...parts.revenues.slice(0, MOST_NAMED).map(cameIn),
    ...(told.length < groups.length ? ["The source does not tell what became of what came in"] : []),
  ];
  const [headline = "Nothing was found that could be followed", ...others] = sentences;
  return {
    severity: isAbused(parts) ? "high" : "info",
    headline,
    says: [
      ...others,
      ...told.slice(0, MOST_NAMED).flatMap((group) => details(parts, group)),
      ...swapped(parts),
    ],
    wouldChange: wouldChange(parts, groups),
  };
}

function isAbused({ tags, traces, revenues }: FollowedParts): boolean {
  const abused = new Set(tags.flatMap(({ address, abuse }) => (abuse === null ? [] : address)));
  const seeds = traces.flatMap((trace) => trace.seeds.map(({ address }) => address));
  return [...seeds, ...revenues.flatMap(({ addresses }) => addresses)].some((one) => abused.has(one ?? ""));
}

const amountOf = (sats: bigint | string, { coin }: Pick<CaseTrace, "coin">): string =>
  `${say.coins(String(sats), coin)} ${say.coinSign(coin)}`;

function wentTo(parts: FollowedParts, { lead }: TraceGroup): string {
  const { seeds, totals, worth, direction, coin } = lead;
  const ends = reachedOf(parts, lead);
  const day = seeds.flatMap(({ at }) => at?.slice(0, 10) ?? []).sort()[0];
  const what = `${amountOf(totals.seedSats, { coin })}${worthBracket(worth)}`;
  const begun = day === undefined ? what : `${what}, received from ${day} on`;
  const seed = Number(totals.seedSats) || 1;
  const part = (of: readonly Reached[]): string =>
    say.share(of.reduce((sum, { sats }) => sum + Number(sats), 0) / seed);
  const said = (kinds: readonly Reached["kind"][], words: (of: readonly Reached[]) => string): string[] => {
    const of = ends.filter(({ kind }) => kinds.includes(kind));
    return of.length === 0 ? [] : [`${part(of)} ${words(of)}`];
  };
  if (direction === "backward") {
    const from = said(["service"], (of) => `comes from ${named(of)}`);
    return [begun, ...(from.length === 0 ? ["comes from no service that is known"] : from)].join(": ");
  }
  const told = [
    ...said(["service"], (of) => `went to ${named(of)}`),
    ...said(["coinjoin"], () => "into CoinJoins"),
    ...said(["unspent"], () => "lies unspent"),
    ...said(
      ["perhaps-unspent", "not-in-source", "unknown-value", "source-failed", "limit"],
      () => "was lost sight of",
    ),
  ];
  return told.length === 0 ? begun : `${begun}: ${told.join(", ")}`;
}

/** "two exchanges" cannot be said: what a service is stands in tags, which may disagree. */
function named(of: readonly Reached[]): string {
  const names = of.map(({ service }) => cut(service ?? "a service", 60));
  const rest = names.length - MOST_NAMED;
  if (rest > 0) return `${names.slice(0, MOST_NAMED).join(", ")} and ${rest} more`;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function worthBracket(worth: readonly Worth[]): string {
  const [first] = worth;
  if (first === undefined) return "";
  const known = [first.open, first.high, first.low, first.close].flatMap((value) => value ?? []);
  if (known.length === 0) return " (worth unknown: no price is known)";
  const least = first.coveredShare < 1 ? "at least " : "";
  return ` (worth ${least}${say.usd(Math.min(...known))} – ${say.usd(Math.max(...known))} when it came)`;
}

function cameIn(revenue: Revenue): string {
  const bound = boundOf(revenue);
  const about = cut(revenue.about, 80);
  if (bound === undefined) return `What came in for ${about} is unknown`;
  const left = revenue.excluded.reduce((sum, { sats }) => sum + BigInt(sats), 0n);
  const more = left === 0n ? "" : `; ${amountOf(left, { coin: "btc" })} more came in and is not counted`;
  return (
    `${about} took in at least ${amountOf(bound.sats, { coin: "btc" })} in ` +
    `${say.plural(bound.transactions, "transaction")}${worthBracket(bound.worth)}${more}`
  );
}

function details(parts: FollowedParts, { lead, traces }: TraceGroup): readonly string[] {
  const ends = reachedOf(parts, lead);
  return [
    ...asked(parts, ends, lead),
    ...beyond(ends, lead),
    ...(lead.edges.length === 0 ? [] : [known(lead)]),
    ...byOthers(parts, traces),
    ...(lead.isComplete
      ? []
      : ["The source failed before the trace was through: more may have gone elsewhere"]),
  ];
}

/** Whose books tell more, and how good the names are. */
function asked({ tags }: FollowedParts, ends: readonly Reached[], lead: CaseTrace): readonly string[] {
  const services = ends.filter(({ kind }) => kind === "service");
  if (services.length === 0) return [];
  const sats = services.reduce((sum, end) => sum + end.sats, 0n);
  const outputs = services.reduce((sum, { count }) => sum + count, 0);
  const doubtedAddresses = new Set(
    tags.flatMap(({ address, conflicts, caution }) =>
      conflicts.length > 0 || caution !== null ? address : [],
    ),
  );
  const doubted = services.filter((end) =>
    end.outputs.some(({ address }) => doubtedAddresses.has(address ?? "")),
  );
  const doubt =
    doubted.length === 0 ? "" : `; tags that name ${named(doubted)} are contradicted or to be doubted`;
  return [
    `The books of ${named(services)} can tell whose it was: ${amountOf(sats, lead)} in ` +
      `${say.plural(outputs, "output")}${doubt}`,
  ];
}

/** What no rule can follow, and what can still be watched. */
function beyond(ends: readonly Reached[], { direction, until }: CaseTrace): readonly string[] {
  const met = new Set(ends.map(({ kind }) => kind));
  const mixed = met.has("coinjoin") ? ["no rule can follow what went into CoinJoins"] : [];
  const lies =
    direction === "forward" && met.has("unspent")
      ? [`what lies unspent at block ${until.height ?? say.UNKNOWN} can be watched`]
      : [];
  const said = [...mixed, ...lies].join("; ");
  return said === "" ? [] : [`${said.charAt(0).toUpperCase()}${said.slice(1)}`];
}

/** How much of it is seen, and how much a convention. */
function known({ edges, policy }: CaseTrace): string {
  const assumed = edges.filter(({ how }) => how === "assumed").length;
  if (assumed === 0)
    return "Every transaction on the way spends followed coins alone: no convention was needed";
  return (
    `That these transactions spend each other's outputs is seen; in ${say.count(assumed)} of ` +
    `${say.plural(edges.length, "step")} other coins were mixed in, and which went where is the convention ` +
    `“${POLICY_WORD[policy]}”`
  );
}

/** What services have got by all policies that add up. */
function byOthers(parts: FollowedParts, traces: readonly CaseTrace[]): readonly string[] {
  const sums = traces.filter(({ policy }) => policy !== "poison");
  if (sums.length < 2) return [];
  const toServices = sums.map((trace) => policySides(parts, trace)[0]?.[1] ?? 0);
  const [least, most] = [Math.min(...toServices), Math.max(...toServices)];
  if (most === 0) return [];
  const range =
    say.share(least) === say.share(most) ? say.share(least) : `${say.share(least)} – ${say.share(most)}`;
  const all = sums.length === 2 ? "both" : `all ${sums.length}`;
  return [`By ${all} policies that add up, services have ${range} of it`];
}

function swapped({ swaps }: FollowedParts): readonly string[] {
  return swapSums(swaps)
    .slice(0, MOST_NAMED)
    .map(
      ({ swaps: count, given, from, got, to }) =>
        `${say.plural(count, "swap")} turned ${coinsOf(given, from)} into ${coinsOf(got, to)}`,
    );
}

function coinsOf(amount: string | null, coin: string): string {
  return `${amount ?? "an unknown amount of"} ${say.coinSign(coin)}`;
}

function wouldChange(parts: FollowedParts, groups: readonly TraceGroup[]): readonly string[] {
  const ends = groups.flatMap(({ lead }) => reachedOf(parts, lead));
  const met = new Set(ends.map(({ kind }) => kind));
  const services = ends.filter(({ kind }) => kind === "service");
  return [
    ...(services.length === 0 ? [] : [`The books of ${named(services)}: whose accounts were credited`]),
    ...(parts.tags.length === 0
      ? ["Lists of tags (--tags): without them no service can be told from a private wallet"]
      : ["Better tags: who holds an address is what lists say, and lists are wrong at times"]),
    ...(met.has("unspent") ? ["Later blocks: what lies unspent may move"] : []),
    ...(met.has("coinjoin") ? ["Coordinators' or participants' records of the CoinJoins"] : []),
    ...(parts.revenues.length > 0
      ? ["Victims' reports: further addresses, and payments that were none"]
      : []),
  ];
}
