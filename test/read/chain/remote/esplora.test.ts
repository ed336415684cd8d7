import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { ChainLookup, ChainTx } from "../../../../src/model/chain.ts";
import { PaydirtError } from "../../../../src/model/error.ts";
import { openEsplora } from "../../../../src/read/chain/remote/esplora.ts";
import { MOST_TRANSACTIONS } from "../../../../src/read/chain/remote/esplora-history.ts";
import { type FakeExplorer, fakeEsplora } from "../../../kit/chain/fake-esplora.ts";
import { answersInstead, diesAfter, MISDEEDS } from "../../../kit/chain/fake-server.ts";
import { type Heist, heist, shop } from "../../../kit/chain/heist.ts";
import type { MadeChain } from "../../../kit/chain/made-chain.ts";
import { HASTY, type KitContext, memoryCache, sourceContext } from "../../../kit/chain/source-context.ts";
import { keyAddress, keyScript, madeTx } from "../../../kit/chain/transactions.ts";

const OPENING = (chain: MadeChain) => [
  "/block-height/0",
  "/blocks/tip/hash",
  `/block/${chain.blocks.at(-1)?.hash}`,
];

interface Scene extends Heist {
  readonly explorer: FakeExplorer;
  readonly context: KitContext;
  open(context?: KitContext): Promise<ChainLookup>;
}

async function scene(t: TestContext, network = "btc", made = heist(network)): Promise<Scene> {
  const explorer = await fakeEsplora(made.chain.blocks, network);
  t.after(explorer.close);
  const context = sourceContext();
  const open = async (given = context): Promise<ChainLookup> => {
    const lookup = await openEsplora(explorer.url, given, HASTY);
    t.after(() => lookup.close());
    return lookup;
  };
  return { ...made, explorer, context, open };
}

async function all(from: AsyncIterable<ChainTx>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { txid } of from) ids.push(txid);
  return ids;
}

const failsWith = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof PaydirtError, String(error));
  assert.equal(error.code, "bad-source");
  assert.match(error.message, pattern);
  return true;
};

for (const network of ["btc", "btc-testnet3", "ltc"]) {
  test(`three questions tell network ${network} and the last block`, async (t) => {
    const { open, chain, explorer, context } = await scene(t, network);
    const lookup = await open();
    assert.equal(lookup.network, network);
    const { hash, height, atSeconds } = chain.blocks[19] ?? assert.fail();
    assert.deepEqual(lookup.tip, { hash, height, atMicros: atSeconds * 1e6 });
    assert.deepEqual(explorer.asked, OPENING(chain));
    assert.deepEqual(context.made, [`esplora esplora:${explorer.url}`]);
  });
}

test("a transaction, and who spends its outputs", async (t) => {
  const { open, theft, move, explorer } = await scene(t);
  const lookup = await open();
  const tx = await lookup.tx(theft.txid);
  assert.equal(tx?.height, 1);
  assert.deepEqual(
    tx?.outputs.map(({ valueSats, address }) => [valueSats, address]),
    [
      [10_000n, keyAddress("eve", "btc")],
      [4_999_980_000n, keyAddress("victim", "btc")],
    ],
  );
  const spender = await lookup.spender({ txid: theft.txid, vout: 0 });
  assert.equal(typeof spender === "object" && spender.txid, move.txid);
  assert.equal(await lookup.spender({ txid: theft.txid, vout: 1 }), "unspent");
  assert.equal(await lookup.spender({ txid: theft.txid, vout: 2 }), "unknown");
  assert.equal(await lookup.spender({ txid: "ab".repeat(32), vout: 0 }), "unknown");
  assert.equal(await lookup.tx("ab".repeat(32)), null);
  // What became of all outputs of the theft is one question, and nothing is asked twice.
  await lookup.tx(theft.txid);
  await lookup.tx(move.txid);
  assert.deepEqual(explorer.asked.slice(3), [
    `/tx/${theft.txid}`,
    `/tx/${theft.txid}/outspends`,
    `/tx/${move.txid}`,
    `/tx/${"ab".repeat(32)}/outspends`,
    `/tx/${"ab".repeat(32)}`,
  ]);
});

for (const times of [1, 24, 25, 26, 60]) {
  test(`a history of ${times} is paged through, and comes in the order of the chain`, async (t) => {
    const made = shop(times);
    const { open, chain, explorer } = await scene(t, "btc", made);
    const lookup = await open();
    const address = keyAddress("shop", "btc");
    const ids = await all(lookup.touching(address));
    const expected = chain.blocks.flatMap(({ txs }) =>
      txs.filter(({ outputs }) => Buffer.from(outputs[0]?.script ?? []).equals(keyScript("shop"))),
    );
    assert.equal(ids.length, times);
    assert.deepEqual(
      ids,
      expected.map(({ txid }) => txid),
    );
    assert.equal(explorer.asked.length - 3, 1 + Math.ceil(times / 25));
  });
}

