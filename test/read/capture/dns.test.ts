import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { type DnsSighting, DnsWatch } from "../../../src/read/capture/dns.ts";
import { DnsName } from "../../../src/read/capture/dns-name.ts";
import { DnsStream } from "../../../src/read/capture/dns-stream.ts";
import { NameMemory } from "../../../src/read/capture/name-memory.ts";
import type { PacketRef } from "../../../src/read/capture/packet-ref.ts";
import { loadPools } from "../../../src/tables/pools.ts";
import { dataPath } from "../../kit/data.ts";
import { packetsOf } from "./capture-packets.ts";

const A = 1;
const CNAME = 5;
const AAAA = 28;
const CLIENT = "192.0.2.10";
const RESOLVER = "192.0.2.53";

const u16 = (...values: number[]) => values.flatMap((value) => [value >> 8, value & 255]);
const name = (text: string) => [
  ...text.split(".").flatMap((label) => [label.length, ...Buffer.from(label)]),
  0,
];
const record = (owner: number[], type: number, data: number[]) => [
  ...owner,
  ...u16(type, 1, 0, 300, data.length),
  ...data,
];

function query(asked: string): number[] {
  return [...u16(0x1234, 0x0100, 1, 0, 0, 0), ...name(asked), ...u16(A, 1)];
}

function answer(asked: string, ...records: number[][]): number[] {
  return [...u16(0x1234, 0x8180, 1, records.length, 0, 0), ...name(asked), ...u16(A, 1), ...records.flat()];
}
/** A pointer to the question's name. */
const ASKED = [0xc0, 12];

function ref(bytes: number[], more: Partial<PacketRef> = {}): PacketRef {
  const fromServer = ((bytes[2] ?? 0) & 0x80) !== 0;
  return {
    bytes: Uint8Array.from(bytes),
    at: 0,
    end: bytes.length,
    evidence: "e1",
    packet: 1,
    atByte: 40,
    byteLength: bytes.length,
    atMicros: 1e15,
    sourcePort: fromServer ? 53 : 40_000,
    destinationPort: fromServer ? 40_000 : 53,
    sourceIp: () => (fromServer ? RESOLVER : CLIENT),
    destinationIp: () => (fromServer ? CLIENT : RESOLVER),
    ...more,
  };
}

function watch() {
  const seen: DnsSighting[] = [];
  return { seen, dns: new DnsWatch(loadPools(), (sighting) => seen.push(sighting)) };
}

test("a question for a pool is told with the one who asks, in any case of letters", () => {
  const { seen, dns } = watch();
  dns.packet(ref(query("Pool.MineXMR.com")));
  dns.packet(ref(query("pool.minexmr.com.evil.example")));
  dns.packet(ref(query("www.example.org")));
  assert.equal(seen.length, 1);
  assert.equal(seen[0]?.client, CLIENT);
  assert.equal(seen[0]?.name, "pool.minexmr.com");
  assert.equal(seen[0]?.answer, false);
  assert.equal(dns.malformed, 0);
});

test("an alias of a pool is told with the chain of names, the asked one first", () => {
  const { seen, dns } = watch();
  const first = record(ASKED, CNAME, name("mid.example.net"));
  const second = record(name("mid.example.net"), CNAME, name("pool.minexmr.com"));
  const third = record(name("pool.minexmr.com"), A, [198, 51, 100, 7]);
  dns.packet(ref(answer("cdn.example.org", first, second, third)));
  assert.equal(seen.length, 1);
  assert.equal(seen[0]?.name, "pool.minexmr.com");
  assert.deepEqual(seen[0]?.chain, ["cdn.example.org", "mid.example.net"]);
  assert.equal(seen[0]?.client, CLIENT);
  assert.equal(dns.nameOf("198.51.100.7", 2e15)?.name, "cdn.example.org");
});

test("records out of order, or an alias of itself, give a chain that ends", () => {
  const { seen, dns } = watch();
  const second = record(name("mid.example.net"), CNAME, name("pool.minexmr.com"));
  const first = record(ASKED, CNAME, name("mid.example.net"));
  dns.packet(ref(answer("cdn.example.org", second, first)));
  assert.deepEqual(seen[0]?.chain, ["cdn.example.org", "mid.example.net"]);
  const self = record(ASKED, CNAME, ASKED);
  const pool = record(name("x.example.net"), CNAME, name("pool.minexmr.com"));
  dns.packet(ref(answer("cdn.example.org", self, pool)));
  assert.ok((seen[1]?.chain.length ?? 99) <= 16);
});

