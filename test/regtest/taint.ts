// A second opinion on taint: slow, short, and written from the policies' definitions alone.
import type { Policy } from "../../src/model/trace.ts";
import type { Ledger, LedgerTx } from "./ledger.ts";

/** Coins in the order in which they lie in an output: so many satoshi, dirty or clean. */
type Run = readonly [sats: bigint, isDirty: boolean];

export interface Tainted {
  /** Dirty outputs that are unspent or that the trace stopped at, by "txid:vout". */
  readonly held: ReadonlyMap<string, { readonly dirty: bigint; readonly segments: string | null }>;
  /** Dirty satoshi by "txid:vout" of every output that they passed, and "txid:fee". */
  readonly passed: ReadonlyMap<string, bigint>;
  readonly fees: bigint;
  readonly burnt: bigint;
}

export interface TaintQuestion {
  readonly policy: Policy;
  /** "txid:vout". */
  readonly seeds: ReadonlySet<string>;
  /** Not followed, unless they are seeds. */
  readonly stops: ReadonlySet<string>;
  readonly followFees: boolean;
  /** Outputs worth less, and those of which less is dirty, are not followed either. */
  readonly leastSats?: bigint;
}

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
const least = (...values: readonly bigint[]): bigint => values.toSorted((a, b) => Number(a - b))[0]!;
const total = (runs: readonly Run[]): bigint => sum(runs.map(([sats]) => sats));
const dirtyOf = (runs: readonly Run[]): bigint => total(runs.filter(([, isDirty]) => isDirty));

/** Regtest halves its subsidy every 150 blocks. */
const subsidyAt = (height: number): bigint => 5_000_000_000n >> BigInt(Math.floor(height / 150));

/** Where dirty coins of a ledger are at its end. */
export function tainted(ledger: Ledger, question: TaintQuestion): Tainted {
  const { policy, seeds, stops, followFees, leastSats = 0n } = question;
  const known = new Map(ledger.transactions.map((tx) => [tx.txid, tx]));
  const coins = new Map<string, readonly Run[]>();
  const passed = new Map<string, bigint>();
  let [fees, burnt] = [0n, 0n];

  function sats(id: string): bigint {
    const [txid = "", vout] = id.split(":");
    return known.get(txid)!.outputs[Number(vout)]!.sats;
  }

  function isFollowed(id: string): boolean {
    const dirty = dirtyOf(coins.get(id) ?? []);
    return seeds.has(id) || (!stops.has(id) && sats(id) >= leastSats && dirty >= leastSats);
  }

  /** Lays what comes in into the outputs; what is left over. */
  function laid(tx: LedgerTx, inputs: readonly (readonly Run[])[]): readonly Run[] {
    const [outputs, rest] = split(
      policy,
      inputs,
      tx.outputs.map((output) => output.sats),
    );
    for (const [vout, output] of tx.outputs.entries()) {
      const id = `${tx.txid}:${vout}`;
      if (dirtyOf(outputs[vout]!) > 0n) passed.set(id, dirtyOf(outputs[vout]!));
      // A seed is wholly dirty, whatever reaches it.
      const runs: readonly Run[] = seeds.has(id) ? [[output.sats, true]] : outputs[vout]!;
      if (dirtyOf(runs) === 0n) continue;
      if (output.owner === null) burnt += dirtyOf(runs);
      else coins.set(id, runs);
    }
    return rest;
  }

  for (const block of blocksOf(ledger)) {
    const [coinbase, ...others] = block;
    const subsidy: Run[] = [[subsidyAt(coinbase!.height), false]];
    const minersCut: (readonly Run[])[] = [subsidy];
    for (const tx of others) {
      const inputs = tx.inputs.map((id): readonly Run[] => {
        const runs = isFollowed(id) ? coins.get(id) : undefined;
        if (runs !== undefined) coins.delete(id);
        return runs ?? [[sats(id), false]];
      });
      const fee = laid(tx, inputs);
      minersCut.push(fee);
      if (dirtyOf(fee) > 0n) passed.set(`${tx.txid}:fee`, dirtyOf(fee));
      if (!followFees) fees += dirtyOf(fee);
    }
    const unclaimed = laid(coinbase!, followFees ? minersCut : [[[total(minersCut.flat()), false]]]);
    burnt += dirtyOf(unclaimed);
  }
  return { held: new Map([...coins].map(([id, runs]) => [id, shown(policy, runs)])), passed, fees, burnt };
}

