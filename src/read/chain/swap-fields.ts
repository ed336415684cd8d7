// What a record of a swap says, by the names that services and explorers give its fields.
//
// ShapeShift (/txStat, saved as JSON)   Changelly (getTransactions)   here
// status                                status                        status
// incomingType, incomingCoin            currencyFrom, amountFrom      what came in: coin and amount
// address                               payinAddress                  deposit address
// deposit_txid (added by collectors)    payinHash                     deposit transaction
// outgoingType, outgoingCoin            currencyTo, amountTo          what was paid out
// withdraw                              payoutAddress                 address that was paid
// transaction                           payoutHash                    transaction that paid it
// –                                     createdAt                     time
//
// Source: ShapeShift API, "Status of deposit to address"; Changelly API v2, "getTransactions".
// A deposit to ShapeShift that is no address but 64 hex digits is Monero's payment id.

import { scaled, unscaled } from "../../bytes/decimal.ts";
import { isoMicros, MICROS_PER_SECOND, parseIso } from "../../bytes/time.ts";
import type { CaseSwap, SwapSide } from "../../model/follow-case.ts";

/** A record without its id, and without what it joins. */
export type SwapFields = Omit<CaseSwap, "id" | "joins" | "times" | "place">;

/** Decimals that are kept: Ethereum's, the most that a coin in use has. */
const PLACES = 18;
/** More units than any coin has. */
const MOST_UNITS = 10n ** 40n;
const MAX_TEXT = 512;
const TICKER = /^[A-Za-z0-9]{2,10}$/;

const NAMES = {
  status: ["status"],
  service: ["service", "exchange", "provider"],
  fromCoin: ["incomingType", "currencyFrom", "from_coin", "fromCoin"],
  fromAmount: ["incomingCoin", "amountFrom", "from_amount", "fromAmount"],
  fromAddress: ["address", "payinAddress", "from_address", "deposit_address"],
  fromTxid: ["deposit_txid", "payinHash", "from_txid"],
  toCoin: ["outgoingType", "currencyTo", "to_coin", "toCoin"],
  toAmount: ["outgoingCoin", "amountTo", "to_amount", "toAmount"],
  toAddress: ["withdraw", "payoutAddress", "to_address", "withdraw_address"],
  toTxid: ["transaction", "payoutHash", "to_txid"],
  at: ["time", "timestamp", "date", "createdAt", "at"],
} as const;

type Field = keyof typeof NAMES;

/** Names of columns, in lower case, and the one that rows have for each. */
export const SWAP_COLUMNS: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.map((name) => [name.toLowerCase(), field] as const),
  ),
);
export const SWAP_NEEDS: readonly Field[] = ["fromCoin", "fromAmount", "toCoin", "toAmount"];

/** Names by which a service is known where the record does not name it. */
const SERVICES: readonly (readonly [field: string, service: string])[] = [
  ["incomingCoin", "ShapeShift"],
  ["payinAddress", "Changelly"],
];

/** Looks a value up by its name in the record; null where it is missing. */
export type TextOf = (name: string) => string | null;

/** Fields of an object by any of their names, and the service that it comes from. */
export function swapOf(textOf: TextOf): SwapFields | string {
  const field = (id: Field): string | null => {
    for (const name of NAMES[id]) {
      const value = textOf(name);
      if (value !== null) return value;
    }
    return null;
  };
  const known = SERVICES.find(([name]) => textOf(name) !== null);
  return swapOfFields(field, known === undefined ? null : `${known[1]} (told by the record's form)`);
}

/** The record that its fields tell, or what is wrong with it. */
export function swapOfFields(
  field: (id: Field) => string | null,
  service: string | null,
): SwapFields | string {
  const from = sideOf(field, ["fromCoin", "fromAmount", "fromAddress", "fromTxid"]);
  if (typeof from === "string") return `what came in ${from}`;
  const to = sideOf(field, ["toCoin", "toAmount", "toAddress", "toTxid"]);
  if (typeof to === "string") return `what was paid out ${to}`;
  const time = field("at");
  const atMicros = time === null ? null : momentOf(time);
  if (time !== null && atMicros === null)
    return "its time is neither seconds since 1970 nor ISO 8601 with a zone";
  const told = { service: field("service") ?? service, status: field("status") };
  const isLong = Object.values(told).some((text) => (text?.length ?? 0) > MAX_TEXT);
  if (isLong) return `its service or status is longer than ${MAX_TEXT} characters`;
  return {
    ...told,
    from,
    to,
    at: atMicros === null ? null : isoMicros(atMicros),
  };
}

function sideOf(
  field: (id: Field) => string | null,
  [coinId, amountId, addressId, txidId]: readonly [Field, Field, Field, Field],
): SwapSide | string {
  const coin = field(coinId);
  if (coin === null || !TICKER.test(coin)) return "has no coin";
  const amount = amountOf(field(amountId));
  if (amount === null) return "has no amount";
  const address = field(addressId);
  const txid = field(txidId)?.toLowerCase() ?? null;
  if ((address?.length ?? 0) > MAX_TEXT) return "has an address that is none";
  if (txid !== null && !/^(?:0x)?[0-9a-f]{64}$/.test(txid))
    return "has a transaction that is no 64 hex digits";
  return { coin: coin.toLowerCase(), amount, address, txid };
}

/** An amount as a decimal without exponent and zeros at its end; null for what is none above 0. */
function amountOf(text: string | null): string | null {
  const units = text === null ? null : scaled(text, PLACES);
  return units === null || units <= 0n || units > MOST_UNITS ? null : unscaled(units, PLACES);
}

function momentOf(text: string): number | null {
  if (!/^\d{1,10}$/.test(text)) return parseIso(text);
  return Number(text) * MICROS_PER_SECOND;
}
