import type { CaseTrace, TraceEdge } from "../model/trace.ts";
import { END_WORD, type EndKind, outputId, type Reached } from "./reached.ts";

/** A seed, a run of transactions, or an end. */
export interface FlowNode {
  readonly id: string;
  readonly kind: EndKind | "seed" | "run";
  /** "Huobi"; of a run the txid of its first transaction. */
  readonly name: string;
  /** Transactions of a run; else outputs. */
  readonly count: number;
}

export interface FlowLink {
  readonly source: string;
  readonly target: string;
  readonly sats: number;
}

export interface FlowGraph {
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
  /** Runs that are too small to draw: their flows are drawn through them. */
  readonly left: number;
}

/** Runs that are drawn, and the part of the largest below which one is not. */
const MOST_RUNS = 10;
const LEAST_PART = 0.01;

type Flows = Map<string, Map<string, number>>;

function add(flows: Flows, [source, target]: readonly [string, string], sats: number): void {
  const from = flows.get(source) ?? new Map<string, number>();
  from.set(target, (from.get(target) ?? 0) + sats);
  flows.set(source, from);
}

/** A trace as a picture needs it: seeds, runs of transactions, ends, and how much went from one to another.
 *
 *  A transaction joins the run of the one before it when all its dirty coins come from there and it is the
 *  largest way on, so that a peel chain of a thousand hops is one node. Small runs are taken out and their
 *  flows drawn through. Amounts are numbers: a picture needs no satoshi.
 */
export function flowGraph(trace: CaseTrace, ends: readonly Reached[]): FlowGraph {
  const { flows, fresh } = transactionFlows(trace, ends);
  const run = runsOf(flows, fresh);
  const sizes = new Map<string, number>();
  for (const head of run.values()) sizes.set(head, (sizes.get(head) ?? 0) + 1);
  const joined: Flows = new Map();
  for (const [source, targets] of flows) {
    for (const [target, sats] of targets) {
      const [from, to] = [run.get(source) ?? source, run.get(target) ?? target];
      if (from !== to) add(joined, [from, to], sats);
    }
  }
  const kept = largest(joined, sizes);
  const drawn = drawnThrough(joined, (id) => !sizes.has(id) || kept.has(id));
  // What leads in a circle, as no real trace does, has no rank and cannot be drawn.
  const rank = new Map(inOrder(drawn).map((id, at) => [id, at]));
  const links = [...drawn].flatMap(([source, targets]) =>
    [...targets]
      .filter(([target, sats]) => sats > 0 && (rank.get(source) ?? 0) < (rank.get(target) ?? -1))
      .map(([target, sats]) => ({ source, target, sats })),
  );
  const met = new Set(links.flatMap(({ source, target }) => [source, target]));
  const nodes = [
    { id: SEEDS, kind: "seed", name: "", count: trace.seeds.length } as const,
    ...[...kept].map((id) => ({ id, kind: "run", name: id, count: sizes.get(id) ?? 1 }) as const),
    ...ends.map((end, at) => ({
      id: endId(at),
      kind: end.kind,
      name: end.service ?? END_WORD[end.kind],
      count: end.count,
    })),
  ];
  return { nodes: nodes.filter(({ id }) => met.has(id)), links, left: sizes.size - kept.size };
}

const SEEDS = "seeds";
const endId = (at: number): string => `end ${at}`;

interface Spending {
  /** Outpoint → the transaction that spends it. */
  readonly spender: ReadonlyMap<string, string>;
  /** Outpoint → the end that it is. */
  readonly end: ReadonlyMap<string, string>;
  readonly seeds: ReadonlySet<string>;
}

/** Flows between transactions, seeds and ends, and the transactions that spend seeds or origins. */
function transactionFlows(
  trace: CaseTrace,
  ends: readonly Reached[],
): { readonly flows: Flows; readonly fresh: ReadonlySet<string> } {
  const known: Spending = {
    spender: new Map(trace.edges.flatMap(({ txid, from }) => from.map((id) => [id, txid] as const))),
    end: new Map(
      ends.flatMap(({ outputs }, at) => outputs.map((one) => [outputId(one), endId(at)] as const)),
    ),
    seeds: new Set(trace.seeds.map(outputId)),
  };
  const flows: Flows = new Map();
  const isForward = trace.direction === "forward";
  const fees = ends.findIndex(({ kind }) => kind === "fees");
  for (const edge of trace.edges) {
    const to = edge.vout === null ? (fees < 0 ? null : endId(fees)) : nextOf(edge, known, isForward);
    if (to !== null) add(flows, [edge.txid, to], Number(edge.dirtySats));
  }
  const fresh = new Set<string>();
  const begins = isForward
    ? trace.seeds.map((one) => ({ id: outputId(one), from: SEEDS, sats: one.valueSats }))
    : trace.outputs.map((one) => ({
        id: outputId(one),
        from: known.end.get(outputId(one)) ?? SEEDS,
        sats: one.dirtySats,
      }));
  for (const { id, from, sats } of begins) {
    const to = known.spender.get(id) ?? (isForward ? known.end.get(id) : undefined);
    if (to === undefined) continue;
    add(flows, [from, to], Number(sats));
    fresh.add(to);
  }
  return { flows, fresh };
}