test("an answer with a pool's dated address is told, and one too old is not", () => {
  const { seen, dns } = watch();
  const message = answer("cdn.example.org", record(ASKED, A, [94, 23, 199, 191]));
  dns.packet(ref(message, { atMicros: Date.UTC(2018, 5, 1) * 1000 }));
  dns.packet(ref(message, { atMicros: Date.UTC(2024, 5, 1) * 1000 }));
  assert.deepEqual(
    seen.map((one) => [one.row.matched, one.name]),
    [["94.23.199.191", "cdn.example.org"]],
  );
});

test("addresses get the name that was asked for, IPv4 and IPv6, the latest before the moment", () => {
  const { dns } = watch();
  const six = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5];
  dns.packet(ref(answer("a.example", record(ASKED, A, [192, 0, 2, 5])), { atMicros: 100, packet: 7 }));
  dns.packet(ref(answer("b.example", record(ASKED, A, [192, 0, 2, 5])), { atMicros: 200 }));
  dns.packet(ref(answer("c.example", record(ASKED, AAAA, six)), { atMicros: 300 }));
  assert.equal(dns.nameOf("192.0.2.5", 199)?.name, "a.example");
  assert.equal(dns.nameOf("192.0.2.5", 199)?.place.packet, 7);
  assert.equal(dns.nameOf("192.0.2.5", 200)?.name, "b.example");
  assert.equal(dns.nameOf("192.0.2.5", 50)?.name, "a.example");
  assert.equal(dns.nameOf("2001:db8::5", 400)?.name, "c.example");
  assert.equal(dns.nameOf("192.0.2.6", 400), null);
  assert.equal(dns.nameOf("no address", 400), null);
});

test("names with pointers forward, to themselves or too many are refused", () => {
  const { dns, seen } = watch();
  const header = u16(1, 0x0100, 1, 0, 0, 0);
  for (const pointer of [
    [0xc0, 12],
    [0xc0, 14],
    [0xff, 0xff],
    [0x40, 0],
    [0x80, 1],
  ]) {
    dns.packet(ref([...header, ...pointer, ...u16(A, 1)]));
  }
  assert.equal(dns.malformed, 5);
  const chain = (pointers: number) => {
    const bytes = [0];
    for (let i = 0; i < pointers; i++) bytes.push(0xc0, i === 0 ? 0 : 2 * i - 1);
    const message = { bytes: Uint8Array.from(bytes), start: 0, end: bytes.length };
    return new DnsName().read(message, bytes.length - 2);
  };
  assert.equal(chain(32), 65);
  assert.equal(chain(33), -1);
  assert.equal(seen.length, 0);
});

test("a name of 253 characters is read, one of 254 is not, nor a dot inside a label", () => {
  const read = (bytes: number[]) => {
    const decoded = new DnsName();
    return decoded.read({ bytes: Uint8Array.from(bytes), start: 0, end: bytes.length }, 0) < 0
      ? null
      : decoded.toString();
  };
  const long = (last: number) => [63, 63, 63, last].map((length) => "a".repeat(length)).join(".");
  assert.equal(read(name(long(61)))?.length, 253);
  assert.equal(read(name(long(62))), null);
  assert.equal(read([16, ...Buffer.from("pool.minexmr.com"), 0]), null);
  assert.equal(read([2, 7, 65, 0]), "?a");
  assert.equal(read([0]), "");
});

test("a message cut at any byte ends quietly, and keeps what stood before the cut", () => {
  const whole = answer(
    "cdn.example.org",
    record(ASKED, CNAME, name("pool.minexmr.com")),
    record(ASKED, A, [192, 0, 2, 9]),
  );
  for (let end = 0; end < whole.length; end++) {
    const { dns, seen } = watch();
    dns.packet(ref(whole, { end }));
    assert.equal(dns.malformed, 1, `cut at ${end}`);
    assert.equal(seen.length, end >= whole.length - 16 ? 1 : 0, `cut at ${end}`);
  }
});

