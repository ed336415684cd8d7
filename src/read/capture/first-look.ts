import type { Packet } from "./packet.ts";
import { placeOf } from "./packet-ref.ts";
import type { Decoding } from "./stream/decoders.ts";
import { readClientHello, SNI, sniAt } from "./tls.ts";

/** What a connection's first packets give away without following it:
 *  a pool's address, a pool's name in TLS. */
export class FirstLook {
  readonly #decoding: Decoding;
  readonly #name = new Int32Array(2);

  constructor(decoding: Decoding) {
    this.#decoding = decoding;
  }

  /** A connection's first packet: whichever end is a pool's address is the server. Allocates only then. */
  connection(p: Packet): void {
    if (p.isIp6) return;
    const { pools } = this.#decoding;
    const clientIsSource = pools.mayBePoolIp4(p.destination4);
    if (!clientIsSource && !pools.mayBePoolIp4(p.source4)) return;
    const server = clientIsSource
      ? { ip: p.destinationIp(), port: p.destinationPort }
      : { ip: p.sourceIp(), port: p.sourcePort };
    const row = pools.matchIp(server.ip, p.atMicros);
    // A rented address serves others too: only the pool's own ports are a contact with the pool.
    if (row === null || (row.ports.length > 0 && !row.ports.includes(server.port))) return;
    const client = clientIsSource ? p.sourceIp() : p.destinationIp();
    const name = this.#decoding.nameOf(server.ip, p.atMicros)?.name ?? null;
    this.#decoding.contacts.ip(row, name, { client, server, atMicros: p.atMicros, place: placeOf(p) });
  }

  /** A payload that begins like TLS. False when the hello goes on in further segments. */
  tls(p: Packet): boolean {
    const { pools, contacts } = this.#decoding;
    const found = sniAt(p, this.#name);
    if (found === SNI.incomplete || found === SNI.split) return false;
    if (found !== SNI.found) return true;
    const at = this.#name[0] ?? 0;
    const row = pools.matchName(p.bytes, at, at + (this.#name[1] ?? 0));
    if (row === null) return true;
    const hello = readClientHello(p.bytes, p.at, p.end);
    if (hello === "incomplete") return false;
    const server = { ip: p.destinationIp(), port: p.destinationPort };
    if (hello !== null) {
      contacts.sni(row, hello, { client: p.sourceIp(), server, atMicros: p.atMicros, place: placeOf(p) });
    }
    return true;
  }
}
