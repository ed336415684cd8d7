import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import { scaled, unscaled } from "../../../src/bytes/decimal.ts";
import { PaydirtError } from "../../../src/model/error.ts";
import { readSwaps, type SwapRecord } from "../../../src/read/chain/swaps.ts";
import { chainContext, madeFile } from "../../kit/chain/context.ts";
import { dataPath } from "../../kit/data.ts";

const FOLDER = "chain/wannacry";
const NEEDS = `needs ../shared/data/${FOLDER}`;
const TXID = "ab".repeat(32);

function sum(swaps: readonly SwapRecord[], side: "from" | "to"): string {
  return unscaled(
    swaps.reduce((total, swap) => total + (scaled(swap[side].amount, 18) ?? 0n), 0n),
    18,
  );
}

async function read(t: TestContext, content: string) {
  const context = chainContext();
  const swaps = await readSwaps(madeFile(t, "swaps", content), context);
  return { swaps, gaps: context.gaps().map(({ says, place, count }) => [place.line, count, says]) };
}

test("WannaCry's swaps of bitcoin for Monero are eight, to the last digit", async (t) => {
  const path = dataPath(`${FOLDER}/nickbax-wannashift.json`);
  if (path === null) return t.skip(NEEDS);
  const context = chainContext();
  const swaps = await readSwaps(path, context);
  assert.deepEqual([swaps.length, sum(swaps, "from"), sum(swaps, "to")], [8, "13.53572133", "820.79942522"]);
  assert.equal(new Set(swaps.map(({ to }) => to.address)).size, 1);
  assert.deepEqual(swaps[0], {
    id: "w1",
    service: "ShapeShift (told by the record's form)",
    status: "complete",
    from: { coin: "btc", amount: "1.8376", address: "18hjgJRmafRkJmGNiNDy9sEsERLw53ZWv3", txid: null },
    to: {
      coin: "xmr",
      amount: "111.85110018",
      address: swaps[1]?.to.address,
      txid: "390ddca76740f82f6c93a3e92ab03a31c0f04827f27cec3cd96c1f5782c97395",
    },
    at: null,
    times: 1,
    place: { evidence: "e1", atByte: 32, byteLength: 471, packet: null, line: 3 },
  });
  assert.deepEqual(context.gaps(), []);
});

test("a file that lacks commas is read, and a record that is listed twice counts once", async (t) => {
  const path = dataPath(`${FOLDER}/nickbax-xmr_to_bch_transactions.json`);
  if (path === null) return t.skip(NEEDS);
  const context = chainContext();
  const swaps = await readSwaps(path, context, 9);
  assert.deepEqual([swaps.length, sum(swaps, "from"), sum(swaps, "to")], [8, "478", "69.51394566"]);
  assert.deepEqual(
    swaps.map(({ id, times }) => `${id} ${times}`),
    ["w9 2", "w10 1", "w11 1", "w12 1", "w13 1", "w14 1", "w15 1", "w16 1"],
  );
  assert.deepEqual(
    context.gaps().map(({ code, place, count }) => [code, place.atByte, place.line, count]),
    [["malformed-swap", 1_039, 3, 7]],
  );
});

test("a list that holds no swaps is refused", async (t) => {
  const path = dataPath(`${FOLDER}/nickbax-consolidation_txs.csv`);
  if (path === null) return t.skip(NEEDS);
  await assert.rejects(readSwaps(path, chainContext()), /holds no records of swaps/);
});

test("amounts keep the digits of the file, which no double has", async (t) => {
  const amount = "12345678.123456789012345678";
  const { swaps } = await read(
    t,
    `[{"incomingType":"ETH","incomingCoin":${amount},"outgoingType":"BTC","outgoingCoin":1.50e-7}]`,
  );
  assert.deepEqual([swaps[0]?.from.amount, swaps[0]?.to.amount], [amount, "0.00000015"]);
});

