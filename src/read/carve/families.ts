// What a run of letters and digits can be: addresses and keys by their first character, length and alphabet,
// so that nearly all runs are told apart without a copy or a hash.

import { parseBitcoinAddress } from "../../bytes/bitcoin-address.ts";
import { parseDashAddress } from "../../bytes/dash-address.ts";
import { parseEthereumAddress } from "../../bytes/ethereum-address.ts";
import { parseLitecoinAddress } from "../../bytes/litecoin-address.ts";
import { parseMoneroAddress } from "../../bytes/monero-address.ts";
import type { ParsedWallet } from "../../bytes/parsed-wallet.ts";
import { keyKind } from "../../bytes/private-key.ts";
import { parseZcashAddress } from "../../bytes/zcash-address.ts";
import { ALPHANUMERIC, BASE58, BECH32, type ByteClass, HEX } from "./classes.ts";

export const CARVED_COINS = ["xmr", "btc", "eth", "ltc", "dash", "zec"] as const;
export type CarvedCoin = (typeof CARVED_COINS)[number];

/** The shape of one kind of address or key. */
export interface Family {
  /** null for keys. */
  readonly coin: CarvedCoin | null;
  /** First characters. */
  readonly leads: string;
  /** All that it begins with, where that is more than one character; in small letters. */
  readonly prefix?: string;
  readonly least: number;
  readonly most: number;
  /** Class of what stands behind the prefix. */
  readonly alphabet: ByteClass;
  readonly parse: (text: string) => ParsedWallet | ReturnType<typeof keyKind>;
  /** A further check that is cheaper than to decode. */
  readonly fits?: (bytes: Uint8Array, start: number, stop: number) => boolean;
}

/** The longest text that is decoded: `parseZcashAddress`'s limit. */
export const MOST_CHARS = 512;

/** Version, hash and checksum of a base58check address. */
const PAYLOAD_BYTES = 25;
const BITS_PER_CHAR = Math.log2(58);
const ONE = 49;
/** Characters of a base58check address: of version 0, whose zero bytes are one character each, from 26 on; of
 *  all other versions that are read here, from 0x05 to 0x4c, always 34, since 25 bytes of which the first is
 *  5 are more than 58^33. */
const SHORTEST = 26;
const CHARS = 34;

/** Whether base58 text of this length can stand for 25 bytes: as many leading zero bytes as leading "1", and
 *  the rest no shorter and no longer. This tells all but one in 256 MD5 sums from addresses. */
function fits25Bytes(bytes: Uint8Array, start: number, stop: number): boolean {
  let at = start;
  while (at < stop && bytes[at] === ONE) at++;
  const bits = 8 * (PAYLOAD_BYTES - (at - start));
  const chars = stop - at;
  return chars > (bits - 8) / BITS_PER_CHAR && chars <= Math.ceil(bits / BITS_PER_CHAR);
}

const base58 = { alphabet: BASE58 };
const bech32 = { alphabet: BECH32 };
const btc = { coin: "btc", parse: parseBitcoinAddress } as const;
const ltc = { coin: "ltc", parse: parseLitecoinAddress } as const;
const dash = { coin: "dash", parse: parseDashAddress } as const;
const zec = { coin: "zec", parse: parseZcashAddress } as const;
const xmr = { coin: "xmr", parse: parseMoneroAddress } as const;
const key = { coin: null, parse: keyKind } as const;

/** Monero's take every letter and digit, so that a damaged one can be told of. */
const FAMILIES: readonly Family[] = [
  { ...xmr, leads: "48", least: 95, most: 95, alphabet: ALPHANUMERIC },
  { ...xmr, leads: "4", least: 106, most: 106, alphabet: ALPHANUMERIC },
  { ...btc, ...base58, leads: "1", least: SHORTEST, most: CHARS, fits: fits25Bytes },
  { ...btc, ...base58, leads: "3", least: CHARS, most: CHARS },
  { ...btc, ...bech32, leads: "bB", prefix: "bc1", least: SHORTEST, most: 90 },
  {
    coin: "eth",
    parse: parseEthereumAddress,
    leads: "0",
    prefix: "0x",
    least: 42,
    most: 42,
    alphabet: HEX,
  },
  { ...ltc, ...base58, leads: "LM", least: CHARS, most: CHARS },
  { ...ltc, ...bech32, leads: "lL", prefix: "ltc1", least: SHORTEST, most: 90 },
  { ...dash, ...base58, leads: "X7", least: CHARS, most: CHARS },
  { ...zec, ...base58, leads: "t", least: 35, most: 35 },
  { ...zec, ...bech32, leads: "z", prefix: "zs1", least: 78, most: 78 },
  { ...zec, ...bech32, leads: "u", prefix: "u1", least: 80, most: MOST_CHARS },
  { ...key, ...base58, leads: "5KL6T7X", least: 51, most: 52 },
  { ...key, ...base58, leads: "6", least: 58, most: 58 },
  { ...key, ...base58, leads: "xyzYZL", least: 107, most: 113 },
];

/** What to look for. */
export interface Wanted {
  readonly coins: readonly CarvedCoin[];
  /** Also keys, seed phrases and pool URLs. */
  readonly others: boolean;
}

export const EVERYTHING: Wanted = { coins: CARVED_COINS, others: true };

/** The families that are wanted, by first byte; the shortest and longest of each, and the shortest of all. */
export interface FamilyIndex {
  readonly byLead: readonly (readonly Family[])[];
  readonly shortest: Uint16Array;
  /** 0 where no family begins so. */
  readonly longest: Uint16Array;
  readonly least: number;
}

const indices = new Map<Wanted, FamilyIndex>();

/** The index of what is wanted, made once: a collection has a search for each of its thousands of files.
 *
 *  Errors: none.
 */
export function familyIndex(wanted: Wanted): FamilyIndex {
  const known = indices.get(wanted);
  if (known !== undefined) return known;
  const made = indexOf(wanted);
  indices.set(wanted, made);
  return made;
}

function indexOf({ coins, others }: Wanted): FamilyIndex {
  const rows = FAMILIES.filter(({ coin }) => (coin === null ? others : coins.includes(coin)));
  const byLead = Array.from({ length: 256 }, (_, code) =>
    rows.filter(({ leads }) => leads.includes(String.fromCharCode(code))),
  );
  return {
    byLead,
    shortest: Uint16Array.from(byLead, shortestOf),
    longest: Uint16Array.from(byLead, (of) => Math.max(0, ...of.map(({ most }) => most))),
    least: shortestOf(rows),
  };
}

function shortestOf(rows: readonly Family[]): number {
  return Math.min(MOST_CHARS, ...rows.map(({ least }) => least));
}
