// SOCKS 5 (RFC 1928, RFC 1929) and SOCKS 4/4a, client → server on the left
//
//   05 n method×n                            ←  05 method
//   01 n user n password                     ←  01 status            (method 2 only)
//   05 command 00 type address port(2)       ←  05 reply 00 type address port(2)
//   04 command port(2) ip(4) user 00 [host 00]  ←  00 code port(2) ip(4)
//
//   type: 1 IPv4 (4 bytes), 3 name (1 + n bytes), 4 IPv6 (16 bytes); command: 1 connect
import { formatIpv4, formatIpv6 } from "../../bytes/ip.ts";

const VERSION_4 = 4;
const VERSION_5 = 5;
const AUTHENTICATION = 1;
const CONNECT = 1;
const GRANTED_4 = 0x5a;
const NO_METHOD = 0xff;
/** Longest message: user name and password of 255 bytes each. */
const MAX_MESSAGE_BYTES = 520;
const ADDRESS_BYTES = new Map([
  [1, 4],
  [4, 16],
]);

/** Whether a client's first bytes are a SOCKS greeting or request and nothing else:
 *  a client waits for the answer. Allocates nothing. */
export function looksLikeSocks(bytes: Uint8Array, at: number, end: number): boolean {
  const size = end - at;
  if (size >= 3 && bytes[at] === VERSION_5) return bytes[at + 1] === size - 2;
  return size >= 9 && bytes[at] === VERSION_4 && bytes[at + 1] === CONNECT && bytes[end - 1] === 0;
}

/** Follows the opening of a proxied connection, so that the inner stream can be read like any other.
 *
 *  Shape: `feed` takes the bytes of one side in stream order and returns how many belong to the opening; what
 *  is left over belongs to the inner stream once `state` is "open", and has to be fed again while it is
 *  "pending". `target` is what the client asked for; null where only the server was captured.
 *  Source: RFC 1928, RFC 1929; SOCKS 4 and 4a by their authors' notes (Lee; Ylonen).
 *  Limits: CONNECT only; BIND, UDP and GSS-API end in "failed". User names and passwords are skipped.
 */
export class Socks5 {
  state: "pending" | "open" | "failed" = "pending";
  target: { readonly host: string; readonly port: number } | null = null;
  readonly #sides = [new Side(), new Side()] as const;
  #requested = false;
  #version = 0;

  feed(
    side: 0 | 1,
    chunk: { readonly bytes: Uint8Array; readonly at: number; readonly end: number },
  ): number {
    const { bytes, at, end } = chunk;
    const held = this.#sides[side];
    let next = at;
    while (next < end && this.state === "pending") {
      if (side === 0 && this.#requested) {
        // The client goes on without waiting only where the capture lacks the server's side.
        if (!this.#sides[1].spoke) this.state = "open";
        return next - at;
      }
      held.spoke = true;
      held.bytes[held.length++] = bytes[next++] ?? 0;
      if (side === 0) this.#client(held);
      else this.#server(held);
      if (held.length === MAX_MESSAGE_BYTES) this.state = "failed";
    }
    return next - at;
  }

  #client(side: Side): void {
    const first = side.bytes[0] ?? 0;
    if (first === VERSION_4) this.#request4(side);
    else if (first === VERSION_5 && !side.greeted) {
      if (side.length < 2 || side.length < 2 + (side.bytes[1] ?? 0)) return;
      side.greeted = true;
      side.length = 0;
    } else if (first === VERSION_5) this.#request5(side);
    else if (first === AUTHENTICATION && side.greeted) {
      const user = 2 + (side.bytes[1] ?? 0);
      if (side.length < 2 || side.length <= user || side.length < user + 1 + (side.bytes[user] ?? 0)) return;
      side.length = 0;
    } else this.state = "failed";
  }

  #request5(side: Side): void {
    const length = side.addressed();
    if (length < 0 || (side.length > 1 && side.bytes[1] !== CONNECT)) this.state = "failed";
    if (length <= 0 || this.state === "failed") return;
    const { bytes } = side;
    const from = bytes[3] === 3 ? 5 : 4;
    const host = hostOf(bytes[3] ?? 0, bytes.subarray(from, length - 2));
    this.#ask(side, host, length - 2);
  }

  #request4(side: Side): void {
    const { bytes, length } = side;
    if (length > 1 && bytes[1] !== CONNECT) this.state = "failed";
    if (length < 9 || bytes[length - 1] !== 0) return;
    const userEnd = bytes.indexOf(0, 8);
    // 0.0.0.x with x not 0 announces a name behind the user (4a).
    const named = bytes[4] === 0 && bytes[5] === 0 && bytes[6] === 0 && bytes[7] !== 0;
    if (named && userEnd === length - 1) return;
    const host = named ? hostOf(3, bytes.subarray(userEnd + 1, length - 1)) : hostOf(1, bytes.subarray(4, 8));
    this.#version = VERSION_4;
    this.#ask(side, host, 2);
  }

  #ask(side: Side, host: string, portAt: number): void {
    const port = ((side.bytes[portAt] ?? 0) << 8) | (side.bytes[portAt + 1] ?? 0);
    this.target = { host, port };
    this.#requested = true;
    side.length = 0;
  }

  #server(side: Side): void {
    const first = side.bytes[0] ?? 0;
    if (first === 0 && this.#version !== VERSION_5 && !side.greeted) {
      if (side.length < 8) return;
      this.state = side.bytes[1] === GRANTED_4 ? "open" : "failed";
      side.length = 0;
    } else if (first === AUTHENTICATION && side.greeted) {
      if (side.length < 2) return;
      if (side.bytes[1] !== 0) this.state = "failed";
      side.length = 0;
    } else if (first === VERSION_5 && !side.greeted) {
      if (side.length < 2) return;
      if (side.bytes[1] === NO_METHOD) this.state = "failed";
      this.#version = VERSION_5;
      side.greeted = true;
      side.length = 0;
    } else if (first === VERSION_5) this.#reply5(side);
    else this.state = "failed";
  }

  #reply5(side: Side): void {
    const length = side.addressed();
    if (length < 0 || (side.length > 1 && side.bytes[1] !== 0)) this.state = "failed";
    else if (length > 0) {
      this.state = "open";
      side.length = 0;
    }
  }
}

/** What one side has said of the message that is not complete yet. */
class Side {
  readonly bytes = new Uint8Array(MAX_MESSAGE_BYTES);
  length = 0;
  greeted = false;
  spoke = false;

  /** Length of the request or reply once it is all there, 0 before,
   *  -1 for an address type that does not exist. */
  addressed(): number {
    if (this.length < 5) return 0;
    const type = this.bytes[3] ?? 0;
    const address = type === 3 ? 1 + (this.bytes[4] ?? 0) : ADDRESS_BYTES.get(type);
    if (address === undefined) return -1;
    const length = 4 + address + 2;
    return this.length >= length ? length : 0;
  }
}

function hostOf(type: number, bytes: Uint8Array): string {
  if (type === 1) return formatIpv4(((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | lowHalf(bytes));
  if (type === 4) return formatIpv6(bytes);
  return Buffer.from(bytes).toString("latin1").toLowerCase().replace(/\.$/, "");
}

function lowHalf(bytes: Uint8Array): number {
  return ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
}
