import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import type { ChainLookup } from "../../../../src/model/chain.ts";
import { PaydirtError } from "../../../../src/model/error.ts";
import type { Gap } from "../../../../src/model/gap.ts";
import { SLICE } from "../../../../src/read/chain/slice/index.ts";
import { chainContext, madeFile } from "../../../kit/chain/context.ts";

const A = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
const DAMAGED = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb";
const LITECOIN = "LaMT348PWRnrqeeWArpwQPbuanpXDZGEUz";
const ONE = "11".repeat(32);
const TWO = "22".repeat(32);
const HEADER = "txid,time,address,satoshi,vout\n";
const ROW = `${ONE},1231469744,${A},5000,0\n`;

async function open(
  t: TestContext,
  content: string | Uint8Array,
): Promise<{ readonly slice: ChainLookup; readonly gaps: readonly Gap[] }> {
  const context = chainContext();
  const slice = await SLICE.open(madeFile(t, "slice", content), context);
  assert.ok(slice.kind === "lookup");
  return { slice, gaps: context.gaps() };
}

/** Each gap as "code line says", how often. */
async function gapsOf(t: TestContext, content: string): Promise<string[]> {
  const { gaps } = await open(t, content);
  return gaps.map(({ code, place, says, count }) => `${code} ${place.line} ${count} ${says}`);
}

const BAD_ROWS: readonly (readonly [row: string, says: string])[] = [
  [`${ONE.slice(1)},1231469744,${A},5000,0`, "its txid has not 64 hex digits"],
  [`${ONE},1231469744,${A},2100000000000001,0`, "its amount is none"],
  [`${ONE},1231469744,${A},-1,0`, "its amount is none"],
  [`${ONE},1231469744,${A},1e3,0`, "its amount is none"],
  [`${ONE},99999999999,${A},1,0`, "its time is neither seconds since 1970 nor ISO 8601 with a zone"],
  [`${ONE},2017-05-12 11:08:21,${A},1,0`, "its time is neither seconds since 1970 nor ISO 8601 with a zone"],
  [`${ONE},1231469744,,1,0`, "it has no address"],
  [`${ONE},1231469744,${A},1,-1`, "its vout is no whole number"],
  [`${ONE},1231469744,${A},1`, "it has other columns than the header"],
  [`"${ONE},1231469744,${A},1,0`, "a quote is not closed"],
];

for (const [row, says] of BAD_ROWS) {
  test(`a row is a gap with its line, and counted: ${says} (${row.slice(-12)})`, async (t) => {
    const gaps = await gapsOf(t, `${HEADER}${ROW}${row}\n${row}\n`);
    assert.deepEqual(gaps, [`malformed-line 3 2 Cannot read a row of slice: ${says}`]);
  });
}

test("damaged addresses and those of other networks are named, and their payments left out", async (t) => {
  const rows = [DAMAGED, LITECOIN].map((address) => `${TWO},1231469744,${address},1,\n`);
  const { slice, gaps } = await open(t, HEADER + ROW + rows.join(""));
  assert.deepEqual(
    gaps.map(({ code, place, says }) => [code, place.line, says]),
    [
      ["damaged-address", 3, `slice: "${DAMAGED}" is no valid address`],
      ["other-network", 4, `slice: ${LITECOIN} is an address of Litecoin, not of Bitcoin`],
    ],
  );
  assert.equal(await slice.tx(TWO), null);
});

test("an output that is listed twice counts once, and a contradiction is told", async (t) => {
  const other = `${ONE},1231469745,${A},5001,0\n`;
  const { slice, gaps } = await open(t, HEADER + ROW + ROW + other);
  assert.deepEqual((await slice.tx(ONE))?.outputs.length, 1);
  assert.deepEqual(
    gaps.map(({ says }) => says),
    [
      "Cannot read a transaction of slice: its payments are said to be in different blocks; the first counts",
      "Cannot read a transaction of slice: an output is listed twice, differently; the first counts",
    ],
  );
});

function transaction(changed: Readonly<Record<string, unknown>> = {}): string {
  const vin = [{ txid: TWO, vout: 0, prevout: { value: 2, scriptpubkey_address: A }, sequence: 0 }];
  return JSON.stringify({ txid: ONE, vin, vout: [{ value: 1, scriptpubkey_address: A }], ...changed });
}

test("transactions that are none are gaps with their offset; the others are read", async (t) => {
  const bad = [
    transaction({ txid: "x" }),
    '{"txid":1,}',
    "NaN",
    "[1]",
    transaction({ vout: [{ value: 3e15 }] }),
  ];
  const { slice, gaps } = await open(t, `[${transaction()},\n${bad.join(",\n")}\n]`);
  assert.ok(await slice.tx(ONE));
  assert.deepEqual(
    gaps.map(({ code, place }) => [code, place.line]),
    [
      ["malformed-transaction", 2],
      ["malformed-record", 3],
      ["malformed-transaction", 5],
      ["malformed-transaction", 6],
    ],
  );
});

