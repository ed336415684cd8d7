import { hexToHash } from "../../../bytes/hex.ts";
import type { ChainInput, ChainLookup, ChainTx } from "../../../model/chain.ts";
import { PaydirtError } from "../../../model/error.ts";
import type { Stop } from "../../../model/trace.ts";
import type { Followed, SeedRequest, TraceOptions } from "../options.ts";
import { isBeyond, untilTip } from "./cutoff.ts";
import { Ledger } from "./ledger.ts";
import { once } from "./probe.ts";
import { findSeeds, seedsUntil } from "./receipts.ts";
import { ordered, Waiting } from "./waiting.ts";

const NOT_IN_SOURCE: Stop = {
  stop: "not-in-source",
  says: "The source does not know whether it is spent",
};
const NOT_SPENT: Stop = {
  stop: "not-in-source",
  says: "The source names a transaction that spends it, which does not",
};
export const NO_ORDER: Stop = {
  stop: "not-in-source",
  says: "The source does not tell the order of the transactions that spend it and made it",
};

/** Follows dirty coins through a source that answers questions, all policies in one walk.
 *
 *  Shape: transactions are passed in the order of the chain: by height, then by position in the block, and
 *  where that is not told each behind those that it spends. Fees are not followed.
 *  Errors: `PaydirtError` "interrupted". A source that fails ends the walk: what was reached is kept, outputs
 *  that were not looked up have the stop "source-failed", and `isComplete` is false.
 */
export async function traceLookup(
  chain: ChainLookup,
  seeds: SeedRequest,
  options: TraceOptions,
): Promise<Followed> {
  const walk = new LookupWalk(chain, { ...options, followFees: false });
  const failure = await walk.run(seeds).then(() => null, failureOf);
  if (failure !== null) walk.leave({ stop: "source-failed", says: failure });
  return {
    direction: "forward",
    ...walk.ledger.found(null, () => true),
    until: untilTip(chain.tip, options),
    fees: "not-followed",
    isComplete: failure === null,
  };
}

/** What a source says that failed; anything else is thrown. */
export function failureOf(error: unknown): string {
  if (error instanceof PaydirtError && error.code === "bad-source") return error.message;
  throw error;
}

class LookupWalk {
  readonly ledger: Ledger;
  readonly #chain: ChainLookup;
  readonly #options: TraceOptions;
  readonly #waiting = new Waiting("forward");
  readonly #passed = new Set<string>();
  /** Outputs that nobody had spent before the cut-off. */
  readonly #unspent = new Set<number>();

  constructor(chain: ChainLookup, options: TraceOptions) {
    this.#chain = chain;
    this.#options = options;
    this.ledger = new Ledger(options);
  }

  async run(request: SeedRequest): Promise<void> {
    const found = new Map<string, { tx: ChainTx; seeds: Map<number, string> }>();
    const failure = await findSeeds(this.#chain, request, found).then(() => null, toError);
    const seeds = seedsUntil(found.values(), this.#options);
    for (const { tx, seeds: positions } of seeds) this.ledger.seed(hashed(tx), positions);
    if (failure !== null) throw failure;
    for (const { tx } of seeds) await this.#look(tx);
    for (let group = this.#waiting.take(); group.length > 0; group = this.#waiting.take()) {
      for (const tx of await this.#ordered(group)) {
        if (this.ledger.outputs.isFull) return this.leave(this.#limit());
        await this.#pass(tx);
      }
    }
  }

  /** Outputs that were not looked up have this reason. */
  leave(stop: Stop): void {
    for (const slot of this.ledger.followed()) if (!this.#unspent.has(slot)) this.ledger.stop(slot, stop);
  }

  #limit(): Stop {
    const says = "The trace holds as many transactions, or inputs and outputs of them, as it may";
    return { stop: "limit", says };
  }

  #ordered(group: readonly ChainTx[]): Promise<readonly ChainTx[]> {
    return ordered(group, (tx) => this.#spendersOf(tx), this.#options.mostTransactions);
  }

  async *#spendersOf({ txid, outputs }: ChainTx): AsyncGenerator<ChainTx> {
    for (const { vout } of outputs) {
      const spender = vout === null ? "unknown" : await this.#chain.spender({ txid, vout });
      if (typeof spender !== "string") yield spender;
    }
  }

  async #pass(tx: ChainTx): Promise<void> {
    if (this.#options.signal?.aborted) throw new PaydirtError("interrupted", "Interrupted");
    const slots = once(tx.inputs.map((input) => this.#slotOf(input)));
    if (this.#passed.has(tx.txid) || !slots.some((slot) => slot !== -1 && this.ledger.isFollowed(slot)))
      return;
    const inputs: ChainInput[] = [];
    for (const [i, input] of tx.inputs.entries()) {
      inputs.push((slots[i] ?? -1) === -1 ? await this.#valued(input) : input);
    }
    this.#passed.add(tx.txid);
    const passed = { ...tx, inputs };
    this.ledger.spend(hashed(passed), slots);
    await this.#look(passed);
  }

  #slotOf({ txid, vout }: ChainInput): number {
    const hash = hexToHash(txid);
    return hash === null ? -1 : this.ledger.outputs.table.find(hash, 0, vout);
  }

  /** An input whose value may stand in the transaction that made it. */
  async #valued(input: ChainInput): Promise<ChainInput> {
    if (input.valueSats !== null) return input;
    const tx = await this.#chain.tx(input.txid);
    const output = tx?.outputs.find(({ vout }) => vout === input.vout);
    if (output === undefined) return input;
    return { ...input, valueSats: output.valueSats, address: output.address, script: output.script };
  }

  /** Asks who spends the dirty outputs of a transaction. */
  async #look(tx: ChainTx): Promise<void> {
    for (const [position, { vout }] of tx.outputs.entries()) {
      const slot = this.ledger.outputs.find(hashed(tx), position);
      if (vout === null || slot === -1 || !this.ledger.isFollowed(slot)) continue;
      const spender = await this.#chain.spender({ txid: tx.txid, vout });
      if (spender === "unspent") this.#unspent.add(slot);
      else if (spender === "unknown" || !isUsable(spender)) this.ledger.stop(slot, NOT_IN_SOURCE);
      else if (!spender.inputs.some((input) => this.#slotOf(input) === slot))
        this.ledger.stop(slot, NOT_SPENT);
      else if (isBeyond(spender, this.#options)) this.#unspent.add(slot);
      else if (this.#passed.has(spender.txid)) this.ledger.stop(slot, NO_ORDER);
      else this.#waiting.add(spender);
    }
  }
}

/** Whether all of its outputs are told, each in its place. */
function isUsable({ isWhole, outputs }: ChainTx): boolean {
  return isWhole && outputs.every(({ vout }, position) => vout === position);
}

function hashed(tx: ChainTx) {
  const hash = hexToHash(tx.txid);
  if (hash === null) throw new RangeError(`Cannot follow a transaction without a hash: ${tx.txid}`);
  return { tx, hash };
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
