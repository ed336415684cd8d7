import type { CaseTrace } from "../../model/trace.ts";
import { type FlowNode, flowGraph } from "../flow-graph.ts";
import * as say from "../numbers.ts";
import { fewerServices, isToldFurther, type Reached } from "../reached.ts";
import { cutMiddle, visible } from "../visible.ts";
import { type Html, html } from "./markup.ts";
import { svg } from "./svg.ts";

/** Services that the picture tells apart. */
const MOST_SERVICES = 10;
/** Room for the names of ends, and for one of them. */
const NAMES_WIDE = 232;
const SEEDS_WIDE = 150;
const NAME_HIGH = 19;

const COLOURS: Readonly<Partial<Record<FlowNode["kind"], string>>> = {
  seed: "var(--c5)",
  run: "var(--c9)",
  service: "var(--c1)",
  coinjoin: "var(--c4)",
  unspent: "var(--c3)",
  "perhaps-unspent": "var(--c3)",
  coinbase: "var(--c3)",
};
const OTHER = "var(--c7)";

const LABEL = { fontSize: 11, fontFamily: "inherit", color: "var(--fg)", textBorderWidth: 0 } as const;

const SERIES = {
  type: "sankey",
  silent: true,
  draggable: false,
  emphasis: { disabled: true },
  top: 12,
  bottom: 12,
  nodeWidth: 12,
  nodeGap: NAME_HIGH,
  layoutIterations: 64,
} as const;

/** Where the coins of a trace went, as a picture; nothing where there is no flow to draw. */
export async function sankey(trace: CaseTrace, ends: readonly Reached[]): Promise<Html> {
  if (!isToldFurther(trace)) {
    return html`<p>The source does not tell what became of these coins: a list of payments says what came in,
and not what was spent.</p>
`;
  }
  const { nodes, links, left } = flowGraph(trace, fewerServices(ends, MOST_SERVICES));
  if (links.length === 0) return html``;
  const isForward = trace.direction === "forward";
  const passed = (id: string): number => {
    const sum = (side: "source" | "target"): number =>
      links.reduce((all, link) => all + (link[side] === id ? link.sats : 0), 0);
    return Math.max(sum("source"), sum("target"));
  };
  const colour = new Map(nodes.map(({ id, kind }) => [id, COLOURS[kind] ?? OTHER]));
  const labels = new Map(nodes.map((node) => [node.id, labelOf(node, passed(node.id), trace)]));
  const title = isForward ? "Where the coins went" : "Where the coins came from";
  const endsDrawn = nodes.filter(({ kind }) => kind !== "run" && kind !== "seed").length;
  const picture = await svg({
    id: `flow-${trace.id.replaceAll(/[^a-z0-9]/g, "-")}`,
    title,
    describes: `${say.plural(endsDrawn, "end")} of ${labels.get("seeds") ?? ""}; the table has the figures.`,
    height: Math.max(220, endsDrawn * (NAME_HIGH + 12) + 60),
    option: {
      series: [
        {
          ...SERIES,
          left: isForward ? 4 : NAMES_WIDE,
          right: isForward ? NAMES_WIDE : SEEDS_WIDE,
          label: { ...LABEL, formatter: ({ name }: { readonly name: string }) => labels.get(name) ?? "" },
          data: nodes.map(({ id, kind }) => ({
            name: id,
            itemStyle: { color: colour.get(id) },
            ...(!isForward && kind !== "run" && kind !== "seed" ? { label: { position: "left" } } : {}),
          })),
          links: links.map(({ source, target, sats }) => ({
            source,
            target,
            value: sats,
            lineStyle: { color: colour.get(isForward ? target : source), opacity: 0.32, curveness: 0.5 },
          })),
        },
      ],
    },
  });
  return html`<figure>
<figcaption>${title}</figcaption>
<div class="scroll" role="region" tabindex="0" aria-label="${title}">${picture}</div>
${legend(isForward)}
<p class="note">A ribbon is as wide as what went along it.
A run is a row of transactions each of which spends what the one before it left.${
    left === 0 ? "" : ` Smaller runs, ${say.count(left)} in number, are drawn through.`
  }</p>
</figure>
`;
}

function legend(isForward: boolean): Html {
  return html`<ul class="legend">
<li><span class="s5"></span>${isForward ? "begin of the trace" : "what was asked for"}</li>
<li><span class="s9"></span>transactions between</li><li><span class="s1"></span>services</li>
<li><span class="s4"></span>CoinJoins</li>
<li><span class="s3"></span>${isForward ? "unspent" : "newly mined"}</li>
<li><span class="s7"></span>other ends</li></ul>`;
}

function labelOf({ kind, name, count }: FlowNode, sats: number, { coin, totals, policy }: CaseTrace): string {
  const amount = `${say.coins(String(Math.round(sats)), coin)} ${say.coinSign(coin)}`;
  if (kind === "seed") return `${say.plural(count, "output")}, ${amount}`;
  if (kind === "run")
    return count === 1 ? `transaction ${name.slice(0, 6)}…` : `${say.count(count)} transactions`;
  if (policy === "poison") return `${cutMiddle(visible(name), 20)}  ${say.plural(count, "output")}`;
  const share = say.share(sats / (Number(totals.seedSats) || 1));
  return `${cutMiddle(visible(name), 20)}  ${amount}  ${share}`;
}
