import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { moneroFault } from "../../../src/bytes/monero-address.ts";
import { MAX_DISTINCT } from "../../../src/read/carve/hits.ts";
import { carved, carvedText } from "../../kit/carved.ts";
import { dataPath } from "../../kit/data.ts";
import { investigated } from "../../kit/investigated.ts";
import { mixedLogs, plants } from "../../kit/planted.ts";
import { random } from "../../kit/random.ts";
import { ADDRESS_FORMS, SECRET_FORMS } from "../../kit/wallets.ts";

const by = random(1);
const FORMS = Object.entries(ADDRESS_FORMS).flatMap(([coin, forms]) =>
  Object.entries(forms).map(([form, make]) => ({ coin, form, address: make(by) })),
);
const [XMR = "", BTC = "", ETH = "", INTEGRATED = ""] = ["standard", "p2pkh", "eip55", "integrated"].map(
  (form) => FORMS.find((one) => one.form === form)?.address,
);

test("an address of every form is found at its very bytes, with coin, form and what stands around it", () => {
  for (const { coin, form, address } of FORMS) {
    const text = `first line\nuser=alice pay "${address}" now\nlast line\n`;
    const [found, ...more] = carvedText(text).addresses;
    assert.equal(more.length, 0, form);
    assert.deepEqual([found?.coin, found?.form, found?.address], [coin, form, address]);
    assert.equal(found?.checked, true);
    const { place, excerpt } = found ?? assert.fail(form);
    assert.equal(text.slice(place.atByte, place.atByte + place.byteLength), address);
    assert.equal(excerpt, `user=alice pay "${address}" now`);
  }
});

test("an address stands alone, behind an escape or its own length, or before a worker", () => {
  const whole = [
    `${BTC}`,
    `(${BTC})`,
    `a_${BTC}_b`,
    `{"a":"x\\n${BTC}\\n"}`,
    `\\u000a${BTC}`,
    `\\x0a${BTC}`,
    `?to=%3A${BTC}&x`,
    `miner -u${BTC} -p x`,
    `\0${BTC}\0`,
    `é${BTC}é`,
    `${BTC}.rig01`,
    `4${ETH}`.slice(1),
  ];
  for (const text of whole) assert.equal(carvedText(text, "utf8").addresses.length, 1, text);
  assert.equal(carvedText(`j${INTEGRATED}`).addresses[0]?.address, INTEGRATED);
  for (const text of [`${XMR}.rig01`, `${XMR}+50000`, `${INTEGRATED}.1`, `${XMR}/x@example.net`]) {
    assert.equal(carvedText(text).addresses.length, 1, text);
  }
});

test("an address glued to letters or digits is none", () => {
  for (const address of FORMS.map((one) => one.address)) {
    for (const text of [`a${address}`, `${address}a`, `9${address}`, `${address}9`, `${address}${address}`]) {
      assert.deepEqual(carvedText(text).addresses, [], text);
    }
  }
  assert.deepEqual(carvedText(`x-d${BTC}`).addresses, []);
});

test("alike addresses are one record with their number and the first place", () => {
  const { addresses } = carvedText(`${XMR}\n${BTC}\n`.repeat(5000));
  assert.deepEqual(
    addresses.map(({ address, times, place }) => [address, times, place.atByte]),
    [
      [XMR, 5000, 0],
      [BTC, 5000, XMR.length + 1],
    ],
  );
  const segwit = FORMS.find(({ form }) => form === "p2wpkh")?.address ?? "";
  const [both, ...more] = carvedText(`${segwit} ${segwit.toUpperCase()}`).addresses;
  assert.deepEqual([both?.address, both?.times, more.length], [segwit, 2, 0]);
});

test("40 hex digits in one case count only where the text speaks of such things, and are unchecked", () => {
  const lower = ETH.toLowerCase();
  for (const words of ["eth wallet:", "mining to", "-P stratum", '"pool":']) {
    const [found] = carvedText(`${words} ${lower}\n`).addresses;
    assert.deepEqual([found?.coin, found?.form, found?.checked], ["eth", "unchecked", false], words);
  }
  for (const words of ["", "object at", "method", "sha1", "ethernet", "spool"]) {
    assert.deepEqual(carvedText(`${words} ${lower}\n`).addresses, [], words);
  }
  assert.deepEqual(carvedText(`wallet 0x${"0".repeat(40)}`).addresses, []);
  assert.equal(carvedText(`wallet ${lower.toUpperCase().replace("0X", "0x")}`).addresses.length, 1);
});

