import { createHash } from "node:crypto";
import { bech32, bech32m, createBase58check } from "@scure/base";

/** What addresses begin with. Source: Bitcoin Core src/kernel/chainparams.cpp. */
const FORMS = {
  bitcoin: { p2pkh: 0x00, p2sh: 0x05, bech32: "bc" },
  regtest: { p2pkh: 0x6f, p2sh: 0xc4, bech32: "bcrt" },
} as const;

const base58check = createBase58check((bytes: Uint8Array) => createHash("sha256").update(bytes).digest());

export type AddressKind = "p2pkh" | "p2sh" | "p2wpkh" | "p2wsh" | "p2tr";

/** The address of a key's, a script's or a Taproot output's hash (20 or 32 bytes). */
export function addressOf(kind: AddressKind, hash: Uint8Array, network: keyof typeof FORMS): string {
  const form = FORMS[network];
  if (kind === "p2pkh" || kind === "p2sh") {
    return base58check.encode(Uint8Array.of(form[kind], ...hash));
  }
  return kind === "p2tr"
    ? bech32m.encode(form.bech32, [1, ...bech32m.toWords(hash)])
    : bech32.encode(form.bech32, [0, ...bech32.toWords(hash)]);
}

/** The locking script that such an address stands for. */
export function scriptFor(kind: AddressKind, hash: Uint8Array): Uint8Array {
  if (kind === "p2pkh") return Uint8Array.of(0x76, 0xa9, 20, ...hash, 0x88, 0xac);
  if (kind === "p2sh") return Uint8Array.of(0xa9, 20, ...hash, 0x87);
  return Uint8Array.of(kind === "p2tr" ? 0x51 : 0x00, hash.length, ...hash);
}