test("Changelly's records have a time", async (t) => {
  const record = {
    ...{ status: "finished", currencyFrom: "btc", amountFrom: "0.5", payinAddress: "1A", payinHash: TXID },
    ...{ currencyTo: "xmr", amountTo: 30, payoutAddress: "4A", payoutHash: TXID, createdAt: 1_501_850_000 },
  };
  const { swaps, gaps } = await read(t, JSON.stringify({ jsonrpc: "2.0", id: 1, result: [record] }));
  assert.deepEqual(gaps, []);
  assert.deepEqual(
    [swaps[0]?.service, swaps[0]?.at, swaps[0]?.from.txid, swaps[0]?.to.amount],
    ["Changelly (told by the record's form)", "2017-08-04T12:33:20.000000Z", TXID, "30"],
  );
});

test("a table of one's own is read", async (t) => {
  const rows = [
    "date,service,from_coin,from_amount,to_coin,to_amount,to_txid",
    `2017-08-03T04:00:00Z,ShapeShift,BTC,1.5,XMR,90,${TXID}`,
    "2017-08-03T04:00:00,ShapeShift,BTC,1.5,XMR,90,",
  ];
  const { swaps, gaps } = await read(t, rows.join("\n"));
  assert.deepEqual([swaps.length, swaps[0]?.from.coin, swaps[0]?.to.txid], [1, "btc", TXID]);
  const says = "Cannot read a swap of swaps: its time is neither seconds since 1970 nor ISO 8601 with a zone";
  assert.deepEqual(gaps, [[3, 1, says]]);
});

const GOOD = { incomingType: "BTC", incomingCoin: 1, outgoingType: "XMR", outgoingCoin: 60 };
const BAD: readonly (readonly [changed: object, says: string])[] = [
  [{ incomingType: null }, "what came in has no coin"],
  [{ incomingCoin: 0 }, "what came in has no amount"],
  [{ incomingCoin: -1 }, "what came in has no amount"],
  [{ outgoingCoin: "NaN" }, "what was paid out has no amount"],
  [{ outgoingCoin: "1e999" }, "what was paid out has no amount"],
  [{ transaction: "x" }, "what was paid out has a transaction that is no 64 hex digits"],
  [{ address: "1".repeat(513) }, "what came in has an address that is none"],
];

for (const [changed, says] of BAD) {
  test(`a record is a gap: ${says} (${JSON.stringify(changed).slice(0, 30)})`, async (t) => {
    const { swaps, gaps } = await read(
      t,
      `[${JSON.stringify(GOOD)},\n${JSON.stringify({ ...GOOD, ...changed })}]`,
    );
    assert.equal(swaps.length, 1);
    assert.deepEqual(gaps, [[2, 1, `Cannot read a swap of swaps: ${says}`]]);
  });
}

test("keys that are special to JavaScript do no harm", async (t) => {
  const { swaps } = await read(
    t,
    `[{"__proto__":{"status":"x"},"toString":1,${JSON.stringify(GOOD).slice(1)}]`,
  );
  assert.equal(swaps[0]?.status, null);
});

test("no change of bytes is worse than a gap or a file that cannot be used", async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1 }), async (changes) => {
      const bytes = Buffer.from(`[${JSON.stringify(GOOD)}, ${JSON.stringify(GOOD)}]`);
      for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
      try {
        await readSwaps(madeFile(t, "swaps", bytes), chainContext());
      } catch (error) {
        assert.ok(error instanceof PaydirtError && error.code === "bad-source", String(error));
      }
    }),
    { numRuns: 100 },
  );
});

test("texts as long as a file are no status and no service, and take no memory", async (t) => {
  const swap = { from_coin: "btc", from_amount: "1", to_coin: "xmr", to_amount: "2" };
  const long = "x".repeat(513);
  const { swaps, gaps } = await read(
    t,
    JSON.stringify([{ ...swap, status: long }, { ...swap, service: long }, swap]),
  );
  assert.equal(swaps.length, 1);
  assert.match(String(gaps[0]), /its service or status is longer than 512 characters/);
});
