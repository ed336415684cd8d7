import type { Packet } from "../packet.ts";
import type { Side } from "../wire.ts";
import type { Chunk } from "./chunk.ts";
import type { Decoder } from "./decoder.ts";
import { Half } from "./half.ts";

const FIN = 1;
const RST = 4;

/** What a stream takes by itself (measured: 10,000 of them that have said little). */
const STREAM_COST = 6144;

/** Tells the tables around a stream what became of its packets. */
export interface StreamNotes {
  lost(p: Packet): void;
  conflict(p: Packet): void;
}

/** A TCP connection worth reading: both directions in order, and the decoder that reads them. */
export class Stream {
  /** Nothing more is wanted of it. */
  isOver = false;
  readonly #halves: readonly [Half, Half];
  readonly #notes: StreamNotes;
  #decoder: Decoder | null;
  /** The packet whose arrival is being worked on. */
  #packet: Packet | null = null;

  constructor(decoder: Decoder, opened: readonly [number | null, number | null], notes: StreamNotes) {
    this.#decoder = decoder;
    this.#notes = notes;
    this.#halves = [this.#half(0, opened[0]), this.#half(1, opened[1])];
  }

  /** Is this SYN the one that opened the stream, or unseen so far? */
  isOwnSyn(side: Side, sequence: number): boolean {
    const { opened } = this.#halves[side];
    return opened === null || opened === ((sequence + 1) | 0);
  }

  /** Bytes of memory, about, that it holds. */
  get held(): number {
    return STREAM_COST + this.#halves[0].held + this.#halves[1].held + (this.#decoder?.held ?? 0);
  }

  isForeign(side: Side, p: Packet): boolean {
    return this.#halves[side].isForeign(p.sequence);
  }

  /** Takes a packet with payload, FIN or RST. */
  packet(side: Side, p: Packet): void {
    this.#packet = p;
    const half = this.#halves[side];
    this.#halves[side === 0 ? 1 : 0].acknowledged(p.acknowledged);
    const length = p.end - p.at + p.missing;
    if (length > 0) half.segment(p, p.sequence);
    if ((p.tcpFlags & FIN) !== 0) half.fin((p.sequence + length) | 0);
    const isClosed = this.#halves[0].isClosed && this.#halves[1].isClosed;
    if ((p.tcpFlags & RST) !== 0 || isClosed) this.end();
    this.#packet = null;
  }

  /** Hands on what still waits behind holes and lets the decoder lay down what it found. */
  end(): void {
    if (this.isOver) return;
    for (const half of this.#halves) half.flush();
    this.#decoder?.end();
    this.#drop();
  }

  #drop(): void {
    this.#decoder = null;
    this.isOver = true;
  }

  #half(side: Side, opened: number | null): Half {
    return new Half(
      {
        deliver: (chunk) => this.#deliver(side, chunk),
        lost: (why) => {
          if (why === "segments" && this.#packet !== null) this.#notes.lost(this.#packet);
          this.#decoder?.lost(side);
        },
        conflict: () => {
          if (this.#packet !== null) this.#notes.conflict(this.#packet);
        },
      },
      opened,
    );
  }

  #deliver(side: Side, chunk: Chunk): void {
    // A decoder that hands over must have moved on or changed; the bound is against one that does neither.
    for (let handovers = 0; handovers < 8 && this.#decoder !== null; handovers++) {
      const next = this.#decoder.feed(side, chunk);
      if (next === null) return this.#drop();
      if (next === this.#decoder) return;
      this.#decoder = next;
      if (chunk.at >= chunk.end) return;
    }
  }
}
