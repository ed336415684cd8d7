import { isoMicros } from "../../../bytes/time.ts";
import {
  type Chain,
  type ChainInput,
  type ChainLookup,
  type ChainTx,
  outpointId,
} from "../../../model/chain.ts";
import { PaydirtError } from "../../../model/error.ts";
import type { Stop, TraceSeed } from "../../../model/trace.ts";
import type { Followed, SeedRequest, TraceOptions } from "../options.ts";
import { Account } from "./account.ts";
import { askableBlocks } from "./askable-blocks.ts";
import { BEFORE, COINS_OF, minedIn, NOT_IN_SOURCE, NOT_WHOLE } from "./back-stops.ts";
import { LISTED_PER_TRANSACTION } from "./ledger.ts";
import { compareTxs, type Detail, listedSeed } from "./listing.ts";
import { failureOf, NO_ORDER } from "./lookup.ts";
import { POLICY_ROWS } from "./policies.ts";
import { findSeeds } from "./receipts.ts";
import { CLEAN, type Dirty, whole } from "./segments.ts";
import { splitBack } from "./split.ts";
import { minimumStop, stopOf } from "./stops.ts";
import { ordered, Waiting } from "./waiting.ts";

/** Follows coins back to where they came from, all policies in one walk.
 *
 *  Shape: `outputs` are the origins, each with its stop: coinbases, and outputs of blocks before the cut-off,
 *  which is the lowest height (or the earliest time) that is looked through. FIFO and LIFO are the
 *  exact reverse of what they are forwards; haircut and TIHO give each input its share; poison reaches every
 *  ancestor. A coinbase is an origin: the fees in it are not followed.
 *  Errors: `PaydirtError` "interrupted". A source that fails: as of `traceLookup`.
 *  Limits: blocks are gone through once, hashing all, for an index of their transactions, in which as many
 *  fit as `askableBlocks` says.
 */
export async function traceBack(chain: Chain, seeds: SeedRequest, options: TraceOptions): Promise<Followed> {
  let failure: string | null = null;
  const keep = (error: unknown): void => {
    failure = failureOf(error);
  };
  const asked = chain.kind === "lookup" ? chain : await askableBlocks(chain, options);
  const walk = new BackWalk(asked, options);
  await walk.run(seeds).catch(keep);
  if (failure !== null) walk.leave({ stop: "source-failed", says: failure });
  return { ...walk.found(), isComplete: failure === null };
}

/** An output that is to be followed back, and what of it is dirty under each policy. */
interface Tainted {
  readonly detail: Detail;
  readonly isSeed: boolean;
  readonly dirty: Dirty[];
}

class BackWalk {
  readonly #chain: ChainLookup;
  readonly #options: TraceOptions;
  readonly #accounts: readonly Account[];
  readonly #waiting = new Waiting("backward");
  /** By transaction, then by position. */
  readonly #tainted = new Map<string, Map<number, Tainted>>();
  readonly #hops = new Map<string, ChainTx>();
  readonly #seeds: TraceSeed[] = [];
  #lowest: ChainTx | null = null;

  constructor(chain: ChainLookup, options: TraceOptions) {
    this.#chain = chain;
    this.#options = options;
    const most = options.mostTransactions * LISTED_PER_TRANSACTION;
    this.#accounts = options.policies.map((id) => new Account(POLICY_ROWS[id], most));
  }

  async run(request: SeedRequest): Promise<void> {
    const found = new Map<string, { tx: ChainTx; seeds: Map<number, string> }>();
    const failure: unknown = await findSeeds(this.#chain, request, found).then(
      () => null,
      (error) => error,
    );
    const seeds = [...found.values()].sort((a, b) => compareTxs(a.tx, b.tx));
    for (const { tx, seeds: positions } of seeds) this.#seed(tx, positions);
    if (failure !== null) throw failure;
    for (let group = this.#waiting.take(); group.length > 0; group = this.#waiting.take()) {
      const parents = (tx: ChainTx) => this.#parentsOf(tx);
      for (const tx of (await ordered(group, parents, this.#options.mostTransactions)).toReversed()) {
        if (this.#hops.size >= this.#options.mostTransactions) return this.leave(this.#limit());
        await this.#pass(tx);
      }
    }
  }

  #seed(tx: ChainTx, positions: ReadonlyMap<number, string>): void {
    for (const [position, asked] of positions) {
      const detail = { tx, position };
      this.#seeds.push(listedSeed(detail, asked));
      const valueSats = tx.outputs[position]?.valueSats ?? 0n;
      const dirty = this.#accounts.map((account) => {
        account.seedSats += valueSats;
        return whole(valueSats, account.policy.hasSegments);
      });
      this.#await({ detail, isSeed: true, dirty });
    }
  }

