import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { ChainLookup, ChainTx } from "../../../../src/model/chain.ts";
import type { Gap } from "../../../../src/model/gap.ts";
import { CHAIN_SCHEMES } from "../../../../src/read/chain/index.ts";
import { chainContext, madeFile } from "../../../kit/chain/context.ts";

/** The genesis block's address, the second's, and BIP 173's first example. */
const A = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
const B = "12c6DSiU4Rq3P4ZxziKxzrL5LmMBrzjrJX";
const C = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
const ONE = "11".repeat(32);
const TWO = "22".repeat(32);
const THREE = "33".repeat(32);

interface Opened {
  readonly slice: ChainLookup;
  readonly gaps: readonly Gap[];
}

async function open(t: TestContext, name: string, content: string | Uint8Array): Promise<Opened> {
  const context = chainContext();
  const scheme = CHAIN_SCHEMES.find(({ id }) => id === "slice");
  const slice = await scheme!.open(madeFile(t, name, content), context);
  assert.ok(slice.kind === "lookup");
  return { slice, gaps: context.gaps() };
}

async function all(txs: AsyncIterable<ChainTx>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { txid } of txs) ids.push(txid);
  return ids;
}

/** Two transactions as Esplora gives them: the second spends the first output of the first. */
const FIRST = {
  txid: ONE,
  version: 1,
  locktime: 0,
  vin: [{ is_coinbase: true }],
  vout: [
    { value: 5_000, scriptpubkey_type: "p2pkh", scriptpubkey_address: A },
    { value: 1, scriptpubkey_type: "v0_p2wpkh", scriptpubkey_address: C.toUpperCase() },
  ],
  status: { confirmed: true, block_height: 10, block_time: 1_231_469_744 },
};
const SECOND = {
  txid: TWO,
  version: 2,
  locktime: 9,
  vin: [{ txid: ONE, vout: 0, sequence: 1, prevout: FIRST.vout[0] }],
  vout: [{ value: 4_000, scriptpubkey_type: "p2pkh", scriptpubkey_address: B }],
  status: { confirmed: true, block_height: 12, block_time: 1_231_470_988 },
};

const FORMS: readonly (readonly [name: string, content: string | Uint8Array])[] = [
  ["a list", JSON.stringify([SECOND, FIRST])],
  ["a list on many lines", `\uFEFF${JSON.stringify([FIRST, SECOND], null, 2)}\n`],
  ["JSON lines", `${JSON.stringify(FIRST)}\n${JSON.stringify(SECOND)}\n`],
  ["objects on many lines", [FIRST, SECOND].map((tx) => JSON.stringify(tx, null, 1)).join("\n")],
  ["a document", JSON.stringify({ made: { by: ["hand"] }, transactions: [FIRST, SECOND], note: "x" })],
  ["a compressed list", gzipSync(JSON.stringify([FIRST, SECOND]))],
];

for (const [name, content] of FORMS) {
  test(`transactions are read from ${name}`, async (t) => {
    const { slice, gaps } = await open(t, "slice.json", content);
    assert.deepEqual(gaps, []);
    assert.equal(slice.network, "btc");
    assert.deepEqual(slice.tip, { height: 12, hash: null, atMicros: 1_231_470_988_000_000 });
    const first = await slice.tx(ONE);
    assert.deepEqual(first?.outputs[1], { vout: 1, valueSats: 1n, address: C, script: "p2wpkh" });
    assert.ok(first.isCoinbase && first.isWhole);
    const spender = await slice.spender({ txid: ONE, vout: 0 });
    assert.ok(typeof spender === "object");
    assert.equal(spender.txid, TWO);
    assert.equal(await slice.spender({ txid: TWO, vout: 0 }), "unknown");
    assert.equal(await slice.tx(THREE), null);
    assert.deepEqual(await all(slice.touching(A)), [ONE, TWO]);
    assert.deepEqual(await all(slice.touching(C)), [ONE]);
  });
}

