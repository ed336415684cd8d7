import assert from "node:assert/strict";
import { test } from "node:test";
import { traceBlocks, traceLookup } from "../../../../src/follow/bitcoin/index.ts";
import type { Followed } from "../../../../src/follow/bitcoin/options.ts";
import type { ChainLookup, ChainTx } from "../../../../src/model/chain.ts";
import { assertConserved } from "../../../kit/chain/conserved.ts";
import { MadeChain } from "../../../kit/chain/made-chain.ts";
import { type MadeTx as ToldTx, madeTx as toldTx, txidOf } from "../../../kit/chain/made-tx.ts";
import { traceOptions } from "../../../kit/chain/trace-options.ts";
import { asBlocks } from "../../../kit/chain/traced-blocks.ts";
import { keyScript, madeTx } from "../../../kit/chain/transactions.ts";

/** A source of these transactions alone; `spenders` names who spends an output. */
function slice(txs: readonly ChainTx[], isComplete = true): ChainLookup {
  const spenders = new Map(
    txs.flatMap((tx) => tx.inputs.map(({ txid, vout }) => [`${txid}:${vout}`, tx] as const)),
  );
  return {
    kind: "lookup",
    network: "btc",
    tip: { height: null, hash: null, atMicros: null },
    tags: [],
    tx: async (txid) => txs.find((tx) => tx.txid === txid) ?? null,
    spender: async ({ txid, vout }) =>
      spenders.get(`${txid}:${vout}`) ?? (isComplete ? "unspent" : "unknown"),
    async *touching(address) {
      for (const tx of txs) if (tx.outputs.some((output) => output.address === address)) yield tx;
    },
    close: async () => {},
  };
}

function seeds(...names: readonly string[]) {
  return { outpoints: names.map((name) => ({ txid: txidOf(name), vout: 0, asked: name })), addresses: [] };
}

async function traced(source: ChainLookup, names: readonly string[]): Promise<Followed> {
  const found = await traceLookup(source, seeds(...names), traceOptions());
  for (const trace of found.traces) assertConserved(trace);
  return found;
}

function ends({ traces }: Followed, policy: string) {
  const { outputs = [] } = traces.find((trace) => trace.policy === policy) ?? {};
  return outputs.map(({ txid, vout, dirtySats, stop = null, spent }) => [
    txid,
    vout,
    Number(dirtySats),
    stop,
    spent,
  ]);
}

const SEED_TX = toldTx("seed", { height: 1, out: [{ sats: 100 }, { sats: 50 }] });
const of = (name: string, vout = 0): readonly [string, number] => [txidOf(name), vout];

test("coins spent with an output of unknown value stay where they were, except under poison", async () => {
  const spending = toldTx("next", {
    height: 2,
    in: [{ sats: null, of: of("seed") }, { sats: null }],
    out: [{ sats: 120 }],
  });
  const found = await traced(slice([SEED_TX, spending]), ["seed"]);
  assert.deepEqual(ends(found, "fifo"), [[txidOf("seed"), 0, 100, "unknown-value", true]]);
  assert.deepEqual(ends(found, "haircut"), [[txidOf("seed"), 0, 100, "unknown-value", true]]);
  assert.deepEqual(ends(found, "poison"), [[txidOf("next"), 0, 120, null, false]]);
  assert.match(found.traces[0]?.outputs[0]?.stopSays ?? "", /^Transaction 6e657874.* does not know$/);
});

test("a value that an input lacks may stand in the transaction that made it", async () => {
  const other = toldTx("other", { height: 1, out: [{ sats: 30 }] });
  const spending = toldTx("next", {
    height: 2,
    in: [
      { sats: null, of: of("seed") },
      { sats: null, of: of("other") },
    ],
    out: [{ sats: 120 }],
  });
  const found = await traced(slice([SEED_TX, other, spending]), ["seed"]);
  assert.deepEqual(ends(found, "fifo"), [[txidOf("next"), 0, 100, null, false]]);
  assert.equal(found.traces[0]?.totals.feeSats, "0");
  assert.equal(found.hops[1]?.inputs[1]?.valueSats, 30n);
});

test("a transaction that pays more than it has moves nothing", async () => {
  const spending = toldTx("next", { height: 2, in: [{ sats: 100, of: of("seed") }], out: [{ sats: 101 }] });
  const found = await traced(slice([SEED_TX, spending]), ["seed"]);
  for (const { policy } of found.traces) {
    assert.deepEqual(ends(found, policy), [[txidOf("seed"), 0, 100, "unknown-value", true]]);
  }
});

