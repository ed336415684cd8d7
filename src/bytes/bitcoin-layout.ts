/** Where the transactions of a block lie in its bytes.
 *
 *  | OFFSET      | SIZE          | MEANING                                                            |
 *  | ----------- | ------------- | ------------------------------------------------------------------ |
 *  | 0           | 80            | header: version, previous block, Merkle root, time, bits, nonce    |
 *  | 80          | compact size  | number of transactions; then each of them:                         |
 *  | +0          | 4             | version                                                            |
 *  | +4          | 0 or 2        | 00 01 where a witness follows the outputs (BIP 144)                |
 *  |             | compact size  | number of inputs; then each: 32 + 4 bytes of the output spent,     |
 *  |             |               | compact size and script, 4 bytes sequence                          |
 *  |             | compact size  | number of outputs; then each: 8 bytes value, compact size, script  |
 *  |             |               | with a witness: for each input the number of items, each with size |
 *  | end - 4     | 4             | lock time                                                          |
 *
 *  Numbers are little-endian. A compact size is one byte below fd, or fd, fe, ff and 2, 4, 8 bytes.
 */

export const HEADER_BYTES = 80;

/** What the shortest input, output and transaction take: a claim of more than fit is a lie. */
const MIN_INPUT = 41;
const MIN_OUTPUT = 9;
const MIN_TX = 4 + 1 + MIN_INPUT + 1 + 4;

/** Offsets of all transactions, inputs and outputs of one block after another: the arrays are used again, and
 *  grow with the largest block.
 *
 *  Shape: offsets count from the beginning of `bytes`, which stay below 4 GiB. Transaction i has the inputs
 *  `inputFirst[i]` to `inputFirst[i + 1] - 1` of the block, likewise outputs; `inputAt` is where the output
 *  that is spent is named (32-byte hash, 4-byte number), `outputAt` where the 8-byte value stands;
 *  `outputsEnd` is behind the last output, where a witness begins if there is one.
 *  Errors: none; `read` says what is wrong in words, and then the arrays mean nothing.
 *  Source: Bitcoin Core src/primitives/transaction.h (UnserializeTransaction), src/serialize.h; BIP 144.
 *  Limits: `txCount` of 0 only after a fault. Nothing is said of scripts, sums or signatures.
 */
export class BlockLayout {
  txCount = 0;
  txAt = new Uint32Array(4096);
  txEnd = new Uint32Array(4096);
  outputsEnd = new Uint32Array(4096);
  hasWitness = new Uint8Array(4096);
  inputFirst = new Uint32Array(4097);
  outputFirst = new Uint32Array(4097);
  inputAt = new Uint32Array(1 << 14);
  outputAt = new Uint32Array(1 << 14);
  #at = 0;
  #inputs = 0;
  #outputs = 0;