test("however the bytes arrive, the same is found", () => {
  const planted = plants(20, random(8));
  const bytes = Buffer.concat([
    ...mixedLogs(1 << 19, planted),
    Buffer.from([...mixedLogs(1 << 17, plants(6, random(9)))].join(""), "utf16le"),
    Buffer.from("stratum+tcp://pool.example.net:3333 ".repeat(3)),
  ]);
  const whole = carved([bytes]);
  assert.ok(whole.addresses.length >= 60 && whole.pools.length > 0);
  for (const most of [1 << 18, 1 << 16, 40_000, 5000, 100]) {
    const sizes = random(most);
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += chunks.at(-1)?.length ?? 0) {
      chunks.push(bytes.subarray(at, at + 1 + sizes.below(most)));
    }
    assert.deepEqual(carved(chunks), whole, `chunks of up to ${most} bytes`);
  }
});

test("what begins or ends where one part of the search meets the next is found once", () => {
  const pool = "stratum+tcp://pool.example.net:3333";
  const size = 300_000;
  // Where the search of a chunk in one piece, and of small chunks that are gathered, goes on.
  for (const seam of [1024, 1024 + (1 << 17), size - 2048, (1 << 16) + 1024]) {
    for (let at = seam - 230; at <= seam + 4; at += at > seam - 24 ? 1 : 29) {
      for (const encoding of ["latin1", "utf16le"] as const) {
        const bytes = Buffer.alloc(size, 0x80);
        bytes.write(BTC, at, encoding);
        bytes.write(pool, at + 1000, encoding);
        for (const most of [size, 20_000]) {
          const chunks = Array.from({ length: size / most }, (_, i) =>
            bytes.subarray(i * most, (i + 1) * most),
          );
          const { addresses, pools } = carved(chunks);
          const found = [...addresses, ...pools].map(({ place, times }) => [place.atByte, times]);
          assert.deepEqual(
            found,
            [
              [at, 1],
              [at + 1000, 1],
            ],
            `${encoding} at ${at}, chunks of ${most}`,
          );
        }
      }
    }
  }
});

test("pools are found by stratum URL, and by host and port where the host is a known pool", () => {
  const found = (text: string) => carvedText(text).pools.map(({ url }) => url);
  assert.deepEqual(found("-o stratum+tcp://pool.example.net:3333 -u x"), [
    "stratum+tcp://pool.example.net:3333",
  ]);
  assert.deepEqual(found('"stratum+ssl://203.0.113.10:443"'), ["stratum+ssl://203.0.113.10:443"]);
  assert.deepEqual(found(`stratum1+tcp://${ETH}.rig:pass@pool.example.net:4444/x`), [
    "stratum1+tcp://pool.example.net:4444",
  ]);
  assert.deepEqual(found("xmrig --url pool.minexmr.com:4444"), ["pool.minexmr.com:4444"]);
  assert.deepEqual(found("ssl://xmr.nanopool.org:14433"), ["ssl://xmr.nanopool.org:14433"]);
  assert.deepEqual(found("stratum+tcp://xmr.nanopool.org:14444"), ["stratum+tcp://xmr.nanopool.org:14444"]);
  assert.deepEqual(found("www.example.com:8080 https://example.com:443/ 12:30:11 key:99"), []);
  assert.deepEqual(found("stratum+tcp://pool.example.net:99999 the stratum of time://x"), []);
  const [pool] = carvedText("pool.minexmr.com:4444 pool.minexmr.com:4444").pools;
  assert.deepEqual([pool?.poolHost, pool?.poolPort, pool?.times], ["pool.minexmr.com", 4444, 2]);
  assert.equal(pool?.pool?.matched.includes("minexmr"), true);
  assert.deepEqual(
    carvedText("x stratum+tcp://pool.example.net:3333 y", "utf16le").pools.map(({ place }) => place.atByte),
    [4],
  );
});

