import {
  type ChainTip,
  type ChainTx,
  type Outpoint,
  outpointId,
  type SourceTag,
  type WorthClaim,
} from "../../../model/chain.ts";
import { PaydirtError } from "../../../model/error.ts";
import type { Place } from "../../../model/place.ts";
import type { ListedFile } from "../listed-file.ts";
import type { ChainContext } from "../source.ts";
import type { Payment } from "./payment.ts";

/** Transactions and payments of one slice: each takes about a KB. */
const MAX_ENTRIES = 2_000_000;
/** Inputs and outputs of its transactions. */
const MAX_ENDS = 8_000_000;

/** Everything that was read of a slice, as it stands there: nothing is compared with anything yet. */
export class SliceContents {
  readonly transactions = new Map<string, ChainTx>();
  readonly payments: Payment[] = [];
  readonly tags: SourceTag[] = [];
  readonly claims: WorthClaim[] = [];
  readonly unspent = new Set<string>();
  /** By outpoint, the id of the transaction that is said to spend it. */
  readonly spenders = new Map<string, { readonly txid: string; readonly place: Place }>();
  network: string | null = null;
  tip: ChainTip | null = null;
  /** Whether the slice says that it holds every transaction that spends one of its outputs. */
  isComplete = false;
  readonly file: ListedFile;
  readonly #context: ChainContext;
  #entries = 0;
  #ends = 0;

  constructor(file: ListedFile, context: ChainContext) {
    this.file = file;
    this.#context = context;
  }

  /** Errors: `PaydirtError` "bad-source" for a slice of more entries than memory is meant for. */
  takeTx(tx: ChainTx): void {
    this.#count();
    const known = this.transactions.get(tx.txid);
    if (known === undefined) this.#keep(tx);
    else if (!isSame(known, tx)) {
      this.malformed(tx.place, "it is listed twice, with different content; the first counts");
    }
  }

  #keep(tx: ChainTx): void {
    this.#ends += tx.inputs.length + tx.outputs.length;
    if (this.#ends > MAX_ENDS) throw this.#tooMuch(`${MAX_ENDS} inputs and outputs`);
    this.transactions.set(tx.txid, tx);
  }

  /** Errors: as `takeTx`. */
  takePayment(payment: Payment): void {
    this.#count();
    this.payments.push(payment);
  }

  /** Errors: as `takeTx`. */
  takeSpender(of: Outpoint, txid: string, place: Place): void {
    this.#count();
    const id = outpointId(of);
    if (!this.spenders.has(id)) this.spenders.set(id, { txid, place });
  }

  /** Errors: as `takeTx`. */
  takeUnspent(of: Outpoint): void {
    this.#count();
    this.unspent.add(outpointId(of));
  }

  malformed(place: Place, says: string): void {
    const { name } = this.file;
    this.#context.gap(place, "malformed-transaction", `Cannot read a transaction of ${name}: ${says}`);
  }

  #count(): void {
    this.#entries += 1;
    if (this.#entries > MAX_ENTRIES) throw this.#tooMuch(`${MAX_ENTRIES} transactions and payments`);
  }

  #tooMuch(most: string): PaydirtError {
    const says = `Cannot use ${this.file.name}: it has more than ${most}`;
    return new PaydirtError("bad-source", `${says}; follow block files instead`);
  }
}

/** Whether two descriptions of a transaction say the same. */
function isSame(one: ChainTx, other: ChainTx): boolean {
  return content(one) === content(other);
}

function content({ place: _, ...tx }: ChainTx): string {
  return JSON.stringify(tx, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}
