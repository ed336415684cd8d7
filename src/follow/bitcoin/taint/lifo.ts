import { sumOf } from "../amount.ts";
import type { PolicyRow } from "./policy.ts";
import { cut, line, mirrored, type Part } from "./segments.ts";

/** Last in, first out: the inputs are stacked in their order, the outputs take from the top, coin by coin;
 *  what is left at the bottom is the fee. Nothing is lost, so that it can be read backwards.
 *
 *  Source: as FIFO, from the other end.
 */
export const lifo: PolicyRow = {
  id: "lifo",
  hasSegments: true,
  needsValues: true,
  forward: (inputs, outputs) => cut(turned(inputs), outputs),
  backward: (outputs, inputs) => cut(turned(outputs), inputs),
};

function turned(parts: readonly Part[]) {
  return mirrored(line(parts), sumOf(parts.map(({ valueSats }) => valueSats)));
}
