import type { Place } from "../../../model/place.ts";
import type { Pools } from "../../../tables/pools.ts";
import { CLASS, classify } from "../classify.ts";
import type { Contacts } from "../contacts.ts";
import type { DnsWatch } from "../dns.ts";
import { SmbDecoder } from "../smb/smb-decoder.ts";
import type { SmbMarks } from "../smb/smb-marks.ts";
import { openConversation } from "../stratum/conversation.ts";
import type { ClientHello } from "../tls.ts";
import { DNS_PORT } from "../udp-ports.ts";
import type { Opened, Side } from "../wire.ts";
import type { Chunk } from "./chunk.ts";
import { originOf, placeAt } from "./chunk.ts";
import type { Decoder } from "./decoder.ts";
import { DnsDecoder } from "./dns-decoder.ts";
import { HelloDecoder } from "./hello-decoder.ts";
import { HttpDecoder, type Reached } from "./http-decoder.ts";
import { JsonDecoder, type StreamWorld } from "./json-decoder.ts";
import { NoiseDecoder } from "./noise-decoder.ts";
import { SocksDecoder } from "./socks-decoder.ts";
import { WebSocketDecoder } from "./websocket-decoder.ts";

/** Chunks of a stream that are looked at before it is given up,
 *  for streams that begin in the middle of something. */
const MAX_LOOKS = 8;

/** What decoders share: where records go, and what is known of pools and names. */
export interface Decoding extends StreamWorld {
  readonly pools: Pools;
  readonly contacts: Contacts;
  readonly dns: DnsWatch;
  readonly smb: SmbMarks;
}

/** Makes the decoder that a stream's first bytes ask for. */
export class Decoders {
  readonly #decoding: Decoding;
  readonly #byClass: ReadonlyMap<number, (opened: Opened) => Decoder>;

  constructor(decoding: Decoding) {
    this.#decoding = decoding;
    this.#byClass = new Map<number, (opened: Opened) => Decoder>([
      [CLASS.json, (opened) => new JsonDecoder(openConversation(opened, decoding.desk), decoding)],
      [CLASS.http, (opened) => this.#http(opened)],
      [CLASS.plainHttp, (opened) => this.#http(opened)],
      [CLASS.tls, (opened) => new HelloDecoder((hello, chunk) => this.hello(hello, opened, chunk))],
      [CLASS.socks, (opened) => this.#socks(opened)],
      [CLASS.webSocket, (opened) => this.#webSocket({ ...opened, transport: "websocket" })],
      [CLASS.noise, (opened) => new NoiseDecoder(opened, decoding)],
      [CLASS.smb, (opened) => new SmbDecoder(opened, decoding.smb)],
    ]);
  }

  /** For a stream of which nothing is known yet. */
  sniff(opened: Opened): Decoder {
    const { endpoints } = opened;
    if (endpoints[0].port === DNS_PORT || endpoints[1].port === DNS_PORT)
      return new DnsDecoder(opened, this.#decoding.dns);
    return new SniffDecoder(this, opened);
  }

  of(kind: number, opened: Opened): Decoder | null {
    return this.#byClass.get(kind)?.(opened) ?? null;
  }

  /** A ClientHello: a contact when its name is a pool's. */
  hello(hello: ClientHello, opened: Opened, chunk: Chunk): void {
    if (hello.sni === null) return;
    const row = this.#decoding.pools.matchHost(hello.sni);
    if (row === null) return;
    const place = placeAt(originOf(chunk, chunk.at), chunk.end - chunk.at);
    this.#decoding.contacts.sni(row, hello, met(opened, place, chunk.atMicros));
  }

  #http(opened: Opened): Decoder {
    const turns = {
      conversation: (inner: Opened) => openConversation(inner, this.#decoding.desk),
      webSocket: (inner: Opened) => this.#webSocket(inner),
      tunnel: (inner: Opened, reached: Reached) => this.#tunnel(inner, reached),
    };
    return new HttpDecoder(opened, turns, this.#decoding);
  }

  #webSocket(opened: Opened): Decoder {
    return new WebSocketDecoder(openConversation(opened, this.#decoding.desk), this.#decoding);
  }

  #tunnel(opened: Opened, { target, place, atMicros }: Reached): Decoder {
    const name = target.replace(/:\d+$/, "").toLowerCase();
    const row = this.#decoding.pools.matchHost(name);
    if (row !== null) this.#decoding.contacts.http(row, name, met(opened, place, atMicros));
    return new SniffDecoder(this, { ...opened, via: "http-connect", named: { name, by: "http", place } });
  }

  #socks(opened: Opened): Decoder {
    const onTarget = (host: string, place: Place, atMicros: number) => {
      const row = this.#decoding.pools.matchHost(host);
      if (row !== null) this.#decoding.contacts.socks(row, { host }, met(opened, place, atMicros));
    };
    return new SocksDecoder(opened, (inner) => new SniffDecoder(this, inner), onTarget);
  }
}

function met({ endpoints }: Opened, place: Place, atMicros: number) {
  return { client: endpoints[0].ip, server: endpoints[1], atMicros, place };
}

/** Waits for bytes that say what the stream is. */
class SniffDecoder implements Decoder {
  readonly #decoders: Decoders;
  readonly held = 0;
  readonly #opened: Opened;
  #looks = 0;

  constructor(decoders: Decoders, opened: Opened) {
    this.#decoders = decoders;
    this.#opened = opened;
  }

  feed(side: Side, chunk: Chunk): Decoder | null {
    const kind = classify(chunk.bytes, chunk.at, chunk.end);
    if (kind === CLASS.blank) return this;
    // Only a client opens with a handshake that looks random.
    const isKnown =
      kind !== CLASS.nothing && (kind !== CLASS.noise || (side === 0 && this.#opened.sawHandshake));
    if (isKnown) return this.#decoders.of(kind, this.#opened);
    return ++this.#looks < MAX_LOOKS ? this : null;
  }

  lost(): void {}

  end(): void {}
}
