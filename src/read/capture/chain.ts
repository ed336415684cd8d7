import { bytesAt } from "../../model/place.ts";
import type { NamedServer } from "../../model/record.ts";
import { loadPools, type Pools } from "../../tables/pools.ts";
import type { Desk } from "../reader.ts";
import { Contacts } from "./contacts.ts";
import { DnsWatch } from "./dns.ts";
import { FirstLook } from "./first-look.ts";
import { Fragments } from "./fragments.ts";
import { NameQueries } from "./name-queries.ts";
import { Packet, type PacketSink } from "./packet.ts";
import { SmbMarks } from "./smb/smb-marks.ts";
import { Decoders, type Decoding } from "./stream/decoders.ts";
import { Tally } from "./tally.ts";
import { TcpFlows } from "./tcp-flows.ts";
import { ipTunnel, udpTunnel } from "./tunnels.ts";
import { DNS_PORT } from "./udp-ports.ts";

/** A rotated capture goes on in its next file within this time;
 *  after a longer pause connections are read anew. */
const MAX_PAUSE_MICROS = 300e6;
/** Clocks of files that follow each other may overlap by this much. */
const OVERLAP_MICROS = 1e6;

/** Captures that follow each other, read as one: connections run on from file to file. Captures of the same
 *  time (two taps, one file twice) are different chains, so that none spoils the other's sequence numbers. */
export class Chain implements PacketSink {
  readonly packet: Packet;
  readonly #tally = new Tally();
  readonly #fragments = new Fragments();
  readonly #tcp: TcpFlows;
  readonly #dns: DnsWatch;
  readonly #desk: Desk;
  #lastMicros = Number.NEGATIVE_INFINITY;
  #isBusy = false;

  constructor(decoding: Decoding) {
    this.#desk = decoding.desk;
    this.#dns = decoding.dns;
    this.packet = new Packet(this, this.#tally);
    this.#tcp = new TcpFlows(new Decoders(decoding), new FirstLook(decoding));
  }

  tcp(p: Packet): void {
    this.#tcp.packet(p);
  }

  udp(p: Packet): void {
    if (p.destinationPort === DNS_PORT || p.sourcePort === DNS_PORT) this.#name(p);
    else udpTunnel(p, p.destinationPort);
  }

  #name(p: Packet): void {
    const { malformed } = this.#dns;
    this.#dns.packet(p);
    if (this.#dns.malformed > malformed && p.missing === 0) {
      p.fault("malformed-packet", "DNS message contradicts its own lengths");
    }
  }

  other(p: Packet, protocol: number): void {
    ipTunnel(p, protocol);
  }

  fragment4(p: Packet, headerAt: number): void {
    this.#fragments.fragment4(p, headerAt);
  }

  fragment6(p: Packet): void {
    this.#fragments.fragment6(p);
  }

  /** Microseconds between this chain's end and that time, null when a file of that time is none of its. */
  pauseBefore(firstMicros: number): number | null {
    const pause = firstMicros - this.#lastMicros;
    return this.#isBusy || pause < -OVERLAP_MICROS || pause > MAX_PAUSE_MICROS ? null : Math.max(0, pause);
  }

  /** Whether no file that begins at that time or later can go on with it. */
  isPast(firstMicros: number): boolean {
    return !this.#isBusy && firstMicros - this.#lastMicros > MAX_PAUSE_MICROS;
  }

  enter(): void {
    this.#isBusy = true;
  }

  /** A file is at its end. */
  leave(lastMicros: number): void {
    this.#isBusy = false;
    this.#lastMicros = lastMicros;
    this.#takeGaps();
  }

  finish(): void {
    this.#tcp.finish();
    const { evicted } = this.#tcp;
    if (evicted > 0) {
      const says = "TCP connections were dropped to keep memory bounded";
      const place = bytesAt(this.packet.evidence, 0, 0);
      this.#desk.countGap({ place, code: "evicted-flows", says, count: evicted });
    }
    this.#takeGaps();
  }

  #takeGaps(): void {
    for (const gap of this.#tally.take()) this.#desk.countGap(gap);
  }
}

/** All chains of a run, with what they share: names and contacts. */
export class Chains {
  readonly #decoding: Decoding;
  readonly #contacts = new Contacts();
  readonly #smb = new SmbMarks();
  readonly #names = new NameQueries();
  #chains: Chain[] = [];

  constructor(desk: Desk) {
    const pools: Pools = loadPools();
    const contacts = this.#contacts;
    const dns = new DnsWatch(
      pools,
      (sighting, ref) => contacts.dns(sighting, ref),
      (sighting, ref) => this.#names.add(sighting, ref),
    );
    const nameOf = (ip: string, atMicros: number): NamedServer | null => dns.nameOf(ip, atMicros);
    this.#decoding = { desk, pools, contacts, dns, smb: this.#smb, nameOf };
  }

  /** The chain that a file beginning at that time goes on with: the one whose end lies closest before it.
   *  Files come in the order of their first packets, so that chains left behind can be ended. */
  enter(firstMicros: number): Chain {
    const past = this.#chains.filter((chain) => chain.isPast(firstMicros));
    for (const chain of past) chain.finish();
    this.#chains = this.#chains.filter((chain) => !past.includes(chain));
    let best: Chain | null = null;
    let shortest = Number.POSITIVE_INFINITY;
    for (const chain of this.#chains) {
      const pause = chain.pauseBefore(firstMicros);
      if (pause === null || pause >= shortest) continue;
      best = chain;
      shortest = pause;
    }
    if (best === null) {
      best = new Chain(this.#decoding);
      this.#chains.push(best);
    }
    best.enter();
    return best;
  }

  finish(): void {
    for (const chain of this.#chains) chain.finish();
    this.#chains = [];
    for (const gathered of [this.#contacts, this.#smb, this.#names]) gathered.flush(this.#decoding.desk);
  }
}
