import assert from "node:assert/strict";
import { test } from "node:test";
import { traceBack, traceLookup } from "../../../../src/follow/bitcoin/index.ts";
import { Waiting } from "../../../../src/follow/bitcoin/taint/waiting.ts";
import type { ChainLookup, ChainTx } from "../../../../src/model/chain.ts";
import { assertConserved } from "../../../kit/chain/conserved.ts";
import { madeTx, txidOf } from "../../../kit/chain/made-tx.ts";
import { traceOptions } from "../../../kit/chain/trace-options.ts";

/** A source of these transactions; what `lies` names is said to be spent by another one than spends it. */
function source(txs: readonly ChainTx[], lies: Readonly<Record<string, ChainTx>> = {}): ChainLookup {
  const byId = new Map(txs.map((tx) => [tx.txid, tx]));
  const spenders = new Map(
    txs.flatMap((tx) => tx.inputs.map(({ txid, vout }) => [`${txid}:${vout}`, tx] as const)),
  );
  return {
    kind: "lookup",
    network: "btc",
    tip: { height: 9, hash: null, atMicros: null },
    tags: [],
    tx: async (txid) => byId.get(txid) ?? null,
    spender: async ({ txid, vout }) =>
      lies[`${txid}:${vout}`] ?? spenders.get(`${txid}:${vout}`) ?? "unspent",
    async *touching() {},
    close: async () => {},
  };
}

const seed = (name: string) => ({
  outpoints: [{ txid: txidOf(name), vout: 0, asked: name }],
  addresses: [],
});

/** Two transactions that spend each other, and the first of them the seed. */
function circle(heights: readonly [number, number]): readonly ChainTx[] {
  const [one, other] = heights;
  return [
    madeTx("seed", { height: 1, index: null, out: [{ sats: 100 }] }),
    madeTx("one", {
      height: one,
      index: null,
      in: [
        { sats: 100, of: [txidOf("seed"), 0] },
        { sats: 50, of: [txidOf("two"), 0] },
      ],
      out: [{ sats: 150 }],
    }),
    madeTx("two", {
      height: other,
      index: null,
      in: [{ sats: 150, of: [txidOf("one"), 0] }],
      out: [{ sats: 50 }, { sats: 100 }],
    }),
  ];
}

test("transactions that spend each other are passed once, and what goes round is not unspent", async () => {
  // A second one beside them at their height: only then they are put in order.
  const beside = madeTx("beside", {
    height: 2,
    index: null,
    in: [{ sats: 100, of: [txidOf("other"), 0] }],
    out: [{ sats: 100 }],
  });
  const other = madeTx("other", { height: 1, index: null, out: [{ sats: 100 }] });
  const outpoints = ["seed", "other"].flatMap((name) => seed(name).outpoints);
  for (const heights of [
    [2, 2],
    [2, 3],
    [3, 2],
  ] as const) {
    const chain = source([...circle(heights), beside, other]);
    const found = await traceLookup(chain, { outpoints, addresses: [] }, traceOptions());
    for (const trace of found.traces) {
      assertConserved(trace);
      const spent = trace.outputs.filter(({ txid }) => txid === txidOf("seed") || txid === txidOf("one"));
      assert.ok(
        spent.every(({ stop }) => stop !== undefined),
        trace.policy,
      );
    }
  }
});

test("back through transactions that spend each other there is an end", async () => {
  for (const heights of [
    [2, 2],
    [2, 3],
    [3, 2],
  ] as const) {
    for (const name of ["one", "two"]) {
      const found = await traceBack(source(circle(heights)), seed(name), traceOptions());
      for (const trace of found.traces) assertConserved(trace);
    }
  }
});

test("a spender that does not spend the output is no proof that it is unspent", async () => {
  const [paid, lie] = [
    madeTx("paid", { height: 1, out: [{ sats: 100 }] }),
    madeTx("lie", { height: 2, in: [{ sats: 9 }], out: [{ sats: 9 }] }),
  ];
  const chain = source([paid, lie], { [`${txidOf("paid")}:0`]: lie });
  const { traces } = await traceLookup(chain, seed("paid"), traceOptions());
  for (const trace of traces) {
    assertConserved(trace);
    assert.deepEqual(
      trace.outputs.map(({ stop, spent }) => [stop, spent]),
      [["not-in-source", null]],
    );
  }
});

test("as many transactions of one block as a block can hold are taken in a moment", () => {
  const waiting = new Waiting("forward");
  const count = 50_000;
  for (let i = 0; i < count; i++) waiting.add(madeTx(`t${i}`, { height: 5, index: count - i, out: [] }));
  const begun = performance.now();
  const taken: (number | null)[] = [];
  for (let txs = waiting.take(); txs.length > 0; txs = waiting.take()) taken.push(txs[0]?.index ?? null);
  assert.deepEqual(
    taken,
    Array.from({ length: count }, (_, i) => i + 1),
  );
  assert.ok(performance.now() - begun < 5_000);
});
