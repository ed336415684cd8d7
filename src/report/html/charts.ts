import { type Case, type CaseSeries, SLICE_SECONDS } from "../../model/case.ts";
import { endpointText } from "../../model/record.ts";
import type { Valuation } from "../../model/valuation.ts";
import { coinOf } from "../../tables/coins.ts";
import { countedSessions } from "../figures.ts";
import * as say from "../numbers.ts";
import { type Html, html, leftOut, section } from "./markup.ts";
import { svg } from "./svg.ts";

/** Sessions told apart by colour; the rest is summed as "others". */
const MOST_COLOURS = 8;

/** Bars that a picture of this width can show apart. */
const MOST_BARS = 120;

interface Track {
  readonly name: string;
  readonly colour: number;
  readonly hps: number[];
  readonly shares: number[];
}

interface Timeline {
  readonly startMillis: number;
  readonly barSeconds: number;
  readonly tracks: readonly Track[];
}

/** Hash rate and accepted shares over time. */
export async function chartsPart(c: Case): Promise<Html> {
  const time = timeline(c);
  if (time === null) {
    return section(
      "time",
      "Hash rate and shares over time",
      html`<p>No share of known difficulty: nothing to draw.</p>`,
    );
  }
  const slice = say.duration(time.barSeconds);
  const unit = c.sessions.every((s) => s.work === null || s.work.unit === "solutions")
    ? "solutions"
    : "hashes";
  return section("time", "Hash rate and shares over time", [
    await bars(time, {
      id: "rate",
      of: "hps",
      title: `Hash rate: mean over slices of ${slice}`,
      axis: (n) => say.hashrate(n, unit),
    }),
    await bars(time, {
      id: "shares",
      of: "shares",
      title: `Accepted shares in slices of ${slice}`,
      axis: (n) => say.count(n),
    }),
    html`<p class="note">Times are UTC.
A slice without a bar has no accepted share in the evidence;
a slice that the capture covers only in part shows less than the true rate.</p>`,
  ]);
}

function timeline(c: Case): Timeline | null {
  const counted = new Map(countedSessions(c).map((s) => [s.id, s]));
  const series = c.series.filter((s) => counted.has(s.session) && s.points.some((p) => p.shares > 0));
  const total = (s: CaseSeries): number => s.points.reduce((sum, p) => sum + p.hashes, 0);
  const ranked = [...series].sort((a, b) => total(b) - total(a) || (a.session < b.session ? -1 : 1));
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let slice: number = SLICE_SECONDS[0];
  for (const s of series) {
    slice = Math.max(slice, s.sliceSeconds);
    for (const { at } of s.points) {
      first = Math.min(first, Date.parse(at));
      last = Math.max(last, Date.parse(at));
    }
  }
  if (series.length === 0 || !Number.isFinite(first)) return null;
  const shares = series.reduce((sum, { points }) => sum + points.reduce((all, p) => all + p.shares, 0), 0);
  const barSeconds = barWidth(slice, { spanSeconds: (last - first) / 1000, shares });
  const startMillis = Math.floor(first / 1000 / barSeconds) * barSeconds * 1000;
  const length = Math.floor((last - startMillis) / 1000 / barSeconds) + 1;
  const blank = (name: string, at: number): Track => ({
    name,
    colour: at + 1,
    hps: zeros(length),
    shares: zeros(length),
  });
  const told = ranked.slice(0, MOST_COLOURS);
  const tracks = told.map((s, at) => {
    const session = counted.get(s.session);
    return blank(session === undefined ? s.session : `${s.session}: ${endpointText(session.client)}`, at);
  });
  if (ranked.length > told.length)
    tracks.push(blank(`${say.plural(ranked.length - told.length, "other")}`, MOST_COLOURS));
  ranked.forEach((s, at) => {
    const track = tracks[Math.min(at, MOST_COLOURS)];
    if (track !== undefined) pour(s, track, { startMillis, barSeconds });
  });
  return { startMillis, barSeconds, tracks };
}

const zeros = (length: number): number[] => new Array<number>(length).fill(0);

/** Few shares get few bars: a bar of four shares is off by half through chance alone. */
const SHARES_A_BAR = 4;
const FEWEST_BARS = 3;

function barWidth(slice: number, { spanSeconds, shares }: { spanSeconds: number; shares: number }): number {
  const bars = Math.min(MOST_BARS, Math.max(FEWEST_BARS, shares / SHARES_A_BAR));
  const fits = SLICE_SECONDS.find((width) => width >= slice && spanSeconds / width < bars);
  return fits ?? Math.max(1, Math.ceil(spanSeconds / 86400 / (MOST_BARS - 1))) * 86400;
}

function pour(
  s: CaseSeries,
  track: Track,
  { startMillis, barSeconds }: { startMillis: number; barSeconds: number },
): void {
  for (const { at, shares, hashes } of s.points) {
    const bar = Math.floor((Date.parse(at) - startMillis) / 1000 / barSeconds);
    track.hps[bar] = (track.hps[bar] ?? 0) + hashes / barSeconds;
    track.shares[bar] = (track.shares[bar] ?? 0) + shares;
  }
}

