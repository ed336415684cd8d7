// JSON of any size, item by item, each with its offset: lists, JSON lines, and documents whose records stand
// in a named list.

import type { Place } from "../../model/place.ts";
import { placeAt } from "../text.ts";
import {
  CLOSE,
  CLOSE_LIST,
  COMMA,
  isBetween,
  LF,
  memberAt,
  members,
  OPEN,
  OPEN_LIST,
  QUOTE,
  skipSpace,
  skipWord,
  valueEnd,
} from "./json-spans.ts";
import type { ListedFile } from "./listed-file.ts";

const BOM = [0xef, 0xbb, 0xbf];
/** Faults after which a text is no JSON at all. */
const MAX_FAULTS = 100_000;
/** Bytes in which the name of a member with its colon stands. */
const MEMBER_BYTES = 4_096;

/** A value of the outermost list, of a named list in the outermost object, or one that stands by itself.
 *
 *  Shape: `list` is the name of the list that holds it, else null; `key` its own name where it stands beside
 *  such lists; `lacksComma` where the comma before it is missing. `bytes` are lent until the callback
 *  returns.
 */
export interface JsonItem {
  readonly bytes: Uint8Array;
  readonly place: Place;
  readonly list: string | null;
  readonly key: string | null;
  readonly lacksComma: boolean;
}

export interface ItemShape {
  /** Names of members of the outermost object whose values are given item by item. */
  readonly lists: ReadonlySet<string>;
  take(item: JsonItem): void;
  /** Where the text is no JSON; reading goes on behind it where it can. */
  fault(place: Place, says: string): void;
}

/** Calls back with every item of a JSON text, in order.
 *
 *  Errors: none. An item longer than the window allows ends the reading, with a fault.
 *  Limits: whether an item itself is JSON is not looked at, only where it ends.
 */
export async function eachItem(file: ListedFile, shape: ItemShape): Promise<void> {
  const walk = new Walk(file, shape);
  const { window } = file;
  for (;;) {
    if (walk.isHopeless) return walk.giveUp();
    if (walk.step(false)) continue;
    if (await window.more()) continue;
    if (window.end - window.at > window.capacity) return walk.tooLong();
    while (window.at < window.end && walk.step(true)) {}
    return walk.end();
  }
}

/** Where in a document the walk stands. */
type Inside = "top" | "list" | "object" | "named";

class Walk {
  readonly #file: ListedFile;
  readonly #shape: ItemShape;
  #inside: Inside = "top";
  #list: string | null = null;
  #line = 1;
  #faults = 0;
  #isAfterValue = false;

  constructor(file: ListedFile, shape: ItemShape) {
    this.#file = file;
    this.#shape = shape;
  }

