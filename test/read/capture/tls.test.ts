import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { ja3, ja4 } from "../../../src/read/capture/ja.ts";
import { type ClientHello, readClientHello, SNI, sniAt } from "../../../src/read/capture/tls.ts";
import { dataPath } from "../../kit/data.ts";
import { packetsOf } from "./capture-packets.ts";

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));

/** openssl s_client -noservername of OpenSSL 3.0.19 (Debian 12), random and key share as they came. */
const OPENSSL_HELLO = bytesOf(
  "16030101240100012003037c38073bf64e210811a24e8ca108bc494e40aded071694b18c12285bce6341872022c9e382" +
    "4ad26f312dc3c1ba584ed446c0b43c7bf731376f1d4f3e1953095b97003e130213031301c02cc030009fcca9cca8ccaa" +
    "c02bc02f009ec024c028006bc023c0270067c00ac0140039c009c0130033009d009c003d003c0035002f00ff01000099" +
    "000b000403000102000a00160014001d0017001e0019001801000101010201030104002300000016000000170000000d" +
    "002a0028040305030603080708080809080a080b080408050806040105010601030303010302040205020602002b0009" +
    "080304030303020301002d00020101003300260024001d00208100dd868b696696d9b3a3ee60eb83dd03ae14a9bf911c" +
    "b1294c7d90a0582255",
);

const u16 = (...values: number[]) => values.flatMap((value) => [value >> 8, value & 255]);
const vector16 = (bytes: number[]) => [...u16(bytes.length), ...bytes];
const ext = (type: number, bytes: number[]) => [...u16(type), ...vector16(bytes)];
const sni = (name: string) => ext(0, vector16([0, ...vector16([...Buffer.from(name)])]));

function handshake(extensions: number[], ciphers = [0x1301]): number[] {
  const body = [
    3,
    3,
    ...new Array<number>(32).fill(7),
    0,
    ...vector16(u16(...ciphers)),
    1,
    0,
    ...vector16(extensions),
  ];
  return [1, 0, ...u16(body.length), ...body];
}
const record = (bytes: number[]) => [22, 3, 1, ...vector16(bytes)];
const read = (bytes: Uint8Array) => readClientHello(bytes, 0, bytes.length);

function complete(hello: ReturnType<typeof readClientHello>): ClientHello {
  assert.ok(hello !== null && hello !== "incomplete", `hello is ${String(hello)}`);
  return hello;
}

test("default OpenSSL 3.0 without a server name has the published JA3 and JA4", () => {
  const hello = complete(read(OPENSSL_HELLO));
  assert.equal(hello.sni, null);
  assert.equal(ja3(hello), "c216e752cae6f8755fd27f561d031636");
  assert.equal(ja4(hello, "t"), "t13i310900_e8f1e7e78f70_1f22a2ca17c4");
  const span = { bytes: OPENSSL_HELLO, at: 0, end: OPENSSL_HELLO.length };
  assert.equal(sniAt(span, new Int32Array(2)), SNI.none);
});

/** Chrome's lists, in another order and with GREASE, against the fingerprints that FoxIO's JA4 page and the
 *  documentation of huginn-net give for them. */
const CHROME_CIPHERS = [
  0x2a2a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x9c, 0x9d,
  0x2f, 0x35,
];
const CHROME_SIGNATURES = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601];

function chrome(extensions: number[]): ClientHello {
  return {
    version: 0x0303,
    sni: "example.org",
    alpn: ["h2", "http/1.1"],
    versions: [0x3a3a, 0x0304, 0x0303],
    ciphers: CHROME_CIPHERS,
    extensions: [0x1a1a, ...extensions, 0xfafa],
    groups: [],
    pointFormats: [],
    signatures: CHROME_SIGNATURES,
  };
}

