import { type ChainTx, outpointId } from "../../../model/chain.ts";
import type { Stop, StopId, TraceOutput, TraceSeed } from "../../../model/trace.ts";
import type { Followed, SeedRequest, Traced, TraceOptions } from "../options.ts";
import type { Dirty } from "./segments.ts";
import { minimumStop, stopOf } from "./stops.ts";

/** Stops behind which an earlier trace may have missed what is known now. */
const UNSURE: ReadonlySet<StopId> = new Set(["unknown-value", "not-in-source", "limit"]);

/** Whether a trace from the beginning would come to just what an earlier one knew at its last block.
 *
 *  Shape: the earlier one must have followed the same seeds by the same policies, tell of all that it met,
 *  and have stopped wherever this one would stop, and nowhere else. Blocks behind its last one of which it
 *  took a part, before its source failed, are none to go on from.
 */
export function isContinuable(from: Followed, seeds: SeedRequest, options: TraceOptions): boolean {
  const { height, hash, at } = from.until;
  if (height === null || hash === null || at === null) return false;
  if (!isSameQuestion(from, options) || !hasSameSeeds(from, seeds)) return false;
  const byId = new Map(from.hops.map((tx) => [tx.txid, tx]));
  const isPassed = (one: Pick<TraceSeed, "txid" | "height">): boolean =>
    byId.has(one.txid) && one.height !== null && one.height <= height;
  return (
    from.seeds.every(isPassed) &&
    from.hops.every((tx) => isPassed(tx) && tx.inputs.every(({ valueSats }) => valueSats !== null)) &&
    from.hops.length < options.mostTransactions &&
    from.seeds.length < options.mostTransactions &&
    from.traces.every((trace) => isAllTold(trace, from.fees) && hasSameStops(trace, from, { byId, options }))
  );
}

function isSameQuestion({ direction, fees, until, traces }: Followed, options: TraceOptions): boolean {
  const { policies, followFees, untilHeight, untilMicros } = options;
  return (
    direction === "forward" &&
    (fees === "followed") === followFees &&
    untilMicros === null &&
    (untilHeight === null || untilHeight >= (until.height ?? 0)) &&
    traces.length === policies.length &&
    policies.every((id) => traces.some(({ policy }) => policy === id))
  );
}

/** Each seed is what this request makes of its output; each output that is asked for, and each address, has
 *  given one: of those that had given none it is not known whether they were asked for. */
function hasSameSeeds({ seeds }: Followed, { outpoints, addresses }: SeedRequest): boolean {
  const byAddress = new Map(addresses.map(({ address, asked }) => [address, asked]));
  const isAsked = ({ txid, vout, address, asked }: TraceSeed): boolean => {
    const named = outpoints.find((one) => one.txid === txid && (one.vout === null || one.vout === vout));
    return asked === (named?.asked ?? byAddress.get(address ?? ""));
  };
  return (
    seeds.every(isAsked) &&
    outpoints.every(({ txid, vout }) =>
      seeds.some((seed) => seed.txid === txid && (vout === null || seed.vout === vout)),
    ) &&
    addresses.every(({ address, asked }) =>
      seeds.some((seed) => seed.address === address && seed.asked === asked),
    )
  );
}

/** Whether nothing was left out for want of room, and nothing for want of knowledge. */
function isAllTold({ outputs, flows, totals, counts }: Traced, fees: Followed["fees"]): boolean {
  return (
    outputs.length === counts.outputs &&
    flows.length === counts.edges &&
    outputs.every(({ stop }) => stop === undefined || !UNSURE.has(stop)) &&
    (fees === "not-followed" || totals.feeSats === "0")
  );
}

interface Around {
  readonly byId: ReadonlyMap<string, ChainTx>;
  readonly options: TraceOptions;
}

function hasSameStops({ outputs, flows }: Traced, { seeds }: Followed, { byId, options }: Around): boolean {
  const listed = new Map(outputs.map((output) => [nameOf(output), output]));
  const exempt = new Set(seeds.map(nameOf));
  if (!outputs.every(({ txid, vout }) => byId.get(txid)?.outputs[vout ?? -1]?.vout === vout)) return false;
  return flows.every((flow) => {
    const tx = byId.get(flow.txid);
    if (tx === undefined) return false;
    if (flow.vout === null || exempt.has(nameOf(flow))) return true;
    if (tx.outputs[flow.vout]?.script === "op-return") return true;
    const now = stopOf(tx, flow.vout, options) ?? minimumStop(BigInt(flow.dirtySats), options);
    const output = listed.get(nameOf(flow));
    const then = output === undefined ? null : stopThen(output);
    return now?.stop === then?.stop && now?.says === then?.says;
  });
}

function nameOf({ txid, vout }: Pick<TraceOutput, "txid" | "vout">): string {
  return outpointId({ txid, vout: vout ?? -1 });
}

/** Why an output was not followed by an earlier trace; that its source failed is no reason any more. */
export function stopThen({ stop, stopSays }: TraceOutput): Stop | null {
  if (stop === undefined || stop === "source-failed") return null;
  return { stop, says: stopSays ?? "" };
}

/** What of an output was dirty in an earlier trace. */
export function dirtyThen({ dirtySats, segments }: TraceOutput): Dirty {
  return {
    sats: BigInt(dirtySats),
    segments: segments?.map(([first, length]) => [BigInt(first), BigInt(length)] as const) ?? null,
  };
}
