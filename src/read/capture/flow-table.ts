import type { Packet } from "./packet.ts";

/** Layout of a flow table's row.
 *
 *  A row of int32  v4  0 low address · 1 high address · 2 ports · 3 flags · 4 last second
 *                      5, 6 next sequence · 7 stream
 *                  v6  0–3 low · 4–7 high · 8 ports · 9 … 13 as above · 14, 15 unused
 *  "Low" is the end with the smaller (address, port), so that both directions meet in one row; direction 0 is
 *  low → high. Rows are found by open addressing: from its hash's row on, a key lies in the first free one of
 *  `MAX_PROBES`. The table grows fourfold when it is fuller than `FULL`, or when such a stretch is full; once
 *  it has `maxRows`, the row of the stretch that was silent longest gives way and is counted.
 *  Cost: 1 to 3 rows touched a packet, 25–40 ns on the benchmark capture (`npm run bench`).
 */
const FIRST_ROWS = 4096;
const GROWTH = 4;
const FULL = 0.65;
/** Bounds the work of a packet whatever addresses the evidence holds. */
const MAX_PROBES = 64;

/** Flag bits. `USED` makes a row non-empty. A direction's policy lies in two bits, its tries in three. */
export const USED = 1;
export const SYN_SEEN = 2;
/** The SYN came in direction 1. */
export const CLIENT_IS_HIGH = 4;
export const POLICY_SHIFT = [8, 10] as const;
export const TRIES_SHIFT = [12, 15] as const;
/** That direction's next sequence number is known from its SYN and no data has come yet. */
export const FRESH_SHIFT = [18, 19] as const;

export interface FlowFields {
  readonly flags: number;
  readonly lastSecond: number;
  /** Of direction 0; direction 1 follows. */
  readonly nextSequence: number;
  readonly stream: number;
}

/** The table of TCP connections, in typed arrays: 32 bytes a flow for IPv4, 64 for IPv6;
 *  nothing is allocated per packet. */
export class FlowTable {
  rows: Int32Array;
  readonly stride: number;
  readonly field: FlowFields;
  /** Direction of the packet last looked up: 0 low → high. */
  direction: 0 | 1 = 0;
  flows = 0;
  evicted = 0;
  /** Called with the row that is about to be lost. */
  onEvict: (row: number) => void = () => {};
  readonly #isIp6: boolean;
  readonly #maxRows: number;
  #rowCount = FIRST_ROWS;
  /** The key of the packet in hand, in the row's order. */
  readonly #key: Int32Array;

  constructor(isIp6: boolean, maxRows: number) {
    this.#isIp6 = isIp6;
    this.stride = isIp6 ? 16 : 8;
    const first = isIp6 ? 9 : 3;
    this.field = { flags: first, lastSecond: first + 1, nextSequence: first + 2, stream: first + 4 };
    this.#key = new Int32Array(first);
    this.#maxRows = maxRows;
    this.rows = new Int32Array(this.#rowCount * this.stride);
  }

  /** The row of the packet's connection, or -1; sets `direction`. */
  find(p: Packet): number {
    return this.#isIp6 ? this.#find6(p) : this.#find4(p);
  }

  /** A new row for the packet last looked up with `find`. */
  insert(): number {
    if (this.flows > FULL * this.#rowCount) this.#grow();
    let row = this.#place(this.#key, 0);
    while (row < 0 && this.#grow()) row = this.#place(this.#key, 0);
    if (row < 0) row = this.#evict(~row);
    else this.flows++;
    const { rows, field } = this;
    rows.set(this.#key, row);
    rows[row + field.flags] = USED;
    rows[row + field.stream] = -1;
    return row;
  }

  #find4(p: Packet): number {
    const { rows } = this;
    const source = p.source4;
    const destination = p.destination4;
    const forward = source < destination || (source === destination && p.sourcePort <= p.destinationPort);
    this.direction = forward ? 0 : 1;
    const low = forward ? source : destination;
    const high = forward ? destination : source;
    const ports = forward
      ? (p.sourcePort << 16) | p.destinationPort
      : (p.destinationPort << 16) | p.sourcePort;
    const mask = this.#rowCount - 1;
    let at = mix(low, high, ports) & mask;
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const row = at * 8;
      if (rows[row + 3] === 0) break;
      if (rows[row] === low && rows[row + 1] === high && rows[row + 2] === ports) return row;
      at = (at + 1) & mask;
    }
    this.#key[0] = low;
    this.#key[1] = high;
    this.#key[2] = ports;
    return -1;
  }

  #find6(p: Packet): number {
    const { rows } = this;
    const key = this.#key;
    const forward = isLow(p);
    this.direction = forward ? 0 : 1;
    const low = forward ? p.source6 : p.destination6;
    const high = forward ? p.destination6 : p.source6;
    for (let word = 0; word < 4; word++) {
      key[word] = p.view.getInt32(low + 4 * word);
      key[4 + word] = p.view.getInt32(high + 4 * word);
    }
    key[8] = forward ? (p.sourcePort << 16) | p.destinationPort : (p.destinationPort << 16) | p.sourcePort;
    const mask = this.#rowCount - 1;
    let at = hash6(key, 0) & mask;
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const row = at * 16;
      if (rows[row + 9] === 0) break;
      let word = 0;
      while (word < 9 && rows[row + word] === key[word]) word++;
      if (word === 9) return row;
      at = (at + 1) & mask;
    }
    return -1;
  }