test("an output is spent once, also by a transaction that names it twice", async () => {
  const twice = [
    { sats: 100, of: of("seed") },
    { sats: 100, of: of("seed") },
  ];
  const spending = toldTx("next", { height: 2, in: twice, out: [{ sats: 200 }] });
  const found = await traced(slice([SEED_TX, spending]), ["seed"]);
  assert.equal(found.traces.find(({ policy }) => policy === "haircut")?.totals.dirtySats, "100");
});

test("where a source cannot tell who spends an output, the trace ends there and says so", async () => {
  const found = await traced(slice([SEED_TX], false), ["seed"]);
  assert.deepEqual(ends(found, "fifo"), [[txidOf("seed"), 0, 100, "not-in-source", null]]);
});

test("a list of payments gives seeds without a number, which cannot be followed", async () => {
  const paid = toldTx("paid", { isWhole: false, height: null, out: [{ sats: 70, address: "eve" }] });
  const source = slice([{ ...paid, outputs: paid.outputs.map((output) => ({ ...output, vout: null })) }]);
  const request = { outpoints: [], addresses: [{ address: "eve", asked: "btc:eve" }] };
  const found = await traceLookup(source, request, traceOptions());
  assert.deepEqual(ends(found, "fifo"), [[txidOf("paid"), null, 70, "not-in-source", null]]);
  assert.deepEqual(
    found.seeds.map(({ vout, valueSats }) => [vout, valueSats]),
    [[null, "70"]],
  );
});

test("without heights, and within a block, a transaction waits for those that it spends from", async () => {
  // The seed pays a; a pays b; b and a's change are spent together, which is listed first.
  for (const height of [null, 2]) {
    const index = null;
    const made = (name: string, tx: ToldTx) => toldTx(name, { height, index, ...tx });
    const a = made("a", { in: [{ sats: 100, of: of("seed") }], out: [{ sats: 60 }, { sats: 40 }] });
    const b = made("zz", { in: [{ sats: 60, of: of("a") }], out: [{ sats: 60 }] });
    const last = made("last", {
      in: [
        { sats: 40, of: of("a", 1) },
        { sats: 60, of: of("zz") },
      ],
      out: [{ sats: 100 }],
    });
    const found = await traced(slice([last, SEED_TX, a, b]), ["seed"]);
    assert.deepEqual(ends(found, "fifo"), [[txidOf("last"), 0, 100, null, false]]);
  }
});

test("transactions that spend each other in a circle end", async () => {
  const a = toldTx("a", {
    height: 2,
    index: null,
    in: [
      { sats: 100, of: of("seed") },
      { sats: 10, of: of("b") },
    ],
    out: [{ sats: 110 }],
  });
  const b = toldTx("b", {
    height: 2,
    index: null,
    in: [{ sats: 110, of: of("a") }],
    out: [{ sats: 10 }, { sats: 100 }],
  });
  const found = await traced(slice([SEED_TX, a, b]), ["seed"]);
  assert.equal(found.isComplete, true);
});

test("where nobody can tell what blocks spend, only poison goes on", async () => {
  const chain = new MadeChain();
  const pay = (name: string) => [{ valueSats: 1_000n, script: keyScript(name) }];
  const coinbases = ["eve", "bob"].map((name) => chain.mine([], { coinbase: pay(name) }).txs[0]?.txid ?? "");
  const inputs = coinbases.map((txid) => ({ txid, vout: 0 }));
  const tx = madeTx({ inputs, outputs: [{ valueSats: 2_000n, script: keyScript("carol") }] });
  chain.mine([tx]);
  const source = { ...asBlocks(chain, { hasUndo: false }), outputs: async () => new Map() };
  const asked = { outpoints: [{ txid: coinbases[0] ?? "", vout: 0, asked: "eve" }], addresses: [] };
  const found = await traceBlocks(source, asked, traceOptions({ followFees: false }));
  for (const trace of found.traces) assertConserved(trace);
  assert.deepEqual(ends(found, "fifo"), [[coinbases[0], 0, 1_000, "unknown-value", true]]);
  assert.deepEqual(ends(found, "poison"), [[tx.txid, 0, 2_000, null, false]]);
});