function blocksOf({ transactions }: Ledger): LedgerTx[][] {
  const blocks = new Map<number, LedgerTx[]>();
  for (const tx of transactions) blocks.set(tx.height, [...(blocks.get(tx.height) ?? []), tx]);
  return [...blocks.values()];
}

/** Coins of several inputs, laid into outputs of these values; and what is left over. */
function split(
  policy: Policy,
  inputs: readonly (readonly Run[])[],
  values: readonly bigint[],
): [outputs: (readonly Run[])[], rest: readonly Run[]] {
  if (policy === "fifo" || policy === "lifo") {
    // One satoshi run at a time, from the front or from the back.
    const queue = inputs.flat();
    const outputs = values.map((value) => taken(queue, value, policy === "lifo"));
    // The fee leaves last, as one more output would.
    return [outputs, taken(queue, total(queue), policy === "lifo")];
  }
  const all = inputs.flat();
  const [dirty, worth] = [dirtyOf(all), total(all)];
  const rest = worth - sum(values);
  if (policy === "poison") {
    const isDirty = dirty > 0n;
    return [values.map((value) => [[value, isDirty]]), [[rest, isDirty]]];
  }
  const shares = policy === "haircut" ? meanShares(values, dirty, worth) : largestFirst(values, dirty);
  const left = dirty - sum(shares);
  const outputs = shares.map((share, at): readonly Run[] => [
    [share, true],
    [values[at]! - share, false],
  ]);
  return [
    outputs,
    [
      [left, true],
      [rest - left, false],
    ],
  ];
}

/** Takes so many satoshi off a queue, the first or the last, in the order in which they leave it. */
function taken(queue: Run[], value: bigint, fromBack: boolean): Run[] {
  const got: Run[] = [];
  let open = value;
  while (open > 0n) {
    const run = fromBack ? queue.pop() : queue.shift();
    if (run === undefined) throw new Error("A transaction spends more than it has");
    const [sats, isDirty] = run;
    const here = least(sats, open);
    got.push([here, isDirty]);
    open -= here;
    if (here < sats) {
      if (fromBack) queue.push([sats - here, isDirty]);
      else queue.unshift([sats - here, isDirty]);
    }
  }
  return got;
}

function meanShares(values: readonly bigint[], dirty: bigint, worth: bigint): bigint[] {
  const shares = values.map((value) => (worth === 0n ? 0n : (value * dirty) / worth));
  // What rounding left goes to the fee as far as that has room, then a satoshi each to the first outputs.
  let over = dirty - sum(shares) - (worth - sum(values));
  return shares.map((share, at) => {
    const more = over > 0n ? least(1n, values[at]! - share) : 0n;
    over -= more;
    return share + more;
  });
}

function largestFirst(values: readonly bigint[], dirty: bigint): bigint[] {
  const order = values
    .map((value, at) => ({ value, at }))
    .sort((a, b) => Number(b.value - a.value) || a.at - b.at);
  const shares = values.map(() => 0n);
  let left = dirty;
  for (const { value, at } of order) {
    shares[at] = least(left, value);
    left -= shares[at]!;
  }
  return shares;
}

/** Dirty stretches as "first+length", for the policies that know where coins lie. */
function shown(policy: Policy, runs: readonly Run[]): { dirty: bigint; segments: string | null } {
  if (policy !== "fifo" && policy !== "lifo") return { dirty: dirtyOf(runs), segments: null };
  const stretches: [first: bigint, length: bigint][] = [];
  let at = 0n;
  for (const [sats, isDirty] of runs) {
    const last = stretches.at(-1);
    if (isDirty && last !== undefined && last[0] + last[1] === at) last[1] += sats;
    else if (isDirty && sats > 0n) stretches.push([at, sats]);
    at += sats;
  }
  return {
    dirty: dirtyOf(runs),
    segments: stretches.map(([first, length]) => `${first}+${length}`).join(" "),
  };
}
