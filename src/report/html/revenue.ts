import type { Case } from "../../model/case.ts";
import type { Revenue, RevenueCount } from "../../model/follow-case.ts";
import { boundOf, isLowerBound, worthLine } from "../follow-rows.ts";
import * as say from "../numbers.ts";
import { cut } from "../visible.ts";
import { AXIS } from "./charts.ts";
import { placeHtml } from "./findings.ts";
import { type Column, type Html, html, leftOut, section, table } from "./markup.ts";
import { worthCell } from "./money-ends.ts";
import { svg } from "./svg.ts";

const MOST_REVENUES = 20;
/** Bars of the picture by day. */
const MOST_DAYS = 120;
/** Addresses and days in a table; case.json has them all. */
const MOST_LINES = 60;
const MOST_CAUTIONS = 20;

/** What came in at addresses that belong together, counted in several ways. */
export async function revenuePart(c: Case): Promise<Html> {
  const parts: Html[] = [
    html`<p>Coins received are not ransoms paid: they may be tests, change or transfers between addresses
of one owner. Each count says what it leaves out.
A transaction that pays several of the addresses counts once.</p>`,
  ];
  for (const revenue of c.revenues.slice(0, MOST_REVENUES)) parts.push(await revenueHtml(c, revenue));
  parts.push(leftOut(c.revenues.length - MOST_REVENUES, "revenue", "case.json"));
  return section("revenue", "What came in", parts);
}

async function revenueHtml(c: Case, revenue: Revenue): Promise<Html> {
  const { about, until, addresses, cautions, id } = revenue;
  const bound = boundOf(revenue);
  const end = until === null ? "" : `, until ${say.when(until)}`;
  const sum =
    bound === undefined ? say.UNKNOWN : `${isLowerBound(revenue) ? "at least " : ""}${btc(bound.sats)}`;
  const [worth] = bound?.worth ?? [];
  return html`<h3>${cut(about, 120)}: ${sum} (${id})</h3>
<p>At ${say.plural(addresses.length, "address", "addresses")}${end}${
    worth === undefined ? "" : html`; ${worthLine(worth)}`
  }.</p>
${countsTable(revenue)}
${excludedTable(revenue)}
${
  cautions.length === 0
    ? ""
    : html`<h4>What makes it doubtful</h4>
<ul>
${cautions
  .slice(0, MOST_CAUTIONS)
  .map(
    ({ says, place }) =>
      html`<li>${says}${
        place === null ? "" : html`<br><span class="soft">${placeHtml(c, place)}</span>`
      }</li>\n`,
  )}</ul>
${leftOut(cautions.length - MOST_CAUTIONS, "caution", "case.json")}`
}
${await dayChart(revenue)}
${addressTable(revenue)}`;
}

const btc = (sats: string): string => `${say.coins(sats, "btc")} BTC`;

function countsTable(revenue: Revenue): Html {
  const { counts, bound } = revenue;
  const columns: readonly Column<RevenueCount>[] = [
    {
      head: "Counted",
      cell: ({ id, says }) =>
        html`<span class="wide">${says}${
          id === bound && isLowerBound(revenue) ? html` <strong>(the lower bound)</strong>` : ""
        }<span class="range">${id}</span></span>`,
    },
    { head: "Transactions", number: true, cell: ({ transactions }) => say.count(transactions) },
    { head: "Outputs", number: true, cell: ({ outputs }) => say.count(outputs) },
    { head: "Coins", number: true, cell: ({ sats }) => btc(sats) },
    { head: "Worth when it came", number: true, cell: ({ worth }) => worthCell(worth[0]) },
    {
      head: "First and last",
      cell: ({ first, last }) =>
        html`${first?.slice(0, 10) ?? "–"}<span class="range">${last?.slice(0, 10) ?? ""}</span>`,
    },
  ];
  const source = counts[0]?.worth[0]?.source;
  return table(counts, columns, {
    caption: `Ways of counting. Dollars: close, below it the open and the range of the day${
      source == null ? "" : ` (${cut(source, 80)})`
    }.`,
    all: "case.json",
  });
}

function excludedTable({ excluded }: Revenue): Html {
  if (excluded.length === 0) return html``;
  const columns: readonly Column<Revenue["excluded"][number]>[] = [
    { head: "Left out because", cell: ({ says, rule }) => html`${says}<span class="range">${rule}</span>` },
    { head: "Transactions", number: true, cell: ({ transactions }) => say.count(transactions) },
    { head: "Outputs", number: true, cell: ({ outputs }) => say.count(outputs) },
    { head: "Coins", number: true, cell: ({ sats }) => btc(sats) },
  ];
  return table(excluded, columns, { caption: "What the lower bound leaves out.", all: "case.json" });
}

function addressTable({ byAddress }: Revenue): Html {
  const columns: readonly Column<Revenue["byAddress"][number]>[] = [
    { head: "Address", cell: ({ address }) => html`<span class="id wide">${address}</span>` },
    { head: "Outputs", number: true, cell: ({ outputs }) => say.count(outputs) },
    { head: "Coins", number: true, cell: ({ sats }) => btc(sats) },
    {
      head: "First and last",
      cell: ({ first, last }) =>
        html`${first?.slice(0, 10) ?? "–"}<span class="range">${last?.slice(0, 10) ?? ""}</span>`,
    },
  ];
  return table(byAddress, columns, {
    caption: "All that came in, by address.",
    all: "case.json",
    most: MOST_LINES,
  });
}

async function dayChart({ byDay, id }: Revenue): Promise<Html> {
  if (byDay.length < 2) return html``;
  const days = byDay.slice(0, MOST_DAYS);
  const title = "Coins that came in, by day (UTC)";
  const picture = await svg({
    id: `in-${id.replaceAll(/[^a-z0-9]/g, "-")}`,
    title,
    describes: `${say.plural(days.length, "day")} from ${days[0]?.date ?? ""}.`,
    height: 220,
    option: {
      grid: { left: 78, right: 8, top: 12, bottom: 26 },
      xAxis: { ...AXIS, type: "category", data: days.map(({ date }) => date) },
      yAxis: {
        ...AXIS,
        type: "value",
        axisLine: { show: false },
        splitNumber: 4,
        axisLabel: { ...AXIS.axisLabel, formatter: (n: number) => `${Number(n.toPrecision(4))} BTC` },
      },
      series: [
        {
          type: "bar",
          silent: true,
          barMaxWidth: 48,
          itemStyle: { color: "var(--c1)" },
          data: days.map(({ sats }) => Number(sats) / 1e8),
        },
      ],
    },
  });
  return html`<figure>
<figcaption>${title}</figcaption>
<div class="scroll" role="region" tabindex="0" aria-label="${title}">${picture}</div>
<p class="note">Days on which nothing came in are left out.</p>
${leftOut(byDay.length - days.length, "day", "case.json")}</figure>
`;
}