test("a transaction's place is its bytes in the file", async (t) => {
  const content = `[ ${JSON.stringify(FIRST)},\n${JSON.stringify({ ...SECOND, note: "é" })} ]`;
  const { slice } = await open(t, "slice.json", content);
  for (const [txid, line] of [
    [ONE, 1],
    [TWO, 2],
  ] as const) {
    const { atByte, byteLength, line: at } = (await slice.tx(txid))!.place;
    const text = Buffer.from(content)
      .subarray(atByte, atByte + byteLength)
      .toString();
    assert.equal(JSON.parse(text).txid, txid);
    assert.equal(at, line);
  }
});

test("what a slice says of spenders counts: outspends, unspent outputs, completeness", async (t) => {
  const outspends = [{ spent: true, txid: THREE, vin: 0 }, { spent: false }];
  const told = await open(t, "slice.json", JSON.stringify({ ...FIRST, outspends }));
  const named = await told.slice.spender({ txid: ONE, vout: 0 });
  assert.ok(typeof named === "object");
  assert.deepEqual([named.txid, named.isWhole, named.outputs.length], [THREE, false, 0]);
  assert.equal(await told.slice.spender({ txid: ONE, vout: 1 }), "unspent");
  const document = { schema: 1, network: "btc", unspent: [`${TWO}:0`], transactions: [FIRST, SECOND] };
  const listed = await open(t, "slice.json", JSON.stringify(document));
  assert.equal(await listed.slice.spender({ txid: TWO, vout: 0 }), "unspent");
  assert.equal(await listed.slice.spender({ txid: ONE, vout: 1 }), "unknown");
  const complete = await open(t, "slice.json", JSON.stringify({ complete: true, transactions: [FIRST] }));
  assert.equal(await complete.slice.spender({ txid: ONE, vout: 1 }), "unspent");
  assert.equal(await complete.slice.spender({ txid: THREE, vout: 1 }), "unknown");
});

test("a table of payments is read with its columns in any order", async (t) => {
  const content = [
    "# payments",
    "address;satoshi;time;TXID;spent_by;vout;height;remark",
    `${A};5000;1231469744;${ONE.toUpperCase()};${TWO};0;10;"a; b"`,
    `${C};7;2009-01-09T02:55:44Z;${ONE};;1;10;`,
    `${B};4000;1231470988;${TWO};;;12;`,
  ].join("\r\n");
  const { slice, gaps } = await open(t, "payments.csv", content);
  assert.deepEqual(gaps, []);
  const first = (await slice.tx(ONE))!;
  assert.deepEqual([first.isWhole, first.height, first.atMicros], [false, 10, 1_231_469_744_000_000]);
  assert.deepEqual(
    first.outputs.map(({ vout, valueSats, address }) => [vout, valueSats, address]),
    [
      [0, 5_000n, A],
      [1, 7n, C],
    ],
  );
  assert.equal(first.place.line, 3);
  const spender = await slice.spender({ txid: ONE, vout: 0 });
  assert.ok(typeof spender === "object" && spender.txid === TWO);
  assert.equal(await slice.spender({ txid: ONE, vout: 1 }), "unknown");
  assert.equal((await slice.tx(TWO))?.outputs[0]?.vout, null);
});

test("amounts are coins only where the header says so", async (t) => {
  const rows = [`${ONE},1231469744,${A},0.1`, `${TWO},1231469744,${A},20999999.99999999`];
  const content = `txid,time,address,btc\n${rows.join("\n")}`;
  const { slice } = await open(t, "payments.csv", content);
  assert.equal((await slice.tx(ONE))?.outputs[0]?.valueSats, 10_000_000n);
  assert.equal((await slice.tx(TWO))?.outputs[0]?.valueSats, 2_099_999_999_999_999n);
  await assert.rejects(open(t, "payments.csv", content.replace("btc", "value")), /neither JSON nor CSV/);
  await assert.rejects(open(t, "payments.csv", content.replace("btc", "satoshi")), /no transaction/);
});

test("a slice of a test network is of that network", async (t) => {
  const address = "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx";
  const content = `txid,time,address,satoshi\n${ONE},1231469744,${address},1`;
  assert.equal((await open(t, "payments.csv", content)).slice.network, "btc-testnet3");
});
