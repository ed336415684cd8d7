import type { Policy } from "../../../src/model/trace.ts";

interface Spent {
  readonly value: bigint;
  readonly dirty: bigint;
}

/** Dirty satoshi of each output, and last of the fee, for inputs that are wholly dirty or wholly clean. */
export function spread(policy: Policy, inputs: readonly Spent[], outputs: readonly bigint[]): bigint[] {
  const total = sum(inputs.map(({ value }) => value));
  const shares = [...outputs, total - sum(outputs)];
  const dirty = sum(inputs.map((input) => input.dirty));
  if (policy === "poison") return dirty === 0n ? shares.map(() => 0n) : shares;
  if (policy === "haircut") {
    const means = outputs.map((value) => (value * dirty) / total);
    return [...means, dirty - sum(means)];
  }
  if (policy === "tiho") return largestFirst(dirty, shares);
  return inOrder(policy === "fifo" ? inputs : inputs.toReversed(), shares);
}

const sum = (all: readonly bigint[]): bigint => all.reduce((a, b) => a + b, 0n);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

function largestFirst(dirty: bigint, shares: readonly bigint[]): bigint[] {
  const last = shares.length - 1;
  const order = shares
    .map((_, at) => at)
    .sort((a, b) => (a === last ? 1 : b === last ? -1 : by(shares, a, b)));
  const taken = shares.map(() => 0n);
  let left = dirty;
  for (const at of order) {
    taken[at] = least(left, shares[at] ?? 0n);
    left -= taken[at] ?? 0n;
  }
  return taken;
}

const by = (shares: readonly bigint[], a: number, b: number): number =>
  Number((shares[b] ?? 0n) - (shares[a] ?? 0n)) || a - b;

function inOrder(inputs: readonly Spent[], shares: readonly bigint[]): bigint[] {
  const queue = inputs.map(({ value, dirty }) => ({ left: value, isDirty: dirty > 0n }));
  return shares.map((share) => {
    let wanted = share;
    let dirty = 0n;
    while (wanted > 0n && queue[0] !== undefined) {
      const [head] = queue;
      const taken = least(wanted, head.left);
      if (head.isDirty) dirty += taken;
      wanted -= taken;
      head.left -= taken;
      if (head.left === 0n) queue.shift();
    }
    return dirty;
  });
}