  /** A free row for the key at `keys[at …]`; where there is none ~row of the one that was silent longest. */
  #place(keys: Int32Array, at: number): number {
    const { rows, stride, field } = this;
    const mask = this.#rowCount - 1;
    const hash = this.#isIp6 ? hash6(keys, at) : mix(keys[at] ?? 0, keys[at + 1] ?? 0, keys[at + 2] ?? 0);
    let oldest = (hash & mask) * stride;
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const row = ((hash + probe) & mask) * stride;
      if (rows[row + field.flags] === 0) return row;
      if ((rows[row + field.lastSecond] ?? 0) < (rows[oldest + field.lastSecond] ?? 0)) oldest = row;
    }
    return ~oldest;
  }

  /** The new key takes the row's place, which stays on the way to all keys behind it. */
  #evict(row: number): number {
    this.evicted++;
    this.onEvict(row);
    this.rows.fill(0, row, row + this.stride);
    return row;
  }

  /** False when the table has its full size. */
  #grow(): boolean {
    if (this.#rowCount >= this.#maxRows) return false;
    const old = this.rows;
    const { stride, field } = this;
    this.#rowCount = Math.min(this.#rowCount * GROWTH, this.#maxRows);
    this.rows = new Int32Array(this.#rowCount * stride);
    this.flows = 0;
    for (let row = 0; row < old.length; row += stride) {
      if (old[row + field.flags] === 0) continue;
      const placed = this.#place(old, row);
      const to = placed < 0 ? this.#evict(~placed) : placed;
      if (placed >= 0) this.flows++;
      for (let word = 0; word < stride; word++) this.rows[to + word] = old[row + word] ?? 0;
    }
    return true;
  }
}

/** Mixes the nine words of an IPv6 key at `keys[at …]`. */
function hash6(keys: Int32Array, at: number): number {
  const low = mix(
    keys[at] ?? 0,
    keys[at + 1] ?? 0,
    (keys[at + 2] ?? 0) ^ Math.imul(keys[at + 3] ?? 0, 0x9e3779b1),
  );
  const high = mix(
    keys[at + 4] ?? 0,
    keys[at + 5] ?? 0,
    (keys[at + 6] ?? 0) ^ Math.imul(keys[at + 7] ?? 0, 0x9e3779b1),
  );
  return mix(low, high, keys[at + 8] ?? 0);
}

function isLow(p: Packet): boolean {
  for (let byte = 0; byte < 16; byte++) {
    const difference = (p.bytes[p.source6 + byte] ?? 0) - (p.bytes[p.destination6 + byte] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return p.sourcePort <= p.destinationPort;
}

/** Mixes three words (the finaliser of MurmurHash3, which spreads every input bit over all output bits). */
function mix(a: number, b: number, c: number): number {
  let hash =
    Math.imul(a, 0x85ebca6b) ^ Math.imul((b << 15) | (b >>> 17), 0xc2b2ae35) ^ Math.imul(c, 0x27d4eb2f);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
