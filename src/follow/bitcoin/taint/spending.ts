import type { ChainTx } from "../../../model/chain.ts";
import type { Stop } from "../../../model/trace.ts";
import type { TraceOptions } from "../options.ts";
import type { Account, BlockFee } from "./account.ts";
import type { Hashed, Outputs } from "./outputs.ts";
import { CLEAN, type Dirty } from "./segments.ts";
import { type Split, type SplitFault, type SplitInput, split } from "./split.ts";
import { minimumStop, stopOf } from "./stops.ts";

/** Largest amount that the table holds exactly. Every bitcoin there will be is less than a quarter of it. */
export const MOST_SATS = BigInt(Number.MAX_SAFE_INTEGER);

const FAULTS: Readonly<Record<SplitFault | "inexact", string>> = {
  "unknown-value": "spends it together with outputs whose values the source does not know",
  overspent: "spends it and pays more than it has, which no valid transaction does",
  inexact: "spends it and pays more than 2^53 satoshi to an output, which is not counted exactly",
};

/** What all transactions of a trace pass through. */
export interface Book {
  readonly outputs: Outputs;
  readonly accounts: readonly Account[];
  readonly options: TraceOptions;
}

/** One transaction on its way through the accounts of all policies. */
export class Spending {
  readonly #hashed: Hashed;
  readonly #book: Book;
  /** Slots of those of its outputs that became dirty under any policy, and why they are not followed. */
  readonly #placed = new Map<number, { readonly slot: number; readonly stop: Stop | null }>();
  readonly #values: readonly bigint[];
  readonly #chosen: number | null;
  #kept: ChainTx | null = null;

  constructor(hashed: Hashed, book: Book) {
    this.#hashed = hashed;
    this.#book = book;
    this.#values = hashed.tx.outputs.map(({ valueSats }) => valueSats);
    const vout = book.options.chosen.get(hashed.tx.txid);
    const chosen = vout === undefined ? -1 : hashed.tx.outputs.findIndex((output) => output.vout === vout);
    this.#chosen = chosen === -1 ? null : chosen;
  }

  /** Its details may be listed, if there is still room. */
  keep(): void {
    this.#kept = this.#book.outputs.keep(this.#hashed.tx) ? this.#hashed.tx : null;
  }

