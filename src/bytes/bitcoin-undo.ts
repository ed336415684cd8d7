import { uncompressedKey } from "./secp256k1.ts";

/** What the transactions of a block spent, as Bitcoin Core keeps it to undo the block.
 *
 *  | PART                | MEANING                                                                        |
 *  | ------------------- | ------------------------------------------------------------------------------ |
 *  | compact size        | transactions behind the coinbase; then for each:                               |
 *  | compact size        | its inputs; then for each, the output that it spends:                          |
 *  | base 128            | twice the height of that output's block, 1 more for a coinbase                 |
 *  | base 128            | version of its transaction, by now always 0; only where the height is not 0    |
 *  | base 128            | value: decimal zeros taken off                                                 |
 *  | base 128            | form of the script: 0 p2pkh, 1 p2sh, 2–5 p2pk, else its length and 6 more      |
 *  | 20, 32 or so many   | hash; first coordinate of the key; or the script                               |
 *
 *  Base 128 has its most significant group first, and each group but the last is 1 less.
 */
export interface UndoneOutput {
  readonly valueSats: bigint;
  readonly script: Uint8Array;
}

/** Forms of scripts that are kept short. */
const SHORT_FORMS = 6;
const HASH_BYTES = 20;
const KEY_BYTES = 32;

/** The largest block of any network has no more: an input takes 41 bytes there, and 3 here. */
const MOST_INPUTS = Math.floor((32 << 20) / 41);

/** Where the undo data of each transaction of one block begin.
 *
 *  Shape: `txAt[i]` is an offset in the bytes, for the transaction i + 1 of the block: the coinbase has none.
 *  Errors: none; `read` says what is wrong, and then the offsets mean nothing.
 *  Source: Bitcoin Core src/undo.h, src/compressor.h, src/serialize.h (ReadVarInt).
 */
export class UndoLayout {
  txCount = 0;
  txAt = new Uint32Array(1024);

  read(bytes: Uint8Array, at: number, end: number): string | null {
    this.txCount = 0;
    const from = new Cursor(bytes, at, end);
    const count = from.size();
    if (count > end - from.at) return `${count} transactions do not fit into ${end - from.at} bytes`;
    if (count > this.txAt.length) this.txAt = new Uint32Array(count * 2);
    let inputs = 0;
    for (let tx = 0; tx < count && !from.isCut; tx++) {
      this.txAt[tx] = from.at;
      inputs += skipTx(from);
      if (inputs > MOST_INPUTS) return "more inputs than a block can have";
    }
    if (from.isCut) return "the undo data are cut";
    if (from.at !== end) return `${end - from.at} bytes behind the undo data`;
    this.txCount = count;
    return null;
  }

  /** What the transaction spent, in the order of its inputs; null where that cannot be.
   *
   *  @param index position in the block; the coinbase is 0 and spends nothing
   */
  spent(bytes: Uint8Array, index: number): UndoneOutput[] | null {
    if (index === 0) return [];
    if (index > this.txCount) return null;
    const from = new Cursor(bytes, this.txAt[index - 1]!, bytes.length);
    const outputs: UndoneOutput[] = [];
    for (let left = from.size(); left > 0 && !from.isCut; left--) {
      skipOrigin(from);
      const valueSats = amount(from.base128());
      const script = scriptOf(from);
      if (script === null) return null;
      outputs.push({ valueSats, script });
    }
    return from.isCut ? null : outputs;
  }
}

/** Behind the inputs of a transaction; how many there were. */
function skipTx(from: Cursor): number {
  const inputs = from.size();
  for (let left = inputs; left > 0 && !from.isCut; left--) {
    skipOrigin(from);
    from.base128();
    from.take(scriptBytes(from.base128()));
  }
  return inputs;
}

function skipOrigin(from: Cursor): void {
  if (from.base128() > 1n) from.base128();
}

/** Bytes that follow the form of a script. */
function scriptBytes(form: bigint): number {
  if (form < 2n) return HASH_BYTES;
  return form < SHORT_FORMS ? KEY_BYTES : Number(form) - SHORT_FORMS;
}

function scriptOf(from: Cursor): Uint8Array | null {
  const form = from.base128();
  const body = from.take(scriptBytes(form));
  if (form === 0n) return Uint8Array.of(0x76, 0xa9, HASH_BYTES, ...body, 0x88, 0xac);
  if (form === 1n) return Uint8Array.of(0xa9, HASH_BYTES, ...body, 0x87);
  if (form < 4n) return Uint8Array.of(1 + KEY_BYTES, Number(form), ...body, 0xac);
  if (form >= SHORT_FORMS) return body;
  const key = uncompressedKey(body, form === 5n);
  return key === null ? null : Uint8Array.of(key.length, ...key, 0xac);
}

/** Source: Bitcoin Core src/compressor.cpp, DecompressAmount. */
function amount(compressed: bigint): bigint {
  if (compressed === 0n) return 0n;
  const zeros = (compressed - 1n) % 10n;
  const rest = (compressed - 1n) / 10n;
  const digits = zeros < 9n ? (rest / 9n) * 10n + (rest % 9n) + 1n : rest + 1n;
  return digits * 10n ** zeros;
}

/** No number in undo data has more groups: 64 bits need ten. */
const MAX_GROUPS = 10;

/** Reads until the bytes end, and then gives zeros and `isCut`. */
class Cursor {
  at: number;
  isCut = false;
  readonly #bytes: Uint8Array;
  readonly #end: number;

  constructor(bytes: Uint8Array, at: number, end: number) {
    this.#bytes = bytes;
    this.at = at;
    this.#end = end;
  }

  take(count: number): Uint8Array {
    if (count > this.#end - this.at) return this.#cut();
    this.at += count;
    return this.#bytes.subarray(this.at - count, this.at);
  }

  /** A compact size, as `BlockLayout` has it. */
  size(): number {
    const first = this.take(1)[0] ?? 0;
    if (first < 0xfd) return first;
    const bytes = this.take(1 << (first - 0xfc));
    return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
  }

  base128(): bigint {
    let value = 0n;
    for (let group = 0; group < MAX_GROUPS; group++) {
      const byte = this.take(1)[0] ?? 0;
      value = (value << 7n) | BigInt(byte & 0x7f);
      if (byte < 0x80) return value;
      value += 1n;
    }
    this.#cut();
    return 0n;
  }

  #cut(): Uint8Array {
    this.isCut = true;
    return new Uint8Array();
  }
}
