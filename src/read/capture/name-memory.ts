import { parseIp } from "../../bytes/ip.ts";
import type { NamedServer } from "../../model/record.ts";
import type { DnsName } from "./dns-name.ts";
import type { PacketRef } from "./packet-ref.ts";

/** 65,536 pairs of address and name in all. Sets of eight instead of chains: however an attacker chooses the
 *  addresses, a lookup is eight compares, and the oldest of a full set gives way without a list to mend. */
const SETS = 8192;
const WAYS = 8;

/** Which names DNS answers gave to an address, and where that was read. Bounded; learning a pair again
 *  allocates nothing.
 *
 *  Shape: addresses are four 32-bit words, IPv4 as ::ffff:a.b.c.d.
 */
export class NameMemory {
  /** The address to learn or to look up, filled by the caller. */
  readonly address = new Int32Array(4);
  /** Pairs that gave way to newer ones. */
  overwritten = 0;
  readonly #words = new Int32Array(SETS * WAYS * 4);
  readonly #names: (string | null)[] = new Array<string | null>(SETS * WAYS).fill(null);
  readonly #evidence: string[] = new Array<string>(SETS * WAYS).fill("");
  readonly #firstMicros = new Float64Array(SETS * WAYS);
  readonly #lastMicros = new Float64Array(SETS * WAYS);
  readonly #atByte = new Float64Array(SETS * WAYS);
  readonly #byteLength = new Float64Array(SETS * WAYS);
  readonly #packet = new Float64Array(SETS * WAYS);

  /** Remembers that `address` was answered for the name; about 40 ns when the pair is known. */
  learn(name: DnsName, ref: PacketRef): void {
    const from = this.#set();
    let slot = from;
    for (let i = from; i < from + WAYS; i++) {
      const known = this.#names[i];
      if (known === null || known === undefined) {
        slot = i;
        break;
      }
      if (this.#holds(i) && name.equals(known)) {
        if (ref.atMicros > (this.#lastMicros[i] ?? 0)) this.#lastMicros[i] = ref.atMicros;
        return;
      }
      if ((this.#lastMicros[i] ?? 0) < (this.#lastMicros[slot] ?? 0)) slot = i;
    }
    if (this.#names[slot] !== null) this.overwritten++;
    this.#words.set(this.address, slot * 4);
    this.#names[slot] = name.toString();
    this.#evidence[slot] = ref.evidence;
    this.#firstMicros[slot] = ref.atMicros;
    this.#lastMicros[slot] = ref.atMicros;
    this.#atByte[slot] = ref.atByte;
    this.#byteLength[slot] = ref.byteLength;
    this.#packet[slot] = ref.packet;
  }

  /** The name that DNS last gave to the address before the moment; if only later answers are known, the first
   *  of them; null for an address that no answer named. */
  nameOf(ip: string, atMicros: number): NamedServer | null {
    const bytes = parseIp(ip);
    if (bytes === null) return null;
    if (bytes.length === 4) this.setIp4(bytes, 0);
    else this.setIp6(bytes, 0);
    const from = this.#set();
    let best = -1;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (let i = from; i < from + WAYS; i++) {
      if (this.#names[i] === null || !this.#holds(i)) continue;
      const score = this.#score(i, atMicros);
      const newer = best >= 0 && (this.#firstMicros[i] ?? 0) > (this.#firstMicros[best] ?? 0);
      if (score > bestScore || (score === bestScore && newer)) {
        bestScore = score;
        best = i;
      }
    }
    return best < 0 ? null : this.#named(best);
  }

  setIp4(bytes: Uint8Array, at: number): void {
    this.address[0] = 0;
    this.address[1] = 0;
    this.address[2] = 0xffff;
    this.address[3] = word(bytes, at);
  }

  setIp6(bytes: Uint8Array, at: number): void {
    for (let i = 0; i < 4; i++) this.address[i] = word(bytes, at + 4 * i);
  }

  /** Answers before the moment count by how late they came, later ones by how early, and always less. */
  #score(slot: number, atMicros: number): number {
    const first = this.#firstMicros[slot] ?? 0;
    if (first > atMicros) return -first;
    return Math.min(this.#lastMicros[slot] ?? 0, atMicros);
  }

  #named(slot: number): NamedServer {
    const place = {
      evidence: this.#evidence[slot] ?? "",
      atByte: this.#atByte[slot] ?? 0,
      byteLength: this.#byteLength[slot] ?? 0,
      packet: this.#packet[slot] ?? 0,
      line: null,
    };
    return { name: this.#names[slot] ?? "", by: "dns", place };
  }

  #holds(slot: number): boolean {
    for (let i = 0; i < 4; i++) {
      if (this.#words[slot * 4 + i] !== this.address[i]) return false;
    }
    return true;
  }

  #set(): number {
    let hash = 0;
    for (let i = 0; i < 4; i++) {
      hash = Math.imul(hash ^ (this.address[i] ?? 0), 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    return ((Math.imul(hash, 0xc2b2ae35) >>> 8) % SETS) * WAYS;
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)
  );
}
