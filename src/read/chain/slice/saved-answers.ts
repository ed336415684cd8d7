// Transactions as Esplora gives them, saved in a file, and what a slice of Paydirt's own adds to them.
//
// FIELD                       MEANING
// transactions[]              objects of esplora-tx.ts; besides
//   .index                    position in the block
//   .time                     seconds since 1970, where the height of the block is not known
//   .outspends[]              who spends each output, as /tx/:txid/outspends answers: {spent, txid, vin}
// payments[]                  outputs of transactions that are not known as a whole:
//                             {txid, vout, address, satoshi, height, time, spentBy}
// unspent[]                   "txid:vout" of outputs that are unspent at the tip
// network                     id of a row in tables/bitcoin-networks.ts
// tip                         {height, hash, time}: the last block that the slice knows of
// complete                    true: every transaction that spends one of its outputs is in it
// schema                      1

import { MICROS_PER_SECOND } from "../../../bytes/time.ts";
import type { Outpoint } from "../../../model/chain.ts";
import type { Place } from "../../../model/place.ts";
import { networkById } from "../../../tables/bitcoin-networks.ts";
import { isObject, type JsonObject, textOf, valueAt } from "../../json.ts";
import { isTxid, parseEsploraTx } from "../esplora-tx.ts";
import type { JsonItem } from "../json-items.ts";
import type { SliceContents } from "./contents.ts";
import { MAX_SATS, satsOf, writtenUint32 } from "./payment.ts";

const SCHEMA = 1;

/** Lists of such a document. */
export const ANSWER_LISTS: ReadonlySet<string> = new Set(["transactions", "payments", "unspent"]);

/** Takes one value of a slice. Errors: as `SliceContents.takeTx`. */
export function takeAnswer(value: unknown, item: JsonItem, contents: SliceContents): void {
  if (item.key !== null) takeMember(value, item, contents);
  else if (item.list === "unspent") takeUnspent(value, item.place, contents);
  else if (item.list === "payments") takePayment(value, item.place, contents);
  else takeTransaction(value, item.place, contents);
}

function takeMember(value: unknown, { key, place }: JsonItem, contents: SliceContents): void {
  if (key === "schema" && value !== SCHEMA) contents.malformed(place, "its schema is none that is known");
  else if (key === "complete") contents.isComplete = value === true;
  else if (key === "network") {
    const network = networkById(textOf(value) ?? "");
    if (network === null) contents.malformed(place, "its network is none that is known");
    else contents.network = network.id;
  } else if (key === "tip") {
    const hash = valueAt(value, "hash");
    contents.tip = {
      height: writtenUint32(valueAt(value, "height")),
      hash: isTxid(hash) ? hash : null,
      atMicros: microsOf(valueAt(value, "time")),
    };
  }
}

function takeTransaction(value: unknown, place: Place, contents: SliceContents): void {
  const tx = parseEsploraTx(value, place);
  if (typeof tx === "string") {
    contents.malformed(place, tx);
    return;
  }
  if (tx.outputs.some(({ valueSats }) => valueSats > MAX_SATS)) {
    contents.malformed(place, "an output is worth more than all coins");
    return;
  }
  const index = writtenUint32(valueAt(value, "index"));
  contents.takeTx({ ...tx, index, atMicros: tx.atMicros ?? microsOf(valueAt(value, "time")) });
  const outspends = valueAt(value, "outspends");
  if (!Array.isArray(outspends)) return;
  for (let vout = 0; vout < Math.min(outspends.length, tx.outputs.length); vout += 1) {
    const outspend: unknown = outspends[vout];
    const spender = valueAt(outspend, "txid");
    const of = { txid: tx.txid, vout };
    if (isTxid(spender)) contents.takeSpender(of, spender, place);
    else if (valueAt(outspend, "spent") === false) contents.takeUnspent(of);
  }
}

function takePayment(value: unknown, place: Place, contents: SliceContents): void {
  const payment: JsonObject = isObject(value) ? value : {};
  const { txid, spentBy } = payment;
  const valueSats = satsOf(payment["satoshi"]);
  if (!isTxid(txid)) contents.malformed(place, "a payment has no txid of 64 hex digits");
  else if (valueSats === null) contents.malformed(place, "a payment has no amount in satoshi");
  else {
    contents.takePayment({
      txid,
      vout: writtenUint32(payment["vout"]),
      address: textOf(payment["address"]),
      valueSats,
      height: writtenUint32(payment["height"]),
      atMicros: microsOf(payment["time"]),
      spentBy: isTxid(spentBy) ? spentBy : null,
      place,
    });
  }
}

function takeUnspent(value: unknown, place: Place, contents: SliceContents): void {
  const of = outpointOf(value);
  if (of === null) contents.malformed(place, "an unspent output is no txid:vout");
  else contents.takeUnspent(of);
}

function outpointOf(value: unknown): Outpoint | null {
  const match = typeof value === "string" ? /^([0-9a-f]{64}):(\d{1,10})$/.exec(value) : null;
  const vout = writtenUint32(match?.[2]);
  return match === null || vout === null ? null : { txid: match[1] ?? "", vout };
}

function microsOf(seconds: unknown): number | null {
  if (typeof seconds !== "number") return null;
  const atMicros = Math.round(seconds * MICROS_PER_SECOND);
  return Number.isSafeInteger(atMicros) && atMicros >= 0 ? atMicros : null;
}
