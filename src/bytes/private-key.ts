import { decodeBase58Check } from "./base58check.ts";
import { uint16 } from "./big-endian.ts";

/** Longest text of a key: an extended key. */
const MOST_CHARS = 113;

/** Version bytes of private keys in wallet import format: Bitcoin and Zcash, Litecoin, Dash (each node's
 *  chainparams.cpp, SECRET_KEY). */
const WIF_VERSIONS: readonly number[] = [0x80, 0xb0, 0xcc];
const WIF_BYTES = 33;
/** Marks a key whose public key is used in compressed form, behind the key. */
const COMPRESSED = 1;

/** Versions of extended keys. Source: BIP 32 (xprv, xpub); SLIP-132 (y, z, Y, Z); Litecoin Core (Ltpv,
 *  Ltub). */
const EXTENDED_VERSIONS: ReadonlySet<number> = new Set([
  0x0488ade4, 0x0488b21e, 0x049d7878, 0x049d7cb2, 0x04b2430c, 0x04b24746, 0x0295b005, 0x0295b43f, 0x02aa7a99,
  0x02aa7ed3, 0x019d9cfe, 0x019da462,
]);
const EXTENDED_BYTES = 78;

/** An encrypted key (6P…). Source: BIP 38. */
const BIP38_VERSIONS: readonly number[] = [0x0142, 0x0143];
const BIP38_BYTES = 39;

/** What kind of key a text is, by its checksum: a private key as wallets export it ("wif"), a BIP 32 extended
 *  key, private or public ("extended-key"), or one encrypted with a passphrase ("private-key").
 *
 *  Errors: none; null for everything else. The key itself is nowhere kept.
 */
export function keyKind(text: string): "wif" | "extended-key" | "private-key" | null {
  const payload = decodeBase58Check(text, MOST_CHARS);
  if (payload === null) return null;
  const { length } = payload;
  if (length === WIF_BYTES || (length === WIF_BYTES + 1 && payload[WIF_BYTES] === COMPRESSED)) {
    return WIF_VERSIONS.includes(payload[0] ?? -1) ? "wif" : null;
  }
  if (length === BIP38_BYTES && BIP38_VERSIONS.includes(uint16(payload, 0))) return "private-key";
  const version = uint16(payload, 0) * 0x10000 + uint16(payload, 2);
  return length === EXTENDED_BYTES && EXTENDED_VERSIONS.has(version) ? "extended-key" : null;
}
