// HTTP/1 message, RFC 9112: head lines, a blank line, then a body
//   of Content-Length bytes,
//   or in chunks "HEX[;extension] CRLF data CRLF … 0 CRLF [trailers] CRLF",
//   or to the end of the stream.
import { Gathered } from "./gathered.ts";
import { type HttpHead, parseHead } from "./http-head.ts";

const MAX_HEAD_BYTES = 65_536;
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const MAX_LINE_BYTES = 4096;
const LF = 10;
const CR = 13;
const CHUNK_SIZE = /^([0-9a-fA-F]{1,12})\s*(?:;|$)/;

/** What a reader of one direction wants to hear. Bytes are valid during the call only. */
export interface HttpHandler {
  onHead(head: HttpHead): void;
  /** The first byte of a body is about to be taken from the chunk that was fed, at this index. */
  onBodyStart(index: number): void;
  /** The whole body, chunks joined, content encodings untouched. Empty bodies are not told. */
  onBody(bytes: Uint8Array): void;
  /** The stream goes on as something else: a WebSocket (101), or whatever CONNECT reached. */
  onUpgrade(head: HttpHead): void;
  /** Skipped because of its length. */
  onTooLong(what: "head" | "body"): void;
  /** For responses: the method of the request that this one answers, null when not seen. */
  requestMethod(): string | null;
}

/** Reads one direction of an HTTP/1 conversation, in chunks of any size.
 *
 *  Shape: `feed` returns how many bytes it took: all of them while `state` is "http". It is "waiting" after a
 *  request for CONNECT or a WebSocket: what follows is not HTTP if the server agrees; if not, call
 *  `resume()`. It is "upgraded" after the server's consent, "failed" when the bytes are no HTTP/1; then
 *  nothing more is taken.
 *  Errors: none; heads over 64 KiB end in "failed", bodies over 4 MiB are skipped, both are told by
 *  `onTooLong`.
 *  Source: RFC 9112 § 6.3 (length of a body), § 7.1 (chunks); RFC 9110 § 7.8, § 9.3.6, § 15.2 to § 15.3.
 */
export class HttpHalf {
  state: "http" | "waiting" | "upgraded" | "failed" = "http";
  readonly #handler: HttpHandler;
  readonly #head = new Gathered(MAX_HEAD_BYTES);
  readonly #body = new Gathered(MAX_BODY_BYTES);
  #stage: "head" | "body" | "chunk-size" | "chunk" | "chunk-end" | "trailers" | "to-end" | "lost" = "head";
  #left = 0;
  #started = false;
  #tooLong = false;
  #lineBytes = 0;

  constructor(handler: HttpHandler) {
    this.#handler = handler;
  }

  /** Bytes of memory, about, of the message in hand. */
  get held(): number {
    return this.#head.room + this.#body.room;
  }

  feed(bytes: Uint8Array, at: number, end: number): number {
    let next = at;
    while (next < end && this.state === "http") next = this.#step(bytes, next, end);
    return next - at;
  }

  /** The server did not agree to what the client asked for: more requests follow. */
  resume(): void {
    if (this.state === "waiting") this.state = "http";
  }

  /** The capture lost bytes: reading goes on at the next chunk that begins like a message. */
  lost(): void {
    this.#reset();
    if (this.state === "waiting") this.state = "http";
    this.#stage = "lost";
  }

  /** The stream ended: a body that had no length is complete now. */
  end(): void {
    if (this.#stage === "to-end") this.#endBody();
  }

  #step(bytes: Uint8Array, at: number, end: number): number {
    switch (this.#stage) {
      case "head":
        return this.#takeHead(bytes, at, end);
      case "body":
      case "chunk":
        return this.#takeData(bytes, at, Math.min(end, at + this.#left));
      case "to-end":
        this.#keep(bytes, at, end);
        return end;
      case "lost":
        if (!beginsMessage(bytes, at, end)) return end;
        this.#stage = "head";
        return at;
      default:
        return this.#takeLine(bytes, at, end);
    }
  }

