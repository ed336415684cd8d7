import type { Case } from "../../model/case.ts";
import type { CaseTag } from "../../model/follow-case.ts";
import type { CaseTrace, TraceOutput } from "../../model/trace.ts";
import type { Worth } from "../../model/worth.ts";
import * as say from "../numbers.ts";
import { END_WORD, endOf, fewerServices, outputId, type Reached } from "../reached.ts";
import { cutOffOf, NO_SPEND_SEEN, unspentSays } from "../until.ts";
import { cut, cutMiddle } from "../visible.ts";
import { placeHtml } from "./findings.ts";
import { type Column, type Html, html, leftOut, table } from "./markup.ts";

/** Services in the table; tags and outputs shown of one end; addresses to watch. traces.csv has all. */
const MOST_SERVICES = 40;
const MOST_TAGS = 4;
const MOST_OUTPUTS = 3;
const MOST_WATCHED = 10;

interface Ends {
  readonly trace: CaseTrace;
  readonly ends: readonly Reached[];
}

/** Who got what, or whom it came from. */
export function endsTable(c: Case, { trace, ends }: Ends): Html {
  const { direction, policy } = trace;
  const columns: readonly Column<Reached>[] = [
    { head: direction === "forward" ? "Where it went" : "Where it came from", cell: (end) => who(c, end) },
    ...(policy === "poison" ? [REACHED] : amounts(trace)),
    {
      head: "When",
      cell: ({ first, last }) =>
        first === null
          ? "–"
          : html`<span class="time">${first.slice(0, 10)}</span>${
              last === null || last.slice(0, 10) === first.slice(0, 10)
                ? ""
                : html`<span class="range">to ${last.slice(0, 10)}</span>`
            }`,
    },
    {
      head: "Where to look",
      cell: ({ outputs }) => html`<span class="small place">${seen(c, outputs)}</span>`,
    },
  ];
  return table(fewerServices(ends, MOST_SERVICES), columns, {
    caption: `${
      policy === "poison" ? "Poison tells reach, not loss." : "Shares are of what the trace began with."
    } Names of services are what tags say.`,
    all: "traces.csv",
  });
}

const REACHED: Column<Reached> = {
  head: "Reached",
  number: true,
  cell: ({ count }) => (count === 0 ? "–" : say.plural(count, "output")),
};

function amounts({ coin, totals }: CaseTrace): readonly Column<Reached>[] {
  return [
    {
      head: "Amount",
      number: true,
      cell: ({ sats, count }) =>
        html`${say.partCoins(sats, totals.seedSats, coin)} ${say.coinSign(coin)}${
          count === 0 ? "" : html`<span class="range">${say.plural(count, "output")}</span>`
        }`,
    },
    { head: "Share", number: true, cell: ({ share }) => say.share(share) },
    { head: "Worth when it came", number: true, cell: worthsCell },
  ];
}

/** The day's prices, and below them the last known one. */
function worthsCell({ worth }: Reached): Html {
  const last = worth.find(({ moment, close }) => moment === "last-known" && close !== null);
  const says = last === undefined ? "" : `last known ${say.usd(last.close)}`;
  const came = worthCell(worth.find(({ moment }) => moment === "receipt"));
  return html`${came}${says === "" ? "" : html`<span class="range">${says}</span>`}`;
}

function who(c: Case, { kind, service, outputs }: Reached): Html {
  if (kind !== "service") {
    const says = new Set(outputs.flatMap(({ stopSays }) => stopSays ?? []));
    const missing = kind === "perhaps-unspent" ? [NO_SPEND_SEEN] : [];
    const told = [...missing, ...says];
    return html`<span class="wide">${END_WORD[kind]}${told
      .slice(0, 2)
      .map((text) => html`<span class="small">${cut(text, 160)}</span>`)}</span>`;
  }
  const addresses = new Set(outputs.flatMap(({ address }) => address ?? []));
  const tags = c.tags.filter(({ address }) => addresses.has(address));
  const says = tags.length > 0 ? [] : [...new Set(outputs.flatMap(({ stopSays }) => stopSays ?? []))];
  return html`<span class="wide"><strong>${cut(service ?? "", 80)}</strong>${tags
    .slice(0, MOST_TAGS)
    .map(tagLine)}${says
    .slice(0, MOST_TAGS)
    .map((text) => html`<span class="small">${cut(text, 200)}</span>`)}${
    tags.length > MOST_TAGS ? html`<span class="small">… ${tags.length - MOST_TAGS} more tags</span>` : ""
  }</span>`;
}

function tagLine({ label, list, date, confidence, conflicts, caution }: CaseTag): Html {
  const said = [list, date ?? "undated", confidence ?? "confidence not told"].map((one) => cut(one, 60));
  const doubt = [
    ...(conflicts.length > 0 ? [`disagrees with ${conflicts.slice(0, 3).join(", ")}`] : []),
    ...(caution === null ? [] : [cut(caution, 160)]),
  ];
  return html`<span class="small">“${cut(label, 60)}”: ${said.join(", ")}${
    doubt.length === 0 ? "" : html`; <strong>${doubt.join("; ")}</strong>`
  }</span>`;
}

/** The close, and the range of the day below it. */
export function worthCell(worth: Worth | undefined): Html | string {
  if (worth === undefined) return "–";
  const { open, high, low, close, coveredShare } = worth;
  const part = coveredShare < 1 ? html`<span class="range">of ${say.percent(coveredShare)}</span>` : "";
  const lines = ["close", `open ${say.usd(open)}`, `${say.usd(low)} – ${say.usd(high)}`];
  return html`${say.usd(close)}${lines.map((line) => html`<span class="range">${line}</span>`)}${part}`;
}

/** The ends of a txid are what people compare; traces.csv has it whole. */
const shortId = (output: TraceOutput): string => cutMiddle(outputId(output), 21);

function seen(c: Case, outputs: readonly TraceOutput[]): Html {
  return html`${outputs
    .slice(0, MOST_OUTPUTS)
    .map(
      (output) => html`<div><span class="id">${shortId(output)}</span>, ${placeHtml(c, output.place)}</div>`,
    )}${outputs.length > MOST_OUTPUTS ? html`<div>… ${outputs.length - MOST_OUTPUTS} more</div>` : ""}`;
}

/** Addresses on which something lies unspent at the source's end: whoever moves it can be followed on. */
export function watched(c: Case, trace: CaseTrace): Html {
  const { outputs, coin, direction } = trace;
  if (direction === "backward" || cutOffOf(c, trace) !== null) return html``;
  const lying = outputs
    .filter((output) => endOf(output) === "unspent")
    .sort((a, b) => Number(BigInt(b.dirtySats) - BigInt(a.dirtySats)));
  if (lying.length === 0) return html``;
  const says = unspentSays(c, trace);
  return html`<h4>To be watched</h4>
<p>${says.charAt(0).toUpperCase()}${says.slice(1)}: whoever moves it can be followed on.</p>
<ul>
${lying.slice(0, MOST_WATCHED).map(
  (output) => html`<li><span class="id">${output.address ?? "without an address"}</span>:
${say.exactCoins(output.dirtySats, coin)}<span class="soft">${
    output.dirtySats === output.valueSats ? "" : ` of ${say.exactCoins(output.valueSats, coin)}`
  }, output <span class="id">${outputId(output)}</span></span></li>\n`,
)}</ul>
${leftOut(lying.length - MOST_WATCHED, "output", "traces.csv")}`;
}
