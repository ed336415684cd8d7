import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { classify } from "../../../src/read/indicators/classify.ts";
import { type IndicatorFile, parseIndicators } from "../../../src/read/indicators/index.ts";
import { cut, flipped } from "../../kit/damage.ts";
import { dataPath } from "../../kit/data.ts";
import { random } from "../../kit/random.ts";

const WALLET =
  "47GprUiHcahFwrywVBncbn4vq5C9kWGiHZzV3YBagK1q4sBoGMpwTHYDuVrAgVnC22aCD1iTY88f93PFzvdCtYUAUTs5TB5";
const SHA256 = "ab".repeat(32);

function parsed(text: string): IndicatorFile {
  const file = parseIndicators(text, "a file");
  assert.ok(typeof file !== "string", String(file));
  return file;
}

const told = (text: string): string[] =>
  parsed(text).indicators.map(
    ({ kind, value, port }) => `${kind} ${value}${port === null ? "" : ` ${port}`}`,
  );

const FORMS: readonly (readonly [string, string | null])[] = [
  [WALLET, `address ${WALLET}`],
  [WALLET.replace("47G", "47H"), null],
  [SHA256.toUpperCase(), `sha256 ${SHA256}`],
  ["d41d8cd98f00b204e9800998ecf8427e", "md5 d41d8cd98f00b204e9800998ecf8427e"],
  ["192.0.2.1", "ip 192.0.2.1"],
  ["192.0.2.1:3333", "ip 192.0.2.1 3333"],
  ["[2001:db8::1]:3333", "ip 2001:db8::1 3333"],
  ["2001:DB8:0::1", "ip 2001:db8::1"],
  ["192.0.2.0/24", null],
  ["300.0.2.1", null],
  ["Pool.Example.", "domain pool.example"],
  ["*.bad.example", "domain bad.example"],
  ["hxxps://bad[.]example/a/", "url bad.example/a"],
  ["[https://]bad.example/raw/1", "url bad.example/raw/1"],
  ["http://192.0.2.1:66/x.sh", "url 192.0.2.1:66/x.sh"],
  ["stratum+tcp://pool.example:3333", "domain pool.example 3333"],
  ["bad.example/a.sh", "url bad.example/a.sh"],
  ["a.doe@mail.example", "email a.doe@mail.example"],
  [`SHA256:${"A".repeat(43)}`, `key SHA256:${"A".repeat(43)}`],
  ["/update.sh", null],
  ["xmrig", null],
  ["", null],
];

test("the form of a text tells what kind of indicator it is", () => {
  for (const [text, expected] of FORMS) {
    const found = classify(text);
    const form = found && `${found.kind} ${found.value}${found.port === null ? "" : ` ${found.port}`}`;
    assert.equal(form, expected, text);
  }
});

test("a list has an indicator a line; comments, paths and words are passed over", () => {
  const lines = ["# a comment", "", "192.0.2.1:443", "bad.example # a note", "/update.sh", "Kinsing"];
  const text = [...lines, WALLET, `${WALLET}\r`].join("\n");
  assert.deepEqual(told(text), ["ip 192.0.2.1 443", "domain bad.example", `address ${WALLET}`]);
  assert.equal(parsed(text).passedOver, 2);
});

test("a table's cells are indicators, and the last of the others says what they are", () => {
  const rows = `| IOC | Type | Says |\n| :-- | :-: | :-- |\n| ${SHA256} | Hash | Case 1: a miner |\n`;
  assert.deepEqual(
    parsed(rows).indicators.map(({ value, says }) => [value, says]),
    [[SHA256, "Case 1: a miner"]],
  );
  assert.deepEqual(told(`value,kind\nbad.example,domain\n"192.0.2.9",ip\n`), [
    "domain bad.example",
    "ip 192.0.2.9",
  ]);
});

const bundle = (...patterns: string[]) =>
  JSON.stringify({
    type: "bundle",
    objects: patterns.map((pattern) => ({ type: "indicator", pattern, pattern_type: "stix", name: "n" })),
  });

