/** An SMB1 message behind its NetBIOS session header, as far as exploits show in it (integers little-endian,
 *  the session length big-endian).
 *
 *  OFFSET  SIZE  MEANING
 *      0     1   session type: 0 message, 0x81 request, 0x82 accepted, 0x85 keep-alive
 *      1     3   length of what follows (17 bits in RFC 1002, 24 over port 445)
 *      4     4   FF 'S' 'M' 'B'
 *      8     1   command
 *      9     4   NT status; in answers
 *     13     1   flags: 0x80 is an answer
 *     14     2   flags 2: 0x4000 says that the status is an NT status
 *     28     2   tree id    30 process id    32 user id    34 multiplex id, two bytes each
 *     36     1   count of parameter words (Trans, Trans2: 14 + setup words)
 *     49     4   Trans, Trans2: timeout
 *     63     1   setup words        65 the first: subcommand        67 the second: Trans's file id
 *  Source: RFC 1002 § 4.3.1; MS-CIFS 2.2.3.1, 2.2.4.33, 2.2.4.46; MS-SMB 2.1.
 */
import { detached } from "../../../bytes/text.ts";

export const SESSION_HEADER_BYTES = 4;
/** Through the multiplex id. */
export const SMB_HEADER_BYTES = 36;
/** Bytes of a message that are looked at: a tree's name ends before. */
export const LOOKED_AT_BYTES = 192;

export const COMMAND = {
  trans: 0x25,
  trans2: 0x32,
  trans2Secondary: 0x33,
  tree: 0x75,
  ntTrans: 0xa0,
} as const;
export const PEEK_NAMED_PIPE = 0x23;
/** "Reserved but not implemented" (MS-CIFS 2.2.6.15): no client of Microsoft's or Samba's sends it. */
export const TRANS2_SESSION_SETUP = 0x0e;

const SIGNATURE = 0xff;
const SIGNATURE_2 = 0xfe;
const SESSION_REQUEST = 0x81;
const KEEP_ALIVE = 0x85;
const IS_ANSWER = 0x80;
const IS_NT_STATUS = 0x4000;

/** What a session packet is by its first eight bytes. */
export type SessionKind = "smb1" | "smb2" | "session" | "other";

/** Whether a stream's first bytes are an SMB1 message, or ask for a NetBIOS session with a name.
 *  Allocates nothing. */
export function looksLikeSmb(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 8) return false;
  if (bytes[at] === SESSION_REQUEST) {
    // Two encoded names of 34 bytes each, of which the first begins with its length and a letter.
    const letter = bytes[at + 5] ?? 0;
    return isLength(bytes, at, 68) && bytes[at + 4] === 32 && letter >= 0x41 && letter <= 0x50;
  }
  return bytes[at] === 0 && bytes[at + 4] === SIGNATURE && isSmb(bytes, at + 5);
}

function isLength(bytes: Uint8Array, at: number, length: number): boolean {
  return bytes[at + 1] === 0 && bytes[at + 2] === 0 && bytes[at + 3] === length;
}

function isSmb(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x53 && bytes[at + 1] === 0x4d && bytes[at + 2] === 0x42;
}

/** The kind of the session packet whose first eight bytes (fewer when it is shorter) are `bytes[at …]`. */
export function sessionKind(bytes: Uint8Array, at: number, length: number): SessionKind {
  const type = bytes[at] ?? 0;
  if (type >= SESSION_REQUEST && type <= KEEP_ALIVE) return "session";
  if (type !== 0 || length < SMB_HEADER_BYTES - SESSION_HEADER_BYTES) return "other";
  if (!isSmb(bytes, at + 5)) return "other";
  return bytes[at + 4] === SIGNATURE ? "smb1" : bytes[at + 4] === SIGNATURE_2 ? "smb2" : "other";
}

/** Length of what follows the session header. */
export function sessionLength(bytes: Uint8Array, at: number): number {
  return ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
}

/** The parts of a message that are asked for, read where they stand: one object, pointed at each message.
 *  Parts that the capture cut are 0. */
export class SmbMessage {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;

  /** Points it at the message whose session header begins at `at`. */
  set(bytes: Uint8Array, at: number, end: number): this {
    this.#bytes = bytes;
    this.#at = at;
    this.#end = end;
    return this;
  }

  get command(): number {
    return this.#byte(8);
  }

  get isAnswer(): boolean {
    return (this.#byte(13) & IS_ANSWER) !== 0;
  }

  /** Null when the answer has an old DOS error class instead. */
  get ntStatus(): number | null {
    if ((this.#two(14) & IS_NT_STATUS) === 0) return null;
    return (this.#two(9) | (this.#two(11) << 16)) >>> 0;
  }

  get multiplexId(): number {
    return this.#two(34);
  }

  /** Tree, process, user and multiplex id together name one transaction (MS-CIFS 2.2.4.33.2). */
  get transaction(): string {
    return `${this.#two(28)} ${this.#two(30)} ${this.#two(32)} ${this.#two(34)}`;
  }

  /** Sum of the timeout's bytes, modulo 256. */
  get timeoutSum(): number {
    return (this.#byte(49) + this.#byte(50) + this.#byte(51) + this.#byte(52)) & 0xff;
  }

  /** Subcommand of a Trans or Trans2 request; null when it has none, or it was cut. */
  get subcommand(): number | null {
    const words = this.#byte(36);
    const setup = this.#byte(63);
    return setup > 0 && words === 14 + setup && this.#at + 67 <= this.#end ? this.#two(65) : null;
  }

  /** The file that a Trans request on a named pipe is about; null as above. */
  get fileId(): number | null {
    return this.#byte(63) >= 2 && this.#at + 69 <= this.#end ? this.#two(67) : null;
  }

  /** Whether the bytes stand in the message. */
  holds(bytes: Buffer): boolean {
    return Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + this.#at, this.#end - this.#at).includes(
      bytes,
    );
  }

  /** The header in hex, for an excerpt. */
  hex(): string {
    const end = Math.min(this.#end, this.#at + SMB_HEADER_BYTES);
    const shown = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + this.#at, end - this.#at);
    return detached(shown.toString("hex"), 2 * SMB_HEADER_BYTES);
  }

  #byte(offset: number): number {
    const at = this.#at + offset;
    return at < this.#end ? (this.#bytes[at] ?? 0) : 0;
  }

  #two(offset: number): number {
    return this.#byte(offset) | (this.#byte(offset + 1) << 8);
  }
}
