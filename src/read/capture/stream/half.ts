import type { Packet } from "../packet.ts";
import type { Chunk } from "./chunk.ts";

/** One direction of a TCP connection, put in order (RFC 9293 §3.4; sequence numbers are int32 and wrap).
 *
 *  First copy wins; a later copy with other bytes is reported, as far as the last `RECENT_BYTES` remember.
 *  A hole is given up when the other side acknowledges bytes beyond it, when it is older than
 *  `PATIENCE_MICROS`, or when more than `MAX_PENDING` segments or bytes wait behind it.
 */
const RECENT_BYTES = 1024;
const MAX_PENDING_SEGMENTS = 256;
const MAX_PENDING_BYTES = 1 << 18;
/** What a waiting segment takes beside its bytes. */
const PENDING_COST = 512;
/** Longer than retransmission takes on a working path (RFC 6298: first timeout 1 s, doubling). */
const PATIENCE_MICROS = 3e6;
/** A jump larger than any window (RFC 7323: 1 GiB at most, in practice 16 MiB) is another connection. */
const MAX_JUMP = 1 << 26;

export interface HalfEvents {
  deliver(chunk: Chunk): void;
  /** Bytes are missing here: never captured, or cut by the snap length (which the capture counts itself). */
  lost(why: "segments" | "cut"): void;
  conflict(): void;
}

interface Pending {
  readonly sequence: number;
  readonly missing: number;
  readonly chunk: Chunk;
}

/** One direction; see the top of the file.
 *  `opened` is the sequence number behind its SYN, if that was seen. */
export class Half {
  /** Initial sequence number + 1 when the SYN was seen, else null. */
  opened: number | null = null;
  #next = 0;
  #started = false;
  #pending: Pending[] = [];
  #pendingBytes = 0;
  #finAt: number | null = null;
  #recent: Uint8Array | null = null;
  /** Bytes in use of `#recent`: the last ones delivered, without a hole. */
  #held = 0;
  readonly #events: HalfEvents;

  constructor(events: HalfEvents, opened: number | null) {
    this.#events = events;
    this.opened = opened;
    if (opened !== null) this.#start(opened);
  }

  get isClosed(): boolean {
    return this.#finAt !== null && this.#started && ((this.#next - this.#finAt) | 0) >= 0;
  }

  /** Does this segment belong to another connection of the same ports? */
  isForeign(sequence: number): boolean {
    return this.#started && Math.abs((sequence - this.#next) | 0) > MAX_JUMP;
  }

  /** Bytes of memory, about, that wait behind holes. */
  get held(): number {
    return this.#pendingBytes + this.#pending.length * PENDING_COST;
  }

  fin(sequence: number): void {
    this.#finAt ??= sequence;
  }