test("JA4 sorts, leaves GREASE out and counts SNI and ALPN, as published", () => {
  const older = [
    0x1b, 0, 0x33, 0x10, 0x4469, 0x17, 0x2d, 0x0d, 5, 0x23, 0x12, 0x2b, 0xff01, 0x0b, 0x0a, 0x15,
  ];
  assert.equal(ja4(chrome(older), "t"), "t13d1516h2_8daaf6152771_e5627efa2ab1");
  const newer = [
    0x1b, 0, 0x33, 0x10, 0x44cd, 0x17, 0x2d, 0x0d, 5, 0x23, 0x12, 0x2b, 0xff01, 0x0b, 0x0a, 0xfe0d,
  ];
  assert.equal(ja4(chrome(newer), "q"), "q13d1516h2_8daaf6152771_d8a2da3f94cd");
});

test("JA4 marks versions, missing lists and odd protocols", () => {
  const bare: ClientHello = {
    ...chrome([]),
    versions: [],
    ciphers: [],
    extensions: [],
    signatures: [],
    alpn: [],
  };
  assert.equal(ja4(bare, "t"), "t12i000000_000000000000_000000000000");
  assert.equal(ja4({ ...bare, version: 0x0301 }, "t").slice(0, 3), "t10");
  assert.equal(ja4({ ...bare, version: 0x7f1c }, "t").slice(0, 3), "t00");
  assert.equal(ja4({ ...bare, alpn: ["h"] }, "t").slice(8, 10), "hh");
  assert.equal(ja4({ ...bare, alpn: ["\u00ab\u00cd"] }, "t").slice(8, 10), "ad");
  const many = { ...bare, ciphers: Array.from({ length: 120 }, (_, i) => i) };
  assert.equal(ja4(many, "t").slice(4, 6), "99");
});

test("the name is found in a hello of one record", () => {
  const bytes = Uint8Array.from(
    record(handshake([...ext(23, []), ...sni("Pool.Example.ORG"), ...ext(16, vector16([2, 104, 50]))])),
  );
  const hello = complete(read(bytes));
  assert.equal(hello.sni, "pool.example.org");
  assert.deepEqual(hello.alpn, ["h2"]);
  assert.deepEqual(hello.extensions, [23, 0, 16]);
  const out = new Int32Array(2);
  assert.equal(sniAt({ bytes: bytes, at: 0, end: bytes.length }, out), SNI.found);
  const at = out[0] ?? 0;
  assert.equal(Buffer.from(bytes.subarray(at, at + (out[1] ?? 0))).toString(), "Pool.Example.ORG");
});

test("a hello over several records is joined, and sniAt says that it is split", () => {
  const whole = handshake(sni("pool.example.org"));
  const bytes = Uint8Array.from([
    ...record(whole.slice(0, 30)),
    ...record(whole.slice(30, 31)),
    ...record(whole.slice(31)),
  ]);
  assert.equal(complete(read(bytes)).sni, "pool.example.org");
  assert.equal(sniAt({ bytes: bytes, at: 0, end: bytes.length }, new Int32Array(2)), SNI.split);
  for (let end = 0; end < bytes.length; end++) {
    const cut = readClientHello(bytes, 0, end);
    assert.ok(cut === "incomplete" || (end === 0 && cut === null), `cut at ${end}`);
  }
});

test("every cut of a hello is incomplete, and the name is found as soon as it is there", () => {
  const bytes = Uint8Array.from(
    record(handshake([...sni("a.example"), ...ext(21, new Array<number>(100).fill(0))])),
  );
  const out = new Int32Array(2);
  const nameEnd = Buffer.from(bytes).indexOf("a.example") + "a.example".length;
  for (let end = 1; end < bytes.length; end++) {
    assert.equal(readClientHello(bytes, 0, end), "incomplete", `cut at ${end}`);
    const expected = end < nameEnd ? SNI.incomplete : SNI.found;
    assert.equal(sniAt({ bytes, at: 0, end }, out), expected, `cut at ${end}`);
  }
});

