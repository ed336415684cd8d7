import { type Chunk, type Origin, originOf } from "./chunk.ts";
import { parseJson } from "./parse-json.ts";

/** Longest message that is read whole: block templates reach megabytes, everything else is far below. */
const MAX_MESSAGE_BYTES = 4 << 20;

/** Longer lines are looked at byte by byte at once, so that hostile ones are not parsed in vain. */
const MAX_LINE_BYTES = 1 << 16;

/** What a part of a message takes beside its bytes. */
const PART_COST = 200;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const NEWLINE = 0x0a;

export interface WholeMessage {
  readonly text: string;
  readonly byteLength: number;
  readonly origin: Origin;
}

export interface JsonMessageEvents {
  /** A whole message and where its first byte lies. */
  message(json: unknown, whole: WholeMessage): void;
  /** Bytes that are no JSON, or a message beyond the limit. */
  malformed(origin: Origin, says: string): void;
}

/** Cuts a byte stream into JSON objects and arrays (RFC 8259), however they are spread over segments: one a
 *  line, several in a segment, one over many segments, with CRLF, blank lines, or nothing between them.
 *
 *  A message ends where its outermost bracket closes; brackets inside strings do not count. After lost bytes,
 *  and after anything malformed, reading resumes at the next bracket that begins a line or a segment.
 */
export class JsonMessages {
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #depth = 0;
  #inString = false;
  /** 1 when the next byte is escaped. */
  #escaped = 0;
  /** Skipping to the next boundary. */
  #lost = false;
  #origin: Origin | null = null;
  readonly #events: JsonMessageEvents;

  constructor(events: JsonMessageEvents) {
    this.#events = events;
  }

  /** Bytes of memory, about, of the message in hand. */
  get held(): number {
    return this.#bytes + this.#parts.length * PART_COST;
  }

  lost(): void {
    this.#reset();
    this.#lost = true;
  }

  feed(chunk: Chunk): void {
    const { bytes, end } = chunk;
    let index = chunk.at;
    // A segment nearly always begins with a message, so a hole ends here if it can end here.
    if (this.#lost && isOpening(bytes[index] ?? 0)) this.#lost = false;
    while (index < end) {
      if (this.#origin !== null) index = this.#scan(chunk, index);
      else if (this.#lost) index = this.#skipLine(chunk, index);
      else index = this.#between(chunk, index);
    }
  }

  #skipLine(chunk: Chunk, from: number): number {
    for (let index = from; index < chunk.end; index++) {
      if (chunk.bytes[index] !== NEWLINE) continue;
      this.#lost = false;
      return index + 1;
    }
    return chunk.end;
  }

  #between(chunk: Chunk, index: number): number {
    const byte = chunk.bytes[index] ?? 0;
    if (isOpening(byte)) return this.#line(chunk, index);
    // White space, and the NUL that some pools send behind each line.
    if (byte <= 0x20) return index + 1;
    this.#events.malformed(originOf(chunk, index), "bytes between messages that are not JSON");
    this.#lost = true;
    return index;
  }

  /** A message is nearly always a line, or the rest of a segment: parsed at once, if it is one. */
  #line(chunk: Chunk, index: number): number {
    const rest = chunk.bytes.subarray(index, chunk.end);
    const newline = rest.indexOf(NEWLINE);
    let length = newline < 0 ? rest.length : newline;
    while (length > 0 && (rest[length - 1] ?? 0) <= 0x20) length--;
    const last = rest[length - 1] ?? 0;
    const isWhole = newline >= 0 || last === CLOSE_BRACE || last === CLOSE_BRACKET;
    this.#origin = originOf(chunk, index);
    if (!isWhole || length > MAX_LINE_BYTES) return index;
    const text = Buffer.from(rest.buffer, rest.byteOffset, length).toString("utf8");
    const json = parseJson(text);
    // Several messages on a line, or a message over several: these are looked at byte by byte.
    if (typeof json !== "object" || json === null) return index;
    const origin = this.#origin;
    this.#origin = null;
    this.#events.message(json, { text, byteLength: length, origin });
    return index + length;
  }

  /** Reads on inside a message, to its end or the chunk's.
   *  The state lives in locals: this looks at every byte. */
  #scan(chunk: Chunk, from: number): number {
    const { bytes, end } = chunk;
    let depth = this.#depth;
    let inString = this.#inString;
    let index = from + this.#escaped;
    this.#escaped = 0;
    for (; index < end; index++) {
      const byte = bytes[index] ?? 0;
      if (inString) {
        if (byte === BACKSLASH) index++;
        else if (byte === QUOTE) inString = false;
        else if (byte === NEWLINE) return this.#giveUp(chunk, index + 1, "a line break inside a string");
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (--depth > 0) continue;
        this.#keep(chunk, from, index + 1);
        this.#finish();
        return index + 1;
      } else if (byte < 0x20 && byte !== 0x09 && byte !== 0x0d && byte !== NEWLINE) {
        return this.#giveUp(chunk, index + 1, "a control byte inside a message");
      }
    }
    // A backslash that ends the chunk escapes the next one's first byte.
    this.#escaped = index - end;
    this.#depth = depth;
    this.#inString = inString;
    this.#keep(chunk, from, end);
    if (this.#bytes <= MAX_MESSAGE_BYTES) return end;
    return this.#giveUp(chunk, end, `a message of more than ${MAX_MESSAGE_BYTES} bytes`);
  }

  #giveUp(chunk: Chunk, index: number, says: string): number {
    const origin = this.#origin ?? originOf(chunk, index);
    this.lost();
    this.#events.malformed(origin, says);
    return index;
  }

  #keep(chunk: Chunk, from: number, to: number): void {
    this.#parts.push(chunk.bytes.slice(from, to));
    this.#bytes += to - from;
  }

  #finish(): void {
    const text = Buffer.concat(this.#parts, this.#bytes).toString("utf8");
    const byteLength = this.#bytes;
    const origin = this.#origin;
    this.#reset();
    if (origin === null) return;
    const json = parseJson(text);
    if (json === undefined) this.#events.malformed(origin, "a message that is not valid JSON");
    else this.#events.message(json, { text, byteLength, origin });
  }

  #reset(): void {
    this.#parts = [];
    this.#bytes = 0;
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = 0;
    this.#origin = null;
  }
}

function isOpening(byte: number): boolean {
  return byte === OPEN_BRACE || byte === OPEN_BRACKET;
}
