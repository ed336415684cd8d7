// DNS message, RFC 1035 § 4.1 (integers big-endian)
//
//   OFFSET  SIZE  MEANING
//        0     2  id
//        2     2  QR(1) opcode(4) AA TC RD RA Z(3) rcode(4)
//        4     2  questions
//        6     2  answers
//        8     4  authority and additional records, not read
//       12     …  questions: name, type(2), class(2)
//        …     …  answers: name, type(2), class(2), ttl(4), length(2), data
import { uint16 } from "../../bytes/big-endian.ts";
import { formatIpv4 } from "../../bytes/ip.ts";
import type { NamedServer } from "../../model/record.ts";
import { type MalwareName, malwareName } from "../../tables/malware-names.ts";
import type { PoolRow, Pools } from "../../tables/pools.ts";
import { type DnsMessage, DnsName } from "./dns-name.ts";
import { NameMemory } from "./name-memory.ts";
import type { PacketRef } from "./packet-ref.ts";

const HEADER_BYTES = 12;
const TYPE_A = 1;
const TYPE_CNAME = 5;
const TYPE_AAAA = 28;
const CLASS_IN = 1;
/** Resolvers ask one question a message; more than this is no DNS. */
const MAX_QUESTIONS = 8;
/** Aliases told in a record: resolvers themselves give up after 8 to 16. */
const MAX_CHAIN = 16;

/** A question or answer that names a pool.
 *
 *  Shape: `name` is the name as it stood in the message that matched (the pool's, or the asked one where the
 *  address it was given is a pool's); `chain` the names between the one asked for and the pool's, the asked
 *  one first, empty when the pool itself was asked for; `answer` tells which of the two messages it was.
 */
export interface DnsSighting {
  readonly row: PoolRow;
  readonly name: string;
  readonly chain: readonly string[];
  readonly answer: boolean;
  readonly client: string;
}

/** A question or answer about a name of malware. */
export interface MalwareSighting {
  readonly row: MalwareName;
  readonly name: string;
  readonly answer: boolean;
  readonly client: string;
}

/** Watches DNS messages for pools and remembers which names addresses go by.
 *
 *  Errors: none; messages that contradict their own lengths are counted in `malformed`, and what stood before
 *  the contradiction is kept (captures cut by a snap length end that way).
 *  Source: RFC 1035; RFC 3596 for AAAA.
 *  Limits: authority and additional records are not read; DNS over TLS or HTTPS cannot be.
 */
export class DnsWatch {
  malformed = 0;
  readonly #pools: Pools;
  readonly #onPool: (sighting: DnsSighting, ref: PacketRef) => void;
  readonly #onMalware: (sighting: MalwareSighting, ref: PacketRef) => void;
  #memoryMade: NameMemory | null = null;
  readonly #asked = new DnsName();
  readonly #other = new DnsName();
  readonly #message: DnsMessage = { bytes: new Uint8Array(0), start: 0, end: 0 };

  constructor(
    pools: Pools,
    onPool: (sighting: DnsSighting, ref: PacketRef) => void,
    onMalware: (sighting: MalwareSighting, ref: PacketRef) => void = () => {},
  ) {
    this.#pools = pools;
    this.#onPool = onPool;
    this.#onMalware = onMalware;
  }

  /** Names that gave way to newer ones. */
  get overwritten(): number {
    return this.#memoryMade?.overwritten ?? 0;
  }

  /** What DNS called the address. */
  nameOf(ip: string, atMicros: number): NamedServer | null {
    return this.#memoryMade?.nameOf(ip, atMicros) ?? null;
  }

