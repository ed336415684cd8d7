// TLS ClientHello, RFC 8446 § 4.1.2 and § 5.1 (integers big-endian)
//
//   OFFSET  SIZE  MEANING
//        0     1  record type: 22 handshake
//        1     2  record version: 3.0 to 3.4
//        3     2  record length, at most 2^14 + 256; a hello may go on in further records
//        5     1  handshake type: 1 client_hello
//        6     3  handshake length
//        9     2  legacy version
//       11    32  random
//       43   1+n  session id, n at most 32
//        …   2+n  cipher suites
//        …   1+n  compression methods
//        …   2+n  extensions: type(2), length(2), data
import { uint16, uint24 } from "../../bytes/big-endian.ts";

const RECORD_HEADER = 5;
const HANDSHAKE_HEADER = 4;
const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const MAX_RECORD_BYTES = 16_384 + 256;
const MAX_HELLO_BYTES = 65_536;
const VERSION_AND_RANDOM = 34;

/** Types of extensions. Source: IANA, "TLS ExtensionType Values". */
export const EXTENSION = {
  serverName: 0,
  groups: 10,
  pointFormats: 11,
  signatures: 13,
  alpn: 16,
  versions: 43,
} as const;

/** What a client offers when it opens a TLS connection; lists in the order sent, GREASE values included.
 *
 *  Shape: `sni` is lower-case without a final dot, null when the extension is missing or not a name; `alpn`
 *  are the protocol names as bytes read as Latin-1.
 */
export interface ClientHello {
  readonly version: number;
  readonly sni: string | null;
  readonly alpn: readonly string[];
  readonly versions: readonly number[];
  readonly ciphers: readonly number[];
  readonly extensions: readonly number[];
  readonly groups: readonly number[];
  readonly pointFormats: readonly number[];
  readonly signatures: readonly number[];
}

/** Where a payload lies: `bytes[at … end)`. */
export interface PayloadSpan {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly end: number;
}

/** Answers of `sniAt`. */
export const SNI = {
  /** Its offset and length are in `out`. */
  found: 1,
  /** The hello is complete and has none. */
  none: 0,
  /** More bytes are needed; if there are none, `readClientHello` of what is there tells no more. */
  incomplete: -1,
  /** Not a ClientHello. */
  not: -2,
  /** The hello goes on in another record before the name: use `readClientHello`. */
  split: 2,
} as const;

/** Reads a ClientHello from the first bytes that a client sent.
 *
 *  Errors: null for anything else, or lengths that contradict each other; "incomplete" while `bytes[at …
 *  end)` may be the beginning of one (up to 64 KiB over several records).
 *  Source: RFC 8446 § 4.1.2, § 5.1; RFC 6066 § 3 (server name); RFC 7301 § 3.1 (ALPN).
 *  Limits: SSLv2 hellos are not read.
 */
export function readClientHello(
  bytes: Uint8Array,
  at: number,
  end: number,
): ClientHello | "incomplete" | null {
  if (!mayBeHello(bytes, at, end)) return null;
  if (end - at < RECORD_HEADER + HANDSHAKE_HEADER) return "incomplete";
  const first = at + RECORD_HEADER;
  const total = HANDSHAKE_HEADER + uint24(bytes, first + 1);
  if (total > MAX_HELLO_BYTES) return null;
  if (total <= uint16(bytes, at + 3)) {
    if (first + total > end) return "incomplete";
    return parseHello(new Fields(bytes, first + HANDSHAKE_HEADER, first + total));
  }
  const message = gather(bytes.subarray(at, end), total);
  return message instanceof Uint8Array ? parseHello(new Fields(message, HANDSHAKE_HEADER, total)) : message;
}

/** Finds the server name without allocating, also in a hello whose end has not come yet.
 *
 *  Shape: with SNI.found, `out[0]` is the offset of the name in `bytes` and `out[1]` its length.
 */
export function sniAt(payload: PayloadSpan, out: Int32Array): number {
  const { bytes, at, end } = payload;
  if (!mayBeHello(bytes, at, end)) return SNI.not;
  if (end - at < RECORD_HEADER + HANDSHAKE_HEADER) return SNI.incomplete;
  const recordEnd = at + RECORD_HEADER + uint16(bytes, at + 3);
  const helloEnd = at + RECORD_HEADER + HANDSHAKE_HEADER + uint24(bytes, at + 6);
  const stop = Math.min(recordEnd, helloEnd, end);
  const short = stop === end && stop < helloEnd ? SNI.incomplete : stop < helloEnd ? SNI.split : SNI.not;
  let next = at + RECORD_HEADER + HANDSHAKE_HEADER + VERSION_AND_RANDOM;
  if (next + 1 > stop) return short;
  next += 1 + (bytes[next] ?? 0);
  if (next + 2 > stop) return short;
  next += 2 + uint16(bytes, next);
  if (next + 1 > stop) return short;
  next += 1 + (bytes[next] ?? 0);
  if (next === helloEnd) return SNI.none;
  if (next + 2 > stop) return short;
  const extensionsEnd = next + 2 + uint16(bytes, next);
  if (extensionsEnd > helloEnd) return SNI.not;
  next += 2;
  while (next < extensionsEnd) {
    if (next + 4 > stop) return short;
    const size = uint16(bytes, next + 2);
    if (uint16(bytes, next) === EXTENSION.serverName) {
      if (next + 4 + size > stop) return short;
      const name = nameIn(bytes, next + 4, next + 4 + size);
      if (name < 0) return SNI.none;
      out[0] = name;
      out[1] = uint16(bytes, name - 2);
      return SNI.found;
    }
    next += 4 + size;
  }
  return SNI.none;
}

