// Where values of JSON end, without parsing them.

export const LF = 10;
export const QUOTE = 34;
export const COMMA = 44;
const COLON = 58;
export const OPEN_LIST = 91;
const BACKSLASH = 92;
export const CLOSE_LIST = 93;
export const OPEN = 123;
export const CLOSE = 125;

/** Index behind the value that begins at `from`.
 *
 *  Shape: 0 where its end is not in the bytes (a bare word at their end has it there if `isLast`); the
 *  negative index of a line's end inside one of its texts, which JSON forbids: it was cut off there.
 */
export function valueEnd(
  bytes: Uint8Array,
  { from, end, isLast }: { readonly from: number; readonly end: number; readonly isLast: boolean },
): number {
  const first = bytes[from];
  if (first !== QUOTE && first !== OPEN && first !== OPEN_LIST) {
    for (let at = from; at < end; at += 1) if (isDelimiter(bytes[at]!)) return at;
    return isLast ? end : 0;
  }
  let depth = 0;
  let isText = false;
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at];
    if (isText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === LF) return -at;
      else if (byte === QUOTE) {
        isText = false;
        if (depth === 0) return at + 1;
      }
    } else if (byte === QUOTE) isText = true;
    else if (byte === OPEN || byte === OPEN_LIST) depth += 1;
    else if (byte === CLOSE || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return 0;
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === LF || byte === 13 || byte === 9;
}

function isDelimiter(byte: number): boolean {
  return isSpace(byte) || isBetween(byte) || byte === QUOTE || byte === OPEN || byte === OPEN_LIST;
}

/** Whether a byte stands between values and begins none. */
export function isBetween(byte: number): boolean {
  return byte === COMMA || byte === COLON || byte === CLOSE || byte === CLOSE_LIST;
}

/** Index of the first byte that is no space. */
export function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(bytes[at]!)) at += 1;
  return at;
}

/** Name and value of a member that begins at `from`; null where they are not wholly in the bytes, or are no
 *  member. `valueAt` is the offset of the value. */
export function memberAt(
  bytes: Uint8Array,
  from: number,
  end: number,
): { readonly key: string; readonly valueAt: number } | null {
  if (bytes[from] !== QUOTE) return null;
  const stop = valueEnd(bytes, { from, end, isLast: false });
  if (stop <= 0) return null;
  const colon = skipSpace(bytes, stop, end);
  const valueAt = skipSpace(bytes, colon + 1, end);
  if (bytes[colon] !== COLON || valueAt >= end) return null;
  return { key: keyText(bytes, from, stop), valueAt };
}

function keyText(bytes: Uint8Array, from: number, stop: number): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, stop - from).toString();
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}

/** Where the values of a list in an object stand; `of` is the name of its member, the last of equal ones.
 *
 *  Shape: [from, to) of each. Errors: none; what is no such list has none.
 */
export function listSpans(bytes: Uint8Array, of: string): readonly (readonly [from: number, to: number])[] {
  const end = bytes.length;
  let list = -1;
  for (const [key, from] of members(bytes)) if (key === of) list = from;
  const spans: (readonly [number, number])[] = [];
  if (list === -1 || bytes[list] !== OPEN_LIST) return spans;
  for (let at = skipSpace(bytes, list + 1, end); at < end && bytes[at] !== CLOSE_LIST; ) {
    if (bytes[at] === COMMA) {
      at = skipSpace(bytes, at + 1, end);
      continue;
    }
    const to = valueEnd(bytes, { from: at, end, isLast: true });
    if (to <= at) break;
    spans.push([at, to]);
    at = skipSpace(bytes, to, end);
  }
  return spans;
}

/** Names and offsets of the values of the object that the bytes begin with, as far as it goes. */
export function* members(bytes: Uint8Array): Generator<readonly [key: string, valueAt: number]> {
  const end = bytes.length;
  let at = skipSpace(bytes, 1, end);
  while (at < end && bytes[at] !== CLOSE) {
    const member = memberAt(bytes, at, end);
    if (member === null) return;
    yield [member.key, member.valueAt];
    const stop = valueEnd(bytes, { from: member.valueAt, end, isLast: false });
    if (stop <= member.valueAt) return;
    at = skipSpace(bytes, stop, end);
    if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1, end);
  }
}

/** Index behind the word that begins at `from`; at least one byte is passed over. */
export function skipWord(bytes: Uint8Array, from: number, end: number): number {
  let at = from + 1;
  while (at < end && !isDelimiter(bytes[at]!)) at += 1;
  return at;
}
