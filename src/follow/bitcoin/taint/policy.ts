import type { Policy } from "../../../model/trace.ts";
import type { Dirty, Part } from "./segments.ts";

/** One rule for which coins of a transaction go where. Everything is in satoshi and exact.
 *
 *  Shape: the amounts of both sides are equal in sum: the last of the outputs is the fee (in a coinbase what
 *  its miner left unclaimed), which may be 0. Both ways answer with one `Dirty` for each part of the other
 *  side, never more than its amount, and with as much in sum as came in; poison alone may answer with more.
 */
export interface PolicyRow {
  readonly id: Policy;
  /** Whether it knows which satoshis of an output are dirty, and not only how many. */
  readonly hasSegments: boolean;
  /** Whether it needs the amount of every input. What does not, may be given inputs that sum to less. */
  readonly needsValues: boolean;
  /** From inputs, in their order, to outputs with the fee behind them. */
  forward(inputs: readonly Part[], outputs: readonly bigint[]): readonly Dirty[];
  /** From outputs with the fee behind them to inputs. */
  backward(outputs: readonly Part[], inputs: readonly bigint[]): readonly Dirty[];
}

/** How many satoshis of the parts are dirty. */
export function dirtyOf(parts: readonly Part[]): bigint {
  return parts.reduce((sum, { dirty }) => sum + dirty.sats, 0n);
}
