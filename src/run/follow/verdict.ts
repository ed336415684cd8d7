import type { Verdict } from "../../model/case.ts";
import type { Revenue } from "../../model/follow-case.ts";
import { swapSums } from "../../model/swap-sums.ts";
import { boundOf, demandedOf, isLowerBound } from "../../report/follow-rows.ts";
import * as say from "../../report/numbers.ts";
import { isToldFurther, reachedOf, type TraceGroup, traceGroups } from "../../report/reached.ts";
import { cutOffOf } from "../../report/until.ts";
import { cut } from "../../report/visible.ts";
import type { FollowedParts } from "./parts.ts";
import { details } from "./verdict-details.ts";
import { headlineOf, servicesNamed, worthBracket } from "./verdict-headline.ts";

/** Revenues and traces that are told. */
const MOST_TOLD = 3;

/** What followed money comes to, for a manager: what it was, where it went, and how that is known.
 *
 *  Its severity says no more than tags do: high where the coins came from an address that a list names for
 *  an abuse, else information.
 */
export function followVerdict(parts: FollowedParts): Verdict {
  const groups = traceGroups(parts);
  const told = groups.filter(({ lead }) => isToldFurther(lead) || parts.revenues.length === 0);
  const sentences = [
    ...told.slice(0, MOST_TOLD).map(({ lead }) => headlineOf(parts, lead)),
    ...parts.revenues.slice(0, MOST_TOLD).map(cameIn),
    ...(told.length < groups.length ? ["The source does not tell what became of what came in"] : []),
  ];
  const [headline = "Nothing was found that could be followed", ...others] = sentences;
  const abuse = abuseOf(parts);
  return {
    severity: abuse === null ? "info" : "high",
    headline,
    says: [
      ...others,
      ...told.slice(0, MOST_TOLD).flatMap((group) => details(parts, group)),
      ...swapped(parts),
      ...(abuse === null ? [] : [abuse]),
    ],
    wouldChange: wouldChange(parts, groups),
  };
}

/** Why the severity is high; null: no list says anything of an abuse. */
function abuseOf({ tags, traces, revenues }: FollowedParts): string | null {
  const begun = new Set([
    ...traces.flatMap(({ seeds }) => seeds.flatMap(({ address }) => address ?? [])),
    ...revenues.flatMap(({ addresses }) => addresses),
  ]);
  const tag = tags.find(({ address, abuse }) => abuse !== null && begun.has(address));
  if (tag === undefined) return null;
  return (
    `It is told as of high severity because the list ${cut(tag.list, 60)} names ${cut(tag.label, 60)} for ` +
    `${cut(tag.abuse ?? "", 40)}; no detector found that`
  );
}

const btc = (sats: string | bigint): string => `${say.coins(String(sats), "btc")} BTC`;

function cameIn(revenue: Revenue): string {
  const bound = boundOf(revenue);
  const about = cut(revenue.about, 80);
  if (bound === undefined) return `What came in for ${about} is unknown`;
  const left = revenue.excluded.reduce((sum, { sats }) => sum + BigInt(sats), 0n);
  const more = left === 0n ? "" : `; ${btc(left)} more came in and is not counted`;
  const demanded = demandedOf(revenue);
  const sized = demanded === null ? "" : `; of it ${btc(demanded.sats)} in amounts that were demanded`;
  return (
    `${about} ${isLowerBound(revenue) ? "took in at least" : "received"} ${btc(bound.sats)} in ` +
    `${say.plural(bound.transactions, "transaction")}${worthBracket(bound.worth)}${sized}${more}`
  );
}

/** Swaps of coins that were followed: what joins nothing of them is not their way. */
function swapped({ swaps, traces }: FollowedParts): readonly string[] {
  const ids = new Set(swaps.map(({ id }) => id));
  const met = new Set(traces.flatMap(({ outputs, edges }) => [...outputs, ...edges]).map(({ txid }) => txid));
  const joined = swaps.filter(({ joins }) =>
    joins.some(({ to }) => !ids.has(to) && met.has(to.slice(0, to.indexOf(":")))),
  );
  return swapSums(joined)
    .slice(0, MOST_TOLD)
    .map(
      ({ swaps: count, given, from, got, to }) =>
        `${say.plural(count, "swap record")} ${count === 1 ? "says" : "say"} that ` +
        `${coinsOf(given, from)} became ${coinsOf(got, to)}`,
    );
}

function coinsOf(amount: string | null, coin: string): string {
  return `${amount ?? "an unknown amount of"} ${say.coinSign(coin)}`;
}

function wouldChange(parts: FollowedParts, groups: readonly TraceGroup[]): readonly string[] {
  const ends = groups.flatMap(({ lead }) => reachedOf(parts, lead));
  const met = new Set(ends.map(({ kind }) => kind));
  const services = ends.filter(({ kind }) => kind === "service");
  const cutOffs = [...new Set(groups.flatMap(({ lead }) => cutOffOf(parts, lead) ?? []))];
  return [
    ...(services.length === 0
      ? []
      : [`The books of ${servicesNamed(services)}: whose accounts were credited`]),
    ...(parts.tags.length === 0
      ? ["Lists of tags (--tags): without them no service can be told from a private wallet"]
      : ["Better tags: who holds an address is what lists say, and lists are wrong at times"]),
    ...cutOffs.map((asked) => `A later cut-off than ${asked}: what was unspent then may have moved since`),
    ...(met.has("unspent") && cutOffs.length === 0 ? ["Later blocks: what lies unspent may move"] : []),
    ...(met.has("perhaps-unspent")
      ? ["The blocks that are missing: what no spend is seen of may be spent in them"]
      : []),
    ...(met.has("coinjoin") ? ["Coordinators' or participants' records of the CoinJoins"] : []),
    ...(parts.revenues.length > 0
      ? ["Victims' reports: further addresses, and payments that were none"]
      : []),
  ];
}
