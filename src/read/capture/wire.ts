import type { Place } from "../../model/place.ts";
import type { Endpoint, NamedServer } from "../../model/record.ts";

/** One of a stream's two ends. Side 0 sent the SYN,
 *  or the first byte seen when the capture began mid-stream. */
export type Side = 0 | 1;

/** What an HTTP request says of the one who sends it, as far as mining needs it. Header values as sent. */
export interface HttpContext {
  readonly method: string;
  readonly target: string;
  readonly host: string | null;
  readonly authorization: string | null;
  readonly userAgent: string | null;
  /** Pool extensions: X-Mining-Extensions. */
  readonly miningExtensions: string | null;
}

/** One whole JSON message as it crossed the wire. */
export interface WireMessage {
  readonly side: Side;
  /** The parsed object or array; never a bare number or string. */
  readonly json: unknown;
  /** The message as text, for excerpts. */
  readonly text: string;
  readonly atMicros: number;
  readonly place: Place;
  /** The request's context for a request and for its response; null outside HTTP. */
  readonly http: HttpContext | null;
}

/** How a stream was opened and what surrounds it. */
export interface Opened {
  readonly endpoints: readonly [Endpoint, Endpoint];
  /** A handshake was seen, so side 0 is the client; false: mid-stream, the messages must tell. */
  readonly sawHandshake: boolean;
  readonly transport: "tcp" | "http" | "websocket";
  readonly via: "socks5" | "http-connect" | null;
  /** A name known from the stream itself (SOCKS target, CONNECT, HTTP Host), else null. */
  readonly named: NamedServer | null;
}

/** Decodes the messages of one stream. Made for each stream whose bytes look like JSON, so most conversations
 *  turn out not to be mining: `state` says so as soon as it is clear and the stream is dropped. */
export interface Conversation {
  readonly state: "undecided" | "mining" | "other";
  /** Bytes of memory, about, that it holds. */
  readonly held: number;
  message(message: WireMessage): void;
  /** Bytes that the capture lost, or that were not valid JSON. */
  lost(side: Side, what: "segments" | "malformed"): void;
  /** The stream ended, was evicted or the evidence is over: lays down the session and its shares, if it was
   *  mining. `named` is what other traffic called the server (DNS, SNI), asked for with the address. */
  end(named: (ip: string, atMicros: number) => NamedServer | null): void;
}