  #takeHead(bytes: Uint8Array, at: number, end: number): number {
    const before = this.#head.length;
    // Blank lines before a message are allowed (RFC 9112 § 2.2).
    if (before === 0 && (bytes[at] === LF || bytes[at] === CR)) return at + 1;
    const stop = Math.min(end, at + MAX_HEAD_BYTES - before);
    this.#head.add(bytes, at, stop);
    const head = this.#head.view();
    const length = blankLine(head, Math.max(0, before - 3));
    if (length < 0) {
      if (before === 0 && !beginsMessage(head, 0, head.length)) this.state = "failed";
      else if (head.length >= MAX_HEAD_BYTES) {
        this.state = "failed";
        this.#handler.onTooLong("head");
      }
      return stop;
    }
    const parsed = parseHead(Buffer.from(head.subarray(0, length)).toString("latin1").trimEnd());
    this.#head.clear();
    if (parsed === null || Number.isNaN(parsed.contentLength)) this.state = "failed";
    else this.#begin(parsed);
    return at + length - before;
  }

  #begin(head: HttpHead): void {
    const method = head.request?.method ?? this.#handler.requestMethod();
    this.#handler.onHead(head);
    if (head.status !== null && agrees(head.status, method)) {
      this.state = "upgraded";
      this.#handler.onUpgrade(head);
      return;
    }
    const asks = head.request !== null && (method === "CONNECT" || head.upgrade === "websocket");
    if (asks) this.state = "waiting";
    const bare = head.status !== null && (method === "HEAD" || hasNoBody(head.status));
    if (asks || bare) return;
    if (head.chunked) this.#stage = "chunk-size";
    else if (head.contentLength !== null) this.#expect(head.contentLength);
    else if (head.status !== null) this.#stage = "to-end";
  }

  #expect(length: number): void {
    if (length === 0) return;
    this.#left = length;
    this.#stage = "body";
    if (length > MAX_BODY_BYTES) this.#drop();
  }

  #takeData(bytes: Uint8Array, at: number, stop: number): number {
    const whole = this.#stage === "body" && this.#body.length === 0 && stop - at === this.#left;
    this.#left -= stop - at;
    if (whole && !this.#tooLong && !this.#started) {
      this.#handler.onBodyStart(at);
      this.#handler.onBody(bytes.subarray(at, stop));
      this.#reset();
      return stop;
    }
    this.#keep(bytes, at, stop);
    if (this.#left > 0) return stop;
    if (this.#stage === "body") this.#endBody();
    else this.#stage = "chunk-end";
    return stop;
  }

  #keep(bytes: Uint8Array, at: number, end: number): void {
    if (this.#tooLong || at === end) return;
    if (!this.#started) {
      this.#started = true;
      this.#handler.onBodyStart(at);
    }
    if (!this.#body.add(bytes, at, end)) this.#drop();
  }

  #drop(): void {
    this.#tooLong = true;
    this.#body.clear();
    this.#handler.onTooLong("body");
  }

  /** A line of the chunked form: a chunk's size, the end of its data, or a trailer. */
  #takeLine(bytes: Uint8Array, at: number, end: number): number {
    const found = bytes.subarray(at, end).indexOf(LF);
    const next = found < 0 ? end : at + found + 1;
    this.#lineBytes += next - at;
    if (this.#lineBytes > MAX_LINE_BYTES || !this.#head.add(bytes, at, next)) {
      this.state = "failed";
      return next;
    }
    if (found < 0) return next;
    const line = Buffer.from(this.#head.view()).toString("latin1").trim();
    this.#head.clear();
    if (this.#stage !== "trailers") this.#lineBytes = 0;
    this.#line(line);
    return next;
  }

  #line(line: string): void {
    if (this.#stage === "trailers") {
      if (line === "") this.#endBody();
      return;
    }
    if (this.#stage === "chunk-end") {
      if (line === "") this.#stage = "chunk-size";
      else this.state = "failed";
      return;
    }
    const size = Number.parseInt(CHUNK_SIZE.exec(line)?.[1] ?? "", 16);
    if (Number.isNaN(size)) this.state = "failed";
    this.#left = size;
    this.#stage = size === 0 ? "trailers" : "chunk";
  }

  #endBody(): void {
    if (this.#started && !this.#tooLong) this.#handler.onBody(this.#body.view());
    this.#reset();
  }

  #reset(): void {
    this.#stage = "head";
    this.#head.clear();
    this.#body.clear();
    this.#left = 0;
    this.#lineBytes = 0;
    this.#started = false;
    this.#tooLong = false;
  }
}

/** Length of the head with its blank line, searched for from `from`; -1 when it is not there yet. */
function blankLine(head: Uint8Array, from: number): number {
  for (let i = head.indexOf(LF, from); i >= 0; i = head.indexOf(LF, i + 1)) {
    if (head[i + 1] === LF) return i + 2;
    if (head[i + 1] === CR && head[i + 2] === LF) return i + 3;
  }
  return -1;
}

const agrees = (status: number, method: string | null) =>
  status === 101 || (method === "CONNECT" && status >= 200 && status < 300);

const hasNoBody = (status: number) => status < 200 || status === 204 || status === 304;

/** Whether bytes may begin a message: an upper-case word (a method, or the HTTP of a status line). */
function beginsMessage(bytes: Uint8Array, at: number, end: number): boolean {
  const stop = Math.min(end, at + 20);
  for (let i = at; i < stop; i++) {
    const code = bytes[i] ?? 0;
    if (code === 32 || code === 47) return i >= at + 3;
    if (code < 65 || code > 90) return false;
  }
  return true;
}
