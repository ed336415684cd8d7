import type { Case } from "../../model/case.ts";
import type { Revenue } from "../../model/follow-case.ts";
import type { CaseTrace } from "../../model/trace.ts";
import type { Worth } from "../../model/worth.ts";
import { boundOf, isLowerBound, usdRange } from "../follow-rows.ts";
import * as say from "../numbers.ts";
import {
  fewerServices,
  isToldFurther,
  POLICY_WORD,
  type Reached,
  reachedOf,
  traceGroups,
} from "../reached.ts";
import { cutOffOf } from "../until.ts";
import { cut } from "../visible.ts";
import type { Figure } from "./host-figures.ts";

/** Revenues and traces among the key figures. */
const MOST_TOLD = 2;
const MOST_SERVICES = 2;

/** Key figures of followed money: what came in, what was followed, who got most of it. */
export function followFigures(c: Case): readonly Figure[] {
  return [
    ...c.revenues.slice(0, MOST_TOLD).flatMap(revenueFigure),
    ...traceGroups(c)
      .filter(({ lead }) => isToldFurther(lead) || c.revenues.length === 0)
      .slice(0, MOST_TOLD)
      .flatMap(({ lead }) => traceFigures(c, lead)),
  ];
}

function revenueFigure(revenue: Revenue): readonly Figure[] {
  const bound = boundOf(revenue);
  if (bound === undefined) return [];
  return [
    {
      label: `Came in${isLowerBound(revenue) ? " at least" : ""}: ${cut(revenue.about, 40)}`,
      value: `${say.coins(bound.sats, "btc")} BTC`,
      note: `${say.plural(bound.transactions, "transaction")}, ${worthShort(bound.worth[0])}`,
    },
  ];
}

function traceFigures(c: Case, trace: CaseTrace): readonly Figure[] {
  const { totals, coin, worth, direction } = trace;
  const isForward = direction === "forward";
  const ends = fewerServices(reachedOf(c, trace), MOST_SERVICES);
  const labels: Readonly<Partial<Record<Reached["kind"], string>>> = {
    service: isForward ? "To services" : "From services",
    coinjoin: isForward ? "Into CoinJoins" : "Out of CoinJoins",
    coinbase: "Newly mined",
    unspent: cutOffOf(c, trace) === null ? "Lies unspent" : "Unspent at the cut-off",
    "perhaps-unspent": "No spend seen, blocks missing",
  };
  const followed = `${say.coins(totals.seedSats, coin)} ${say.coinSign(coin)}`;
  return [
    { label: "Followed", value: followed, note: worthShort(worth[0]) },
    ...Object.entries(labels).flatMap(([kind, label]) => {
      const of = ends.filter((end) => end.kind === kind);
      return of.length === 0 ? [] : [partFigure(label, of, trace)];
    }),
  ];
}

function partFigure(label: string, of: readonly Reached[], { totals, coin, policy }: CaseTrace): Figure {
  const names = of.flatMap(({ service }) => service ?? []).map((name) => cut(name, 40));
  const by = `by ${POLICY_WORD[policy]}`;
  if (policy === "poison") {
    const outputs = of.reduce((sum, { count }) => sum + count, 0);
    return {
      label,
      value: say.plural(outputs, "output"),
      note: [...names, by, "reach, not loss"].join(", "),
    };
  }
  const sats = of.reduce((sum, end) => sum + end.sats, 0n);
  const coins = `${say.partCoins(sats, totals.seedSats, coin)} ${say.coinSign(coin)}`;
  const value = say.share(Number(sats) / (Number(totals.seedSats) || 1));
  return { label, value, note: [coins, ...names, by].join(", ") };
}

function worthShort(worth: Worth | undefined): string {
  const known = worth === undefined ? null : usdRange(worth);
  if (worth === undefined || known === null) return "worth unknown";
  const part = worth.coveredShare < 1 ? "at least " : "";
  return `worth ${part}${say.usd(known[0])} – ${say.usd(known[1])}`;
}
