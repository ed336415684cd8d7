import type { DnsWatch } from "../dns.ts";
import { DnsStream } from "../dns-stream.ts";
import type { PacketRef } from "../packet-ref.ts";
import type { Opened, Side } from "../wire.ts";
import type { Chunk } from "./chunk.ts";
import type { Decoder } from "./decoder.ts";

/** DNS over TCP. */
export class DnsDecoder implements Decoder {
  readonly #sides: readonly [DnsStream, DnsStream];
  readonly #opened: Opened;

  constructor(opened: Opened, watch: DnsWatch) {
    this.#opened = opened;
    this.#sides = [new DnsStream(watch), new DnsStream(watch)];
  }

  get held(): number {
    return this.#sides[0].held + this.#sides[1].held;
  }

  feed(side: Side, chunk: Chunk): Decoder | null {
    this.#sides[side].feed(this.#refTo(side, chunk));
    return this;
  }

  lost(side: Side): void {
    this.#sides[side].lost();
  }

  end(): void {}

  #refTo(side: Side, chunk: Chunk): PacketRef {
    const { endpoints } = this.#opened;
    const source = endpoints[side];
    const destination = endpoints[side === 0 ? 1 : 0];
    const { bytes, at, end, evidence, packet, atMicros, frameAtByte, frameBytes } = chunk;
    return {
      bytes,
      at,
      end,
      evidence,
      packet,
      atByte: frameAtByte,
      byteLength: frameBytes,
      atMicros,
      sourcePort: source.port,
      destinationPort: destination.port,
      sourceIp: () => source.ip,
      destinationIp: () => destination.ip,
    };
  }
}
