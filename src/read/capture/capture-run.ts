import type { GapCode } from "../../model/gap.ts";
import { bytesAt, type Place } from "../../model/place.ts";
import type { Desk, ReadSummary, Source } from "../reader.ts";
import type { ByteWindow } from "../source/window.ts";
import { type Chain, Chains } from "./chain.ts";
import { linkLayer } from "./links.ts";
import type { Packet } from "./packet.ts";

/** The record in hand, filled by the file format's loop. `at` is the frame's index in the window. */
export interface Frame {
  at: number;
  captured: number;
  original: number;
  atMicros: number;
}

/** One capture file on its way through the decoders: counts its packets and gives each its place. */
export class CaptureRun {
  packets = 0;
  readonly frame: Frame = { at: 0, captured: 0, original: 0, atMicros: Number.NaN };
  readonly #source: Source;
  readonly #desk: Desk;
  readonly #chains: Chains;
  #chain: Chain | null = null;
  #packet: Packet | null = null;
  #layer: ((p: Packet) => void) | null = null;
  #firstMicros = Number.POSITIVE_INFINITY;
  #lastMicros = Number.NEGATIVE_INFINITY;
  #firstCut: Place | null = null;
  #cutPackets = 0;

  constructor(source: Source, desk: Desk) {
    this.#source = source;
    this.#desk = desk;
    this.#chains = desk.state("captures", () => new Chains(desk));
  }

  get lastSecond(): number {
    return Number.isFinite(this.#lastMicros) ? Math.floor(this.#lastMicros / 1e6) : 0;
  }

  /** Frames from here on are of this link type; false when it is not decoded: they are only counted. */
  setLink(linkType: number): boolean {
    this.#layer = linkLayer(linkType);
    return this.#layer !== null;
  }

  #cut(window: ByteWindow): void {
    const { frame } = this;
    this.#firstCut ??= {
      evidence: this.#source.id,
      atByte: window.base + frame.at,
      byteLength: frame.captured,
      packet: this.packets,
      line: null,
    };
    this.#cutPackets++;
  }

  /** Takes the frame in hand through the decoders. Called for every packet. */
  take(window: ByteWindow): void {
    const { frame } = this;
    this.packets++;
    // Before the first packet with a time (a simple packet block has none) there is none to go by.
    if (Number.isNaN(frame.atMicros)) frame.atMicros = 0;
    const { atMicros } = frame;
    if (frame.original > frame.captured) this.#cut(window);
    if (atMicros < this.#firstMicros) this.#firstMicros = atMicros;
    if (atMicros > this.#lastMicros) this.#lastMicros = atMicros;
    const layer = this.#layer;
    if (layer === null) return;
    const p = this.#packet ?? this.#begin();
    p.bytes = window.bytes;
    p.view = window.view;
    p.base = window.base;
    p.at = frame.at;
    p.end = frame.at + frame.captured;
    p.missing = frame.original > frame.captured ? frame.original - frame.captured : 0;
    p.packet = this.packets;
    p.atMicros = atMicros;
    p.atByte = window.base + frame.at;
    p.byteLength = frame.captured;
    p.depth = 0;
    layer(p);
  }

  gap(
    code: GapCode,
    { atByte, byteLength, says }: { atByte: number; byteLength: number; says: string },
  ): void {
    this.#desk.gap(bytesAt(this.#source.id, atByte, byteLength), code, says);
  }

  damaged(atByte: number, says: string): void {
    this.gap("malformed-record", { atByte, byteLength: 16, says });
  }

  failed(atByte: number, says: string): void {
    this.gap("malformed-gzip", { atByte, byteLength: 0, says: `Cannot read on: ${says}` });
  }

  close(): ReadSummary {
    if (this.#firstCut !== null) {
      const says = "Packets were cut by the capture's snap length: what lies behind the cut is not there";
      const count = this.#cutPackets;
      this.#desk.countGap({ place: this.#firstCut, code: "truncated-packet", says, count });
    }
    this.#chain?.leave(this.#lastMicros);
    const isEmpty = this.packets === 0;
    return {
      packets: this.packets,
      firstMicros: isEmpty ? null : this.#firstMicros,
      lastMicros: isEmpty ? null : this.#lastMicros,
    };
  }

  /** The chain is chosen by the first packet's time:
   *  a rotated capture goes on where the file before it ended. */
  #begin(): Packet {
    this.#chain = this.#chains.enter(this.frame.atMicros);
    this.#packet = this.#chain.packet;
    this.#packet.evidence = this.#source.id;
    return this.#packet;
  }
}

/** After the last file: ends every conversation that is still open. */
export function finishCaptures(desk: Desk): void {
  desk.state("captures", () => new Chains(desk)).finish();
}