test("an address of which nothing is known has no history, and one question tells that", async (t) => {
  const { open, explorer } = await scene(t);
  assert.deepEqual(await all((await open()).touching(keyAddress("nobody", "btc"))), []);
  assert.equal(explorer.asked.length, 4);
});

for (const [count, gaps, questions] of [
  [MOST_TRANSACTIONS, 1, 2],
  [MOST_TRANSACTIONS + 1, 1, 1],
] as const) {
  test(`a history of ${count} costs ${questions} questions and is told`, async (t) => {
    const { open, explorer, context } = await scene(t);
    const lookup = await open();
    explorer.misdeed = answersInstead(/\/address\/[^/]+$/, { chain_stats: { tx_count: count } });
    await all(lookup.touching(keyAddress("nobody", "btc")));
    assert.equal(explorer.asked.length - 3, questions);
    assert.equal(context.gaps.length, gaps);
    assert.match(
      context.gaps[0] ?? "",
      count > 5_000 ? /^trace-limit: .*5,001 tr/ : /^missing-transaction: /,
    );
  });
}

test("what is in no block is left out and told", async (t) => {
  const { open, explorer, context, cashOut } = await scene(t);
  const spent = [{ valueSats: 5_900n, script: keyScript("exchange") }];
  const tx = madeTx({
    inputs: [{ txid: cashOut.txid, vout: 0 }],
    outputs: [{ valueSats: 5_000n, script: keyScript("exchange") }],
  });
  explorer.waiting = [{ tx, spent }];
  const lookup = await open();
  assert.equal(await lookup.spender({ txid: cashOut.txid, vout: 0 }), "unspent");
  assert.equal(await lookup.tx(tx.txid), null);
  assert.deepEqual(await all(lookup.touching(keyAddress("exchange", "btc"))), [cashOut.txid]);
  assert.deepEqual(
    context.gaps.map((gap) => gap.slice(0, 24)),
    Array.from({ length: 3 }, () => "unconfirmed-transaction:"),
  );
});

test("what came in a block after the explorer was opened is as good as not there", async (t) => {
  const { open, chain, cashOut, context } = await scene(t);
  const lookup = await open();
  const tx = madeTx({ inputs: [{ txid: cashOut.txid, vout: 0 }], outputs: [] });
  chain.mine([{ ...tx, outputs: [{ valueSats: 1n, script: keyScript("late") }] }]);
  assert.equal(await lookup.spender({ txid: cashOut.txid, vout: 0 }), "unspent");
  assert.match(context.gaps[0] ?? "", /^unconfirmed-transaction: .*in no block up to 19/);
});

async function walk(lookup: ChainLookup, { theft, move, cashOut }: Heist): Promise<unknown[]> {
  const address = await all(lookup.touching(keyAddress("eve", "btc")));
  const spenders = [];
  for (const { txid } of [theft, move, cashOut]) spenders.push(await lookup.spender({ txid, vout: 0 }));
  return [address, spenders];
}

test("a second run asks for the tip, for what may have grown and for what was unspent", async (t) => {
  const made = await scene(t);
  const { explorer, open, chain, cashOut } = made;
  const cache = memoryCache();
  const first = await walk(await open(sourceContext({ cache })), made);
  explorer.asked.length = 0;
  const second = await walk(await open(sourceContext({ cache })), made);
  assert.deepEqual(second, first);
  assert.deepEqual(explorer.asked, [
    ...OPENING(chain),
    `/address/${keyAddress("eve", "btc")}`,
    `/tx/${cashOut.txid}/outspends`,
  ]);
});

for (const [above, isKept] of [
  [5, true],
  [4, false],
] as const) {
  test(`with ${above} blocks on top, an answer is ${isKept ? "kept" : "asked for again"}`, async (t) => {
    const made = heist("btc");
    made.chain.blocks.length = 4 + above;
    const { open, explorer, cashOut } = await scene(t, "btc", made);
    const cache = memoryCache();
    for (let run = 0; run < 2; run += 1) await (await open(sourceContext({ cache }))).tx(cashOut.txid);
    assert.equal(explorer.asked.filter((path) => path.startsWith("/tx/")).length, isKept ? 1 : 2);
  });
}

test("of chains for tests nothing is kept: they begin anew under the same name", async (t) => {
  const { open, theft } = await scene(t, "btc-regtest");
  const cache = memoryCache();
  assert.ok(await (await open(sourceContext({ cache }))).tx(theft.txid));
  assert.equal(cache.size, 0);
});

