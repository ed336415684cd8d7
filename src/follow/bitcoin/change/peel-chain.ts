import type { ChainTx } from "../../../model/chain.ts";
import type { Candidates, ChangeRule, Spend } from "./rule.ts";

/** In a run of transactions with one input and two outputs: the larger output, from which the run goes on
 *  to be peeled, while the smaller one is paid away. */
export const peelChain: ChangeRule = {
  id: "peel-chain",
  title: "Is what is left of a peel chain",
  family: "chain",
  source: "Meiklejohn and others (2013), IMC, § 5 (peeling chains); BlockSci, peeling_chain",
  errorShare: null,
  measured: "nobody published it; 2 of 15 wrong in block 300,025, against change that is certain",
  weighedError: 0.2,
  others: "peel",
  isEach: false,
  candidates,
};

/** One input, two outputs. */
export function isPeel({ inputs, outputs, isWhole }: ChainTx): boolean {
  return isWhole && inputs.length === 1 && outputs.length === 2;
}

function candidates({ tx, inputs, outputs, payable, context }: Spend): Candidates {
  const [one, other] = payable;
  if (!isPeel(tx) || one === undefined || other === undefined) return null;
  const parent = context.tx(inputs[0]?.txid ?? "");
  const next = outputs.flatMap(({ vout }) => (vout === null ? [] : [context.spender(tx.txid, vout)]));
  if (![parent, ...next].some((neighbour) => neighbour !== null && isPeel(neighbour))) return null;
  const [first, second] = [outputs[one]?.valueSats ?? 0n, outputs[other]?.valueSats ?? 0n];
  return first === second ? null : new Set([first > second ? one : other]);
}