test("keys and seed phrases are told of and never shown", () => {
  const made = random(4);
  const expected: Readonly<Record<string, string>> = {
    xprv: "extended-key",
    xpub: "extended-key",
    bip38: "private-key",
    bip39: "seed-phrase",
    "bip39-24": "seed-phrase",
    "monero-seed": "seed-phrase",
  };
  for (const [name, make] of Object.entries(SECRET_FORMS)) {
    const secret = make(made);
    for (const encoding of ["utf8", "utf16le"] as const) {
      const text = `{"address":"${BTC}","key":"${secret}","more":"${XMR}"}\n`;
      const { secrets, addresses, records } = carvedText(text, encoding);
      assert.deepEqual([secrets.length, secrets[0]?.what], [1, expected[name] ?? "wif"], name);
      assert.equal(addresses.length, 2, name);
      const shown = JSON.stringify(records);
      for (let at = 0; at + 20 <= secret.length; at += 20) {
        assert.ok(!shown.includes(secret.slice(at, at + 20)), `${name} in ${shown}`);
      }
    }
  }
  assert.deepEqual(carvedText('"-----BEGIN PRIVATE KEY-----" + body').secrets, []);
  const pem = `"-----BEGIN RSA PRIVATE KEY-----\\n${"MIIEowIBAAKCAQEAx0".repeat(4)}\\nshort0Rest==\\n`;
  const { secrets, records } = carvedText(`${pem}-----END RSA PRIVATE KEY-----\\n", "${BTC}"`);
  assert.deepEqual([secrets[0]?.what, secrets[0]?.excerpt], ["private-key", '"[private-key]']);
  assert.ok(!JSON.stringify(records).includes("MIIE") && !JSON.stringify(records).includes("short0Rest"));
});

test("words in a row are no seed phrase without its checksum, in prose, or as the list itself", () => {
  const phrase = SECRET_FORMS.bip39(random(2));
  const words = phrase.split(" ");
  const found = (text: string) => carvedText(text).secrets.length;
  assert.equal(found(`my words are ${phrase}`), 1);
  assert.equal(found(`${phrase}.`), 1);
  assert.equal(found(`${words.slice(1).join(" ")} ${words[0]}`), 0);
  assert.equal(found(words.slice(1).join(" ")), 0);
  assert.equal(found([...words].sort().join(" ")), 0);
  // The 25th word repeats the right one, but the others begin alike: settings of a program.
  const settings = Array.from({ length: 24 }, (_, i) => `nos${"abcdefghijklmnopqrstuvwx".charAt(i)}`);
  for (const last of settings) assert.equal(found([...settings, last].join(" ")), 0);
  assert.equal(found(`${phrase} `.repeat(40)), 0);
  assert.equal(
    found("the quick brown fox jumps over the lazy dog and then runs all the way home again ".repeat(9)),
    0,
  );
});

test("more different addresses than are kept are a gap, and the first stay", () => {
  const made = random(6);
  const list = Array.from({ length: MAX_DISTINCT + 5 }, () => ADDRESS_FORMS.btc.p2pkh(made));
  const { addresses, gaps } = carvedText(list.join("\n"));
  assert.equal(addresses.length, MAX_DISTINCT);
  assert.deepEqual(
    gaps.map((gap) => gap.code),
    ["dropped-details"],
  );
});

test("of a published list of 2,341 wallets 2,338 are valid, the others named with the reason", async (t) => {
  const path = dataPath("host/ioc/unit42_xmr_wallets.txt");
  if (path === null) return t.skip("needs ../shared/data/host/ioc/unit42_xmr_wallets.txt");
  const { addresses, gaps } = carved([readFileSync(path)]);
  const count = (form: string) => addresses.filter((one) => one.form === form).length;
  assert.deepEqual([addresses.length, count("standard"), count("integrated")], [2338, 2103, 235]);
  const reasons = [
    "its checksum is wrong",
    'its character 8, "O", is none of base58',
    'its character 32, "l", is none of base58',
  ];
  assert.deepEqual(
    gaps.map((gap) => [gap.code, gap.says.slice(gap.says.lastIndexOf("none: ") + 6)]),
    reasons.map((reason) => ["damaged-address", reason]),
  );
  const found = await investigated([path]);
  assert.equal(found.case.wallets.length, 2338);
  assert.deepEqual(
    found.case.gaps.map(({ code, count: times }) => [code, times]),
    [1, 1, 1].map((times) => ["damaged-address", times]),
  );
});

test("why a text is no Monero address is said for every kind of damage", () => {
  assert.equal(moneroFault(XMR), null);
  assert.equal(moneroFault(INTEGRATED), null);
  assert.match(moneroFault(XMR.slice(1)) ?? "", /94 characters/);
  assert.match(moneroFault(`${XMR.slice(0, -1)}0`) ?? "", /character 95, "0"/);
  assert.match(moneroFault(`zzzzzzzzzzz${XMR.slice(11)}`) ?? "", /too large/);
  assert.match(moneroFault(`5${XMR.slice(1)}`) ?? "", /network byte/);
  assert.match(
    moneroFault(`${XMR.slice(0, 50)}${XMR[50] === "2" ? "3" : "2"}${XMR.slice(51)}`) ?? "",
    /checksum/,
  );
});
