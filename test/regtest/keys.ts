import { createHash } from "node:crypto";
import { type AddressKind, addressOf, scriptFor } from "../kit/bitcoin-addresses.ts";
import type { Bcoin, Ring } from "./bcoin.ts";

/** Kinds of outputs: to a key with and without witness, to a Taproot key, and to nobody. */
export type OutputKind = "p2wpkh" | "p2pkh" | "p2tr" | "op-return";

/** What an output shall be. An owner has one key: who needs more addresses is more owners, such as
 *  "exchange, deposit 1". */
export interface Payee {
  readonly to: string;
  readonly sats: bigint;
  readonly kind?: OutputKind;
}

const digest = (text: string): Buffer => createHash("sha256").update(`paydirt regtest: ${text}`).digest();

/** Keys of owners, made from their names, and what pays to them. */
export function wallets({ KeyRing }: Bcoin) {
  const known = new Map<string, Ring>();

  function ringOf(owner: string): Ring {
    const ring = known.get(owner) ?? KeyRing.fromPrivate(digest(owner));
    ring.witness = true;
    known.set(owner, ring);
    return ring;
  }

  const hashOf = (owner: string, kind: AddressKind): Uint8Array =>
    kind === "p2tr" ? digest(owner) : ringOf(owner).getKeyHash();

  function addressFor({ to, kind = "p2wpkh" }: Omit<Payee, "sats">): string | null {
    return kind === "op-return" ? null : addressOf(kind, hashOf(to, kind), "regtest");
  }

  function scriptOf({ to, kind = "p2wpkh" }: Payee): Uint8Array {
    if (kind === "op-return") return Uint8Array.of(0x6a, 32, ...digest(to));
    return scriptFor(kind, hashOf(to, kind));
  }

  return { ringOf, addressFor, scriptOf };
}
