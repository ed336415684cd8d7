import { hexToHash } from "../../../bytes/hex.ts";
import type { ChainTx } from "../../../model/chain.ts";
import type { Stop, TraceOutput, TraceSeed } from "../../../model/trace.ts";
import type { Followed, TraceOptions } from "../options.ts";
import { Account } from "./account.ts";
import { dirtyThen, stopThen } from "./earlier.ts";
import { listedOutput, listedSeed } from "./listing.ts";
import { type Hashed, Outputs } from "./outputs.ts";
import { POLICY_ROWS } from "./policies.ts";
import { whole } from "./segments.ts";
import { type Book, MOST_SATS, Spending } from "./spending.ts";

/** Listed outputs and flows of each policy, for each transaction whose details may be kept. */
export const LISTED_PER_TRANSACTION = 4;

/** Positions of outputs that are seeds, and what was asked for. */
export type SeedPositions = ReadonlyMap<number, string>;

/** A number that no output has: it names none. */
const MOST_VOUT = 0xff_ff_ff_fe;

const NOT_NAMED: Stop = { stop: "not-in-source", says: "The source does not tell which output it is" };
const INEXACT: Stop = {
  stop: "unknown-value",
  says: "It is worth more than 2^53 satoshi, which is not counted exactly",
};

/** The dirty outputs of all policies side by side, as transactions spend them one after another.
 *
 *  Shape: transactions come in the order of the chain. For every policy but poison, after each of them,
 *  seeds = dirty outputs + fees + burnt.
 */
export class Ledger {
  readonly outputs: Outputs;
  readonly #accounts: readonly Account[];
  readonly #book: Book;
  readonly #seeds: TraceSeed[] = [];
  readonly #mostListed: number;

  constructor(options: TraceOptions) {
    this.#mostListed = options.mostTransactions * LISTED_PER_TRANSACTION;
    this.outputs = new Outputs(options.mostTransactions, this.#mostListed);
    this.#accounts = options.policies.map((id) => new Account(POLICY_ROWS[id], this.#mostListed));
    this.#book = { outputs: this.outputs, accounts: this.#accounts, options };
  }

  /** Goes on from an earlier trace, of which nothing was left out. */
  resume({ seeds, traces, hops }: Followed): void {
    const byId = new Map(hops.map((tx) => [tx.txid, { tx, hash: hexToHash(tx.txid) ?? new Uint8Array(32) }]));
    for (const tx of hops) this.outputs.keep(tx);
    for (const account of this.#accounts) {
      const earlier = traces.find(({ policy }) => policy === account.policy.id);
      for (const output of earlier?.outputs ?? []) {
        const made = byId.get(output.txid);
        if (made !== undefined && output.spent !== true) this.#hold(account, output, made);
      }
      if (earlier !== undefined) account.resume(earlier);
    }
    for (const seed of seeds) {
      this.#seeds.push(seed);
      const made = byId.get(seed.txid);
      const slot = made === undefined ? -1 : this.outputs.find(made, seed.vout ?? -1);
      if (slot !== -1) this.outputs.markSeed(slot);
    }
  }

  #hold(account: Account, output: TraceOutput, made: Hashed): void {
    const position = output.vout ?? -1;
    const known = this.outputs.find(made, position);
    const slot = known === -1 ? this.outputs.place(made, position) : known;
    account.give(slot, { valueSats: this.outputs.valueOf(slot), dirty: dirtyThen(output) });
    const stop = stopThen(output);
    if (stop !== null) account.stop(slot, stop);
  }