  /** Made with the first address, because its tables take 2 ms and 5 MB. */
  get #memory(): NameMemory {
    this.#memoryMade ??= new NameMemory();
    return this.#memoryMade;
  }

  /** Reads the message `ref.bytes[ref.at … ref.end)`: the payload of a UDP datagram. Allocates only when a
   *  pool or a new pair of address and name is met: 0.3 µs a message otherwise. */
  packet(ref: PacketRef): void {
    if (!this.#read(ref)) this.malformed++;
  }

  #read(ref: PacketRef): boolean {
    const { bytes, at, end } = ref;
    if (at + HEADER_BYTES > end) return false;
    const flags = uint16(bytes, at + 2);
    // Only standard queries (opcode 0) ask for names.
    if ((flags & 0x7800) !== 0) return true;
    const questions = uint16(bytes, at + 4);
    if (questions > MAX_QUESTIONS) return false;
    const message = this.#message;
    message.bytes = bytes;
    message.start = at;
    message.end = end;
    this.#asked.length = 0;
    let next = at + HEADER_BYTES;
    for (let i = 0; i < questions; i++) {
      next = (i === 0 ? this.#asked : this.#other).read(message, next);
      if (next < 0 || next + 4 > end) return false;
      next += 4;
    }
    const answer = flags >= 0x8000;
    const malware = malwareName(this.#asked.text, 0, this.#asked.length);
    if (malware !== null) this.#tellMalware({ row: malware, name: this.#asked.toString(), answer }, ref);
    const row = this.#pools.matchName(this.#asked.text, 0, this.#asked.length);
    if (row !== null) this.#tell({ row, name: this.#asked.toString(), chain: [], answer }, ref);
    return answer ? this.#answers(ref, next, row !== null) : true;
  }

  #answers(ref: PacketRef, from: number, told: boolean): boolean {
    const { bytes, end } = ref;
    const message = this.#message;
    const count = uint16(bytes, ref.at + 6);
    let next = from;
    for (let i = 0; i < count; i++) {
      next = this.#other.read(message, next);
      if (next < 0 || next + 10 > end) return false;
      const type = uint16(bytes, next);
      const inside = (uint16(bytes, next + 2) & 0x7fff) === CLASS_IN;
      const data = next + 10;
      const size = uint16(bytes, next + 8);
      next = data + size;
      if (next > end) return false;
      if (!inside) continue;
      const name = this.#asked.length > 0 ? this.#asked : this.#other;
      if (type === TYPE_A && size === 4) {
        this.#memory.setIp4(bytes, data);
        this.#memory.learn(name, ref);
        told = this.#address(name, ref, told);
      } else if (type === TYPE_AAAA && size === 16) {
        this.#memory.setIp6(bytes, data);
        this.#memory.learn(name, ref);
      } else if (type === TYPE_CNAME && !told) {
        if (this.#other.read(message, data) < 0) return false;
        told = this.#alias(ref, from);
      }
    }
    return true;
  }

  /** The address just answered, if it is a dated pool address: a name of one's own for a pool's server. */
  #address(name: DnsName, ref: PacketRef, told: boolean): boolean {
    const address = this.#memory.address[3] ?? 0;
    if (told || name.length === 0 || !this.#pools.mayBePoolIp4(address)) return told;
    const row = this.#pools.matchIp(formatIpv4(address), ref.atMicros);
    if (row === null) return false;
    this.#tell({ row, name: name.toString(), chain: [], answer: true }, ref);
    return true;
  }

  /** The alias target just decoded, if it is a pool's. */
  #alias(ref: PacketRef, from: number): boolean {
    const row = this.#pools.matchName(this.#other.text, 0, this.#other.length);
    if (row === null) return false;
    const name = this.#other.toString();
    const chain = this.#asked.length > 0 ? this.#chainTo(name, ref, from) : [];
    this.#tell({ row, name, chain, answer: true }, ref);
    return true;
  }

  /** The names from the one asked for to `target`, without it, by the answer's own CNAME records. */
  #chainTo(target: string, ref: PacketRef, from: number): string[] {
    const aliases = this.#aliases(ref, from);
    const chain: string[] = [];
    let name: string | undefined = this.#asked.toString();
    while (name !== undefined && name !== target && chain.length < MAX_CHAIN) {
      chain.push(name);
      name = aliases.get(name);
    }
    return chain;
  }

  #aliases(ref: PacketRef, from: number): Map<string, string> {
    const aliases = new Map<string, string>();
    const count = uint16(ref.bytes, ref.at + 6);
    let next = from;
    for (let i = 0; i < count && aliases.size < MAX_CHAIN; i++) {
      next = this.#other.read(this.#message, next);
      if (next < 0 || next + 10 > ref.end) break;
      const owner = this.#other.toString();
      const data = next + 10;
      if (uint16(ref.bytes, next) === TYPE_CNAME && this.#other.read(this.#message, data) >= 0) {
        aliases.set(owner, this.#other.toString());
      }
      next = data + uint16(ref.bytes, next + 8);
    }
    return aliases;
  }

  #tell(sighting: Omit<DnsSighting, "client">, ref: PacketRef): void {
    this.#onPool({ ...sighting, client: clientOf(sighting.answer, ref) }, ref);
  }

  #tellMalware(sighting: Omit<MalwareSighting, "client">, ref: PacketRef): void {
    this.#onMalware({ ...sighting, client: clientOf(sighting.answer, ref) }, ref);
  }
}

function clientOf(answer: boolean, ref: PacketRef): string {
  return answer ? ref.destinationIp() : ref.sourceIp();
}
