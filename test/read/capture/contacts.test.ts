import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContactRecord } from "../../../src/model/record.ts";
import { Contacts, type Met } from "../../../src/read/capture/contacts.ts";
import type { PacketRef } from "../../../src/read/capture/packet-ref.ts";
import type { ClientHello } from "../../../src/read/capture/tls.ts";
import type { Desk } from "../../../src/read/reader.ts";
import { loadPools, type PoolRow } from "../../../src/tables/pools.ts";

const pools = loadPools();

function row(name: string): PoolRow {
  const found = pools.matchHost(name);
  assert.ok(found !== null, name);
  return found;
}

class Notes implements Desk {
  readonly contacts: ContactRecord[] = [];
  readonly gaps: string[] = [];
  record(record: Parameters<Desk["record"]>[0]): void {
    if (record.kind === "contact") this.contacts.push(record);
  }
  gap(...[, code, says]: Parameters<Desk["gap"]>): void {
    this.gaps.push(`${code}: ${says}`);
  }
  countGap(): void {}
  nextId(prefix: string): string {
    return prefix;
  }
  state<T>(_key: string, make: () => T): T {
    return make();
  }
}

function flush(contacts: Contacts): Notes {
  const notes = new Notes();
  contacts.flush(notes);
  return notes;
}

const met = (client: string, atMicros: number): Met => ({
  client,
  server: { ip: "192.0.2.80", port: 443 },
  atMicros,
  place: { evidence: "e1", atByte: atMicros, byteLength: 60, packet: atMicros, line: null },
});

function ref(atMicros: number): PacketRef {
  return {
    bytes: new Uint8Array(0),
    at: 0,
    end: 0,
    evidence: "e1",
    packet: atMicros,
    atByte: 0,
    byteLength: 60,
    atMicros,
    sourcePort: 53,
    destinationPort: 53,
    sourceIp: () => "",
    destinationIp: () => "",
  };
}

test("a question and its answer are one look-up; the chain is kept", () => {
  const contacts = new Contacts();
  const name = "pool.minexmr.com";
  const sighting = { row: row(name), name, client: "192.0.2.1", chain: [] };
  contacts.dns({ ...sighting, answer: false }, ref(10));
  contacts.dns({ ...sighting, answer: true, chain: ["alias.example"] }, ref(20));
  contacts.dns({ ...sighting, answer: false }, ref(30));
  const { contacts: records, gaps } = flush(contacts);
  assert.equal(records.length, 1);
  const [one] = records;
  assert.deepEqual([one?.by, one?.times, one?.firstMicros, one?.lastMicros], ["dns", 2, 10, 30]);
  assert.deepEqual(one?.chain, ["alias.example"]);
  assert.deepEqual(one?.pool, {
    matched: name,
    pool: row(name).pool,
    coin: row(name).coin,
    source: row(name).source,
    seen: row(name).seen,
  });
  assert.deepEqual(gaps, []);
});

test("the earliest sighting gives time and place, in whatever order they come", () => {
  const contacts = new Contacts();
  for (const atMicros of [50, 20, 80])
    contacts.http(row("pool.minexmr.com"), "pool.minexmr.com", met("192.0.2.1", atMicros));
  const [one] = flush(contacts).contacts;
  assert.deepEqual([one?.firstMicros, one?.lastMicros, one?.times, one?.place.packet], [20, 80, 3, 20]);
});

test("contacts differ by client, way and name, and come out in order of time", () => {
  const contacts = new Contacts();
  const hello: ClientHello = {
    version: 0x0303,
    sni: "ws027.authedmine.com",
    alpn: ["h2", "http/1.1"],
    versions: [],
    ciphers: [0x1301],
    extensions: [0, 16],
    groups: [],
    pointFormats: [],
    signatures: [],
  };
  const pool = row("pool.minexmr.com");
  contacts.socks(pool, { host: "pool.minexmr.com" }, met("192.0.2.2", 40));
  contacts.sni(row("ws027.authedmine.com"), hello, met("192.0.2.1", 30));
  contacts.http(pool, "pool.minexmr.com", met("192.0.2.2", 20));
  contacts.http(pool, "pool.minexmr.com", met("192.0.2.1", 20));
  contacts.ip(pool, null, met("192.0.2.1", 10));
  const records = flush(contacts).contacts;
  assert.deepEqual(
    records.map((one) => `${one.firstMicros} ${one.client} ${one.by}`),
    ["10 192.0.2.1 ip", "20 192.0.2.1 http", "20 192.0.2.2 http", "30 192.0.2.1 sni", "40 192.0.2.2 socks5"],
  );
  assert.equal(records[3]?.alpn, "h2,http/1.1");
  assert.match(records[3]?.ja3 ?? "", /^[0-9a-f]{32}$/);
  assert.match(records[3]?.ja4 ?? "", /^t12d0102h2_/);
  assert.deepEqual(flush(contacts).contacts, []);
});

test("100,000 contacts are kept, the next is counted and told", () => {
  const contacts = new Contacts();
  const pool = row("pool.minexmr.com");
  for (let i = 0; i < 100_000; i++) contacts.http(pool, "pool.minexmr.com", met(`client ${i}`, i));
  contacts.http(pool, "pool.minexmr.com", met("client 0", 1));
  contacts.http(pool, "pool.minexmr.com", met("one more", 7));
  contacts.http(pool, "pool.minexmr.com", met("one more", 8));
  const { contacts: records, gaps } = flush(contacts);
  assert.equal(records.length, 100_000);
  assert.deepEqual(gaps, ["dropped-details: 2 contacts beyond the first 100000 are not told apart"]);
});