/** Where the name begins in a server_name extension, or -1; its length stands in the two bytes before it.
 *
 *  Shape: list length(2), then type(1) = 0 host name, length(2), name.
 */
function nameIn(bytes: Uint8Array, at: number, end: number): number {
  if (at + 5 > end || bytes[at + 2] !== 0) return -1;
  const length = uint16(bytes, at + 3);
  return length === 0 || at + 5 + length > end ? -1 : at + 5;
}

/** Whether as many of the first bytes as there are could open a ClientHello. */
function mayBeHello(bytes: Uint8Array, at: number, end: number): boolean {
  const size = end - at;
  if (size < 1 || bytes[at] !== HANDSHAKE) return false;
  if (size > 1 && bytes[at + 1] !== 3) return false;
  if (size > 2 && (bytes[at + 2] ?? 0) > 4) return false;
  if (size > 4 && (uint16(bytes, at + 3) > MAX_RECORD_BYTES || uint16(bytes, at + 3) < HANDSHAKE_HEADER))
    return false;
  return size <= RECORD_HEADER || bytes[at + RECORD_HEADER] === CLIENT_HELLO;
}

/** Joins the handshake bytes of several records. */
function gather(bytes: Uint8Array, total: number): Uint8Array | "incomplete" | null {
  const out = new Uint8Array(Math.min(total, bytes.length));
  let length = 0;
  let at = 0;
  while (length < total) {
    if (at + RECORD_HEADER > bytes.length) return "incomplete";
    const size = uint16(bytes, at + 3);
    if (bytes[at] !== HANDSHAKE || size === 0 || size > MAX_RECORD_BYTES) return null;
    const from = at + RECORD_HEADER;
    const part = bytes.subarray(from, Math.min(from + size, from + total - length));
    out.set(part, length);
    length += part.length;
    if (from + size > bytes.length && length < total) return "incomplete";
    at = from + size;
  }
  return out;
}

/** A cursor that turns false for good when a length leaves its bounds. */
class Fields {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
  ok = true;

  constructor(bytes: Uint8Array, at: number, end: number) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  number(size: 1 | 2): number {
    if (!this.#has(size)) return 0;
    const value = size === 1 ? (this.bytes[this.at] ?? 0) : uint16(this.bytes, this.at);
    this.at += size;
    return value;
  }

  skip(size: number): void {
    if (this.#has(size)) this.at += size;
  }

  /** A field behind its own length. */
  vector(lengthSize: 1 | 2): Fields {
    const size = this.number(lengthSize);
    const from = this.at;
    this.skip(size);
    return new Fields(this.bytes, from, this.ok ? from + size : from);
  }

  list(size: 1 | 2): number[] {
    const values: number[] = [];
    while (this.at + size <= this.end) values.push(this.number(size));
    return values;
  }

  text(): string {
    return Buffer.from(this.bytes.subarray(this.at, this.end)).toString("latin1");
  }

  #has(size: number): boolean {
    if (!this.ok || this.at + size > this.end) this.ok = false;
    return this.ok;
  }
}

function parseHello(hello: Fields): ClientHello | null {
  const version = hello.number(2);
  hello.skip(VERSION_AND_RANDOM - 2);
  hello.vector(1);
  const ciphers = hello.vector(2).list(2);
  hello.vector(1);
  // Hellos of TLS 1.0 and older may end here.
  const list = hello.ok && hello.at === hello.end ? hello : hello.vector(2);
  const extensions: number[] = [];
  const data = new Map<number, Fields>();
  while (list.ok && list.at < list.end) {
    const type = list.number(2);
    const field = list.vector(2);
    if (!list.ok) break;
    extensions.push(type);
    if (!data.has(type)) data.set(type, field);
  }
  if (!hello.ok || !list.ok) return null;
  const values = (type: number, lengthSize: 1 | 2, size: 1 | 2) =>
    data.get(type)?.vector(lengthSize).list(size) ?? [];
  return {
    version,
    sni: serverName(data.get(EXTENSION.serverName)),
    alpn: protocols(data.get(EXTENSION.alpn)),
    versions: values(EXTENSION.versions, 1, 2),
    ciphers,
    extensions,
    groups: values(EXTENSION.groups, 2, 2),
    pointFormats: values(EXTENSION.pointFormats, 1, 1),
    signatures: values(EXTENSION.signatures, 2, 2),
  };
}

function serverName(field: Fields | undefined): string | null {
  const at = field === undefined ? -1 : nameIn(field.bytes, field.at, field.end);
  if (field === undefined || at < 0) return null;
  const name = new Fields(field.bytes, at, at + uint16(field.bytes, at - 2)).text().toLowerCase();
  return name.replace(/\.$/, "");
}

function protocols(field: Fields | undefined): string[] {
  const list = field?.vector(2);
  const names: string[] = [];
  while (list?.ok && list.at < list.end) {
    const name = list.vector(1);
    if (list.ok) names.push(name.text());
  }
  return names;
}