test("what was fetched before the server died is there for a second run", async (t) => {
  const made = await scene(t);
  const { explorer, open } = made;
  const cache = memoryCache();
  const whole = await walk(await open(), made);
  for (let run = 0; ; run += 1) {
    assert.ok(run < 10, "it goes on");
    explorer.asked.length = 0;
    explorer.misdeed = diesAfter(7);
    try {
      assert.deepEqual(await walk(await open(sourceContext({ cache })), made), whole);
      assert.ok(run > 0, "the first run is cut");
      break;
    } catch (error) {
      failsWith(/its answer broke off, 3 times in a row/)(error);
    }
  }
});

const HASH = "ab".repeat(32);
const NONSENSE: readonly (readonly [what: string, pattern: RegExp, body: unknown, says: RegExp])[] = [
  [
    "HTML for the first block",
    /\/block-height/,
    "<html>no</html>",
    /no hash of a block; it begins "<html>no/,
  ],
  ["another network", /\/block-height/, HASH, /is the first block of no network that is known/],
  ["no height of its tip", /\/block\//, { height: "19" }, /it has no height or no time/],
  ["a number for a transaction", /\/tx\/[^/]+$/, 7, /it is no object; it begins "7"/],
  ["a transaction of negative value", /\/tx\/[^/]+$/, { txid: HASH, vin: [], vout: [] }, /no list of inputs/],
  ["no list of what is spent", /outspends/, { length: 1e9 }, /it is no list/],
  ["nothing about an output", /outspends/, [{}], /it does not tell what became of an output/],
  [
    "a spender that is not there",
    /outspends/,
    [{ spent: true, txid: HASH, status: { confirmed: true, block_height: 3 } }],
    /transaction abab.*, which is said to spend it, is not there/,
  ],
  ["no count of transactions", /\/address\/[^/]+$/, { chain_stats: 5 }, /how many transactions there are/],
  ["no page", /\/txs\/chain/, "null", /it is no list of transactions; it begins "null"/],
];
for (const [what, pattern, body, says] of NONSENSE) {
  test(`${what} is told as nonsense and not kept`, async (t) => {
    const made = await scene(t);
    const cache = memoryCache();
    made.explorer.misdeed = answersInstead(pattern, body);
    const context = sourceContext({ cache });
    const walked = made.open(context).then(async (lookup) => {
      await lookup.tx(made.theft.txid);
      await walk(lookup, made);
    });
    await assert.rejects(walked, failsWith(says));
    made.explorer.misdeed = MISDEEDS.none;
    assert.ok(await walk(await made.open(sourceContext({ cache })), made));
  });
}

test("the wrong transaction is not taken for the right one", async (t) => {
  const { open, explorer, theft, move } = await scene(t);
  const lookup = await open();
  const other = await (await fetch(`${explorer.url}/tx/${move.txid}`)).json();
  explorer.misdeed = answersInstead(/\/tx\/[^/]+$/, other);
  await assert.rejects(lookup.tx(theft.txid), failsWith(/it is transaction /));
});

test("a spender spends the output, and as much as it has", async (t) => {
  const { open, explorer, theft, move, cashOut } = await scene(t);
  const lookup = await open();
  const status = { confirmed: true, block_height: 3 };
  explorer.misdeed = answersInstead(/outspends/, [{ spent: true, txid: cashOut.txid, status }]);
  await assert.rejects(
    (await open()).spender({ txid: theft.txid, vout: 0 }),
    failsWith(/to spend it, does not$/),
  );
  explorer.misdeed = MISDEEDS.none;
  await lookup.tx(theft.txid);
  const text = await (await fetch(`${explorer.url}/tx/${move.txid}`)).text();
  explorer.misdeed = answersInstead(new RegExp(`/tx/${move.txid}$`), text.replace("10000", "99999"));
  const asked = lookup.spender({ txid: theft.txid, vout: 0 });
  await assert.rejects(asked, failsWith(/spends 99999 sat where it has 10000$/));
});

test("pages that repeat themselves end", async (t) => {
  const { open, explorer, theft } = await scene(t);
  const lookup = await open();
  const page = [await (await fetch(`${explorer.url}/tx/${theft.txid}`)).json()];
  explorer.misdeed = (response, count, answer) =>
    answersInstead(/\/address\/[^/]+$/, { chain_stats: { tx_count: 50 } })(response, count, answer) ||
    answersInstead(/\/txs\/chain/, page)(response, count, answer);
  await assert.rejects(
    all(lookup.touching(keyAddress("eve", "btc"))),
    failsWith(/it has transaction .* again/),
  );
});
