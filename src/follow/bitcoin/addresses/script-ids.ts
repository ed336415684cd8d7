import { HalfSipHash } from "../../../bytes/half-sip-hash.ts";

const FIRST_SLOTS = 1 << 12;
const FIRST_IDS = 1 << 11;

/** Numbers for scripts, from 0 in the order in which they came.
 *
 *  Shape: open addressing. A slot holds an id and 1 more; each id has the 64-bit fingerprint of its script,
 *  so that a script takes 16 to 24 bytes whatever its length. Two scripts with one fingerprint are taken for
 *  one (`HalfSipHash`).
 *  Limits: at most `most` scripts; what comes later gets no number and is counted in `leftOut`.
 */
export class ScriptIds {
  count = 0;
  leftOut = 0;
  readonly #most: number;
  readonly #hash: HalfSipHash;
  #slots = new Int32Array(FIRST_SLOTS);
  #low = new Uint32Array(FIRST_IDS);
  #high = new Uint32Array(FIRST_IDS);

  constructor(key: Uint8Array, most: number) {
    this.#hash = new HalfSipHash(key);
    this.#most = most;
  }

  /** The number of the script from `at` to before `end`; -1 where there is no room for a new one. */
  add(bytes: Uint8Array, at: number, end: number): number {
    const slot = this.#slot(bytes, at, end);
    const known = (this.#slots[slot] ?? 0) - 1;
    if (known >= 0) return known;
    if (this.count >= this.#most) {
      this.leftOut += 1;
      return -1;
    }
    const id = this.count;
    if (id === this.#low.length) {
      this.#low = grown(this.#low);
      this.#high = grown(this.#high);
    }
    this.#low[id] = this.#hash.low;
    this.#high[id] = this.#hash.high;
    this.#slots[slot] = id + 1;
    this.count += 1;
    if (this.count * 3 > this.#slots.length * 2) this.#rehash();
    return id;
  }

  /** The number of a script that was added; -1 for one that was not. */
  find(script: Uint8Array): number {
    return (this.#slots[this.#slot(script, 0, script.length)] ?? 0) - 1;
  }

  /** Memory that the tables take. */
  get bytes(): number {
    return this.#slots.byteLength + this.#low.byteLength + this.#high.byteLength;
  }

  /** Where the script stands, or would. */
  #slot(bytes: Uint8Array, at: number, end: number): number {
    this.#hash.hash(bytes, at, end);
    const { low, high } = this.#hash;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = low & mask;
    for (let id = slots[slot] ?? 0; id !== 0; id = slots[slot] ?? 0) {
      if (this.#low[id - 1] === low && this.#high[id - 1] === high) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.count; id++) {
      let slot = (this.#low[id] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }
}

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
