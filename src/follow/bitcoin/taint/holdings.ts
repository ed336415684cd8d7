import { CLEAN, type Dirty, type Segment, whole } from "./segments.ts";

const CHUNK_BITS = 16;
const CHUNK = 1 << CHUNK_BITS;

/** What one policy holds dirty of each output, by its slot. Amounts are at most 2^53 - 1.
 *
 *  Shape: an output is held, and followed or not (behind a stop).
 */
export interface Holdings {
  /** What is dirty of an output of this amount; clean for one that is not held. */
  of(slot: number, valueSats: bigint): Dirty;
  isFollowed(slot: number): boolean;
  hold(slot: number, held: { readonly valueSats: bigint; readonly dirty: Dirty }): void;
  /** Follows it no further. */
  stop(slot: number): void;
  drop(slot: number): void;
}

/** For policies that know which satoshis are dirty, and for those that know how many. */
export function holdings(hasSegments: boolean): Holdings {
  return hasSegments ? new SegmentHoldings() : new AmountHoldings();
}

/** A number for each slot, 0 at first, in chunks that come with the slots. */
export function numbers<T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(
  make: (length: number) => T,
) {
  const chunks: T[] = [];
  return {
    get: (slot: number): number => chunks[slot >>> CHUNK_BITS]?.[slot & (CHUNK - 1)] ?? 0,
    set(slot: number, value: number): void {
      const at = slot >>> CHUNK_BITS;
      while (chunks.length <= at) chunks.push(make(CHUNK));
      const chunk = chunks[at];
      if (chunk !== undefined) chunk[slot & (CHUNK - 1)] = value;
    },
  };
}

const TWO_32 = 2 ** 32;
/** The upper 16 of 48 bits of an amount that does not fit into them. */
const LARGE = 0xffff;

/** An amount for each slot, 0 at first, in 6 bytes; those above 2.8 million coins, of which there are few,
 *  lie in a map. */
export function amounts() {
  const low = numbers((length) => new Uint32Array(length));
  const high = numbers((length) => new Uint16Array(length));
  const large = new Map<number, number>();
  return {
    get(slot: number): number {
      const upper = high.get(slot);
      return upper === LARGE ? (large.get(slot) ?? 0) : upper * TWO_32 + low.get(slot);
    },
    set(slot: number, sats: number): void {
      if (high.get(slot) === LARGE) large.delete(slot);
      const isLarge = sats >= LARGE * TWO_32;
      if (isLarge) large.set(slot, sats);
      high.set(slot, isLarge ? LARGE : Math.floor(sats / TWO_32));
      low.set(slot, sats % TWO_32);
    },
  };
}

/** 7 bytes an output: the dirty amount, and whether it lies behind a stop. */
class AmountHoldings implements Holdings {
  readonly #sats = amounts();
  readonly #stopped = numbers((length) => new Uint8Array(length));

  of(slot: number): Dirty {
    const sats = this.#sats.get(slot);
    return sats === 0 ? CLEAN : { sats: BigInt(sats), segments: null };
  }

  isFollowed(slot: number): boolean {
    return this.#sats.get(slot) > 0 && this.#stopped.get(slot) === 0;
  }

  hold(slot: number, { dirty }: { readonly dirty: Dirty }): void {
    this.#sats.set(slot, Number(dirty.sats));
    this.#stopped.set(slot, 0);
  }

  stop(slot: number): void {
    this.#stopped.set(slot, 1);
  }

  drop(slot: number): void {
    this.#sats.set(slot, 0);
  }
}

const NONE = 0;
const WHOLE = 1;
/** Set behind a stop. */
const STOPPED = 0x8000_0000;
const FIRST_RECORD = 2;

/** 4 bytes an output that is wholly dirty; 20 more for each stretch of one that is not: its beginning, its
 *  length and the record of the next one. */
class SegmentHoldings implements Holdings {
  readonly #records = numbers((length) => new Uint32Array(length));
  readonly #first = numbers((length) => new Float64Array(length));
  readonly #length = numbers((length) => new Float64Array(length));
  readonly #next = numbers((length) => new Uint32Array(length));
  #free = NONE;
  #used = FIRST_RECORD;

  of(slot: number, valueSats: bigint): Dirty {
    const held = this.#records.get(slot) & ~STOPPED;
    if (held === NONE) return CLEAN;
    if (held === WHOLE) return whole(valueSats, true);
    const segments: Segment[] = [];
    let sats = 0n;
    for (let record = held; record !== NONE; record = this.#next.get(record)) {
      const length = BigInt(this.#length.get(record));
      segments.push([BigInt(this.#first.get(record)), length]);
      sats += length;
    }
    return { sats, segments };
  }

  isFollowed(slot: number): boolean {
    const held = this.#records.get(slot);
    return held !== NONE && held < STOPPED;
  }

  hold(slot: number, { valueSats, dirty }: { readonly valueSats: bigint; readonly dirty: Dirty }): void {
    this.drop(slot);
    if (dirty.sats === valueSats) return this.#records.set(slot, valueSats === 0n ? NONE : WHOLE);
    let next = NONE;
    for (const [first, length] of (dirty.segments ?? []).toReversed()) {
      const record = this.#take();
      this.#first.set(record, Number(first));
      this.#length.set(record, Number(length));
      this.#next.set(record, next);
      next = record;
    }
    this.#records.set(slot, next);
  }

  stop(slot: number): void {
    const held = this.#records.get(slot);
    if (held !== NONE) this.#records.set(slot, (held | STOPPED) >>> 0);
  }

  drop(slot: number): void {
    let record = (this.#records.get(slot) & ~STOPPED) >>> 0;
    this.#records.set(slot, NONE);
    if (record < FIRST_RECORD) return;
    const first = record;
    while (this.#next.get(record) !== NONE) record = this.#next.get(record);
    this.#next.set(record, this.#free);
    this.#free = first;
  }

  #take(): number {
    const record = this.#free;
    if (record === NONE) {
      this.#used += 1;
      return this.#used - 1;
    }
    this.#free = this.#next.get(record);
    return record;
  }
}
