import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { PaydirtError } from "../../../../src/model/error.ts";
import { readTags } from "../../../../src/read/chain/tags/index.ts";
import { chainContext, madeFile } from "../../../kit/chain/context.ts";

const A = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
const B = "12c6DSiU4Rq3P4ZxziKxzrL5LmMBrzjrJX";

async function read(t: TestContext, name: string, content: string | Uint8Array) {
  const context = chainContext();
  const { tags, actors } = await readTags(madeFile(t, name, content), context);
  return { tags, actors, gaps: context.gaps() };
}

/** One pack, written in ways that YAML allows. */
const WAYS: readonly (readonly [name: string, lines: readonly string[]])[] = [
  [
    "plainly",
    [
      "title: T",
      "currency: BTC",
      "label: L",
      "tags:",
      `- address: ${A}`,
      "  source: s",
      `- address: ${B}`,
      "  source: s",
    ],
  ],
  [
    "with a margin",
    [
      "title: T\r",
      "currency: BTC\r",
      "source: s\r",
      "tags:\r",
      `  - address: ${A}\r`,
      "    label: L\r",
      "  -\r",
      `    address: ${B}\r`,
      "    label: L\r",
    ],
  ],
  [
    "with quotes and comments",
    [
      "# c",
      "---",
      "title: 'T'",
      'currency: "BTC" # c',
      "tags: # c",
      "# c",
      `- 'address': ${A}`,
      "",
      '  label: "L"',
      "  source: s # c",
      `- address: '${B}'`,
      "  label: 'L'",
      "  source: s",
    ],
  ],
  [
    "with anchors",
    [
      "header: &h",
      "  title: T",
      "  currency: BTC",
      "  source: s",
      "tags:",
      "- <<: *h",
      `  address: ${A}`,
      "  label: L",
      `- {<<: *h, address: ${B}, label: L}`,
    ],
  ],
  [
    "in brackets",
    [
      "title: T",
      "currency: BTC",
      "source: s",
      `tags: [{address: ${A}, label: L}, {address: ${B}, label: L}]`,
    ],
  ],
  [
    "with the header behind",
    ["tags:", `- address: ${A}`, `- address: ${B}`, "title: T", "label: L", "source: s", "currency: BTC"],
  ],
  [
    "with folded texts and lists",
    [
      "title: T",
      "currency: BTC",
      "tags:",
      `- address: ${A}`,
      "  label:",
      "    L",
      "  source: [s, t]",
      `- {address: ${B}, label: L, source: s}`,
    ],
  ],
];

for (const [name, lines] of WAYS) {
  test(`a pack is read that is written ${name}`, async (t) => {
    const { tags, gaps } = await read(t, "pack.yaml", `${lines.join("\n")}\n`);
    assert.deepEqual(gaps, []);
    assert.deepEqual(
      tags.map(({ address, label, coin, source, list }) => [address, label, coin, source, list]),
      [A, B].map((address) => [address, "L", "btc", "s", "T"]),
    );
  });
}

test("scalars stay texts, whatever YAML makes of them", async (t) => {
  const fields = ["label: 007", "source: no", "confidence: 1e3", "currency: btc", "lastmod: 2020-02-30"];
  const text = `tags:\n- address: ${A}\n  ${fields.join("\n  ")}\n`;
  const [tag] = (await read(t, "pack.yaml", text)).tags;
  assert.deepEqual([tag?.label, tag?.source, tag?.confidence, tag?.date], ["007", "no", "1e3", null]);
});

test("addresses of test networks can be named where the list says whose coins they are", async (t) => {
  const address = "bcrt1q6h4u6farsatnel656tsy5tlfx0678qqszwdqe5";
  const csv = `address,label,coin\n${address},L,btc\n${address.slice(0, -1)}q,L,btc\n${address},L,ltc\n`;
  const { tags, gaps } = await read(t, "own.csv", csv);
  assert.deepEqual(
    tags.map((tag) => [tag.address, tag.coin]),
    [[address, "btc"]],
  );
  assert.deepEqual(
    gaps.map(({ code }) => code),
    ["damaged-address", "damaged-address"],
  );
});

