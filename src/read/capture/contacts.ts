import type { Place } from "../../model/place.ts";
import type { ContactRecord, Endpoint } from "../../model/record.ts";
import type { PoolRow } from "../../tables/pools.ts";
import type { Desk } from "../reader.ts";
import type { DnsSighting } from "./dns.ts";
import { ja3, ja4 } from "./ja.ts";
import { type PacketRef, placeOf } from "./packet-ref.ts";
import type { ClientHello } from "./tls.ts";

const MAX_CONTACTS = 100_000;

/** A contact that a stream shows: who, with whom, and where it stands. */
export interface Met {
  readonly client: string;
  readonly server: Endpoint;
  readonly atMicros: number;
  readonly place: Place;
}

type Seen = Pick<ContactRecord, "by" | "client" | "server" | "name" | "chain" | "alpn" | "ja3" | "ja4">;

interface Contact {
  seen: Seen;
  readonly row: PoolRow;
  firstMicros: number;
  lastMicros: number;
  /** Questions and answers are counted apart: the same look-up shows as both. */
  asked: number;
  answered: number;
  place: Place;
}

/** Gathers contacts with pools, one for each client, name or address, and way of knowing; at most 100,000,
 *  further ones are counted and become a gap. */
export class Contacts {
  readonly #contacts = new Map<string, Contact>();
  #dropped = 0;
  #firstDropped: Place | null = null;

  /** A DNS question or answer. */
  dns(sighting: DnsSighting, ref: PacketRef): void {
    const { row, client, name, chain, answer } = sighting;
    const seen = { ...BARE, by: "dns", client, name, chain } as const;
    this.#add(seen, row, { atMicros: ref.atMicros, place: placeOf(ref), answer });
  }

  /** A TLS ClientHello with a pool's name. */
  sni(row: PoolRow, hello: ClientHello, met: Met): void {
    const prints = { alpn: hello.alpn.join(",") || null, ja3: ja3(hello), ja4: ja4(hello, "t") };
    const seen = {
      ...BARE,
      ...prints,
      by: "sni",
      client: met.client,
      server: met.server,
      name: hello.sni,
    } as const;
    this.#add(seen, row, met);
  }

  /** A SOCKS request for a pool; the server is the proxy. */
  socks(row: PoolRow, target: { readonly host: string }, met: Met): void {
    this.#add({ ...BARE, by: "socks5", client: met.client, server: met.server, name: target.host }, row, met);
  }

  /** An HTTP Host header or CONNECT target that is a pool's. */
  http(row: PoolRow, host: string, met: Met): void {
    this.#add({ ...BARE, by: "http", client: met.client, server: met.server, name: host }, row, met);
  }

  /** A connection to a dated pool address; `name` is what DNS called it, if anything. */
  ip(row: PoolRow, name: string | null, met: Met): void {
    this.#add({ ...BARE, by: "ip", client: met.client, server: met.server, name }, row, met);
  }

  /** Lays the contacts down, ordered by time, then client, way and name. */
  flush(desk: Desk): void {
    for (const contact of [...this.#contacts.values()].sort(inOrder)) desk.record(recordOf(contact));
    if (this.#firstDropped !== null) {
      const says = `${this.#dropped} contacts beyond the first ${MAX_CONTACTS} are not told apart`;
      desk.gap(this.#firstDropped, "dropped-details", says);
    }
    this.#contacts.clear();
    this.#dropped = 0;
    this.#firstDropped = null;
  }

  #add(seen: Seen, row: PoolRow, when: { atMicros: number; place: Place; answer?: boolean }): void {
    const key = `${seen.by} ${seen.client} ${seen.server?.ip ?? ""} ${seen.name ?? ""} ${row.matched}`;
    const known = this.#contacts.get(key);
    const { atMicros, place } = when;
    const answered = when.answer === true ? 1 : 0;
    if (known === undefined) {
      if (this.#contacts.size >= MAX_CONTACTS) {
        this.#dropped++;
        this.#firstDropped ??= place;
        return;
      }
      const counts = { asked: 1 - answered, answered };
      this.#contacts.set(key, { seen, row, firstMicros: atMicros, lastMicros: atMicros, ...counts, place });
      return;
    }
    known.asked += 1 - answered;
    known.answered += answered;
    known.lastMicros = Math.max(known.lastMicros, atMicros);
    if (known.seen.chain.length === 0 && seen.chain.length > 0)
      known.seen = { ...known.seen, chain: seen.chain };
    if (atMicros >= known.firstMicros) return;
    known.firstMicros = atMicros;
    known.place = place;
    known.seen = { ...seen, chain: known.seen.chain };
  }
}

const BARE = { server: null, name: null, chain: [], alpn: null, ja3: null, ja4: null } as const;

function recordOf({ seen, row, asked, answered, ...when }: Contact): ContactRecord {
  const { matched, pool, coin, source, seen: date } = row;
  const times = Math.max(asked, answered);
  return { kind: "contact", ...seen, pool: { matched, pool, coin, source, seen: date }, ...when, times };
}

function inOrder(a: Contact, b: Contact): number {
  return a.firstMicros - b.firstMicros || compare(sortKey(a), sortKey(b));
}

const sortKey = ({ seen, row }: Contact) =>
  [seen.client, seen.by, seen.name, row.matched, seen.server?.ip, seen.server?.port].join(" ");

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
