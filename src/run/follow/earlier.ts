import { join } from "node:path";
import type { Followed, SeedRequest, Traced } from "../../follow/bitcoin/options.ts";
import type { Chain, ChainTx } from "../../model/chain.ts";
import { PaydirtError } from "../../model/error.ts";
import type { CaseChain } from "../../model/follow-case.ts";
import type { Place } from "../../model/place.ts";
import type { CaseTrace } from "../../model/trace.ts";
import { SLICE } from "../../read/chain/slice/index.ts";
import type { ChainContext } from "../../read/chain/source.ts";
import type { FollowOptions } from "./options.ts";

interface Asked {
  readonly source: Pick<CaseChain, "kind" | "source">;
  readonly request: SeedRequest;
  readonly options: FollowOptions;
}

/** The trace that a case holds of the same blocks, policies and seeds, for a longer one to go on from; null
 *  where it holds none, or not all that is needed of it.
 *
 *  Shape: what it went through stands in the case's own `chain-slice.json`, the places in the trace. Whether
 *  it stopped where the longer one would is for the trace to compare.
 */
export async function earlierTrace(chain: Chain, asked: Asked): Promise<Followed | null> {
  const { into, direction } = asked.options;
  if (into === null || chain.kind !== "blocks" || direction !== "forward") return null;
  const own = into.case.chains.filter(
    ({ kind, source, network, firstHeight }) =>
      kind === asked.source.kind &&
      source === asked.source.source &&
      network === chain.network &&
      firstHeight === chain.firstHeight,
  );
  const runs = own.map(({ id }) => into.case.traces.filter((trace) => trace.chain === id));
  const traces = runs.findLast((run) => isOfQuestion(run, asked));
  const [first] = traces ?? [];
  if (traces === undefined || first === undefined) return null;
  const hops = await passed(into.folder, traces);
  return hops && { ...followedOf(first, traces), hops };
}

/** As far as the case tells what was asked for. */
function isOfQuestion(traces: readonly CaseTrace[], { request, options }: Asked): boolean {
  const policies = new Set(traces.map(({ policy }) => policy));
  const seeds = new Set([...request.outpoints, ...request.addresses].map(({ asked }) => asked));
  return (
    policies.size === options.policies.length &&
    options.policies.every((policy) => policies.has(policy)) &&
    traces.every(
      (trace) =>
        trace.direction === options.direction &&
        trace.seeds.every(({ asked }) => seeds.has(asked)) &&
        trace.chosen.length === options.chosen.size &&
        trace.chosen.every(({ txid, vout }) => options.chosen.get(txid) === vout),
    )
  );
}

function followedOf(first: CaseTrace, traces: readonly CaseTrace[]): Omit<Followed, "hops"> {
  const { direction, seeds, until, fees, isComplete } = first;
  // A case of an older version does not tell the hash.
  const { height, hash = null, at } = until;
  const told = traces.map(
    ({ policy, outputs, edges, totals, counts }): Traced => ({
      policy,
      outputs,
      flows: edges,
      totals,
      counts,
    }),
  );
  return { direction, seeds, traces: told, until: { height, hash, at }, fees, isComplete };
}

/** The transactions that traces went through; null where the case does not hold them all. */
async function passed(folder: string, traces: readonly CaseTrace[]): Promise<readonly ChainTx[] | null> {
  const places = new Map<string, Place>();
  for (const { seeds, edges } of traces) {
    for (const { txid, place } of seeds) places.set(txid, place);
    for (const { txid, place } of edges) places.set(txid, place);
  }
  const hops: ChainTx[] = [];
  try {
    const slice = await SLICE.open(join(folder, "chain-slice.json"), UNHEARD);
    for (const [txid, place] of places) {
      const tx = slice.kind === "lookup" ? await slice.tx(txid) : null;
      if (tx?.isWhole !== true) return null;
      hops.push({ ...tx, place });
    }
    return hops;
  } catch (error) {
    if (error instanceof PaydirtError) return null;
    throw error;
  }
}

/** The slice of a case is no evidence of it. */
const UNHEARD: ChainContext = {
  gap: () => {},
  evidence: () => "",
  cache: null,
  signal: null,
  progress: () => {},
};