  /** One mark or one value; false where the rest of it is not there yet. */
  step(isLast: boolean): boolean {
    const { window } = this.#file;
    this.#pass(skipSpace(window.bytes, window.at, window.end));
    const { bytes, at, end } = window;
    if (at === end) return false;
    const byte = bytes[at]!;
    if (window.base + at < BOM.length && byte === BOM[window.base + at]) return this.#pass(at + 1);
    if (byte === COMMA) {
      this.#isAfterValue = false;
      return this.#pass(at + 1);
    }
    if (byte === CLOSE || byte === CLOSE_LIST) return this.#close(byte);
    if (this.#inside === "object") return this.#member(isLast);
    if (this.#inside === "top" && byte === OPEN_LIST) return this.#enter("list", null, at + 1);
    if (this.#inside === "top" && byte === OPEN) {
      const kind = this.#objectKind(isLast);
      if (kind === "unknown") return false;
      if (kind === "document") return this.#enter("object", null, at + 1);
    }
    return this.#value(at, null, isLast);
  }

  end(): void {
    const { window } = this.#file;
    if (window.at < window.end) this.#fault(window.end - window.at, "the text ends inside a value");
    else if (this.#inside !== "top") this.#fault(0, "the text ends inside a list or an object");
    window.at = window.end;
  }

  get isHopeless(): boolean {
    return this.#faults > MAX_FAULTS;
  }

  giveUp(): void {
    this.#fault(0, `it has more than ${MAX_FAULTS} faults; the rest is not read`);
  }

  tooLong(): void {
    const { window } = this.#file;
    this.#fault(
      window.end - window.at,
      `a value is longer than ${window.capacity} bytes; the rest is not read`,
    );
  }

  #enter(inside: Inside, list: string | null, next: number): boolean {
    this.#inside = inside;
    this.#list = list;
    this.#isAfterValue = false;
    return this.#pass(next);
  }

  #close(byte: number): boolean {
    const { window } = this.#file;
    const wanted = this.#inside === "object" ? CLOSE : CLOSE_LIST;
    if (this.#inside === "top" || byte !== wanted) this.#fault(1, "a bracket closes what is not open");
    // A brace that closes the list of a document closes the document as well: its bracket is missing.
    const isInner = this.#inside === "named" && byte === CLOSE_LIST;
    if (this.#inside !== "list" || byte === CLOSE_LIST) this.#inside = isInner ? "object" : "top";
    this.#list = null;
    this.#isAfterValue = this.#inside !== "top";
    return this.#pass(window.at + 1);
  }

  #member(isLast: boolean): boolean {
    const { bytes, at, end } = this.#file.window;
    const member = memberAt(bytes, at, end);
    if (member === null) {
      const isOpen = bytes[at] === QUOTE && valueEnd(bytes, { from: at, end, isLast }) === 0;
      const isShort = bytes[at] === QUOTE && end - at < MEMBER_BYTES;
      if (!isLast && (isOpen || isShort)) return false;
      this.#fault(1, "an object has something else than members");
      return this.#pass(skipWord(bytes, at, end));
    }
    const { key, valueAt } = member;
    if (bytes[valueAt] === OPEN_LIST && this.#shape.lists.has(key)) {
      return this.#enter("named", key, valueAt + 1);
    }
    return this.#value(valueAt, key, isLast);
  }

  #value(from: number, key: string | null, isLast: boolean): boolean {
    const { window } = this.#file;
    const { bytes, end, base } = window;
    if (isBetween(bytes[from]!)) {
      this.#fault(1, "it holds something else than values");
      return this.#pass(from + 1);
    }
    const to = valueEnd(bytes, { from, end, isLast });
    if (to === 0) return false;
    const place = this.#place(from + base, Math.abs(to) - from);
    if (to < 0) this.#shape.fault(place, "a text in it breaks off at the end of a line");
    else {
      const lacksComma = this.#isAfterValue && this.#inside !== "top";
      this.#shape.take({ bytes: bytes.subarray(from, to), place, list: this.#list, key, lacksComma });
    }
    this.#isAfterValue = true;
    return this.#pass(Math.abs(to));
  }

  /** Whether the object at hand is a document around named lists, or an item by itself. */
  #objectKind(isLast: boolean): "document" | "item" | "unknown" {
    const { window } = this.#file;
    const bytes = window.bytes.subarray(window.at, window.end);
    for (const [key, from] of members(bytes)) {
      if (bytes[from] === OPEN_LIST && this.#shape.lists.has(key)) return "document";
    }
    const isWhole = valueEnd(bytes, { from: 0, end: bytes.length, isLast }) !== 0;
    return isWhole || isLast ? "item" : "unknown";
  }

  #place(atByte: number, byteLength: number): Place {
    return placeAt(this.#file, { atByte, byteLength, line: this.#line });
  }

  #fault(byteLength: number, says: string): void {
    const { window } = this.#file;
    this.#faults += 1;
    this.#shape.fault(this.#place(window.base + window.at, byteLength), says);
  }

  /** Goes on at an index of the window; always true. */
  #pass(next: number): true {
    const { window } = this.#file;
    const passed = window.bytes.subarray(window.at, next);
    for (let at = passed.indexOf(LF); at !== -1; at = passed.indexOf(LF, at + 1)) this.#line += 1;
    window.at = next;
    return true;
  }
}
