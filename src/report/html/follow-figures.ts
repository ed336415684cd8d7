import type { Case } from "../../model/case.ts";
import type { Worth } from "../../model/follow-case.ts";
import { boundOf } from "../follow-rows.ts";
import * as say from "../numbers.ts";
import {
  fewerServices,
  isToldFurther,
  POLICY_WORD,
  type Reached,
  reachedOf,
  traceGroups,
} from "../reached.ts";
import { cut } from "../visible.ts";
import type { Figure } from "./host-figures.ts";

/** Revenues and traces among the key figures. */
const MOST_TOLD = 2;
const MOST_SERVICES = 2;

/** Key figures of followed money: what came in, what was followed, who got most of it. */
export function followFigures(c: Case): readonly Figure[] {
  const revenues = c.revenues.slice(0, MOST_TOLD).flatMap((revenue): Figure[] => {
    const bound = boundOf(revenue);
    if (bound === undefined) return [];
    const paid = `${say.plural(bound.transactions, "transaction")}, ${worthShort(bound.worth[0])}`;
    const coins = `${say.coins(bound.sats, "btc")} BTC`;
    return [{ label: `Came in at least: ${cut(revenue.about, 40)}`, value: coins, note: paid }];
  });
  const traces = traceGroups(c)
    .filter(({ lead }) => isToldFurther(lead) || c.revenues.length === 0)
    .slice(0, MOST_TOLD)
    .flatMap(({ lead }): Figure[] => {
      const { totals, coin, worth, policy } = lead;
      const ends = fewerServices(reachedOf(c, lead), MOST_SERVICES);
      const by = `by ${POLICY_WORD[policy]}`;
      const part = (label: string, of: readonly Reached[]): Figure[] => {
        if (of.length === 0) return [];
        const sats = of.reduce((sum, end) => sum + end.sats, 0n);
        const share = say.share(Number(sats) / (Number(totals.seedSats) || 1));
        const coins = `${say.coins(String(sats), coin)} ${say.coinSign(coin)}`;
        const names = of.flatMap(({ service }) => service ?? []).map((name) => cut(name, 40));
        return [{ label, value: share, note: [coins, ...names, by].join(", ") }];
      };
      return [
        {
          label: "Followed",
          value: `${say.coins(totals.seedSats, coin)} ${say.coinSign(coin)}`,
          note: worthShort(worth[0]),
        },
        ...part(
          "To services",
          ends.filter(({ kind }) => kind === "service"),
        ),
        ...part(
          "Into CoinJoins",
          ends.filter(({ kind }) => kind === "coinjoin"),
        ),
        ...part(
          "Lies unspent",
          ends.filter(({ kind }) => kind === "unspent"),
        ),
      ];
    });
  return [...revenues, ...traces];
}

function worthShort(worth: Worth | undefined): string {
  if (worth === undefined) return "worth unknown";
  const known = [worth.open, worth.high, worth.low, worth.close].flatMap((value) => value ?? []);
  if (known.length === 0) return "worth unknown";
  const part = worth.coveredShare < 1 ? "at least " : "";
  return `worth ${part}${say.usd(Math.min(...known))} – ${say.usd(Math.max(...known))}`;
}
