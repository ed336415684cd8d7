import type { CountedSession } from "../model/facts.ts";
import type { Gap } from "../model/gap.ts";
import { bytesAt, type Place } from "../model/place.ts";
import type { Valuation } from "../model/valuation.ts";
import type { Market } from "../tables/market.ts";
import { daySpans } from "./day.ts";
import { MAX_SUBJECTS, type SubjectKind } from "./subjects.ts";

/** These are gaps of the arithmetic and of no piece of evidence. */
const NOWHERE: Place = bytesAt("", 0, 0);

/** Spans of days that a message lists. */
const MAX_SPANS = 10;

/** What is missing to value a coin of the case: days, or its table. */
export function gapsOf(valuation: Valuation, market: Market, asOf: string | null): Gap[] {
  const { coin, unknownDays, amount } = valuation;
  const sign = coin.toUpperCase();
  const days = (missing: string): string[] =>
    unknownDays.filter((day) => day.missing === missing).map(({ date }) => date);
  const [prices, difficulties, tables] = [days("price"), days("difficulty"), days("coin")];
  const gaps: Gap[] = [];
  const gap = (code: Gap["code"], count: number, says: string): void => {
    gaps.push({ place: NOWHERE, code, says, count });
  };
  if (tables.length > 0) {
    gap(
      "unknown-coin",
      tables.length,
      `What a block of ${sign} paid is not in the table: its amount is not estimated`,
    );
  }
  if (difficulties.length > 0) {
    const says = `No network difficulty of ${sign} is known for ${spans(difficulties)}: the coins of `;
    gap("no-difficulty", difficulties.length, `${says}${those(difficulties)} are unknown`);
  }
  if (prices.length > 0) {
    const without = `what was mined on ${those(prices)} has no value when mined`;
    gap("no-price", prices.length, `${noPrice(prices, coin, market)}: ${without}`);
  }
  if (asOf !== null && amount !== null && market.price(coin, asOf) === null) {
    gap("no-price", 1, `${noPrice([asOf], coin, market)}: the coins have no value as of that day`);
  }
  return gaps;
}

/** Shares whose difficulty no capture shows, by piece of evidence: known only when all was read, because
 *  another capture of the same conversation can hold the job. */
export function unexplained(counted: readonly CountedSession[]): Gap[] {
  const byEvidence = new Map<string, { place: Place; count: number }>();
  for (const { shares, duplicateOf } of counted) {
    if (duplicateOf !== null) continue;
    for (const { expectedHashes, place } of shares) {
      if (expectedHashes !== null) continue;
      const known = byEvidence.get(place.evidence);
      if (known === undefined) byEvidence.set(place.evidence, { place, count: 1 });
      else known.count += 1;
    }
  }
  return [...byEvidence.values()].map(({ place, count }) => ({
    place,
    code: "unexplained-share",
    says: "The job or difficulty of these shares was not seen: they add no work",
    count,
  }));
}

/** Sessions whose coin the evidence does not tell. */
export function coinless(counted: readonly CountedSession[]): Gap[] {
  const without = counted.filter(({ session, counts }) => session.coin === null && counts.accepted > 0);
  const [first] = without;
  if (first === undefined) return [];
  const which = without.length === 1 ? "a session" : `${without.length} sessions`;
  const place = first.shares[0]?.place ?? NOWHERE;
  return [
    {
      place,
      code: "unknown-coin",
      says: `The coin of ${which} is not known: its amount is not estimated`,
      count: without.length,
    },
  ];
}

export function leftOutGaps(leftOut: ReadonlyMap<SubjectKind, number>): Gap[] {
  return [...leftOut].map(([kind, count]) => ({
    place: NOWHERE,
    code: "dropped-details",
    says: `Of kind ${kind}, ${MAX_SUBJECTS} are valued one by one; ${count} with less work stand in the sums`,
    count,
  }));
}

function those(days: readonly string[]): string {
  return days.length === 1 ? "that day" : "those days";
}

/** "2020-01-06", "2019-11-25, 2020-01-06 to 2020-01-08". */
function spans(days: readonly string[]): string {
  const found = daySpans(days);
  const told = found
    .slice(0, MAX_SPANS)
    .map(({ first, last }) => (first === last ? first : `${first} to ${last}`));
  const more = found.length - told.length;
  return `${told.join(", ")}${more > 0 ? ` and ${more} more spans of days` : ""}`;
}

/** "No price of XMR is known for 2020-01-06 (the nearest days with one are 2019-10-30 and 2021-04-16)". */
function noPrice(days: readonly string[], coin: string, market: Market): string {
  const { before } = market.around(coin, days[0] ?? "");
  const { after } = market.around(coin, days.at(-1) ?? "");
  const known = [before, after].filter((day) => day !== null);
  const nearest = known.length === 1 ? "the nearest day with one is" : "the nearest days with one are";
  const told = known.length === 0 ? "the tables have none at all" : `${nearest} ${known.join(" and ")}`;
  return `No price of ${coin.toUpperCase()} is known for ${spans(days)} (${told})`;
}
