/** 255 bytes on the wire, less the first length and the root (RFC 1035 § 2.3.4). */
const MAX_TEXT = 253;

/** Backward pointers that one name may follow. Servers write one or two; the bound keeps a message of
 *  pointers from costing more than its own length. */
const MAX_POINTERS = 32;

const DOT = 46;
const UNPRINTABLE = 63;

/** A DNS message within a packet, offsets of its name pointers counted from `start`. */
export interface DnsMessage {
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** Decodes domain names into one reused buffer: lower-case, dotted, without the final dot.
 *
 *  Shape: `text[0 … length)`; bytes outside printable ASCII become "?".
 *  Errors: `read` returns -1 for a name that leaves the message, points anywhere but backwards, has more than
 *  253 characters or a reserved label type, or a dot inside a label (it would read as another name).
 *  Source: RFC 1035 § 3.1, § 4.1.4.
 */
export class DnsName {
  readonly text = new Uint8Array(MAX_TEXT);
  length = 0;

  /** Decodes the name at `at` and returns the offset after it, or -1. */
  read(message: DnsMessage, at: number): number {
    const { bytes, end } = message;
    let next = -1;
    let pointers = 0;
    let segment = at;
    this.length = 0;
    for (;;) {
      if (at >= end) return -1;
      const size = bytes[at] ?? 0;
      if (size === 0) return next < 0 ? at + 1 : next;
      if (size >= 0xc0) {
        if (at + 2 > end || ++pointers > MAX_POINTERS) return -1;
        const to = message.start + (((size & 0x3f) << 8) | (bytes[at + 1] ?? 0));
        if (to >= segment) return -1;
        if (next < 0) next = at + 2;
        at = to;
        segment = to;
        continue;
      }
      if (size > 63 || at + 1 + size > end || !this.#append(bytes, at + 1, at + 1 + size)) return -1;
      at += 1 + size;
    }
  }

  #append(bytes: Uint8Array, at: number, end: number): boolean {
    let length = this.length;
    if (length + (length > 0 ? 1 : 0) + (end - at) > MAX_TEXT) return false;
    if (length > 0) this.text[length++] = DOT;
    for (let i = at; i < end; i++) {
      const code = bytes[i] ?? 0;
      if (code === DOT) return false;
      this.text[length++] =
        code >= 65 && code <= 90 ? code + 32 : code < 32 || code > 126 ? UNPRINTABLE : code;
    }
    this.length = length;
    return true;
  }

  equals(text: string): boolean {
    if (text.length !== this.length) return false;
    for (let i = 0; i < text.length; i++) {
      if (text.charCodeAt(i) !== this.text[i]) return false;
    }
    return true;
  }

  toString(): string {
    return Buffer.from(this.text.buffer, 0, this.length).toString("latin1");
  }
}