  /** Reads the block whose header begins at `at` and which ends before `end`. */
  read(bytes: Uint8Array, at: number, end: number): string | null {
    this.#begin(at + HEADER_BYTES);
    if (this.#at > end) return `a block of ${end - at} bytes is shorter than its header`;
    const count = this.#size(bytes, end);
    if (count <= 0) return count < 0 ? "the number of transactions is cut" : "a block without transactions";
    if (count > (end - this.#at) / MIN_TX) return tooMany("transactions", count, end - this.#at);
    return this.#readTxs(bytes, end, count);
  }

  /** Reads one transaction that stands alone. */
  readLone(bytes: Uint8Array, at: number, end: number): string | null {
    this.#begin(at);
    return this.#readTxs(bytes, end, 1);
  }

  #begin(at: number): void {
    this.txCount = 0;
    this.#at = at;
    this.#inputs = 0;
    this.#outputs = 0;
  }

  #readTxs(bytes: Uint8Array, end: number, count: number): string | null {
    if (count > this.txAt.length) this.#growTxs(count);
    for (let tx = 0; tx < count; tx++) {
      this.txAt[tx] = this.#at;
      const fault = this.#readTx(bytes, end, tx);
      if (fault !== null) return `transaction ${tx}: ${fault}`;
      this.txEnd[tx] = this.#at;
    }
    this.inputFirst[count] = this.#inputs;
    this.outputFirst[count] = this.#outputs;
    if (this.#at !== end) return `${end - this.#at} bytes behind the last transaction`;
    this.txCount = count;
    return null;
  }

  #readTx(bytes: Uint8Array, end: number, tx: number): string | null {
    if (end - this.#at < MIN_TX) return `${end - this.#at} bytes are left`;
    this.#at += 4;
    // A transaction without inputs cannot be: a count of 0 is the marker of BIP 144, and a flag follows it.
    const extended = bytes[this.#at] === 0;
    if (extended) {
      if (bytes[this.#at + 1] !== 1) return `no inputs, and ${bytes[this.#at + 1]} is no flag that is known`;
      this.#at += 2;
    }
    this.hasWitness[tx] = extended ? 1 : 0;
    const fault = this.#readInputs(bytes, end, tx) ?? this.#readOutputs(bytes, end, tx);
    if (fault !== null) return fault;
    this.outputsEnd[tx] = this.#at;
    if (extended && !this.#skipWitness(bytes, end, this.#inputs - this.inputFirst[tx]!)) {
      return "the witness is cut";
    }
    if (end - this.#at < 4) return "the lock time is cut";
    this.#at += 4;
    return null;
  }

  #readInputs(bytes: Uint8Array, end: number, tx: number): string | null {
    const count = this.#size(bytes, end);
    if (count <= 0) return "the number of inputs is cut, or 0";
    if (count > (end - this.#at) / MIN_INPUT) return tooMany("inputs", count, end - this.#at);
    const first = this.#inputs;
    this.inputFirst[tx] = first;
    if (first + count > this.inputAt.length) this.inputAt = grown(this.inputAt, first + count);
    const { inputAt } = this;
    let at = this.#at;
    for (let input = first; input < first + count; input++) {
      if (end - at < MIN_INPUT) return "an input is cut";
      inputAt[input] = at;
      let script = bytes[at + 36]!;
      at += 37;
      if (script >= 0xfd) {
        this.#at = at - 1;
        script = this.#size(bytes, end);
        at = this.#at;
      }
      if (script < 0 || script > end - at - 4) return "the script of an input is cut";
      at += script + 4;
    }
    this.#at = at;
    this.#inputs = first + count;
    return null;
  }

  #readOutputs(bytes: Uint8Array, end: number, tx: number): string | null {
    const count = this.#size(bytes, end);
    if (count < 0) return "the number of outputs is cut";
    if (count > (end - this.#at) / MIN_OUTPUT) return tooMany("outputs", count, end - this.#at);
    const first = this.#outputs;
    this.outputFirst[tx] = first;
    if (first + count > this.outputAt.length) this.outputAt = grown(this.outputAt, first + count);
    const { outputAt } = this;
    let at = this.#at;
    for (let output = first; output < first + count; output++) {
      if (end - at < MIN_OUTPUT) return "an output is cut";
      outputAt[output] = at;
      let script = bytes[at + 8]!;
      at += 9;
      if (script >= 0xfd) {
        this.#at = at - 1;
        script = this.#size(bytes, end);
        at = this.#at;
      }
      if (script < 0 || script > end - at) return "the script of an output is cut";
      at += script;
    }
    this.#at = at;
    this.#outputs = first + count;
    return null;
  }

  #skipWitness(bytes: Uint8Array, end: number, inputs: number): boolean {
    for (let input = 0; input < inputs; input++) {
      const items = this.#size(bytes, end);
      if (items < 0 || items > end - this.#at) return false;
      for (let item = 0; item < items; item++) {
        const length = this.#size(bytes, end);
        if (length < 0 || length > end - this.#at) return false;
        this.#at += length;
      }
    }
    return true;
  }

  /** Compact size at the cursor, which moves behind it; -1 when it is cut. Above 2^53 it is not exact, and
   *  more than any block has. */
  #size(bytes: Uint8Array, end: number): number {
    const at = this.#at;
    if (at >= end) return -1;
    const first = bytes[at]!;
    const width = first < 0xfd ? 0 : 1 << (first - 0xfc);
    if (end - at <= width) return -1;
    this.#at = at + 1 + width;
    if (width === 0) return first;
    let value = 0;
    for (let byte = width; byte > 0; byte--) value = value * 256 + bytes[at + byte]!;
    return value;
  }

  #growTxs(count: number): void {
    this.txAt = grown(this.txAt, count);
    this.txEnd = grown(this.txEnd, count);
    this.outputsEnd = grown(this.outputsEnd, count);
    this.hasWitness = new Uint8Array(this.txAt.length);
    this.inputFirst = grown(this.inputFirst, count + 1);
    this.outputFirst = grown(this.outputFirst, count + 1);
  }
}

function grown(array: Uint32Array<ArrayBuffer>, least: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(least, array.length * 2));
  larger.set(array);
  return larger;
}

function tooMany(what: string, count: number, left: number): string {
  return `${count} ${what} do not fit into the ${left} bytes left`;
}
