// JSON evidence, object by object: JSONL, arrays, one document with the records in a list, pretty or not.

import { type Desk, NOTHING_SUMMED, type ReadSummary, type Source } from "./reader.ts";
import { placeAt, type TextLine } from "./text.ts";

/** Longer objects are not parsed. CloudTrail bounds a record to 256 KB (AWS, "CloudTrail record contents"),
 *  a PowerShell script block (event 4104) stays below 64 KB; windows keep half a megabyte unread. */
const MAX_OBJECT_BYTES = 400_000;
/** Bytes that are searched a second time because what stood there did not parse; beyond, it is skipped. */
const MAX_SEARCHED_AGAIN = 1 << 26;
/** Longest beginning of a document whose records stand in a list. */
const MAX_OPENING_BYTES = 64;

const LF = 10;
const QUOTE = 34;
const OPEN = 123;
const CLOSE = 125;
const BACKSLASH = 92;

export type JsonObject = Readonly<Record<string, unknown>>;

/** One object, and where it stands; `text` is as written. */
export interface JsonPiece extends TextLine {
  readonly value: JsonObject;
}

/** `{"Records":[` of CloudTrail, `{"Events":[` of its command line, `{"items":[` of Kubernetes. */
const LIST = /^\{\s{0,16}"(?:Records|Events|items)"\s{0,8}:\s{0,8}\[/;

/** Where the list behind the brace at `at` begins, or -1 when it is an object like any other. */
function listBehind(bytes: Uint8Array, at: number): number {
  const opening = Buffer.from(bytes.subarray(at, at + MAX_OPENING_BYTES)).toString("latin1");
  const match = LIST.exec(opening);
  return match === null ? -1 : at + match[0].length;
}

/** Index behind the object that begins at `from`; 0 when its end is not there yet; the negative index of a
 *  line's end inside one of its texts, which JSON forbids: the object was cut off there. */
function objectEnd(bytes: Uint8Array, from: number, end: number): number {
  let depth = 0;
  let isText = false;
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at];
    if (isText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isText = false;
      else if (byte === LF) return -at;
    } else if (byte === QUOTE) isText = true;
    else if (byte === OPEN) depth += 1;
    else if (byte === CLOSE) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return 0;
}

/** The object that a text is; null when it is none. */
export function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether a value of JSON is an object. */
export function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Calls back with every object that is not part of another one.
 *
 *  Errors: none; what does not parse, or is longer than `MAX_OBJECT_BYTES`, is a gap, and the search goes on
 *  behind its first brace.
 */
export async function eachJson(source: Source, desk: Desk, take: (piece: JsonPiece) => void): Promise<void> {
  const { window } = source;
  const lines = new LineCount();
  const faults = new Faults(source, desk);
  let again = MAX_SEARCHED_AGAIN;
  for (;;) {
    const { bytes, end, base } = window;
    const found = bytes.indexOf(OPEN, window.at);
    const from = found === -1 || found > end ? end : found;
    lines.pass(bytes, window.at, from);
    window.at = from;
    if (end - from < MAX_OPENING_BYTES && (await window.more())) continue;
    if (from === end) return faults.finish();
    const list = listBehind(bytes, from);
    const to = list === -1 ? objectEnd(bytes, from, end) : list;
    const isLong = to === 0 && end - from > MAX_OBJECT_BYTES;
    if (to === 0 && !isLong && (await window.more())) continue;
    const stop = to === 0 ? end : Math.abs(to);
    let next = stop;
    if (list === -1) {
      const text = to > 0 ? Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString() : "";
      const value = to > 0 ? parseObject(text) : null;
      const span = { atByte: base + from, byteLength: stop - from, number: lines.number };
      if (value !== null) take({ value, text, ...span });
      else {
        faults.take(span, isLong);
        again -= stop - from;
        // Behind the brace of an object that was cut off, whole ones may follow.
        if (to >= 0 && again > 0) next = from + 1;
      }
    }
    lines.pass(bytes, from, next);
    window.at = next;
  }
}

class LineCount {
  number = 1;

  pass(bytes: Uint8Array, from: number, to: number): void {
    for (let at = bytes.indexOf(LF, from); at !== -1 && at < to; at = bytes.indexOf(LF, at + 1)) {
      this.number += 1;
    }
  }
}

/** Counts what does not parse, so that a damaged file is two gaps. */
class Faults {
  readonly #source: Source;
  readonly #desk: Desk;
  readonly #counts = { malformed: 0, long: 0 };
  readonly #firsts: { malformed: Omit<TextLine, "text"> | null; long: Omit<TextLine, "text"> | null } = {
    malformed: null,
    long: null,
  };

  constructor(source: Source, desk: Desk) {
    this.#source = source;
    this.#desk = desk;
  }

  take(span: Omit<TextLine, "text">, isLong: boolean): void {
    const kind = isLong ? "long" : "malformed";
    this.#counts[kind] += 1;
    this.#firsts[kind] ??= span;
  }

  finish(): void {
    const { name } = this.#source;
    this.#lay("malformed", `${name} holds objects that are cut off or no JSON`);
    this.#lay("long", `${name} holds JSON objects longer than ${MAX_OBJECT_BYTES} bytes`);
  }

  #lay(kind: "malformed" | "long", says: string): void {
    const first = this.#firsts[kind];
    if (first === null) return;
    const place = placeAt(this.#source, { ...first, line: first.number });
    const code = kind === "long" ? "oversized-message" : "malformed-line";
    this.#desk.countGap({ place, code, says, count: this.#counts[kind] });
  }
}

