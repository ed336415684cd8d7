import type { ChainOutput, ChainTip, ChainTx } from "../../../model/chain.ts";
import type { Place } from "../../../model/place.ts";
import type { ChainContext } from "../source.ts";
import { CheckedAddresses } from "./checked-addresses.ts";
import type { SliceContents } from "./contents.ts";
import type { Payment } from "./payment.ts";

/** What a slice holds, compared with itself. `transactions` are in the order of the chain. */
export interface Settled
  extends Pick<SliceContents, "claims" | "tags" | "unspent" | "spenders" | "isComplete"> {
  readonly network: string;
  readonly tip: ChainTip;
  readonly transactions: ReadonlyMap<string, ChainTx>;
}

/** Checks the addresses of a slice, joins payments of one transaction, and finds out who spends what.
 *
 *  Shape: a payment whose address is damaged or of another network is left out, as are tags and claims of
 *  such an address; in a whole transaction the address alone is. Payments of a transaction that is there as a
 *  whole are in it already.
 *  Errors: none; what contradicts itself is a gap, and what came first counts.
 */
export function settle(contents: SliceContents, context: ChainContext): Settled {
  const addresses = new CheckedAddresses(contents, context);
  const refused = new Set<string>();
  const check = (address: string, place: Place): string | null => {
    const checked = addresses.checked(address, place);
    if (checked === null) refused.add(address);
    return checked;
  };
  const all: ChainTx[] = [];
  for (const tx of contents.transactions.values()) all.push(withAddresses(tx, check));
  for (const [txid, payments] of byTransaction(contents.payments)) {
    const tx = contents.transactions.has(txid) ? null : joined(payments, contents, check);
    if (tx !== null) all.push(tx);
  }
  const ordered = inOrder(all);
  const { tags, claims, unspent, isComplete } = contents;
  return {
    network: addresses.network,
    tip: contents.tip ?? lastOf(ordered),
    transactions: new Map(ordered.map((tx) => [tx.txid, tx])),
    tags: tags.filter(({ address, place }) => !refused.has(address) && check(address, place) !== null),
    claims: claims.filter(({ address }) => !refused.has(address)),
    unspent,
    isComplete,
    spenders: spendersOf(ordered, contents),
  };
}

type Check = (address: string, place: Place) => string | null;

function withAddresses(tx: ChainTx, check: Check): ChainTx {
  const checked = <T extends { readonly address: string | null }>(one: T): T =>
    one.address === null ? one : { ...one, address: check(one.address, tx.place) };
  return { ...tx, inputs: tx.inputs.map(checked), outputs: tx.outputs.map(checked) };
}

function byTransaction(payments: readonly Payment[]): ReadonlyMap<string, readonly Payment[]> {
  const grouped = new Map<string, Payment[]>();
  for (const payment of payments) {
    const known = grouped.get(payment.txid);
    if (known === undefined) grouped.set(payment.txid, [payment]);
    else known.push(payment);
  }
  return grouped;
}

/** One transaction of the payments that name it; null where none of them stands. */
function joined(payments: readonly Payment[], contents: SliceContents, check: Check): ChainTx | null {
  const outputs: ChainOutput[] = [];
  const known = new Map<number, ChainOutput>();
  let first: Payment | null = null;
  let { height, atMicros } = payments[0] ?? { height: null, atMicros: null };
  for (const payment of payments) {
    const { vout, valueSats, place } = payment;
    const address = payment.address === null ? null : check(payment.address, place);
    if (address === null && payment.address !== null) continue;
    first ??= payment;
    if (isOther(height, payment.height) || isOther(atMicros, payment.atMicros)) {
      contents.malformed(place, "its payments are said to be in different blocks; the first counts");
    }
    height ??= payment.height;
    atMicros ??= payment.atMicros;
    const output: ChainOutput = { vout, valueSats, address, script: null };
    const twin = vout === null ? undefined : known.get(vout);
    if (twin !== undefined) {
      const isSame = twin.valueSats === valueSats && twin.address === address;
      if (!isSame) contents.malformed(place, "an output is listed twice, differently; the first counts");
      continue;
    }
    if (vout !== null) known.set(vout, output);
    outputs.push(output);
  }
  if (first === null) return null;
  const { txid, place } = first;
  return { ...partial(txid, place), height, atMicros, outputs };
}

function isOther(one: number | null, other: number | null): boolean {
  return one !== null && other !== null && one !== other;
}

/** A transaction of which nothing but its id is known. */
function partial(txid: string, place: Place): ChainTx {
  const unknown = { height: null, index: null, atMicros: null, version: null, locktime: null };
  return { txid, ...unknown, isCoinbase: false, isWhole: false, inputs: [], outputs: [], place };
}

/** By height, then position in the block; what has no height comes behind, by time; else as listed. */
function inOrder(transactions: readonly ChainTx[]): ChainTx[] {
  const rank = (value: number | null): number => value ?? Number.MAX_VALUE;
  return [...transactions].sort(
    (a, b) =>
      rank(a.height) - rank(b.height) || rank(a.index) - rank(b.index) || rank(a.atMicros) - rank(b.atMicros),
  );
}

/** The last block that a transaction is in. */
function lastOf(transactions: readonly ChainTx[]): ChainTip {
  let height: number | null = null;
  let atMicros: number | null = null;
  for (const tx of transactions) {
    if (tx.height !== null && tx.height > (height ?? -1)) height = tx.height;
    if (tx.atMicros !== null && tx.atMicros > (atMicros ?? -1)) atMicros = tx.atMicros;
  }
  return { height, hash: null, atMicros };
}

/** By outpoint, who spends it: inputs of whole transactions first, then what lists say. */
function spendersOf(transactions: readonly ChainTx[], contents: SliceContents): Settled["spenders"] {
  const spenders: Map<string, { readonly txid: string; readonly place: Place }> = new Map();
  for (const { txid, height, inputs, place } of transactions) {
    for (const input of inputs) {
      const id = `${input.txid}:${input.vout}`;
      if (spenders.has(id)) {
        const says = "it spends what another one spends, which is in an earlier block or was listed first";
        contents.malformed(place, height === null ? `it is in no block: ${says}` : says);
      } else spenders.set(id, { txid, place });
    }
  }
  for (const [id, spender] of contents.spenders) if (!spenders.has(id)) spenders.set(id, spender);
  for (const { txid, vout, spentBy, place } of contents.payments) {
    const id = `${txid}:${vout}`;
    if (vout !== null && spentBy !== null && !spenders.has(id)) spenders.set(id, { txid: spentBy, place });
  }
  return spenders;
}
