// Addresses and keys with valid checksums that nobody owns, made of pseudo-random bytes.

import { crc32 } from "node:zlib";
import { blake2b } from "@noble/hashes/blake2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { base58xmr, bech32, bech32m, createBase58check } from "@scure/base";
import { entropyToMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";

import type { Random } from "./random.ts";

const base58check = createBase58check(sha256);

/** An address of a form, from bytes that are taken from `by`. */
export type MakeAddress = (by: Random) => string;

const versioned =
  (...version: number[]): MakeAddress =>
  (by) =>
    base58check.encode(Uint8Array.of(...version, ...by.bytes(20)));

const segwit =
  (prefix: string, version: number, bytes: number): MakeAddress =>
  (by) => {
    const codec = version === 0 ? bech32 : bech32m;
    return codec.encode(prefix, [version, ...codec.toWords(by.bytes(bytes))]);
  };

const monero =
  (network: number, bytes: number): MakeAddress =>
  (by) => {
    const body = Uint8Array.of(network, ...by.bytes(bytes));
    return base58xmr.encode(Uint8Array.of(...body, ...keccak_256(body).subarray(0, 4)));
  };

const ethereum: MakeAddress = (by) => {
  const digits = Buffer.from(by.bytes(20)).toString("hex");
  const digest = Buffer.from(keccak_256(Buffer.from(digits))).toString("hex");
  const cased = [...digits].map((digit, i) =>
    Number.parseInt(digest.charAt(i), 16) >= 8 ? digit.toUpperCase() : digit,
  );
  return `0x${cased.join("")}`;
};

const sapling: MakeAddress = (by) => bech32.encode("zs", bech32.toWords(by.bytes(43)));

/** A unified address with the receivers Sapling and Orchard. */
const unified: MakeAddress = (by) => {
  const padding = new Uint8Array(16);
  padding.set(Buffer.from("u"));
  const items = Uint8Array.of(2, 43, ...by.bytes(43), 3, 43, ...by.bytes(43), ...padding);
  return bech32m.encode("u", bech32m.toWords(f4jumble(items)), false);
};

/** Source: ZIP 316, "Jumbling". */
function f4jumble(bytes: Uint8Array): Uint8Array {
  const out = bytes.slice();
  const left = out.subarray(0, Math.min(64, out.length >> 1));
  const right = out.subarray(left.length);
  const round = (into: Uint8Array, of: Uint8Array, name: string): void => {
    const [letter = "", number] = name;
    const words = Buffer.from(`UA_F4Jumble_${letter}`);
    for (let at = 0; at < into.length; at += 64) {
      const personalization = Uint8Array.of(...words, Number(number), at / 64, 0);
      const digest = blake2b(of, { personalization, dkLen: letter === "H" ? into.length : 64 });
      for (let i = 0; i < 64 && at + i < into.length; i++)
        into[at + i] = (into[at + i] ?? 0) ^ (digest[i] ?? 0);
    }
  };
  for (const number of [0, 1]) {
    round(right, left, `G${number}`);
    round(left, right, `H${number}`);
  }
  return out;
}

/** Every form of address, by coin. */
export const ADDRESS_FORMS = {
  xmr: { standard: monero(18, 64), subaddress: monero(42, 64), integrated: monero(19, 72) },
  btc: {
    p2pkh: versioned(0),
    p2sh: versioned(5),
    p2wpkh: segwit("bc", 0, 20),
    p2wsh: segwit("bc", 0, 32),
    p2tr: segwit("bc", 1, 32),
  },
  eth: { eip55: ethereum },
  ltc: { p2pkh: versioned(0x30), p2sh: versioned(0x32), p2wpkh: segwit("ltc", 0, 20) },
  dash: { p2pkh: versioned(0x4c), p2sh: versioned(0x10) },
  zec: { t1: versioned(0x1c, 0xb8), t3: versioned(0x1c, 0xbd), sapling, unified },
} satisfies Readonly<Record<string, Readonly<Record<string, MakeAddress>>>>;

const FORMS_BY_COIN = new Map<string, Readonly<Record<string, MakeAddress>>>(Object.entries(ADDRESS_FORMS));

/** Addresses of a coin, its forms in turn. */
export function madeAddresses(coin: string, count: number, by: Random): string[] {
  const forms = Object.values(FORMS_BY_COIN.get(coin) ?? {});
  return Array.from({ length: count }, (_, index) => {
    const make = forms[index % forms.length];
    if (make === undefined) throw new RangeError(`Cannot make an address of ${coin}: no such coin`);
    return make(by);
  });
}

const BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const HEX = "0123456789abcdefABCDEF";

/** The address with one character changed to another of its alphabet; its first three stay. */
export function damagedAddress(address: string, by: Random): string {
  const alphabet = address.startsWith("0x") ? HEX : /^(?:bc1|ltc1|zs1|u1)/.test(address) ? BECH32 : BASE58;
  for (;;) {
    const at = 4 + by.below(address.length - 4);
    const letter = alphabet.charAt(by.below(alphabet.length));
    if (letter !== address.charAt(at)) return address.slice(0, at) + letter + address.slice(at + 1);
  }
}

const XPRV = [0x04, 0x88, 0xad, 0xe4];
const XPUB = [0x04, 0x88, 0xb2, 0x1e];

/** Keys and phrases of each kind. */
export const SECRET_FORMS = {
  wif: (by) => base58check.encode(Uint8Array.of(0x80, ...by.bytes(32), 1)),
  "wif-uncompressed": (by) => base58check.encode(Uint8Array.of(0x80, ...by.bytes(32))),
  "wif-litecoin": (by) => base58check.encode(Uint8Array.of(0xb0, ...by.bytes(32), 1)),
  "wif-dash": (by) => base58check.encode(Uint8Array.of(0xcc, ...by.bytes(32), 1)),
  xprv: (by) => base58check.encode(Uint8Array.of(...XPRV, ...by.bytes(74))),
  xpub: (by) => base58check.encode(Uint8Array.of(...XPUB, ...by.bytes(74))),
  bip38: (by) => base58check.encode(Uint8Array.of(0x01, 0x42, 0xe0, ...by.bytes(36))),
  bip39: (by) => entropyToMnemonic(by.bytes(16), wordlist),
  "bip39-24": (by) => entropyToMnemonic(by.bytes(32), wordlist),
  "monero-seed": (by) => {
    const long = wordlist.filter((word) => word.length > 3);
    const words = Array.from({ length: 24 }, () => by.pick(long));
    const check = crc32(Buffer.from(words.map((word) => word.slice(0, 3)).join(""))) % 24;
    return [...words, words[check]].join(" ");
  },
} satisfies Readonly<Record<string, MakeAddress>>;
