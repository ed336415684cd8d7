import type { Case } from "../../model/case.ts";
import type { ServicePath } from "../../model/follow-case.ts";
import type { CaseTrace, TraceEdge, TraceSeed } from "../../model/trace.ts";
import * as say from "../numbers.ts";
import { END_WORD, outputId } from "../reached.ts";
import { ROLE_WORD, roleHow } from "../roles.ts";
import { cut } from "../visible.ts";
import { placeHtml } from "./findings.ts";
import { type Column, type Html, html, leftOut, prose, table } from "./markup.ts";

/** Ways shown in full. */
const MOST_PATHS = 25;

/** The ways from the beginning to each service, and what can be asked of whom. */
export function pathsHtml(c: Case, trace: CaseTrace): Html {
  const paths = distinct(c.paths.filter((path) => path.trace === trace.id));
  if (paths.length === 0) return html``;
  const edges = new Map(trace.edges.map((edge) => [outputId(edge), edge]));
  return html`<h4>What can be asked of whom</h4>
${paths.slice(0, MOST_PATHS).map(({ path, alike }) => pathHtml(c, { path, alike, trace, edges }))}
${leftOut(paths.length - MOST_PATHS, "way", "case.json")}`;
}

interface Told {
  readonly path: ServicePath;
  /** Ways to other outputs of the same CoinJoin. */
  readonly alike: number;
}

/** One way to each CoinJoin: its outputs have it in common. */
function distinct(paths: readonly ServicePath[]): readonly Told[] {
  const told = new Map<string, Told>();
  for (const path of paths) {
    const key = path.stop === "coinjoin" ? path.txid : path.id;
    const known = told.get(key);
    told.set(key, known === undefined ? { path, alike: 0 } : { ...known, alike: known.alike + 1 });
  }
  return [...told.values()];
}

interface Drawn extends Told {
  readonly trace: CaseTrace;
  readonly edges: ReadonlyMap<string, TraceEdge>;
}

type Hop = ServicePath["hops"][number] & { readonly number: number };

function pathHtml(c: Case, { path, alike, trace, edges }: Drawn): Html {
  const { hops, hopCount, service, stop, at, id } = path;
  const left = hopCount - hops.length;
  const rows = hops.map((hop, n): Hop => ({ ...hop, number: n < hops.length / 2 ? n + 1 : n + 1 + left }));
  const amount = say.exactCoins(path.dirtySats, trace.coin);
  const others = alike === 0 ? "" : `; ${say.plural(alike, "more output")} of the same transaction`;
  const skipped = left === 0 ? "" : ` ${say.plural(left, "hop")} in the middle stand in trace-edges.csv.`;
  return html`<p>${prose(path.nextStep)}.</p>
<details><summary>${cut(service ?? END_WORD[stop], 80)}, ${at?.slice(0, 10) ?? "day unknown"}, ${amount}:
the way there, ${say.plural(hopCount, "hop")} (${id}${others})</summary>
${table(rows, columns(c, { trace, edges }), {
  caption:
    "Where outputs were spent together the way goes back through the one that held most. It is a way " +
    `that the money can have taken, not the only one.${skipped}`,
  all: "trace-edges.csv",
})}</details>
`;
}

function columns(c: Case, { trace, edges }: Pick<Drawn, "trace" | "edges">): readonly Column<Hop>[] {
  const edgeOf = (hop: Hop): TraceEdge | undefined => edges.get(outputId(hop));
  const seeds = new Map(trace.seeds.map((seed) => [outputId(seed), seed]));
  const seedOf = (hop: Hop): TraceSeed | undefined => seeds.get(outputId(hop));
  const placeOf = (hop: Hop) => edgeOf(hop)?.place ?? seedOf(hop)?.place;
  return [
    { head: "Hop", number: true, cell: ({ number }) => say.count(number) },
    {
      head: "Output and address",
      cell: (hop) => html`<span class="id wide">${outputId(hop)}<br>${hop.address ?? "no address"}</span>`,
    },
    {
      head: "Followed",
      number: true,
      cell: ({ dirtySats, at }) =>
        html`${say.exactCoins(dirtySats, trace.coin)}<span class="range">${
          at === null ? "" : say.when(at)
        }</span>`,
    },
    {
      head: "What it is, and how sure",
      cell: (hop) => {
        const edge = edgeOf(hop);
        if (seedOf(hop) !== undefined) return html`seed<span class="small">where the trace begins</span>`;
        if (edge === undefined) return ROLE_WORD[hop.role];
        return html`${ROLE_WORD[hop.role]}<span class="small">${roleHow(edge)}</span>`;
      },
    },
    {
      head: "Place",
      cell: (hop) => {
        const place = placeOf(hop);
        return place === undefined ? "–" : html`<span class="small place">${placeHtml(c, place)}</span>`;
      },
    },
  ];
}
