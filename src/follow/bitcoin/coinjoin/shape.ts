import type { ChainInput, ChainOutput, ChainTx, ScriptKind } from "../../../model/chain.ts";

/** Outputs of one value. `owners` counts their distinct addresses, null where one of them has none that is
 *  known. */
export interface EqualOutputs {
  readonly valueSats: bigint;
  readonly count: number;
  readonly owners: number | null;
}

/** What every rule asks of a transaction, worked out once. Lists of values are in the order of the
 *  transaction. */
export interface Shape {
  readonly tx: ChainTx;
  readonly inputs: readonly ChainInput[];
  readonly outputs: readonly ChainOutput[];
  /** Outputs by value, the most frequent value first, the larger of two that are equally frequent. */
  readonly equal: readonly EqualOutputs[];
  /** null: not all are known. */
  readonly inputValues: readonly bigint[] | null;
  readonly outputValues: readonly bigint[];
  /** Distinct addresses that it spends from; null: not all are known. */
  readonly inputOwners: number | null;
}

export function shapeOf(tx: ChainTx): Shape {
  const { inputs, outputs } = tx;
  const values = inputs.flatMap(({ valueSats }) => (valueSats === null ? [] : [valueSats]));
  return {
    tx,
    inputs,
    outputs,
    equal: equalOutputs(outputs),
    inputValues: values.length === inputs.length ? values : null,
    outputValues: outputs.map(({ valueSats }) => valueSats),
    inputOwners: ownersAmong(inputs),
  };
}

/** Whether all scripts are of these kinds; null where nothing known speaks against it and something is not
 *  known. */
export function allAre(
  spots: readonly { readonly script: ScriptKind | null }[],
  kinds: readonly ScriptKind[],
): boolean | null {
  if (spots.some(({ script }) => script !== null && !kinds.includes(script))) return false;
  return spots.every(({ script }) => script !== null) ? true : null;
}

/** Whether no value is larger than the one before it. */
export function isDescending(values: readonly bigint[]): boolean {
  return values.every((value, index) => value <= (values[index - 1] ?? value));
}

function ownersAmong(spots: readonly { readonly address: string | null }[]): number | null {
  const owners = new Set<string>();
  for (const { address } of spots) {
    if (address === null) return null;
    owners.add(address);
  }
  return owners.size;
}

function equalOutputs(outputs: readonly ChainOutput[]): EqualOutputs[] {
  const byValue = new Map<bigint, ChainOutput[]>();
  for (const output of outputs) {
    const alike = byValue.get(output.valueSats);
    if (alike === undefined) byValue.set(output.valueSats, [output]);
    else alike.push(output);
  }
  return [...byValue]
    .map(([valueSats, alike]) => ({ valueSats, count: alike.length, owners: ownersAmong(alike) }))
    .sort((one, other) => other.count - one.count || (other.valueSats > one.valueSats ? 1 : -1));
}