  /** Outputs of a transaction are wholly dirty from now on, whatever reaches them besides. What they replace
   *  under the same name is destroyed.
   *
   *  Source: BIP 30: the coinbases of blocks 91,722 and 91,812 were replaced so.
   */
  seed(hashed: Hashed, seeds: SeedPositions): void {
    const isKept = this.outputs.keep(hashed.tx);
    for (const [position, asked] of seeds) {
      const detail = { tx: hashed.tx, position };
      const output = hashed.tx.outputs[position];
      if (output === undefined) continue;
      const { vout, valueSats } = output;
      if (this.#seeds.length < this.#mostListed) this.#seeds.push(listedSeed(detail, asked));
      const stop = vout === null || vout > MOST_VOUT ? NOT_NAMED : valueSats > MOST_SATS ? INEXACT : null;
      const slot = stop === null ? this.#seedSlot(hashed, position) : -1;
      for (const account of this.#accounts) {
        const dirty = whole(valueSats, account.policy.hasSegments);
        account.seedSats += dirty.sats;
        if (slot !== -1) account.give(slot, { valueSats, dirty });
        else account.end(isKept ? detail : null, { dirty, spent: null, stop });
      }
    }
  }

  #seedSlot(hashed: Hashed, position: number): number {
    const known = this.outputs.find(hashed, position);
    const slot = known === -1 ? this.outputs.place(hashed, position) : known;
    if (known !== -1) {
      for (const account of this.#accounts)
        account.burntSats += account.take(slot, this.outputs.valueOf(slot)).sats;
      this.outputs.describe(slot, { tx: hashed.tx, position });
    }
    this.outputs.markSeed(slot);
    return slot;
  }

  /** Remembers an output of an address whose receipts are seeds, so that its spending is known. */
  own(hashed: Hashed, position: number): void {
    const known = this.outputs.find(hashed, position);
    this.outputs.markOwn(known === -1 ? this.outputs.place(hashed, position) : known);
  }

  /** Whether any policy still follows an output. */
  isFollowed(slot: number): boolean {
    return this.#accounts.some(({ holdings }) => holdings.isFollowed(slot));
  }

  /** A transaction spends outputs of the table: for each of its inputs a slot, -1 where it is not in it. */
  spend(hashed: Hashed, slots: readonly number[]): void {
    const isDirty = slots.some((slot) => slot !== -1 && this.isFollowed(slot));
    const spending = new Spending(hashed, this.#book);
    if (isDirty) spending.keep();
    for (const account of this.#accounts) spending.spend(account, slots);
    for (const slot of slots) if (slot !== -1) this.outputs.forget(slot);
  }

  /** Whether dirty fees wait for the coinbase of their block. */
  get hasFees(): boolean {
    return this.#accounts.some(({ fees }) => fees.length > 0);
  }

  /** The dirty fees that wait go to the coinbase of their block.
   *
   *  Shape: `claims` is what it may claim: the subsidy, then the fee of each transaction, in the order of the
   *  block; null where that is not known: then fees stay fees, except that poison needs no amounts.
   */
  mine(hashed: Hashed, claims: readonly bigint[] | null): void {
    const spending = new Spending(hashed, this.#book);
    spending.keep();
    for (const account of this.#accounts) spending.mine(account, claims);
  }

  /** An output is followed no further by any policy. */
  stop(slot: number, stop: Stop): void {
    const isListed = this.outputs.detailOf(slot) !== null;
    for (const account of this.#accounts) {
      if (account.holdings.isFollowed(slot)) account.stop(slot, isListed ? stop : null);
    }
  }

  /** Slots of outputs that some policy follows. */
  *followed(): Generator<number> {
    const { table } = this.outputs;
    for (let slot = 0; slot < table.slots; slot += 1) {
      if (table.holds(slot) && this.isFollowed(slot)) yield slot;
    }
  }

  /** What was found. `spentBehindStop`: whether outputs behind a stop are spent; null where nobody looked.
   *  `isTold`: whether nobody can have spent a transaction's outputs unseen. */
  found(
    spentBehindStop: false | null,
    isTold: (tx: ChainTx) => boolean,
  ): Pick<Followed, "seeds" | "traces" | "hops"> {
    const traces = this.#accounts.map((account) => {
      account.leaveFees();
      const held = [...this.outputs.listed()].flatMap(([slot, detail]) => {
        const dirty = account.holdings.of(slot, this.outputs.valueOf(slot));
        if (dirty.sats === 0n) return [];
        const stop = account.stops.get(slot) ?? null;
        const spent = isTold(detail.tx) && (stop === null || spentBehindStop === false) ? false : null;
        return [listedOutput(detail, { dirty, spent, stop })];
      });
      return account.traced(held);
    });
    return { seeds: this.#seeds, traces, hops: this.outputs.hops() };
  }
}
