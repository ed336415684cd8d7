import type { SessionRecord, TrailStep } from "../../../model/record.ts";
import { STRATUM_V2 } from "../../../tables/dialect-mining.ts";
import { looksLikeNoiseAnswer } from "../noise.ts";
import type { Opened, Side } from "../wire.ts";
import { type Chunk, originOf, placeAt } from "./chunk.ts";
import type { Decoder } from "./decoder.ts";
import type { StreamWorld } from "./json-decoder.ts";

/** A Stratum V2 conversation, known by the sizes and the randomness of its first two flights (see
 *  `noise.ts`).
 *
 *  Limits: everything behind the handshake is encrypted; only that and when the two spoke is recorded.
 */
export class NoiseDecoder implements Decoder {
  readonly held = 0;
  readonly #opened: Opened;
  readonly #world: StreamWorld;
  readonly #trail: TrailStep[] = [];
  #lastMicros = 0;
  #messages = 0;

  constructor(opened: Opened, world: StreamWorld) {
    this.#opened = opened;
    this.#world = world;
  }

  feed(side: Side, chunk: Chunk): Decoder | null {
    if (this.#trail.length < 2) {
      // The opening was recognised before it came here; the answer is the proof.
      if (side !== this.#trail.length) return null;
      if (side === 1 && !looksLikeNoiseAnswer(chunk.bytes, chunk.at, chunk.end)) return null;
      this.#step(side, chunk);
    }
    this.#messages++;
    this.#lastMicros = chunk.atMicros;
    return this;
  }

  lost(): void {}

  end(): void {
    if (this.#trail.length === 2) this.#world.desk.record(this.#session());
  }

  #step(side: Side, chunk: Chunk): void {
    const length = chunk.end - chunk.at;
    this.#trail.push({
      what: side === 0 ? "Noise handshake, client's key" : "Noise handshake, server's answer",
      atMicros: chunk.atMicros,
      place: placeAt(originOf(chunk, chunk.at), length),
      excerpt: Buffer.from(chunk.bytes.slice(chunk.at, Math.min(chunk.end, chunk.at + 32))).toString("hex"),
    });
  }

  #session(): SessionRecord {
    const [client, server] = this.#opened.endpoints;
    const firstMicros = this.#trail[0]?.atMicros ?? 0;
    const evidence = [...new Set(this.#trail.map(({ place }) => place.evidence))];
    return {
      kind: "session",
      id: this.#world.desk.nextId("s"),
      dialect: STRATUM_V2.id,
      transport: "tcp",
      via: this.#opened.via,
      coin: null,
      coinHow: null,
      algorithm: null,
      algorithmHow: null,
      workUnit: STRATUM_V2.workUnit,
      client,
      server,
      serverName: this.#opened.named ?? this.#world.nameOf(server.ip, firstMicros),
      logins: [],
      redirects: [],
      jobs: 0,
      messages: this.#messages,
      firstMicros,
      lastMicros: this.#lastMicros,
      midStream: false,
      oneSided: false,
      reportedHps: null,
      rigsAtLeast: null,
      evidence,
      trail: this.#trail,
      undecoded: 0,
    };
  }
}
