import type { Case } from "../model/case.ts";
import type { Revenue, RevenueCount } from "../model/follow-case.ts";
import type { CaseTrace } from "../model/trace.ts";
import type { Worth } from "../model/worth.ts";
import * as say from "./numbers.ts";
import { policySides } from "./policies.ts";
import {
  END_WORD,
  fewerServices,
  isToldFurther,
  POLICY_WORD,
  type Reached,
  reachedOf,
  type TraceGroup,
  traceGroups,
} from "./reached.ts";
import type { Row } from "./terminal.ts";
import { cutOffOf, NO_SPEND_SEEN, reachSays, unspentSays } from "./until.ts";
import { cut, cutMiddle, visible } from "./visible.ts";

/** Revenues, traces and services named in the summary; the report has them all. */
const MOST_REVENUES = 3;
const MOST_TRACES = 3;
const MOST_SERVICES = 6;

/** What followed money adds to the closing table. */
export function followRows(c: Case): readonly Row[] {
  const groups = traceGroups(c);
  const more = groups.length - MOST_TRACES;
  return [
    ...c.revenues.slice(0, MOST_REVENUES).map(revenueRow),
    ...groups.slice(0, MOST_TRACES).flatMap((group) => traceRows(c, group)),
    ...(more > 0 ? [{ label: "", value: `and ${say.plural(more, "more trace")} in the report` }] : []),
    ...swapRows(c),
    ...conflictRows(c),
  ];
}

/** The count that is meant as the lower bound. */
export function boundOf({ counts, bound }: Revenue): RevenueCount | undefined {
  return counts.find(({ id }) => id === bound);
}

/** Whether something was left out of it: else it is all that came in, and no bound of anything. */
export const isLowerBound = ({ excluded }: Revenue): boolean => excluded.length > 0;

/** What of it came in amounts that were demanded, where that is less. */
export function demandedOf(revenue: Revenue): RevenueCount | null {
  const sized = revenue.counts.find(({ id }) => id === "ransom-sized");
  const bound = boundOf(revenue);
  if (sized === undefined || bound === undefined || sized.id === bound.id) return null;
  return BigInt(sized.sats) < BigInt(bound.sats) ? sized : null;
}

export function revenueRow(revenue: Revenue): Row {
  const bound = boundOf(revenue);
  const label = "Came in";
  const about = cut(revenue.about, 60);
  if (bound === undefined) return { label, value: `${about}: ${say.UNKNOWN}` };
  const paid = `${say.coins(bound.sats, "btc")} BTC in ${say.plural(bound.transactions, "transaction")}`;
  const out = revenue.excluded.map(({ says, sats }) => `${say.coins(sats, "btc")} BTC ${cut(says, 300)}`);
  const [worth] = bound.worth;
  const sized = demandedOf(revenue);
  return {
    label,
    value: [
      `${about}: ${isLowerBound(revenue) ? "at least " : ""}${paid}`,
      ...(sized === null ? [] : [`of it ${say.coins(sized.sats, "btc")} BTC in amounts that were demanded`]),
      ...(worth === undefined ? [] : [worthLine(worth)]),
    ],
    note: out.length === 0 ? "" : `left out: ${out.join("; ")}`,
  };
}

const MOMENT: Readonly<Record<Worth["moment"], string>> = {
  receipt: "when it came",
  "as-of": "on the date asked for",
  "cash-out": "when it was moved on",
  "last-known": "at the last known price",
};

/** The lowest and the highest of the four prices that are known; null where none is. */
export function usdRange({ open, high, low, close }: Worth): readonly [least: number, most: number] | null {
  const known = [open, high, low, close].flatMap((value) => value ?? []);
  return known.length === 0 ? null : [Math.min(...known), Math.max(...known)];
}

/** "worth $835,830 – $1,007,274 when it came (close $1,001,834; market/btc.csv, 2017-12-06)". */
export function worthLine(worth: Worth): string {
  const { moment, close, date, coveredShare, source } = worth;
  const known = usdRange(worth);
  const when = date === null ? "each day at its own price" : date;
  if (known === null) return `worth ${say.UNKNOWN} ${MOMENT[moment]}: no price is known`;
  const [least, most] = known;
  const range = least === most ? say.usd(least) : `${say.usd(least)} – ${say.usd(most)}`;
  const part =
    coveredShare < 1 ? `; covers ${say.percent(coveredShare)} of the coins, so it is a lower bound` : "";
  const from = source === null ? "" : `; ${cut(source, 60)}`;
  return `worth ${range} ${MOMENT[moment]} (close ${say.usd(close)}${from}, ${when}${part})`;
}

/** The same with a label of its own: "Worth when it came". */
export function worthRow(worth: Worth): { readonly label: string; readonly value: string } {
  const value = worthLine(worth)
    .replace(/^worth /, "")
    .replace(` ${MOMENT[worth.moment]}`, "");
  return { label: `Worth ${MOMENT[worth.moment]}`, value };
}

