import type { Case } from "../../model/case.ts";
import { type CaseTrace, STOPS } from "../../model/trace.ts";
import { reached, worthRow } from "../follow-rows.ts";
import * as say from "../numbers.ts";
import { policySides } from "../policies.ts";
import { END_WORD, isToldFurther, POLICY_WORD, reachedOf, type TraceGroup, traceGroups } from "../reached.ts";
import { reachSays } from "../until.ts";
import { type Column, type Html, html, leftOut, section, table } from "./markup.ts";
import { endsTable, watched } from "./money-ends.ts";
import { pathsHtml } from "./money-paths.ts";
import { sankey } from "./sankey.ts";

/** Traces shown in full. */
const MOST_TRACES = 12;

/** Where money went: the picture, who got what, the ways there, and what other policies say. */
export async function moneyPart(c: Case): Promise<Html> {
  const groups = traceGroups(c);
  const parts: Html[] = [];
  for (const group of groups.slice(0, MOST_TRACES)) parts.push(await groupHtml(c, group));
  parts.push(leftOut(groups.length - MOST_TRACES, "trace", "case.json"));
  const isBack = groups.every(({ lead }) => lead.direction === "backward");
  return section("money", isBack ? "Where the money came from" : "Where the money went", parts);
}

async function groupHtml(c: Case, { lead, traces }: TraceGroup): Promise<Html> {
  const ends = reachedOf(c, lead);
  const amount = `${say.coins(lead.totals.seedSats, lead.coin)} ${say.coinSign(lead.coin)}`;
  const isForward = lead.direction === "forward";
  return html`<h3>${amount} followed ${isForward ? "forward" : "back"}, by ${POLICY_WORD[lead.policy]}</h3>
<dl class="facts">
${facts(c, lead).map(([head, text]) => html`<dt>${head}</dt><dd>${text}</dd>\n`)}</dl>
${await sankey(lead, ends)}
${endsTable(c, { trace: lead, ends })}
${stopsHtml(lead)}${watched(c, lead)}
${traces.length > 1 && isToldFurther(lead) ? policiesTable(c, traces) : ""}
${pathsHtml(c, lead)}`;
}

function facts(c: Case, trace: CaseTrace): readonly (readonly [head: string, text: string | Html])[] {
  const { seeds, until, counts, coin } = trace;
  const chain = c.chains.find(({ id }) => id === trace.chain);
  const asked = [...new Set(seeds.map((seed) => seed.asked))];
  const times = seeds.flatMap(({ at }) => at ?? []).sort();
  const more = asked.length > 5 ? `, and ${say.count(asked.length - 5)} more` : "";
  const cut = until.asked === null ? "none asked for" : `asked for: ${until.asked}`;
  const looked = until.height === null || until.at === null ? "" : `, ${say.when(until.at)}`;
  return [
    [
      "Begins with",
      `${say.plural(seeds.length, "output")}, ${say.exactCoins(trace.totals.seedSats, coin)}, received ` +
        say.span(times[0] ?? null, times.at(-1) ?? null),
    ],
    ["Asked for", html`<span class="id">${asked.slice(0, 5).join(", ")}</span>${more}`],
    ...trace.worth.map((worth) => [worthRow(worth).label, worthRow(worth).value] as const),
    ["Source", chain === undefined ? trace.chain : `${chain.source} (${chain.network})`],
    ["Looked at", `${reachSays(trace)}${looked} (${cut})`],
    [
      "Met",
      `${say.plural(counts.transactions, "transaction")}, ${say.plural(counts.outputs, "end")}` +
        `${trace.fees === "followed" ? "; fees were followed into the coinbase of their block" : ""}`,
    ],
    ...(trace.chosen.length === 0
      ? []
      : [
          [
            "Chosen by the examiner",
            trace.chosen.map(({ txid, vout }) => `${txid}=${vout}`).join(", "),
          ] as const,
        ]),
    ...(trace.isComplete
      ? []
      : [["Not complete", "the source failed before the trace was through"] as const]),
  ];
}

/** Why the trace does not go on, in words, for the kinds of stops that were met. */
function stopsHtml({ outputs, direction }: CaseTrace): Html {
  // The table's sentences are about what spends an output; a backward trace says of each what it was.
  if (direction === "backward") return html``;
  const met = [...new Set(outputs.flatMap(({ stop }) => stop ?? []))];
  if (met.length === 0) return html``;
  return html`<p class="note">Why the trace stops there.
${met.map((stop) => html`${END_WORD[stop]}: ${STOPS[stop]}. `)}</p>
`;
}

const NOT_LOSS = "poison tells what the coins reached, and is no loss";

function policiesTable(c: Case, traces: readonly CaseTrace[]): Html {
  const rows = traces.map((trace) => ({ trace, sides: policySides(c, trace) }));
  type Row = (typeof rows)[number];
  const heads = rows[0]?.sides.map(([head]) => head) ?? [];
  const reach = ({ trace }: Row): string =>
    trace.policy === "poison"
      ? say.plural(trace.counts.outputs, "output")
      : say.exactCoins(trace.totals.dirtySats, trace.coin);
  const columns: readonly Column<Row>[] = [
    {
      head: "Policy",
      cell: ({ trace }) => html`${POLICY_WORD[trace.policy]}<span class="range">${trace.id}</span>`,
    },
    ...heads.map(
      (head, at): Column<Row> => ({
        head: `${head.charAt(0).toUpperCase()}${head.slice(1)}`,
        number: true,
        cell: ({ sides, trace }) => (trace.policy === "poison" ? reached : say.share)(sides[at]?.[1] ?? null),
      }),
    ),
    { head: "Still in outputs", number: true, cell: reach },
  ];
  const grown = traces.some(({ policy }) => policy === "poison") ? ` ${NOT_LOSS}.` : "";
  return html`<h4>The same by every policy</h4>
${table(rows, columns, {
  caption: `A policy is a convention on whose coins a mixed output holds; no block chain tells.${grown}`,
  all: "case.json",
})}`;
}
