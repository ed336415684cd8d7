import { sumOf } from "../amount.ts";
import { dirtyOf, type PolicyRow } from "./policy.ts";
import { CLEAN, type Dirty, lesser, line, type Part, type Segment, withoutFirst } from "./segments.ts";

/** An input as far as it is known: null is an amount that no source tells, of which nothing is dirty. */
export interface SplitInput {
  readonly valueSats: bigint | null;
  readonly dirty: Dirty;
}

/** What one transaction spends and pays; for a coinbase the inputs are what it may claim. */
export interface SplitRequest {
  readonly inputs: readonly SplitInput[];
  readonly outputs: readonly bigint[];
  /** Position of the output that the examiner chose for all dirty coins; null: none. */
  readonly chosen: number | null;
}

/** Where the dirty coins of a transaction went.
 *
 *  Shape: `outputs` in their order, `fee` behind them; `feeSats` is what of the inputs no output takes, null
 *  where not all inputs are known. `isWholly`: everything that came in was dirty, so that no policy decides.
 */
export interface Split {
  readonly outputs: readonly Dirty[];
  readonly fee: Dirty;
  readonly feeSats: bigint | null;
  readonly isWholly: boolean;
}

/** Why coins cannot be allocated. */
export type SplitFault = "unknown-value" | "overspent";

/** Shares out the dirty coins of one transaction by one policy.
 *
 *  Errors: a fault where the policy needs an amount that is not known, and where outputs exceed inputs, as
 *  no valid transaction has it: nothing is said of where its coins went.
 */
export function split(policy: PolicyRow, tx: SplitRequest): Split | SplitFault {
  const parts = tx.inputs.map(({ valueSats, dirty }): Part => ({ valueSats: valueSats ?? 0n, dirty }));
  const isKnown = tx.inputs.every(({ valueSats }) => valueSats !== null);
  if (!isKnown && policy.needsValues) return "unknown-value";
  const spent = sumOf(parts.map(({ valueSats }) => valueSats));
  const paid = sumOf(tx.outputs);
  if (isKnown && paid > spent) return "overspent";
  const feeSats = isKnown ? spent - paid : null;
  const values = [...tx.outputs, feeSats ?? 0n];
  const dirty =
    tx.chosen === null
      ? policy.forward(parts, values)
      : chosenFirst(policy, parts, { values, to: tx.chosen });
  return {
    outputs: dirty.slice(0, -1),
    fee: dirty.at(-1) ?? CLEAN,
    feeSats,
    isWholly: isKnown && dirtyOf(parts) === spent,
  };
}

/** Where an output was chosen: as many dirty coins as it has room for go there, first those that came in
 *  first; what remains of the transaction is shared out by the policy. */
function chosenFirst(
  policy: PolicyRow,
  inputs: readonly Part[],
  { values, to }: { readonly values: readonly bigint[]; readonly to: number },
): readonly Dirty[] {
  const room = values[to] ?? 0n;
  const dirty = dirtyOf(inputs);
  const taken = lesser(dirty, room);
  const own = policy.forward([part(room, policy.hasSegments ? [[0n, taken]] : null, taken)], [room, 0n])[0];
  const all = sumOf(inputs.map(({ valueSats }) => valueSats));
  const laid = policy.hasSegments ? withoutFirst(line(inputs), taken) : null;
  const rest = part(all - room, laid, dirty - taken);
  const others = values.map((value, at) => (at === to ? 0n : value));
  const shared = dirty === taken ? values.map(() => CLEAN) : policy.forward([rest], others);
  return shared.map((share, at) => (at === to ? (own ?? CLEAN) : share));
}

function part(valueSats: bigint, segments: readonly Segment[] | null, sats: bigint): Part {
  return { valueSats, dirty: { sats, segments } };
}

/** Where the dirty coins of outputs came from, by one policy: one `Dirty` for each input.
 *
 *  Shape: `feeSats` is left out of the request, it follows from the amounts; no part of it is dirty.
 */
export function splitBack(
  policy: PolicyRow,
  inputs: readonly (bigint | null)[],
  outputs: readonly Part[],
): readonly Dirty[] | SplitFault {
  const isKnown = inputs.every((value) => value !== null);
  if (!isKnown && policy.needsValues) return "unknown-value";
  const values = inputs.map((value) => value ?? 0n);
  const feeSats = sumOf(values) - sumOf(outputs.map(({ valueSats }) => valueSats));
  if (isKnown && feeSats < 0n) return "overspent";
  return policy.backward([...outputs, { valueSats: feeSats, dirty: CLEAN }], values);
}