test("lengths that contradict each other make no hello", () => {
  const bytes = record(handshake(sni("a.example")));
  const at = bytes.length - 18 - 2;
  for (const wrong of [0xff, 0x80]) {
    const bad = Uint8Array.from(bytes.with(at, wrong));
    assert.equal(read(bad), null);
    assert.equal(sniAt({ bytes: bad, at: 0, end: bad.length }, new Int32Array(2)), SNI.not);
  }
  assert.equal(read(Uint8Array.from([22, 3, 1, 0xff, 0xff, 1, 0, 0, 0])), null);
  assert.equal(read(Uint8Array.from([23, 3, 3, 0, 5, 1, 0, 0, 1, 0])), null);
  assert.equal(read(new Uint8Array(0)), null);
});

test("any bytes are read without an exception, and both readers agree on the name", () => {
  const base = record(handshake([...sni("a.example"), ...ext(43, [2, 3, 4])]));
  const edits = fc.array(fc.tuple(fc.nat(base.length - 1), fc.nat(255)), { maxLength: 6 });
  const out = new Int32Array(2);
  fc.assert(
    fc.property(edits, fc.nat(base.length), (changes, end) => {
      const bytes = Uint8Array.from(base);
      for (const [at, value] of changes) bytes[at] = value;
      const hello = readClientHello(bytes, 0, end);
      const found = sniAt({ bytes: bytes, at: 0, end: end }, out);
      if (found === SNI.found) assert.ok((out[0] ?? 0) + (out[1] ?? 0) <= end);
      if (hello !== null && hello !== "incomplete" && found === SNI.none) assert.equal(hello.sni, null);
    }),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void read(bytes)));
});

/** What tshark 4.0.17 prints as tls.handshake.ja3 of the first hello of each capture. */
const JA3_FACTS = [
  ["443-curl.pcap", 4, "www.ntop.org", "2a26b1a62e40d25d4de3babc9d532f30"],
  ["443-firefox.pcap", 4, "www.ntop.org", "b20b44b18b853ef29ab773e921b03422"],
  ["443-git.pcap", 4, "github.com", "2a26b1a62e40d25d4de3babc9d532f30"],
  ["anydesk.pcapng", 69, "", "3f2fba0262b1a22b739126dfb2fe7a7d"],
  ["instagram.pcap", 6, "telegraph-ash.instagram.com", "54ae5fcb0159e2ddf6a50e149221c7c7"],
] as const;

for (const [name, packet, server, print] of JA3_FACTS) {
  test(`JA3 and server name of ${name} are what tshark says`, (t) => {
    const path = dataPath(`pcap/ndpi/${name}`);
    if (path === null) return t.skip("needs ../shared/data/pcap/ndpi");
    const found = [...packetsOf(path)].find((one) => one.packet === packet);
    assert.ok(found !== undefined);
    const hello = complete(readClientHello(found.bytes, found.at, found.end));
    assert.equal(hello.sni ?? "", server);
    assert.equal(ja3(hello), print);
  });
}

const COMPARED = ["1kxun.pcap", "android.pcap", "instagram.pcap"];

for (const name of COMPARED) {
  test(`every whole hello of ${name} has tshark's JA3`, (t) => {
    const path = dataPath(`pcap/ndpi/${name}`);
    if (path === null) return t.skip("needs ../shared/data/pcap/ndpi");
    const theirs = tsharkJa3(path);
    if (theirs === null) return t.skip("needs tshark");
    let compared = 0;
    for (const packet of packetsOf(path)) {
      if (packet.protocol !== "tcp") continue;
      const hello = readClientHello(packet.bytes, packet.at, packet.end);
      if (hello === null || hello === "incomplete") continue;
      assert.equal(ja3(hello), theirs.get(packet.packet), `packet ${packet.packet}`);
      compared++;
    }
    assert.ok(compared > 0 && compared <= theirs.size, `${compared} of ${theirs.size} compared`);
  });
}

function tsharkJa3(path: string): Map<number, string> | null {
  try {
    const fields = ["-T", "fields", "-e", "frame.number", "-e", "tls.handshake.ja3"];
    const text = execFileSync("tshark", ["-r", path, "-Y", "tls.handshake.ja3 && tcp", ...fields], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return new Map(
      text
        .trim()
        .split("\n")
        .map((line) => [Number(line.split("\t")[0]), line.split("\t")[1] ?? ""]),
    );
  } catch {
    return null;
  }
}
