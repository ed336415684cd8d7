import type { ChainTx } from "../../../model/chain.ts";
import type { Stop, TraceOutput } from "../../../model/trace.ts";
import type { Flow, Traced } from "../options.ts";
import { type Holdings, holdings } from "./holdings.ts";
import { compareOutputs, type Detail, type Fate, listedFlow, listedOutput } from "./listing.ts";
import type { PolicyRow } from "./policy.ts";
import type { Dirty, Part } from "./segments.ts";
import type { Split } from "./split.ts";

/** A dirty fee of the block in hand; `index` is the position of its transaction in the block.
 *
 *  Shape: `part` null: the fee is not known, and poison takes it for paid.
 */
export interface BlockFee {
  readonly index: number;
  readonly txid: string;
  readonly part: Part | null;
}

/** What one policy says: what it holds, where its coins ended, and their sums.
 *
 *  Shape: `held` is what lies in outputs of the table, followed or behind a stop; `ended` what stays at
 *  outputs that are no longer in it. Sums and counts are of everything; lists hold at most `most`.
 */
export class Account {
  readonly policy: PolicyRow;
  readonly holdings: Holdings;
  /** Why outputs are not followed, by slot, for those that are listed. */
  readonly stops = new Map<number, Stop>();
  /** Dirty fees that wait for the coinbase of their block. */
  fees: BlockFee[] = [];
  seedSats = 0n;
  feeSats = 0n;
  burntSats = 0n;
  transactions = 0;
  #heldSats = 0n;
  #endedSats = 0n;
  #outputs = 0;
  #edges = 0;
  readonly #most: number;
  readonly #flows: Flow[] = [];
  readonly #ended: TraceOutput[] = [];

  constructor(policy: PolicyRow, most: number) {
    this.policy = policy;
    this.holdings = holdings(policy.hasSegments);
    this.#most = most;
  }

  /** Goes on from what an earlier trace says; what it holds is given apart. */
  resume({ outputs, flows, totals, counts }: Traced): void {
    for (const output of outputs) {
      if (output.spent !== true) continue;
      this.#ended.push(output);
      this.#endedSats += BigInt(output.dirtySats);
      this.#outputs += 1;
    }
    for (const flow of flows) this.#flows.push(flow);
    this.seedSats = BigInt(totals.seedSats);
    this.feeSats = BigInt(totals.feeSats);
    this.burntSats = BigInt(totals.burntSats);
    this.transactions = counts.transactions;
    this.#edges = counts.edges;
  }

  /** An output of this amount gets dirty coins. */
  give(slot: number, held: { readonly valueSats: bigint; readonly dirty: Dirty }): void {
    if (held.dirty.sats === 0n) return;
    this.holdings.hold(slot, held);
    this.#heldSats += held.dirty.sats;
    this.#outputs += 1;
  }

  /** Dirty coins leave an output. */
  take(slot: number, valueSats: bigint): Dirty {
    const dirty = this.holdings.of(slot, valueSats);
    if (dirty.sats === 0n) return dirty;
    this.holdings.drop(slot);
    this.stops.delete(slot);
    this.#heldSats -= dirty.sats;
    this.#outputs -= 1;
    return dirty;
  }

  /** An output is followed no further; `stop` null: it is not to be listed. */
  stop(slot: number, stop: Stop | null): void {
    this.holdings.stop(slot);
    if (stop !== null) this.stops.set(slot, stop);
  }

  /** Dirty coins stay at an output that is not in the table (any more); `detail` null: it is not listed. */
  end(detail: Detail | null, fate: Fate): void {
    if (fate.dirty.sats === 0n) return;
    this.#endedSats += fate.dirty.sats;
    this.#outputs += 1;
    if (detail !== null && this.#ended.length < this.#most) this.#ended.push(listedOutput(detail, fate));
  }

  /** The fees that wait are followed no further. */
  leaveFees(): void {
    for (const { part } of this.fees) this.feeSats += part?.dirty.sats ?? 0n;
    this.fees = [];
  }

  /** The ways that dirty coins take through a transaction, its fee among them; `tx` null: not listed. */
  flow(
    tx: ChainTx | null,
    { outputs, fee, feeSats, isWholly }: Split,
    { from, chosen }: { readonly from: readonly string[]; readonly chosen: number | null },
  ): void {
    for (const [position, dirty] of [...outputs, fee].entries()) {
      if (dirty.sats === 0n) continue;
      this.#edges += 1;
      if (tx === null || this.#flows.length >= this.#most) continue;
      const isFee = position === outputs.length;
      const valueSats = isFee ? (feeSats ?? 0n) : (tx.outputs[position]?.valueSats ?? 0n);
      const flow = { from, valueSats, dirty, isWholly, chosen: position === chosen };
      this.#flows.push(listedFlow({ tx, position: isFee ? null : position }, flow));
    }
  }

  /** `held` are the outputs that are left in the table and can be listed. */
  traced(held: readonly TraceOutput[]): Traced {
    const outputs = [...this.#ended, ...held].sort(compareOutputs).slice(0, this.#most);
    return {
      policy: this.policy.id,
      outputs,
      flows: this.#flows,
      totals: {
        seedSats: String(this.seedSats),
        dirtySats: String(this.#heldSats + this.#endedSats),
        feeSats: String(this.feeSats),
        burntSats: String(this.burntSats),
      },
      counts: { transactions: this.transactions, outputs: this.#outputs, edges: this.#edges },
    };
  }
}
