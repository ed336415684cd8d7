import type { PolicyRow } from "./policy.ts";
import { cut, line } from "./segments.ts";

/** First in, first out: the inputs lie one behind the other, the outputs take from the front, what is left
 *  is the fee. Nothing is lost, so that it can be read backwards.
 *
 *  Source: Clayton's Case, Devaynes v Noble (1816) 1 Mer 572; Anderson, Shumailov, Ahmed and Rietmann
 *  (2018), "Bitcoin redux", WEIS.
 */
export const fifo: PolicyRow = {
  id: "fifo",
  hasSegments: true,
  needsValues: true,
  forward: (inputs, outputs) => cut(line(inputs), outputs),
  backward: (outputs, inputs) => cut(line(outputs), inputs),
};