test("STIX patterns are taken where they compare by equality", () => {
  const found = told(
    bundle(
      "[ipv4-addr:value = '192.0.2.1' OR domain-name:value IN ('a.example', 'b.example')]",
      `[file:name = 'x.sh' AND file:hashes.'SHA-256' = '${SHA256}']`,
      "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']",
      "[url:value = 'http://a.example/it\\'s']",
      "[network-traffic:dst_ref.value = '192.0.2.2']",
      `[x-cryptocurrency-wallet:address = '${WALLET}']`,
    ),
  );
  assert.deepEqual(found, [
    "ip 192.0.2.1",
    "domain a.example",
    "domain b.example",
    `sha256 ${SHA256}`,
    "md5 d41d8cd98f00b204e9800998ecf8427e",
    "url a.example/it's",
    "ip 192.0.2.2",
    `address ${WALLET}`,
  ]);
});

test("STIX patterns that negate, liken or hide a comparison in a text are counted and not taken", () => {
  const text = bundle(
    "[ipv4-addr:value != '192.0.2.3']",
    "[domain-name:value LIKE '%.example']",
    "[process:command_line = 'echo [ipv4-addr:value = x]']",
    "[domain-name:value = 'only.example']",
  );
  assert.deepEqual(told(text), ["domain only.example"]);
  assert.equal(parsed(text).passedOver, 3);
});

test("MISP attributes are taken by their type, those of objects too", () => {
  const attributes = [
    { type: "ip-dst|port", value: "192.0.2.1|3333" },
    { type: "filename|sha256", value: `C:\\temp\\X.exe|${SHA256}` },
    { type: "xmr", value: WALLET },
    { type: "comment", value: "bad.example" },
    { type: "domain", value: "gone.example", deleted: true },
  ];
  const objects = [{ Attribute: [{ type: "domain", value: "a.example", comment: "C2" }] }];
  const event = { Event: { info: "An event", Attribute: attributes, Object: objects } };
  for (const text of [event, { response: [event] }, [event]].map((one) => JSON.stringify(one))) {
    assert.deepEqual(told(text), [
      "ip 192.0.2.1 3333",
      "file-name x.exe",
      `sha256 ${SHA256}`,
      `address ${WALLET}`,
      "domain a.example",
    ]);
    assert.equal(parsed(text).indicators.at(-1)?.says, "An event: C2");
  }
});

test("what is no list of indicators is refused with the reason", () => {
  const reasons: readonly (readonly [string, RegExp])[] = [
    ["", /^no indicator is in it/],
    ["just words\nand more", /^no indicator is in it \(2 entries/],
    ["{ not json", /^it is no JSON: /],
    ['{"a": 1}', /neither a STIX bundle nor a MISP event/],
    ["[1, 2]", /neither texts, STIX objects, nor MISP events/],
    ["a\0b", /^it is no text$/],
    ['{"type":"bundle","objects":[]}', /^no indicator/],
  ];
  for (const [text, reason] of reasons) assert.match(String(parseIndicators(text, "f")), reason, text);
});

test("real files hold as many indicators as were counted by hand", (t) => {
  const counts: readonly (readonly [string, string, number])[] = [
    ["stix/unit42_watchdog-cryptomining-operation.json", "stix", 185],
    ["misp/eset_misp-kryptocibule.json", "misp", 129],
    ["misp/eset_lazarus_3cx.json", "misp", 23],
    ["ioc/unit42_xmr_wallets.txt", "list", 2338],
    ["ioc/maltrail_crypto_mining.txt", "list", 1121],
    ["ioc/akamai_cryptominers_part2_ioc.md", "list", 16],
  ];
  for (const [name, format, count] of counts) {
    const path = dataPath(`host/${name}`);
    if (path === null) return t.skip("needs ../shared/data/host");
    const file = parsed(readFileSync(path, "utf8"));
    assert.deepEqual([file.format, file.indicators.length], [format, count], name);
  }
});

test("damaged files of indicators end in a result or a reason", () => {
  const by = random(7);
  const whole = Buffer.from(bundle("[ipv4-addr:value = '192.0.2.1' OR domain-name:value IN ('a.example')]"));
  for (let round = 0; round < 400; round += 1) {
    const bytes = round % 2 === 0 ? cut(whole, by) : flipped(whole, 3, by);
    parseIndicators(Buffer.from(bytes).toString("utf8"), "f");
  }
  const hostile = [
    "[a:b = '".repeat(20_000),
    "(".repeat(50_000),
    "'".repeat(50_000),
    `[${"a".repeat(60_000)}`,
  ];
  for (const pattern of hostile) parseIndicators(bundle(pattern), "f");
});