function traceRows(c: Case, { lead, traces }: TraceGroup): readonly Row[] {
  const { seeds, worth, totals, coin } = lead;
  const amount = `${say.coins(totals.seedSats, coin)} ${say.coinSign(coin)}`;
  const times = seeds.flatMap(({ at }) => at ?? []).sort();
  const when = times.length === 0 ? "" : `, ${say.span(times[0] ?? null, times.at(-1) ?? null)}`;
  const ends = fewerServices(reachedOf(c, lead), MOST_SERVICES);
  return [
    {
      label: "Followed",
      value: [
        `${amount} in ${say.plural(seeds.length, "output")}${when}`,
        ...worth.filter(({ moment }, at) => at === 0 || moment === "as-of").map(worthLine),
      ],
      note: lead.isComplete ? "" : "the source failed before the trace was through",
    },
    ...(isToldFurther(lead)
      ? endRows(c, { trace: lead, ends })
      : [{ label: "Went to", value: "the source does not tell what became of these coins" }]),
    ...(traces.length > 1 && isToldFurther(lead) ? [policyRow(c, traces)] : []),
  ];
}

/** Who got how much, a line each. */
export function endRows(
  c: Pick<Case, "chains">,
  { trace, ends }: { readonly trace: CaseTrace; readonly ends: readonly Reached[] },
): readonly Row[] {
  if (ends.length === 0) return [];
  const label = trace.direction === "forward" ? "Went to" : "Came from";
  const told = trace.policy === "poison" ? ends.filter(({ count }) => count > 0) : ends;
  return [{ label, value: endLines(told, trace), note: endNote(c, { trace, ends }) }];
}

/** By poison amounts and shares tell nothing that was lost: it is told which outputs were reached. */
function endLines(ends: readonly Reached[], { coin, policy, totals }: CaseTrace): readonly string[] {
  const names = ends.map(({ service, kind }) => cutMiddle(visible(service ?? END_WORD[kind]), 20));
  const amounts = ends.map(
    ({ sats }) => `${say.partCoins(sats, totals.seedSats, coin)} ${say.coinSign(coin)}`,
  );
  const wide = (texts: readonly string[]): number => Math.max(0, ...texts.map(({ length }) => length));
  return ends.map(({ share, count, first, last }, at) =>
    [
      (names[at] ?? "").padEnd(wide(names)),
      ...(policy === "poison"
        ? []
        : [(amounts[at] ?? "").padStart(wide(amounts)), say.share(share).padStart(8)]),
      count === 0
        ? ""
        : first === null
          ? say.plural(count, "output")
          : `${say.count(count)} × ${days(first, last)}`,
    ].join("  "),
  );
}

/** "2017-12-06 – 12-11". */
function days(first: string | null, last: string | null): string {
  if (first === null || last === null) return "";
  const [from, to] = [first.slice(0, 10), last.slice(0, 10)];
  if (from === to) return from;
  return `${from} – ${from.slice(0, 4) === to.slice(0, 4) ? to.slice(5) : to}`;
}

function endNote(
  c: Pick<Case, "chains">,
  { trace, ends }: { readonly trace: CaseTrace; readonly ends: readonly Reached[] },
): string {
  const met = new Set(ends.map(({ kind }) => kind));
  return [
    `by ${POLICY_WORD[trace.policy]}, ${reachSays(trace)}`,
    ...(met.has("unspent") && cutOffOf(c, trace) !== null ? [unspentSays(c, trace)] : []),
    ...(met.has("perhaps-unspent") ? [NO_SPEND_SEEN] : []),
    ...(trace.policy === "poison" ? ["these outputs were reached, which is no loss"] : []),
  ].join("; ");
}

function policyRow(c: Case, traces: readonly CaseTrace[]): Row {
  const table = traces.map((trace) => ({ trace, sides: policySides(c, trace) }));
  const heads = table[0]?.sides.map(([head]) => head) ?? [];
  const line = (name: string, cells: readonly string[]): string =>
    [name.padEnd(8), ...cells.map((cell) => cell.padStart(10))].join("");
  const poison = traces.some(({ policy }) => policy === "poison");
  return {
    label: "By policy",
    value: [
      line("", heads),
      ...table.map(({ trace, sides }) =>
        line(
          POLICY_WORD[trace.policy],
          sides.map(([, part]) => (trace.policy === "poison" ? reached(part) : say.share(part))),
        ),
      ),
    ],
    note: poison ? "poison tells what the coins reached, not what was lost" : "",
  };
}

/** Of poison only whether it got there. */
export const reached = (part: number | null): string => (part === null || part === 0 ? "–" : "reached");

function swapRows({ swaps }: Case): readonly Row[] {
  if (swaps.length === 0) return [];
  const pairs = new Set(swaps.map(({ from, to }) => `${say.coinSign(from.coin)} → ${say.coinSign(to.coin)}`));
  // A swap that another one fed is no further from anything that was followed than that one.
  const ids = new Set(swaps.map(({ id }) => id));
  const joined = swaps.filter(({ joins }) => joins.some(({ to }) => !ids.has(to))).length;
  const value = `${say.plural(swaps.length, "swap")}, ${[...pairs].slice(0, 4).join(", ")}`;
  return [{ label: "Swaps", value, note: `${say.count(joined)} of them joined to what was followed` }];
}

function conflictRows({ tags }: Case): readonly Row[] {
  const disagree = tags.filter(({ conflicts }) => conflicts.length > 0).length;
  const doubted = tags.filter(({ caution }) => caution !== null).length;
  if (tags.length === 0) return [];
  const said = [
    ...(disagree > 0 ? [`${say.count(disagree)} disagree with another`] : []),
    ...(doubted > 0 ? [`${say.count(doubted)} to be doubted`] : []),
  ];
  return [{ label: "Tags", value: [`${say.count(tags.length)} met`, ...said].join(", ") }];
}