const BAD: readonly (readonly [entry: string, code: string, says: RegExp])[] = [
  ["address: 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb\n  label: L", "damaged-address", /no valid address of btc/],
  [`address: ${A}`, "malformed-tag", /it has no label/],
  ["label: L", "malformed-tag", /it has no address/],
  [`address: ${A}\n  address: ${B}\n  label: L`, "malformed-tag", /[Kk]eys must be unique/],
  [`address: ${A}\n label: L`, "malformed-tag", /./],
  [`address: "${A}\n  label: L`, "malformed-tag", /./],
  [`address: ${A}\n  label: ${"L".repeat(1_001)}`, "malformed-tag", /longer than 1000/],
  [`address: ${A}\n  label: *none`, "malformed-tag", /alias/],
  [`address: ${A}\n  label: ${"[".repeat(30_000)}`, "malformed-tag", /./],
  [`address: ${A}\n  label: ${"[".repeat(60_000)}`, "malformed-tag", /it is too long|nested too deeply/],
  [`address: ${A}\n  label: ${"- ".repeat(3_000)}`, "malformed-tag", /nested too deeply/],
  [`address: ${A}\n  label: ${"]".repeat(3_000)}${"[".repeat(3_000)}`, "malformed-tag", /nested too deeply/],
  [`address: ${A}\n  label: ${'"x" '.repeat(4_000)}`, "malformed-tag", /it is too long/],
  [`address: ${A}\n  label: |\n${"    line\n".repeat(10_000)}`, "malformed-tag", /it is too long/],
];

for (const [index, [entry, code, says]] of BAD.entries()) {
  test(`entry ${index} is a gap with its line, and its neighbours are read: ${says.source}`, async (t) => {
    const good = `- address: ${B}\n  label: L\n`;
    const { tags, gaps } = await read(t, "pack.yaml", `currency: BTC\ntags:\n${good}- ${entry}\n${good}`);
    assert.equal(tags.length, 2);
    assert.deepEqual(
      gaps.map((gap) => [gap.code, gap.place.line]),
      [[code, 5]],
    );
    assert.match(gaps[0]!.says, says);
  });
}

test("anchors that multiply are refused", async (t) => {
  const laughs = Array.from(
    { length: 12 },
    (_, n) =>
      `a${n}: &a${n} [${Array(10)
        .fill(n === 0 ? "x" : `*a${n - 1}`)
        .join(", ")}]`,
  );
  const { gaps } = await read(
    t,
    "pack.yaml",
    `${laughs.join("\n")}\ntags:\n- address: ${A}\n  label: *a11\n`,
  );
  assert.deepEqual(
    gaps.map(({ code }) => code),
    ["malformed-tag", "malformed-tag"],
  );
});

test("keys that are special to JavaScript do no harm", async (t) => {
  const fields = ["__proto__:\n    label: P", "constructor: c", "label: L"];
  const text = `__proto__: x\ntags:\n- address: ${A}\n  ${fields.join("\n  ")}\n`;
  const { tags } = await read(t, "pack.yaml", text);
  assert.equal(tags[0]?.label, "L");
});

test("a table of one's own is read, its columns in any order", async (t) => {
  const text = `label,address,category,date\n"A, B",${A},exchange,2020-01-02T00:00:00Z\nL,${B},,\nL,x,,\n`;
  const { tags, gaps } = await read(t, "tags.csv", gzipSync(text));
  assert.deepEqual(
    tags.map(({ address, label, category, date, coin, place }) => [
      address,
      label,
      category,
      date,
      coin,
      place.line,
    ]),
    [
      [A, "A, B", "exchange", "2020-01-02", "btc", 2],
      [B, "L", null, null, "btc", 3],
    ],
  );
  assert.deepEqual(
    gaps.map(({ code, place }) => [code, place.line]),
    [["malformed-tag", 4]],
  );
});

test("a JSON list of addresses has the coin that its name has; objects say it themselves", async (t) => {
  const bare = await read(t, "sanctioned_addresses_XBT.json", JSON.stringify([A, 5]));
  assert.deepEqual([bare.tags[0]?.coin, bare.tags[0]?.abuse, bare.tags[0]?.date], ["btc", "sanction", null]);
  assert.deepEqual(
    bare.gaps.map(({ code }) => code),
    ["malformed-tag"],
  );
  const objects = await read(
    t,
    "mine.json",
    JSON.stringify({ tags: [{ address: A, label: "L", is_cluster_definer: true }] }),
  );
  assert.deepEqual([objects.tags[0]?.label, objects.tags[0]?.isClusterDefiner], ["L", true]);
});

for (const content of ["", "hello\n", "a: b\n", "txid,label\n"]) {
  test(`what is no list of tags cannot be used: ${JSON.stringify(content)}`, async (t) => {
    await assert.rejects(
      read(t, "tags.yaml", content),
      (error) => error instanceof PaydirtError && error.code === "bad-source",
    );
  });
}

test("no change of bytes is worse than a gap or a list that cannot be used", async (t) => {
  const texts = [
    ...WAYS.map(([, lines]) => lines.join("\n")),
    `address,label\n${A},L\n`,
    JSON.stringify([A]),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...texts),
      fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      async (text, changes) => {
        const bytes = Buffer.from(text);
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        try {
          await read(t, "tags.yaml", bytes);
        } catch (error) {
          assert.ok(error instanceof PaydirtError && error.code === "bad-source", String(error));
        }
      },
    ),
    { numRuns: 150 },
  );
});
