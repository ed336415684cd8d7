import type { Case } from "../../model/case.ts";
import type { Valuation, ValuationDay } from "../../model/valuation.ts";
import { amountNote, caseValuations, type Moment, moments } from "../figures.ts";
import * as say from "../numbers.ts";
import { earningsChart } from "./charts.ts";
import { type Column, type Html, html, interval, section, table } from "./markup.ts";

const columns = (coin: string): readonly Column<ValuationDay>[] => [
  { head: "Day (UTC)", cell: (d) => html`<span class="time">${d.date}</span>` },
  {
    head: "Expected work",
    number: true,
    cell: ({ work: w }) =>
      interval(say.hashes(w.hashes, w.unit), say.hashes(w.low, w.unit), say.hashes(w.high, w.unit)),
  },
  {
    head: "Network difficulty",
    number: true,
    cell: (d) => html`${say.plain(d.networkDifficulty)}${source(d.difficultySource)}`,
  },
  {
    head: "Block reward",
    number: true,
    cell: ({ blockReward, blockRewardSource }) => {
      const paid = blockReward === null ? say.UNKNOWN : say.coins(blockReward, coin);
      return html`${paid}${source(blockRewardSource)}`;
    },
  },
  {
    head: "Expected coins",
    number: true,
    cell: ({ amount }) =>
      amount === null
        ? say.UNKNOWN
        : interval(say.coinAmount(amount, coin), say.coins(amount.low, coin), say.coins(amount.high, coin)),
  },
  { head: "Price", number: true, cell: (d) => html`${say.usd(d.priceUsd)}${source(d.priceSource)}` },
  {
    head: "Worth that day",
    number: true,
    cell: ({ value }) =>
      value === null ? say.UNKNOWN : interval(say.usd(value.value), say.usd(value.low), say.usd(value.high)),
  },
  { head: "Note", cell: (d) => d.says ?? "" },
];

const source = (name: string | null): Html | string =>
  name === null ? "" : html`<span class="small">${name}</span>`;

/** Earnings by day, one chart and one table a coin. */
export async function earningsPart(c: Case): Promise<Html> {
  const valuations = caseValuations(c);
  if (valuations.length === 0) {
    return section("earnings", "What it was worth", html`<p>There is no accepted work to value.</p>`);
  }
  const parts: Html[] = [];
  for (const v of valuations) parts.push(await coinPart(c, v));
  return section("earnings", "What it was worth", parts);
}

async function coinPart(c: Case, v: Valuation): Promise<Html> {
  const sign = say.coinSign(v.coin);
  const left = amountNote(v);
  return html`<h3>${sign}</h3>
<dl class="facts">
<dt>Expected work</dt><dd>${say.workInterval(v.work)}</dd>
<dt>Expected coins</dt><dd>${say.coinInterval(v.amount, v.coin)}${left === "" ? "" : `; ${left}`}</dd>
<dt>Pool fee assumed</dt><dd>${say.percent(v.poolFee)}</dd>
${moments(c, v).map(moment)}</dl>
${unknownDays(v)}
${v.days.length > 1 ? await earningsChart(v) : ""}
${table(v.days, columns(v.coin), { caption: `${sign} by day. Ranges are 95 % intervals.`, all: "case.json" })}
`;
}

function moment({ label, money, note }: Moment): Html {
  const source = money === null ? "" : `; ${money.source}`;
  return html`<dt>${label}</dt><dd>${say.money(money)}; ${note}${source}</dd>
`;
}

function unknownDays(v: Valuation): Html | string {
  if (v.unknownDays.length === 0) return "";
  const days = (missing: string): number => v.unknownDays.filter((d) => d.missing === missing).length;
  const said = [
    days("price") > 0 ? `${say.plural(days("price"), "day")} without a known price` : "",
    days("difficulty") > 0
      ? `${say.plural(days("difficulty"), "day")} without a known network difficulty`
      : "",
    days("coin") > 0 ? `${say.plural(days("coin"), "day")} of a coin without a table` : "",
  ].filter((text) => text !== "");
  return html`<p class="note">Unknown, and left out of the sums: ${said.join(", ")}.</p>`;
}