  /** Takes a segment's payload; `sequence` is that of its first byte. */
  segment(p: Packet, sequence: number): void {
    if (!this.#started) this.#start(sequence);
    const ahead = (sequence - this.#next) | 0;
    if (ahead > 0) {
      this.#hold(p, sequence);
      this.#giveUpWhenLate(p.atMicros);
      return;
    }
    const known = -ahead;
    const length = p.end - p.at;
    // A keep-alive probe repeats one byte, whose value means nothing (RFC 9293 §3.8.4).
    if (known > 0 && length > 1) this.#compare(p.bytes, p.at, { sequence, length: Math.min(known, length) });
    if (known < length + p.missing) this.#deliver(chunkOf(p), { skip: known, missing: p.missing });
    this.#flushReady();
  }

  /** The other side has acknowledged everything before this: a hole below it will never be filled. */
  acknowledged(sequence: number): void {
    if (this.#pending.length > 0 && ((sequence - this.#next) | 0) > 0) this.#giveUp();
  }

  /** Hands on everything that waits behind holes. */
  flush(): void {
    while (this.#pending.length > 0) this.#giveUp();
  }

  #start(sequence: number): void {
    this.#next = sequence;
    this.#started = true;
  }

  #hold(p: Packet, sequence: number): void {
    if (p.end === p.at || this.#pending.some((held) => held.sequence === sequence)) return;
    const bytes = p.bytes.slice(p.at, p.end);
    const chunk = { ...chunkOf(p), bytes, at: 0, end: bytes.length, atByte: p.base + p.at };
    let index = this.#pending.length;
    while (index > 0 && ((sequence - (this.#pending[index - 1]?.sequence ?? 0)) | 0) < 0) index--;
    this.#pending.splice(index, 0, { sequence, missing: p.missing, chunk });
    this.#pendingBytes += bytes.length;
  }

  #giveUpWhenLate(nowMicros: number): void {
    let oldest = nowMicros;
    for (const { chunk } of this.#pending) oldest = Math.min(oldest, chunk.atMicros);
    const isFull = this.#pending.length > MAX_PENDING_SEGMENTS || this.#pendingBytes > MAX_PENDING_BYTES;
    if (isFull || nowMicros - oldest > PATIENCE_MICROS) this.#giveUp();
  }

  /** Jumps over the first hole. */
  #giveUp(): void {
    const first = this.#pending[0];
    if (first === undefined) return;
    this.#events.lost("segments");
    this.#next = first.sequence;
    this.#forget();
    this.#flushReady();
  }

  #flushReady(): void {
    for (;;) {
      const first = this.#pending[0];
      if (first === undefined) return;
      const known = (this.#next - first.sequence) | 0;
      if (known < 0) return;
      this.#pending.shift();
      const { bytes } = first.chunk;
      this.#pendingBytes -= bytes.length;
      if (known > 0)
        this.#compare(bytes, 0, { sequence: first.sequence, length: Math.min(known, bytes.length) });
      if (known < bytes.length + first.missing)
        this.#deliver(first.chunk, { skip: known, missing: first.missing });
    }
  }

  #deliver(chunk: Chunk, { skip, missing }: { skip: number; missing: number }): void {
    const length = chunk.end - chunk.at;
    const fresh = Math.max(0, length - skip);
    chunk.at = chunk.end - fresh;
    this.#next = (this.#next + (length - skip) + missing) | 0;
    if (fresh > 0) {
      this.#remember(chunk.bytes, chunk.at, chunk.end);
      this.#events.deliver(chunk);
    }
    if (missing > 0) {
      this.#forget();
      this.#events.lost("cut");
    }
  }

  /** Keeps the last bytes for comparison; in bulk, because this happens to every segment of a stream. */
  #remember(bytes: Uint8Array, at: number, end: number): void {
    const from = Math.max(at, end - RECENT_BYTES);
    this.#recent ??= new Uint8Array(2 * RECENT_BYTES);
    if (this.#held + end - from > this.#recent.length) {
      this.#recent.copyWithin(0, this.#held - RECENT_BYTES, this.#held);
      this.#held = RECENT_BYTES;
    }
    this.#recent.set(bytes.subarray(from, end), this.#held);
    this.#held += end - from;
  }

  #forget(): void {
    this.#recent = null;
    this.#held = 0;
  }

  /** Compares a repeated stretch with what was delivered, as far back as is remembered. */
  #compare(bytes: Uint8Array, at: number, { sequence, length }: { sequence: number; length: number }): void {
    const recent = this.#recent;
    if (recent === null) return;
    const start = this.#held - ((this.#next - sequence) | 0);
    for (let offset = Math.max(0, -start); offset < length; offset++) {
      if (recent[start + offset] !== bytes[at + offset]) return this.#events.conflict();
    }
  }
}

function chunkOf(p: Packet): Chunk {
  return {
    bytes: p.bytes,
    at: p.at,
    end: p.end,
    evidence: p.evidence,
    packet: p.packet,
    atMicros: p.atMicros,
    atByte: p.base,
    frameAtByte: p.atByte,
    frameBytes: p.byteLength,
  };
}