  /** The coins of one policy pass through it. */
  spend(account: Account, slots: readonly number[]): void {
    const { tx } = this.#hashed;
    const inputs = slots.map((slot, i) => this.#take(account, slot, tx.inputs[i]?.valueSats ?? null));
    if (inputs.every(({ dirty }) => dirty.sats === 0n)) return;
    const shared = this.#split(account, inputs);
    if (typeof shared !== "string") {
      const from = tx.inputs.filter((_, i) => inputs[i]?.dirty.sats !== 0n);
      this.#pass(account, { shared, from: from.map(({ txid, vout }) => `${txid}:${vout}`) });
      this.#payFee(account, shared);
      return;
    }
    const stop: Stop = { stop: "unknown-value", says: `Transaction ${tx.txid} ${FAULTS[shared]}` };
    for (const [i, { dirty }] of inputs.entries()) {
      account.end(this.#book.outputs.detailOf(slots[i] ?? -1), { dirty, spent: true, stop });
    }
  }

  /** The dirty fees of its block pass into it, a coinbase. */
  mine(account: Account, claims: readonly bigint[] | null): void {
    if (account.fees.length === 0) return;
    const inputs = account.policy.needsValues
      ? claimedInputs(account.fees, claims)
      : account.fees.map(poisoned);
    const shared = inputs === null ? null : this.#split(account, inputs);
    if (shared === null || typeof shared === "string") return account.leaveFees();
    const from = account.fees.map(({ txid }) => `${txid}:fee`);
    account.fees = [];
    this.#pass(account, { shared: { ...shared, fee: CLEAN }, from });
    account.burntSats += shared.fee.sats;
  }

  #take(account: Account, slot: number, told: bigint | null): SplitInput {
    if (slot === -1) return { valueSats: told, dirty: CLEAN };
    const valueSats = this.#book.outputs.valueOf(slot);
    if (account.holdings.isFollowed(slot)) return { valueSats, dirty: account.take(slot, valueSats) };
    const stop = account.stops.get(slot) ?? null;
    const dirty = account.take(slot, valueSats);
    account.end(stop === null ? null : this.#book.outputs.detailOf(slot), { dirty, spent: true, stop });
    return { valueSats, dirty: CLEAN };
  }

  #split({ policy }: Account, inputs: readonly SplitInput[]): Split | SplitFault | "inexact" {
    if (this.#values.some((value) => value > MOST_SATS)) return "inexact";
    return split(policy, { inputs, outputs: this.#values, chosen: this.#chosen });
  }

  #pass(
    account: Account,
    { shared, from }: { readonly shared: Split; readonly from: readonly string[] },
  ): void {
    account.transactions += 1;
    account.flow(this.#kept, shared, { from, chosen: this.#chosen });
    for (const [position, dirty] of shared.outputs.entries()) {
      if (dirty.sats === 0n) continue;
      if (this.#hashed.tx.outputs[position]?.script === "op-return") account.burntSats += dirty.sats;
      else this.#give(account, { position, dirty });
    }
  }

  #give(account: Account, { position, dirty }: { readonly position: number; readonly dirty: Dirty }): void {
    const { slot, stop } = this.#place(position);
    // A seed is wholly dirty already: what reaches it from other seeds is not counted twice.
    if (this.#book.outputs.isSeed(slot)) {
      account.seedSats -= dirty.sats;
      return;
    }
    account.give(slot, { valueSats: this.#values[position] ?? 0n, dirty });
    const reason = stop ?? minimumStop(dirty.sats, this.#book.options);
    if (reason !== null) account.stop(slot, this.#book.outputs.detailOf(slot) === null ? null : reason);
  }

  #place(position: number) {
    const known = this.#placed.get(position);
    if (known !== undefined) return known;
    const { tx } = this.#hashed;
    let slot = this.#book.outputs.find(this.#hashed, position);
    if (slot === -1) slot = this.#book.outputs.place(this.#hashed, position);
    else if (!this.#book.outputs.isSeed(slot)) {
      // BIP 30: an output of the same name, which was never spent, is destroyed.
      for (const account of this.#book.accounts)
        account.burntSats += account.take(slot, this.#book.outputs.valueOf(slot)).sats;
      this.#book.outputs.describe(slot, { tx, position });
    }
    const placed = { slot, stop: stopOf(tx, position, this.#book.options) };
    this.#placed.set(position, placed);
    return placed;
  }

  #payFee(account: Account, { fee, feeSats }: Split): void {
    const { txid, index } = this.#hashed.tx;
    const isUnknown = feeSats === null;
    if (fee.sats === 0n && !isUnknown) return;
    if (!this.#book.options.followFees || index === null) account.feeSats += fee.sats;
    else account.fees.push({ index, txid, part: isUnknown ? null : { valueSats: feeSats, dirty: fee } });
  }
}

/** What a coinbase spends: the subsidy, which is clean, and the fees of its block, dirty and clean.
 *
 *  Source: BlockSci, which puts the subsidy first; TaintChain puts it last.
 */
function claimedInputs(fees: readonly BlockFee[], claims: readonly bigint[] | null): SplitInput[] | null {
  if (claims === null) return null;
  const inputs = claims.map((valueSats): SplitInput => ({ valueSats, dirty: CLEAN }));
  for (const { index, part } of fees) {
    if (part === null || index < 1 || claims[index] !== part.valueSats) return null;
    inputs[index] = part;
  }
  return inputs;
}

/** For a policy that needs no amounts. */
function poisoned({ part }: BlockFee): SplitInput {
  return { valueSats: null, dirty: part?.dirty ?? { sats: 1n, segments: null } };
}