/** Axes in the colours of the page. */
export const AXIS = {
  axisLine: { lineStyle: { color: "var(--soft)" } },
  axisTick: { show: false },
  axisLabel: { color: "var(--soft)" },
  splitLine: { lineStyle: { color: "var(--rule)" } },
} as const;

interface BarsOptions {
  readonly id: string;
  readonly of: "hps" | "shares";
  readonly title: string;
  readonly axis: (n: number) => string;
}

async function bars(
  { startMillis, barSeconds, tracks }: Timeline,
  { id, of, title, axis }: BarsOptions,
): Promise<Html> {
  const length = tracks[0]?.hps.length ?? 0;
  const labels = Array.from({ length }, (_, at) =>
    barLabel(startMillis + at * barSeconds * 1000, barSeconds),
  );
  const every = Math.ceil(length / 8);
  const highest = Math.max(...labels.map((_, at) => tracks.reduce((sum, t) => sum + (t[of][at] ?? 0), 0)));
  const picture = await svg({
    id,
    title,
    describes: `${say.plural(length, "slice")} from ${labels[0] ?? ""}; the highest is ${axis(highest)}.`,
    height: 240,
    option: {
      grid: { left: 78, right: 8, top: 12, bottom: 26 },
      xAxis: {
        ...AXIS,
        type: "category",
        data: labels,
        axisLabel: { ...AXIS.axisLabel, interval: (at: number) => at % every === 0 },
      },
      yAxis: {
        ...AXIS,
        type: "value",
        axisLine: { show: false },
        splitNumber: 4,
        axisLabel: { ...AXIS.axisLabel, formatter: axis },
      },
      series: tracks.map((track) => ({
        type: "bar",
        stack: "all",
        silent: true,
        barCategoryGap: length > 40 ? "10%" : "25%",
        barMaxWidth: 48,
        itemStyle: { color: `var(--c${track.colour})` },
        data: track[of].map((n) => (n === 0 ? "-" : n)),
      })),
    },
  });
  return html`<figure>
<figcaption>${title}</figcaption>
<div class="scroll" role="region" tabindex="0" aria-label="${title}">${picture}</div>
<ul class="legend">${tracks.map((t) => html`<li><span class="s${t.colour}"></span>${t.name}</li>`)}</ul>
</figure>
`;
}

function barLabel(millis: number, barSeconds: number): string {
  const iso = new Date(millis).toISOString();
  return barSeconds >= 86400 ? iso.slice(0, 10) : `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;
}

/** Expected coins a day, with the 95 % interval as a whisker. Days whose amount is unknown have no bar. */
export async function earningsChart(v: Valuation): Promise<Html> {
  const decimals = coinOf(v.coin)?.decimals;
  const days = v.days.slice(-MOST_BARS);
  if (decimals === undefined || days.every((d) => d.amount === null)) return html``;
  const sign = say.coinSign(v.coin);
  const unit = (atomic: string): number => Number(atomic) / 10 ** decimals;
  const title = `Expected ${sign} by day, with the 95 % interval`;
  const picture = await svg({
    id: `coins-${v.coin}`,
    title,
    describes: `${say.plural(days.length, "day")} from ${days[0]?.date ?? ""}; the table has the figures.`,
    height: 220,
    option: {
      grid: { left: 78, right: 8, top: 12, bottom: 26 },
      xAxis: { ...AXIS, type: "category", data: days.map((d) => d.date) },
      yAxis: {
        ...AXIS,
        type: "value",
        axisLine: { show: false },
        splitNumber: 4,
        axisLabel: { ...AXIS.axisLabel, formatter: (n: number) => String(Number(n.toPrecision(4))) },
      },
      series: [
        {
          type: "bar",
          silent: true,
          barMaxWidth: 48,
          itemStyle: { color: "var(--c1)" },
          data: days.map((d) => (d.amount === null ? "-" : unit(d.amount.estimate))),
        },
        {
          type: "custom",
          silent: true,
          renderItem: whisker,
          data: days.flatMap((d, at) =>
            d.amount === null ? [] : [[at, unit(d.amount.low), unit(d.amount.high)]],
          ),
          encode: { x: 0, y: [1, 2] },
        },
      ],
    },
  });
  return html`<figure>
<figcaption>${title}</figcaption>
<div class="scroll" role="region" tabindex="0" aria-label="${title}">${picture}</div>
${leftOut(v.days.length - days.length, "day", "case.json")}</figure>
`;
}

interface Plot {
  value(at: number): number;
  coord(point: readonly [number, number]): [number, number];
}

function whisker(_: object, plot: Plot): object {
  const [x, low] = plot.coord([plot.value(0), plot.value(1)]);
  const [, high] = plot.coord([plot.value(0), plot.value(2)]);
  return {
    type: "group",
    children: [
      line([x, low], [x, high]),
      line([x - 4, low], [x + 4, low]),
      line([x - 4, high], [x + 4, high]),
    ],
  };
}

function line([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): object {
  const style = { stroke: "var(--fg)", fill: "none", lineWidth: 1.25 };
  return { type: "line", shape: { x1, y1, x2, y2 }, style };
}
