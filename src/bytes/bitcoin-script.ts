import { ripemd160 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { decodeBase58Check, encodeBase58Check } from "./base58check.ts";
import { decodeSegwit, encodeSegwit, witnessForm } from "./segwit-address.ts";

/** How a network writes its addresses. */
export interface AddressForms {
  /** Version bytes of Base58Check addresses. */
  readonly p2pkh: number;
  readonly p2sh: number;
  /** Human-readable part of segwit addresses; null for a network without them. */
  readonly hrp: string | null;
}

type Kind =
  | "p2pk"
  | "p2pkh"
  | "p2sh"
  | "multisig"
  | "op-return"
  | "p2wpkh"
  | "p2wsh"
  | "p2tr"
  | "witness-unknown"
  | "nonstandard";

/** Source: Bitcoin Core src/script/script.h, enum opcodetype. */
const OP = {
  one: 0x51,
  sixteen: 0x60,
  return: 0x6a,
  dup: 0x76,
  equal: 0x87,
  equalVerify: 0x88,
  hash160: 0xa9,
  checkSig: 0xac,
  checkMultiSig: 0xae,
} as const;

const HASH_BYTES = 20;
const P2PKH_HEAD: readonly number[] = [OP.dup, OP.hash160, HASH_BYTES];
const P2PKH_TAIL: readonly number[] = [OP.equalVerify, OP.checkSig];
const P2SH_HEAD: readonly number[] = [OP.hash160, HASH_BYTES];

/** What a locking script is.
 *
 *  Errors: none: whatever matches no template is "nonstandard".
 *  Source: Bitcoin Core src/script/solver.cpp (Solver, MatchMultisig); BIP 141.
 *  Limits: all that begins with OP_RETURN is "op-return", also where Core finds more than pushes behind it:
 *  nobody can spend it either way. Multisig of more than 16 keys is "nonstandard".
 */
export function scriptKind(script: Uint8Array): Kind {
  if (isP2pkh(script)) return "p2pkh";
  if (isP2sh(script)) return "p2sh";
  const version = witnessVersion(script);
  if (version !== null) return witnessForm(version, script.length - 2) ?? "nonstandard";
  if (script[0] === OP.return) return "op-return";
  if (bareKey(script) !== null) return "p2pk";
  return isMultisig(script) ? "multisig" : "nonstandard";
}

/** The address of a locking script; null for one that has none.
 *
 *  Shape: a bare public key has the address of its hash, as explorers print it.
 *  Source: Bitcoin Core src/key_io.cpp (DestinationEncoder), src/addresstype.cpp.
 */
export function scriptAddress(script: Uint8Array, { p2pkh, p2sh, hrp }: AddressForms): string | null {
  if (isP2pkh(script)) return hashAddress(p2pkh, script.subarray(3, 3 + HASH_BYTES));
  if (isP2sh(script)) return hashAddress(p2sh, script.subarray(2, 2 + HASH_BYTES));
  const version = witnessVersion(script);
  if (version !== null) {
    const program = script.subarray(2);
    const isKnown = hrp !== null && witnessForm(version, program.length) !== null;
    return isKnown ? encodeSegwit({ hrp, version, program }) : null;
  }
  const key = bareKey(script);
  return key === null ? null : hashAddress(p2pkh, ripemd160(sha256(key)));
}

/** The locking script that an address stands for.
 *
 *  Errors: none; null for what is no address of this network.
 *  Limits: a payment to a bare public key of the same hash has another script.
 */
export function addressScript(address: string, { p2pkh, p2sh, hrp }: AddressForms): Uint8Array | null {
  const payload = decodeBase58Check(address);
  if (payload !== null) {
    if (payload.length !== 1 + HASH_BYTES) return null;
    const hash = payload.subarray(1);
    if (payload[0] === p2pkh) return Uint8Array.of(...P2PKH_HEAD, ...hash, ...P2PKH_TAIL);
    return payload[0] === p2sh ? Uint8Array.of(...P2SH_HEAD, ...hash, OP.equal) : null;
  }
  const segwit = decodeSegwit(address);
  if (segwit === null || segwit.hrp !== hrp) return null;
  const { version, program } = segwit;
  return Uint8Array.of(version === 0 ? 0 : OP.one - 1 + version, program.length, ...program);
}

function hashAddress(version: number, hash: Uint8Array): string {
  return encodeBase58Check(Uint8Array.of(version, ...hash));
}

function isP2pkh(script: Uint8Array): boolean {
  return script.length === 25 && has(script, 0, P2PKH_HEAD) && has(script, 23, P2PKH_TAIL);
}

function isP2sh(script: Uint8Array): boolean {
  return script.length === 23 && has(script, 0, P2SH_HEAD) && script[22] === OP.equal;
}

function has(script: Uint8Array, at: number, wanted: readonly number[]): boolean {
  return wanted.every((byte, i) => script[at + i] === byte);
}

/** Version of a witness program: OP_0 or OP_1 to OP_16, then one push of 2 to 40 bytes. */
function witnessVersion(script: Uint8Array): number | null {
  if (script.length < 4 || script.length > 42 || script[1] !== script.length - 2) return null;
  const first = script[0]!;
  if (first === 0) return 0;
  return first >= OP.one && first <= OP.sixteen ? first - OP.one + 1 : null;
}

/** Length of a public key by its first byte; null for what begins none.
 *  Source: Bitcoin Core src/pubkey.h, CPubKey::GetLen. */
function keyLength(first: number | undefined): number | null {
  if (first === 2 || first === 3) return 33;
  return first === 4 || first === 6 || first === 7 ? 65 : null;
}

function bareKey(script: Uint8Array): Uint8Array | null {
  const length = keyLength(script[1]);
  if (length === null || script[0] !== length || script.length !== length + 2) return null;
  return script[length + 1] === OP.checkSig ? script.subarray(1, 1 + length) : null;
}

/** m, that many keys or more, their number, OP_CHECKMULTISIG. */
function isMultisig(script: Uint8Array): boolean {
  if (script[script.length - 1] !== OP.checkMultiSig) return false;
  const least = script[0]! - OP.one + 1;
  let keys = 0;
  let at = 1;
  for (; keys <= 16; keys++) {
    const length = keyLength(script[at + 1]);
    if (length === null || script[at] !== length) break;
    at += 1 + length;
  }
  const told = script[at]! - OP.one + 1;
  return least >= 1 && least <= keys && keys <= 16 && told === keys && at === script.length - 2;
}
