// The export of Ransomwhere (https://ransomwhe.re, "Export dataset"): a list of addresses.
//
// FIELD                  MEANING
// address                address that ransom was paid to
// blockchain             "bitcoin"
// family                 family of ransomware, as the reports name it
// updatedAt              when its payments were last looked up, ISO 8601
// transactions[].hash    transaction id
// transactions[].time    seconds since 1970
// transactions[].amount  satoshi that the address got
// transactions[].amountUSD  dollars at a day's price of its own, 0 where it had none: a claim, never summed
// balance, balanceUSD    its own sums; they are not used
//
// Two entries of one hash at an address are two outputs of that transaction: the export lists outputs.

import { parseIso, utcDay } from "../../../bytes/time.ts";
import type { SourceTag } from "../../../model/chain.ts";
import type { Place } from "../../../model/place.ts";
import { isObject, type JsonObject, textOf } from "../../json.ts";
import { isTxid } from "../esplora-tx.ts";
import type { JsonItem } from "../json-items.ts";
import { listSpans } from "../json-spans.ts";
import type { SliceContents } from "./contents.ts";
import { blockMicros, satsOf } from "./payment.ts";

const LIST = "Ransomwhere";
const SOURCE = "https://ransomwhe.re";
/** Longer names are none. */
const MAX_LABEL = 300;

/** Whether an object is an entry of the export. */
export function isRansomwhere(value: JsonObject): boolean {
  return typeof value["address"] === "string" && Array.isArray(value["transactions"]);
}

/** Takes the payments and the family of one address. Errors: as `SliceContents.takeTx`. */
export function takeRansomwhere(
  value: JsonObject,
  { bytes, place }: JsonItem,
  contents: SliceContents,
): void {
  const address = textOf(value["address"]);
  const blockchain = value["blockchain"] ?? "bitcoin";
  if (address === null || blockchain !== "bitcoin") {
    contents.malformed(place, "it is no address of the blockchain bitcoin");
    return;
  }
  const tag = tagOf(value, address, place);
  if (tag !== null) contents.tags.push(tag);
  const payments: readonly unknown[] = Array.isArray(value["transactions"]) ? value["transactions"] : [];
  const spans = listSpans(bytes, "transactions");
  for (const [index, payment] of payments.entries()) {
    const [from, to] = spans[index] ?? [0, place.byteLength];
    takePayment(
      payment,
      { ...place, atByte: place.atByte + from, byteLength: to - from },
      { address, contents },
    );
  }
}

function takePayment(
  value: unknown,
  place: Place,
  { address, contents }: { readonly address: string; readonly contents: SliceContents },
): void {
  const { hash, time, amount, amountUSD } = isObject(value) ? value : {};
  const valueSats = satsOf(amount);
  const atMicros = blockMicros(time);
  if (!isTxid(hash)) contents.malformed(place, "a payment has no hash of 64 hex digits");
  else if (valueSats === null) contents.malformed(place, "a payment has no amount in satoshi");
  else if (atMicros === null) contents.malformed(place, "a payment has no time in seconds");
  else {
    const unknown = { vout: null, height: null, spentBy: null };
    contents.takePayment({ txid: hash, address, valueSats, atMicros, ...unknown, place });
    if (typeof amountUSD === "number" && amountUSD >= 0 && Number.isFinite(amountUSD)) {
      contents.claims.push({ txid: hash, address, valueSats, atMicros, usd: amountUSD, place });
    }
  }
}

function tagOf(value: JsonObject, address: string, place: Place): SourceTag | null {
  const label = textOf(value["family"]);
  if (label === null || label.length > MAX_LABEL) return null;
  const updatedMicros = parseIso(textOf(value["updatedAt"]) ?? "");
  return {
    address,
    coin: "btc",
    label,
    category: null,
    abuse: "ransomware",
    actor: null,
    source: SOURCE,
    date: updatedMicros === null ? null : utcDay(updatedMicros),
    confidence: null,
    isClusterDefiner: null,
    list: LIST,
    place,
  };
}
