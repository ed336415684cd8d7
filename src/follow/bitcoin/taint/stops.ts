import type { ChainTx } from "../../../model/chain.ts";
import type { Stop } from "../../../model/trace.ts";
import type { TraceOptions } from "../options.ts";

/** Why an output is not followed by any policy; null: it is. */
export function stopOf(tx: ChainTx, position: number, options: TraceOptions): Stop | null {
  const stop = options.stopAt(tx, position);
  if (stop !== null) return stop;
  const valueSats = tx.outputs[position]?.valueSats ?? 0n;
  if (valueSats >= options.dustSats) return null;
  return { stop: "dust", says: fewerThan(options.dustSats) };
}

/** Why a policy does not follow so few dirty coins; null: it does. */
export function minimumStop(dirtySats: bigint, { minDirtySats }: TraceOptions): Stop | null {
  if (dirtySats >= minDirtySats) return null;
  return { stop: "min-taint", says: fewerThan(minDirtySats) };
}

const fewerThan = (sats: bigint): string =>
  `less than the ${sats} satoshi from which coins are followed (--min-sats)`;
