import { scaled } from "../../../bytes/decimal.ts";
import { MICROS_PER_SECOND } from "../../../bytes/time.ts";
import type { Place } from "../../../model/place.ts";
import { uint32 } from "../esplora-tx.ts";

/** What a list of payments says of one output, and of who spent it.
 *
 *  Shape: what the list does not tell is null; `spentBy` is the id of the transaction that spends it.
 */
export interface Payment {
  readonly txid: string;
  readonly vout: number | null;
  readonly address: string | null;
  readonly valueSats: bigint;
  readonly height: number | null;
  readonly atMicros: number | null;
  readonly spentBy: string | null;
  readonly place: Place;
}

const DECIMALS = 8;
/** All coins that there will ever be, in satoshi. */
export const MAX_SATS = 2_100_000_000_000_000n;

/** A whole number of satoshi; null for what is none, or more than there are. */
export function satsOf(value: unknown): bigint | null {
  const isNumber = typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
  const isText = typeof value === "string" && /^\d{1,16}$/.test(value);
  if (!isNumber && !isText) return null;
  const sats = BigInt(value);
  return sats <= MAX_SATS ? sats : null;
}

/** Satoshi of a decimal number of coins with at most eight decimals; null for what is none. */
export function satsOfCoins(text: string): bigint | null {
  const sats = scaled(text, DECIMALS);
  return sats === null || sats < 0n || sats > MAX_SATS ? null : sats;
}

/** A block's time of whole seconds since 1970, as 32 bits hold them; null for what is none. */
export function blockMicros(value: unknown): number | null {
  const seconds = writtenUint32(value);
  return seconds === null ? null : seconds * MICROS_PER_SECOND;
}

/** A whole number of 32 bits, also written as text; null for what is none. */
export function writtenUint32(value: unknown): number | null {
  return uint32(typeof value === "string" && /^\d{1,10}$/.test(value) ? Number(value) : value);
}