test("keys that are special to JavaScript, equal keys and deep nesting do no harm", async (t) => {
  const special = `{"__proto__":{"txid":"${TWO}"},"constructor":1,"toString":2,${transaction().slice(1)}`;
  const twice = transaction().replace('"txid"', `"txid":"${TWO}","txid"`);
  const deep = `{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
  const { slice } = await open(t, `[${special},${twice},${deep}]`);
  assert.equal((await slice.tx(ONE))?.outputs[0]?.valueSats, 1n);
  assert.equal(await slice.tx(TWO), null);
  assert.equal(Object.hasOwn(Object.prototype, "txid"), false);
});

test("two transactions that spend the same output contradict each other", async (t) => {
  const { slice, gaps } = await open(t, `[${transaction()},${transaction({ txid: "33".repeat(32) })}]`);
  assert.deepEqual(
    gaps.map(({ code }) => code),
    ["malformed-transaction"],
  );
  const spender = await slice.spender({ txid: TWO, vout: 0 });
  assert.ok(typeof spender === "object" && spender.txid === ONE);
});

test("a transaction that is listed twice is one; with other content the first counts", async (t) => {
  const other = transaction({ vout: [{ value: 2, scriptpubkey_address: A }] });
  const { slice, gaps } = await open(t, [transaction(), transaction(), other].join("\n"));
  assert.equal((await slice.tx(ONE))?.outputs[0]?.valueSats, 1n);
  assert.deepEqual(
    gaps.map(({ place, says }) => [place.line, says]),
    [[3, "Cannot read a transaction of slice: it is listed twice, with different content; the first counts"]],
  );
});

test("a missing comma and a missing end are told, and what is there is read", async (t) => {
  const gaps = await gapsOf(
    t,
    `[${transaction({ txid: TWO, vin: [{ is_coinbase: true }] })} ${transaction()}`,
  );
  assert.deepEqual(gaps, [
    "malformed-record 1 1 Cannot read slice as JSON: the comma before a value is missing",
    "malformed-record 1 1 Cannot read slice as JSON: the text ends inside a list or an object",
  ]);
});

test("a text that is no JSON, or holds a value without end, is given up", async (t) => {
  const start = `[${transaction()}`;
  const ends = [
    [":".repeat(3 << 20), /more than 100000 faults; the rest is not read/],
    [`,"${"x".repeat(17 << 20)}"]`, /a value is longer than 16777216 bytes; the rest is not read/],
    [`,${"[".repeat(17 << 20)}`, /a value is longer/],
  ] as const;
  for (const [end, says] of ends) {
    const { slice, gaps } = await open(t, start + end);
    assert.ok(await slice.tx(ONE));
    assert.match(gaps.at(-1)?.says ?? "", says);
  }
});

test("what stands between values at the beginning of a piece of the file is no value", async (t) => {
  const padding = " ".repeat((1 << 20) - 1);
  const gaps = await gapsOf(t, `[${padding}:${transaction()}]`);
  assert.deepEqual(gaps, [
    "malformed-record 1 1 Cannot read slice as JSON: it holds something else than values",
  ]);
});

test("compressed data that breaks off is a gap behind what was read", async (t) => {
  const rows = Array.from(
    { length: 20_000 },
    (_, n) => `${String(n).padStart(64, "0")},1231469744,${A},5,\n`,
  );
  const whole = gzipSync(HEADER + rows.join(""));
  const { slice, gaps } = await open(t, whole.subarray(0, whole.length - 5_000));
  assert.ok(await slice.tx("0".repeat(64)));
  assert.ok(gaps.some(({ code }) => code === "malformed-gzip"));
});

for (const content of [
  "",
  "\n\n",
  "[]",
  "{}",
  "hello",
  "[[[[",
  "txid,time,address\n",
  "\0\0\0\0",
  '{"transactions":[',
]) {
  test(`what holds no transaction cannot be used: ${JSON.stringify(content)}`, async (t) => {
    await assert.rejects(
      open(t, content),
      (error) =>
        error instanceof PaydirtError &&
        error.code === "bad-source" &&
        /^Cannot use slice/.test(error.message),
    );
  });
}

test("a file that is not there is named", async () => {
  await assert.rejects(
    SLICE.open("/nowhere/slice.json", chainContext()),
    (error) => error instanceof PaydirtError && error.code === "bad-source",
  );
});

test("no change of bytes is worse than a gap or a source that cannot be used", async (t) => {
  const texts = [`[${transaction()},${transaction({ txid: TWO })}]`, HEADER + ROW + ROW];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...texts),
      fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      fc.nat(600),
      async (text, changes, cut) => {
        const bytes = Buffer.from(text).subarray(0, cut);
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        try {
          await open(t, bytes);
        } catch (error) {
          assert.ok(error instanceof PaydirtError && error.code === "bad-source", String(error));
        }
      },
    ),
    { numRuns: 150 },
  );
});