const HEADS = new WeakMap<Uint8Array, readonly JsonObject[]>();
/** What may stand before the first object: a byte order mark, evtx_dump's "Record 1", the start of a list. */
const OPENING = /^(?:\xEF\xBB\xBF)?(?:Record \d{1,10})?\s{0,32}[[{]/;
/** Objects of a head that are looked at. */
const LOOKED_AT = 3;

/** The first objects of a head, for recognising a format; several readers ask for the same head. */
export function firstObjects(head: Uint8Array): readonly JsonObject[] {
  const known = HEADS.get(head);
  if (known !== undefined) return known;
  const objects: JsonObject[] = [];
  const opening = OPENING.exec(Buffer.from(head.subarray(0, MAX_OPENING_BYTES)).toString("latin1"));
  let at = opening === null ? -1 : head.indexOf(OPEN, opening[0].length - 1);
  while (at !== -1 && objects.length < LOOKED_AT) {
    const list = listBehind(head, at);
    const to = list === -1 ? objectEnd(head, at, head.length) : list;
    if (to <= 0) break;
    if (list === -1) {
      const value = parseObject(Buffer.from(head.subarray(at, to)).toString());
      if (value === null) break;
      objects.push(value);
    }
    at = head.indexOf(OPEN, to);
  }
  HEADS.set(head, objects);
  return objects;
}

/** What stands at a path of keys; undefined where it ends early. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const key of path) at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return at;
}

/** A text that is not empty, or a number as one; else null. */
export function textOf(value: unknown): string | null {
  if (typeof value === "string") return value === "" ? null : value;
  return typeof value === "number" ? String(value) : null;
}

/** A whole number from 0, also written as text, in decimal or as 0x…; else null. */
export function wholeOf(value: unknown): number | null {
  const isText = typeof value === "string" && /^(?:\d{1,15}|0x[0-9a-f]{1,13})$/i.test(value);
  const number = isText ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** First and last time of what is read. */
export class Span {
  #first: number | null = null;
  #last: number | null = null;

  note(atMicros: number | null): void {
    if (atMicros === null) return;
    if (this.#first === null || atMicros < this.#first) this.#first = atMicros;
    if (this.#last === null || atMicros > this.#last) this.#last = atMicros;
  }

  summary(): ReadSummary {
    return { ...NOTHING_SUMMED, firstMicros: this.#first, lastMicros: this.#last };
  }
}