  #await(tainted: Tainted): void {
    const { tx, position } = tainted.detail;
    const outputs = this.#tainted.get(tx.txid) ?? new Map<number, Tainted>();
    this.#tainted.set(tx.txid, outputs.set(position, tainted));
    this.#waiting.add(tx);
  }

  async *#parentsOf({ inputs }: ChainTx): AsyncGenerator<ChainTx> {
    for (const { txid } of inputs) {
      const tx = await this.#chain.tx(txid);
      if (tx !== null) yield tx;
    }
  }

  async #pass(tx: ChainTx): Promise<void> {
    if (this.#options.signal?.aborted) throw new PaydirtError("interrupted", "Interrupted");
    const outputs = this.#tainted.get(tx.txid);
    if (outputs === undefined) return;
    const isBefore = this.#isBefore(tx);
    const parents = isBefore ? [] : await this.#parents(tx);
    this.#tainted.delete(tx.txid);
    this.#hops.set(tx.txid, tx);
    this.#lowest = tx;
    if (parents.length === 0) {
      const stop = isBefore ? BEFORE : tx.isCoinbase ? minedIn(tx) : NOT_WHOLE;
      for (const tainted of outputs.values()) this.#end(tainted, stop);
      return;
    }
    const reached = parents.map((): Dirty[] => []);
    for (const [row, account] of this.#accounts.entries()) {
      const shares = this.#share(account, { row, tx, outputs, parents });
      for (const [i, dirty] of shares.entries()) reached[i]?.push(dirty);
    }
    for (const [i, parent] of parents.entries()) this.#reach(parent, reached[i] ?? []);
  }

  async #parents(tx: ChainTx): Promise<Parent[]> {
    const parents: Parent[] = [];
    for (const input of tx.isWhole ? tx.inputs : []) {
      const parent = await this.#chain.tx(input.txid);
      const position = parent?.outputs.findIndex(({ vout }) => vout === input.vout) ?? -1;
      const detail = parent === null || position === -1 ? null : { tx: parent, position };
      const valueSats = input.valueSats ?? detail?.tx.outputs[position]?.valueSats ?? null;
      parents.push({ input, spentBy: tx, detail, valueSats });
    }
    return parents;
  }

  /** What of each input is dirty under one policy. */
  #share(
    account: Account,
    {
      row,
      tx,
      outputs,
      parents,
    }: {
      readonly row: number;
      readonly tx: ChainTx;
      readonly outputs: ReadonlyMap<number, Tainted>;
      readonly parents: readonly Parent[];
    },
  ): readonly Dirty[] {
    const dirty = tx.outputs.map((_, position) => outputs.get(position)?.dirty[row] ?? CLEAN);
    if (dirty.every(({ sats }) => sats === 0n)) return parents.map(() => CLEAN);
    const values = parents.map(({ valueSats }) => valueSats);
    const parts = tx.outputs.map(({ valueSats }, position) => ({
      valueSats,
      dirty: dirty[position] ?? CLEAN,
    }));
    const shares = splitBack(account.policy, values, parts);
    if (typeof shares === "string") {
      for (const { detail, isSeed, dirty: all } of outputs.values()) {
        const fate = { dirty: all[row] ?? CLEAN, spent: isSeed ? null : true, stop: COINS_OF[shares] };
        account.end(detail, fate);
      }
      return parents.map(() => CLEAN);
    }
    account.transactions += 1;
    const from = parents.filter((_, i) => shares[i]?.sats !== 0n).map(({ input }) => outpointId(input));
    account.flow(
      tx,
      { outputs: dirty, fee: CLEAN, feeSats: null, isWholly: parents.length === 1 },
      { from, chosen: null },
    );
    return shares;
  }

  /** Dirty coins came from an output that a transaction spends. */
  #reach({ input, spentBy, detail, valueSats }: Parent, dirty: readonly Dirty[]): void {
    if (dirty.every(({ sats }) => sats === 0n)) return;
    if (detail === null) {
      const told = { tx: namedBy(spentBy, input, valueSats ?? 0n), position: 0 };
      return this.#end({ detail: told, isSeed: false, dirty: [...dirty] }, NOT_IN_SOURCE);
    }
    const seed = this.#tainted.get(detail.tx.txid)?.get(detail.position);
    if (seed !== undefined) {
      // A seed is wholly dirty already: what is reached through a later one is not counted twice.
      for (const [row, account] of this.#accounts.entries()) account.seedSats -= dirty[row]?.sats ?? 0n;
      return;
    }
    // What was passed already does not come before: a circle would have no end.
    const isPassed = this.#hops.has(detail.tx.txid);
    const stop = isPassed ? NO_ORDER : stopOf(detail.tx, detail.position, this.#options);
    const tainted = { detail, isSeed: false, dirty: [...dirty] };
    if (stop !== null) return this.#end(tainted, stop);
    for (const [row, account] of this.#accounts.entries()) {
      const own = dirty[row] ?? CLEAN;
      const few = own.sats === 0n ? null : minimumStop(own.sats, this.#options);
      if (few === null) continue;
      account.end(detail, { dirty: own, spent: true, stop: few });
      tainted.dirty[row] = CLEAN;
    }
    if (tainted.dirty.some(({ sats }) => sats > 0n)) this.#await(tainted);
  }

  #end({ detail, isSeed, dirty }: Tainted, stop: Stop | null): void {
    for (const [row, account] of this.#accounts.entries()) {
      account.end(detail, { dirty: dirty[row] ?? CLEAN, spent: isSeed ? null : true, stop });
    }
  }

  /** What still waits is followed no further. */
  leave(stop: Stop): void {
    for (const outputs of this.#tainted.values()) {
      for (const tainted of outputs.values()) this.#end(tainted, stop);
    }
    this.#tainted.clear();
  }

  #limit(): Stop {
    const says = `The trace holds ${this.#options.mostTransactions} transactions, and no more was asked for`;
    return { stop: "limit", says };
  }

  /** Whether a transaction lies before the cut-off. */
  #isBefore({ height, atMicros }: ChainTx): boolean {
    const { untilHeight, untilMicros } = this.#options;
    if (untilHeight !== null && height !== null && height < untilHeight) return true;
    return untilMicros !== null && atMicros !== null && atMicros < untilMicros;
  }

  found(): Omit<Followed, "isComplete"> {
    const { height = null, atMicros = null } = this.#lowest ?? {};
    return {
      direction: "backward",
      seeds: this.#seeds,
      traces: this.#accounts.map((account) => account.traced([])),
      hops: [...this.#hops.values()].sort(compareTxs),
      until: { height, hash: null, at: atMicros === null ? null : isoMicros(atMicros) },
      fees: "not-followed",
    };
  }
}

/** An input with the output that it spends; `detail` null where the source does not hold it. */
interface Parent {
  readonly input: ChainInput;
  readonly spentBy: ChainTx;
  readonly detail: Detail | null;
  readonly valueSats: bigint | null;
}

/** A transaction as far as one that spends from it tells of it. */
function namedBy(spentBy: ChainTx, { txid, vout, address, script }: ChainInput, valueSats: bigint): ChainTx {
  return {
    ...spentBy,
    txid,
    height: null,
    index: null,
    atMicros: null,
    isCoinbase: false,
    isWhole: false,
    version: null,
    locktime: null,
    inputs: [],
    outputs: [{ vout, valueSats, address, script }],
  };
}
