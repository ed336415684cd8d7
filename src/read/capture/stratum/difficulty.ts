import { DIFFICULTY1_SCALE } from "../../../tables/dialect-coins.ts";
import type { WorkRule } from "../../../tables/dialects.ts";
import { turnBytes } from "./shape.ts";

/** Hashes per share of stratum difficulty 1: 2^256 / (0xffff·2^208 + 1), Bitcoin's "pdiff" target. */
const HASHES_PER_DIFFICULTY1 = 4_295_032_833;

const HEX = /^[0-9a-f]{1,64}$/i;

/** Expected hashes for a result that must not exceed a target of CryptoNote pools.
 *
 *  Shape: hex, little-endian. Pools send the most significant 4 or 8 bytes of the 256-bit target, so a
 *  result meets it with chance (t + 1) / 2^32 or 2^64; of all 32 bytes, (T + 1) / 2^256.
 *  Errors: null for another length, a non-hex text or a target of zero.
 *  Source: xmrig src/base/net/stratum/Job.cpp `setTarget`; xmrig itself rounds, this does not.
 *  Limits: RandomYada pools send big-endian targets; they are not told apart.
 */
export function cryptonoteTargetHashes(hex: string): number | null {
  if (!HEX.test(hex) || ![8, 16, 64].includes(hex.length)) return null;
  return targetHashes(turnBytes(hex));
}

/** Expected hashes for a result that must not exceed a big-endian target of as many bits as its digits hold.
 */
function targetHashes(digits: string): number | null {
  const target = BigInt(`0x${digits}`);
  return target === 0n ? null : 2 ** (4 * digits.length) / Number(target + 1n);
}

/** Expected hashes for a result that must not exceed a 256-bit target: 2^256 / (T + 1).
 *
 *  Shape: big-endian hex, with or without 0x; missing leading digits are zeros.
 *  Errors: null for a non-hex text, more than 64 digits or a target of zero.
 */
export function target256Hashes(hex: string): number | null {
  const digits = hex.startsWith("0x") ? hex.slice(2) : hex;
  return HEX.test(digits) ? targetHashes(digits.padStart(64, "0")) : null;
}

/** A difficulty above this is no difficulty: it would be more hashes than a 256-bit target can ask for. */
const MAX_DIFFICULTY = 2 ** 224;

/** Expected hashes of a share of stratum difficulty `difficulty`;
 *  null where the algorithm's scale is not known. */
export function difficulty1Hashes(difficulty: number, algorithm: string | null): number | null {
  const scale = algorithm === null ? undefined : DIFFICULTY1_SCALE.get(algorithm);
  if (scale === undefined || !(difficulty > 0 && difficulty <= MAX_DIFFICULTY)) return null;
  return difficulty * scale * HASHES_PER_DIFFICULTY1;
}

/** Expected hashes where difficulty 1 is 2^32 of them (NiceHash's EthereumStratum/1.0.0). */
export function pow32Hashes(difficulty: number): number | null {
  return difficulty > 0 && difficulty <= MAX_DIFFICULTY ? difficulty * 2 ** 32 : null;
}

/** Expected hashes where difficulty counts them, as a Monero node's does. */
function plainHashes(difficulty: number): number | null {
  return difficulty > 0 && difficulty <= MAX_DIFFICULTY ? difficulty : null;
}

const DIFFICULTY_RULES: Readonly<
  Record<WorkRule["difficulty"], (difficulty: number, algorithm: string | null) => number | null>
> = { difficulty1: difficulty1Hashes, pow32: pow32Hashes, hashes: plainHashes };

/** What a share must meet: a target (it wins) or a difficulty, as sent. */
export interface Goal {
  readonly target: string | null;
  readonly difficulty: number | null;
}

/** Expected hashes (or solutions) behind a share that met this goal; null when nothing says so. */
export function goalHashes(goal: Goal, rule: WorkRule, algorithm: string | null): number | null {
  if (goal.target !== null) {
    return rule.target === "cryptonote" ? cryptonoteTargetHashes(goal.target) : target256Hashes(goal.target);
  }
  if (goal.difficulty === null) return null;
  return DIFFICULTY_RULES[rule.difficulty](goal.difficulty, algorithm);
}

/** Network difficulty from a header's nBits, as Bitcoin's `getdifficulty` prints it: 0xffff·2^208 / target.
 *
 *  Shape: 8 hex digits, big-endian, with or without 0x: one byte of exponent, three of mantissa.
 *  Errors: null for other text, a zero or a negative mantissa.
 *  Source: bitcoin src/rpc/blockchain.cpp `GetDifficulty`.
 */
export function nbitsDifficulty(bits: string): number | null {
  const digits = bits.startsWith("0x") ? bits.slice(2) : bits;
  if (digits.length !== 8 || !HEX.test(digits)) return null;
  const exponent = Number.parseInt(digits.slice(0, 2), 16);
  const mantissa = Number.parseInt(digits.slice(2), 16);
  if (mantissa === 0 || mantissa > 0x7fffff || exponent > 32) return null;
  return (0xffff / mantissa) * 256 ** (29 - exponent);
}
