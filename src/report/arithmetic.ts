import type { Valuation, ValuationDay } from "../model/valuation.ts";
import type { ShareCounts, Work } from "../model/work.ts";
import { coinOf } from "../tables/coins.ts";
import { sharesLine } from "./figures.ts";
import * as say from "./numbers.ts";

/** One line of a calculation: "÷", "13,204,500,121", "network difficulty (market/xmr.csv)". */
export interface Step {
  readonly sign: "" | "=" | "÷" | "×";
  readonly number: string;
  readonly says: string;
}

/** From shares to hashes to a rate. */
export function workSteps(shares: ShareCounts, work: Work | null, seconds: number): readonly Step[] {
  if (work === null)
    return [
      { sign: "", number: say.UNKNOWN, says: "no share's difficulty was seen, so hashes cannot be told" },
    ];
  const unit = work.unit === "hashes" ? "hashes" : "solutions";
  const each =
    shares.accepted === 0 ? "" : `, ${say.plain(work.hashes / shares.accepted)} a share on average`;
  const steps: Step[] = [
    {
      sign: "",
      number: say.count(shares.accepted),
      says: `accepted shares (${sharesLine(shares)} of ${say.count(shares.submitted)} submitted)`,
    },
    {
      sign: "=",
      number: say.plain(work.hashes),
      says:
        `${unit} expected, the sum of what each share's own target asks for (shares.csv)${each}; ` +
        `95 %: ${say.plain(work.low)} – ${say.plain(work.high)}`,
    },
  ];
  if (seconds <= 0) return steps;
  return [
    ...steps,
    { sign: "÷", number: say.plain(seconds), says: "seconds from the first message to the last" },
    { sign: "=", number: say.hashrate(work.hashes / seconds, work.unit), says: "mean rate" },
  ];
}

/** One day of a valuation, factor by factor. What is unknown ends the calculation and says why. */
export function daySteps({ coin, poolFee }: Valuation, day: ValuationDay): readonly Step[] {
  const { work, networkDifficulty, amount } = day;
  const steps: Step[] = [
    {
      sign: "",
      number: say.plain(work.hashes),
      says: `${work.unit} expected; 95 %: ${say.plain(work.low)} – ${say.plain(work.high)}`,
    },
  ];
  if (networkDifficulty === null || amount === null) {
    return [
      ...steps,
      { sign: "=", number: say.UNKNOWN, says: day.says ?? "no amount is known for this day" },
    ];
  }
  return [...steps, ...coinSteps(day, { coin, poolFee }), ...moneySteps(day)];
}

function coinSteps(day: ValuationDay, { coin, poolFee }: { coin: string; poolFee: number }): readonly Step[] {
  const { work, networkDifficulty, amount, difficultySource, blockReward, blockRewardSource } = day;
  if (networkDifficulty === null || amount === null) return [];
  const row = coinOf(coin);
  const perDifficulty = row?.hashesPerDifficulty ?? 1;
  const blocks = work.hashes / (networkDifficulty * perDifficulty);
  const sign = say.coinSign(coin);
  return [
    { sign: "÷", number: say.plain(networkDifficulty), says: `network difficulty${from(difficultySource)}` },
    ...(perDifficulty === 1
      ? []
      : [
          {
            sign: "÷",
            number: say.plain(perDifficulty),
            says: `${work.unit} for each unit of difficulty`,
          } as const,
        ]),
    { sign: "=", number: say.plain(blocks), says: "blocks expected" },
    ...(blockReward === null
      ? []
      : [
          {
            sign: "×",
            number: say.coins(blockReward, coin),
            says: `${sign} a block${from(blockRewardSource)}`,
          } as const,
        ]),
    {
      sign: "×",
      number: say.plain(1 - poolFee),
      says: `what is left after a pool fee of ${say.percent(poolFee)}`,
    },
    {
      sign: "=",
      number: say.coins(amount.estimate, coin),
      says: `${sign}; 95 %: ${say.coins(amount.low, coin)} – ${say.coins(amount.high, coin)}`,
    },
  ];
}

function moneySteps({ priceUsd, priceSource, value, says }: ValuationDay): readonly Step[] {
  if (priceUsd === null || value === null)
    return [{ sign: "×", number: say.UNKNOWN, says: says ?? "no price is known for this day" }];
  return [
    { sign: "×", number: say.usd(priceUsd), says: `price that day${from(priceSource)}` },
    { sign: "=", number: say.usd(value.value), says: `95 %: ${say.usd(value.low)} – ${say.usd(value.high)}` },
  ];
}

const from = (source: string | null): string => (source === null ? "" : ` (${source})`);
