import type { ServicePath } from "../../model/follow-case.ts";
import type { CaseTrace, TraceEdge, TraceOutput } from "../../model/trace.ts";
import { waysOf } from "../../model/trace-way.ts";
import type { Worth } from "../../model/worth.ts";
import { AFTER_COINJOIN, ASK_ANY, ASK_FOR_PAYER, NEXT_STEPS } from "../../tables/next-steps.ts";
import { btc } from "./amount.ts";

/** Who holds an address, as tags have it. */
export interface NamedService {
  readonly name: string;
  readonly category: string | null;
}

export interface PathOptions {
  /** null: nobody says whose the output is. */
  readonly serviceOf: (output: TraceOutput) => NamedService | null;
  /** Addresses that its transaction spends, where a list names the output's own address; else none. */
  readonly sweptFrom: (output: TraceOutput) => readonly string[];
  readonly worthOf: (output: TraceOutput) => readonly Worth[];
}

/** Paths of one trace, the largest; and hops of one path, from both ends. */
const MOST_PATHS = 200;
const MOST_HOPS = 200;

/** The way from a seed to each output that a service took or that left a CoinJoin, the largest first.
 *
 *  Ways as `waysOf` gives them.
 *  Shape: ids are "t1.p1" …; of outputs alike in amount the first of the trace comes first.
 */
export function pathsOf(trace: CaseTrace, options: PathOptions): ServicePath[] {
  const wayTo = waysOf(trace);
  const known = hopsOf(trace);
  return trace.outputs
    .flatMap((output) =>
      output.stop === "service" || output.stop === "coinjoin" ? [{ output, stop: output.stop }] : [],
    )
    .sort((a, b) => compareSats(b.output.dirtySats, a.output.dirtySats))
    .slice(0, MOST_PATHS)
    .map(({ output, stop }, at) => {
      const own = outputOf(output);
      const hops = wayTo(own).flatMap((id) => known.get(id) ?? (id === own ? lastHop(output) : []));
      const service = stop === "service" ? options.serviceOf(output) : null;
      return {
        id: `${trace.id}.p${at + 1}`,
        trace: trace.id,
        service: service?.name ?? null,
        stop,
        address: output.address,
        txid: output.txid,
        vout: output.vout,
        dirtySats: output.dirtySats,
        at: output.at,
        worth: options.worthOf(output),
        hops: bothEnds(hops),
        hopCount: hops.length,
        nextStep: nextStep(output, service, sweepOf(options.sweptFrom(output), hops)),
      };
    });
}

type Hop = ServicePath["hops"][number];

const outputOf = ({ txid, vout }: Pick<TraceEdge, "txid" | "vout">): string => `${txid}:${vout}`;

/** What a trace says of each of its outputs. */
function hopsOf({ seeds, edges }: CaseTrace): ReadonlyMap<string, Hop> {
  const hops = new Map<string, Hop>();
  for (const { txid, vout, address, dirtySats, at, role } of edges)
    if (vout !== null) hops.set(outputOf({ txid, vout }), { txid, vout, address, dirtySats, at, role });
  for (const { txid, vout, address, valueSats, at } of seeds)
    hops.set(outputOf({ txid, vout }), { txid, vout, address, dirtySats: valueSats, at, role: "unknown" });
  return hops;
}

/** The output itself, where no edge leads to it: in a backward trace, or where edges are left out. */
function lastHop({ txid, vout, address, dirtySats, at }: TraceOutput): Hop {
  return { txid, vout, address, dirtySats, at, role: "unknown" };
}

function bothEnds(hops: readonly Hop[]): readonly Hop[] {
  if (hops.length <= MOST_HOPS) return hops;
  return [...hops.slice(0, MOST_HOPS / 2), ...hops.slice(-MOST_HOPS / 2)];
}

/** Decimal strings without leading zeros: the longer one is more. */
function compareSats(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** What paid an address, where that looks like a sweep of several deposits. */
interface Sweep {
  readonly payer: string;
  readonly payers: number;
}

function sweepOf(payers: readonly string[], hops: readonly Hop[]): Sweep | null {
  const payer = hops.at(-2)?.address ?? null;
  return payers.length > 1 && payer !== null && payers.includes(payer)
    ? { payer, payers: payers.length }
    : null;
}

function nextStep(output: TraceOutput, service: NamedService | null, sweep: Sweep | null): string {
  const category = service?.category?.toLowerCase() ?? "";
  const asked = NEXT_STEPS.find(({ categories }) => categories.includes(category))?.says ?? ASK_ANY;
  const parts: Readonly<Record<string, string>> = {
    service: service?.name ?? "the holder",
    address: output.address ?? "without a form",
    deposit: sweep === null ? "deposit address" : "address",
    payer: sweep?.payer ?? "",
    payers: String(sweep?.payers ?? 0),
    date: output.at?.slice(0, 10) ?? "an unknown day",
    amount: btc(BigInt(output.dirtySats)),
    output: outputOf(output),
  };
  const full = sweep === null || service === null ? asked : `${asked}${ASK_FOR_PAYER}`;
  const says = output.stop === "coinjoin" ? AFTER_COINJOIN : full;
  return says.replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);
}