test("any bytes are read without an exception", () => {
  const { dns } = watch();
  const base = answer(
    "cdn.example.org",
    record(ASKED, CNAME, name("a.b.c")),
    record(ASKED, A, [192, 0, 2, 9]),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(base.length - 1), fc.nat(255)), { maxLength: 8 }), (edits) => {
      const bytes = [...base];
      for (const [at, value] of edits) bytes[at] = value;
      dns.packet(ref(bytes));
    }),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => dns.packet(ref([...bytes]))));
});

test("the memory of names is bounded: the oldest of a set gives way and is counted", () => {
  const memory = new NameMemory();
  const decoded = new DnsName();
  const learn = (text: string, atMicros: number) => {
    const bytes = Uint8Array.from(name(text));
    decoded.read({ bytes, start: 0, end: bytes.length }, 0);
    memory.setIp4(Uint8Array.of(192, 0, 2, 1), 0);
    memory.learn(decoded, ref([0, 0, 0], { atMicros }));
  };
  for (let i = 1; i <= 8; i++) learn(`n${i}.example`, i);
  learn("n1.example", 9);
  assert.equal(memory.overwritten, 0);
  learn("n9.example", 10);
  assert.equal(memory.overwritten, 1);
  assert.equal(memory.nameOf("192.0.2.1", 9)?.name, "n1.example");
  assert.equal(memory.nameOf("192.0.2.1", 2)?.name, "n1.example");
  assert.equal(memory.nameOf("192.0.2.1", 3)?.name, "n3.example");
});

test("messages over TCP are read behind their length, however they are cut into chunks", () => {
  const one = query("pool.minexmr.com");
  const two = answer("xmr.nanopool.org", record(ASKED, A, [192, 0, 2, 9]));
  const stream = [...u16(one.length), ...one, 0, 0, ...u16(two.length), ...two];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: stream.length }), { maxLength: 10 }), (cuts) => {
      const { dns, seen } = watch();
      const tcp = new DnsStream(dns);
      let at = 0;
      for (const end of [...cuts.sort((a, b) => a - b), stream.length]) {
        if (end <= at) continue;
        const chunk = ref(stream, { at, end });
        tcp.feed(chunk);
        assert.equal(chunk.end, end);
        at = end;
      }
      assert.deepEqual(
        seen.map((sighting) => sighting.name),
        ["pool.minexmr.com", "xmr.nanopool.org"],
      );
      assert.equal(dns.malformed, 1);
    }),
  );
});

const COMPARED = [
  "1kxun.pcap",
  "alexa-app.pcapng",
  "android.pcap",
  "iphone.pcap",
  "KakaoTalk_chat.pcap",
  "netflix.pcap",
  "teams.pcap",
  "dns_ambiguous_names.pcap",
];

test("addresses and names are those that tshark reads", (t) => {
  if (dataPath("pcap/ndpi") === null) return t.skip("needs ../shared/data/pcap/ndpi");
  let compared = 0;
  for (const file of COMPARED) {
    const path = dataPath(`pcap/ndpi/${file}`);
    if (path === null) continue;
    const theirs = tsharkAnswers(path);
    if (theirs === null) return t.skip("needs tshark");
    const { dns } = watch();
    for (const packet of packetsOf(path)) {
      if (packet.protocol === "udp" && (packet.sourcePort === 53 || packet.destinationPort === 53))
        dns.packet(packet);
    }
    for (const [ip, names] of theirs) {
      assert.ok(names.has(dns.nameOf(ip, Number.MAX_SAFE_INTEGER)?.name ?? ""), `${file}: ${ip}`);
      compared++;
    }
  }
  assert.ok(compared > 50, `${compared} addresses compared`);
});

function tsharkAnswers(path: string): Map<string, Set<string>> | null {
  try {
    const fields = ["-T", "fields", "-E", "aggregator= ", "-e", "dns.qry.name", "-e", "dns.a"];
    const filter = "udp.srcport==53 && dns.a && dns.count.auth_rr==0 && dns.count.add_rr==0";
    const text = execFileSync("tshark", ["-r", path, "-Y", filter, ...fields], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const answers = new Map<string, Set<string>>();
    for (const line of text.trim().split("\n")) {
      const [asked = "", ips = ""] = line.split("\t");
      for (const ip of ips.split(" ").filter(Boolean)) {
        answers.set(ip, (answers.get(ip) ?? new Set()).add(asked.toLowerCase()));
      }
    }
    return answers;
  } catch {
    return null;
  }
}