/** What comes behind an output: an end, the seeds of a backward trace, or the transaction that spends it. */
function nextOf(edge: TraceEdge, { spender, end, seeds }: Spending, isForward: boolean): string | null {
  const id = outputId(edge);
  if (isForward) return end.get(id) ?? spender.get(id) ?? null;
  return seeds.has(id) ? SEEDS : (spender.get(id) ?? null);
}

/** Transaction → the first of its run. */
function runsOf(flows: Flows, fresh: ReadonlySet<string>): ReadonlyMap<string, string> {
  const before = new Map<string, string[]>();
  const heaviest = new Map<string, string>();
  for (const [source, targets] of flows) {
    let most = -1;
    for (const [target, sats] of targets) {
      if (!flows.has(target)) continue;
      const known = before.get(target);
      if (known === undefined) before.set(target, [source]);
      else known.push(source);
      if (sats <= most) continue;
      most = sats;
      heaviest.set(source, target);
    }
  }
  const run = new Map<string, string>();
  const isStart = (id: string): boolean => {
    const [only, ...others] = before.get(id) ?? [];
    return only === undefined || others.length > 0 || fresh.has(id) || heaviest.get(only) !== id;
  };
  for (const id of flows.keys()) {
    if (id === SEEDS || id.startsWith("end ") || !isStart(id)) continue;
    for (let at: string | undefined = id; at !== undefined && !run.has(at); at = heaviest.get(at)) {
      if (at !== id && isStart(at)) break;
      run.set(at, id);
    }
  }
  return run;
}

function largest(flows: Flows, sizes: ReadonlyMap<string, number>): ReadonlySet<string> {
  const sent = (id: string): number => [...(flows.get(id)?.values() ?? [])].reduce((a, b) => a + b, 0);
  const ranked = [...sizes.keys()].map((id) => ({ id, sats: sent(id) })).sort((a, b) => b.sats - a.sats);
  const least = (ranked[0]?.sats ?? 0) * LEAST_PART;
  return new Set(
    ranked
      .slice(0, MOST_RUNS)
      .filter(({ sats }) => sats >= least)
      .map(({ id }) => id),
  );
}

/** The flows between what is kept; what goes through the others is split as they split what they had. */
function drawnThrough(flows: Flows, isKept: (id: string) => boolean): Flows {
  const parts = new Map<string, ReadonlyMap<string, number>>();
  /** Where a node's coins end among what is kept, as parts of 1. */
  const split = (id: string): ReadonlyMap<string, number> => parts.get(id) ?? new Map([[id, 1]]);
  for (const id of inOrder(flows).reverse()) {
    if (isKept(id)) continue;
    const targets = [...(flows.get(id) ?? [])];
    const total = targets.reduce((sum, [, sats]) => sum + sats, 0);
    const through = new Map<string, number>();
    parts.set(id, through);
    if (total === 0) continue;
    for (const [target, sats] of targets) {
      for (const [end, part] of split(target))
        through.set(end, (through.get(end) ?? 0) + (part * sats) / total);
    }
  }
  const drawn: Flows = new Map();
  for (const [source, targets] of flows) {
    if (!isKept(source)) continue;
    for (const [target, sats] of targets)
      for (const [end, part] of split(target)) add(drawn, [source, end], part * sats);
  }
  return drawn;
}

/** Every source before what it sends to. */
function inOrder(flows: Flows): string[] {
  const waits = new Map<string, number>();
  for (const targets of flows.values())
    for (const target of targets.keys()) waits.set(target, (waits.get(target) ?? 0) + 1);
  const order = [...flows.keys()].filter((id) => !waits.has(id));
  for (const id of order) {
    for (const target of flows.get(id)?.keys() ?? []) {
      const left = (waits.get(target) ?? 0) - 1;
      waits.set(target, left);
      if (left === 0) order.push(target);
    }
  }
  return order;
}
