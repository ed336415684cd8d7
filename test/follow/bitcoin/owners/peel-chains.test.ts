import assert from "node:assert/strict";
import { test } from "node:test";
import { peelChains } from "../../../../src/follow/bitcoin/owners/peel-chains.ts";
import type { ChainTx } from "../../../../src/model/chain.ts";
import { type MadeTx, madeTx, txidOf } from "../../../kit/chain/made-tx.ts";

/** A run of so many peels, the change at position 1. */
function run(count: number, rest: Partial<MadeTx> = {}): ChainTx[] {
  return Array.from({ length: count }, (_, hop) => peel(`hop-${hop}`, [`hop-${hop - 1}`, 1], rest));
}

/** What was peeled in such a run is spent otherwise. */
function spentElsewhere(count: number): ChainTx[] {
  return Array.from({ length: count }, (_, hop) =>
    madeTx(`paid-${hop}`, { in: [{ sats: 1_000, of: [txidOf(`hop-${hop}`), 0] }], out: [{ sats: 900 }] }),
  );
}

function peel(name: string, [from, vout]: readonly [string, number], rest: Partial<MadeTx> = {}): ChainTx {
  return madeTx(name, {
    in: [{ sats: 9_000, of: [txidOf(from), vout] }],
    out: [{ sats: 1_000 }, { sats: 7_000 }],
    ...rest,
  });
}

test("a run of one input and two outputs is a peel chain from two on", () => {
  assert.deepEqual(peelChains(run(1)), []);
  const [chain] = peelChains(run(2));
  assert.deepEqual(chain?.hops, [
    { txid: txidOf("hop-0"), peeledVout: 0, changeVout: 1, isTold: false },
    { txid: txidOf("hop-1"), peeledVout: 0, changeVout: 1, isTold: false },
  ]);
  assert.equal(chain?.end, "neither-matches");
  assert.equal(
    chain?.says,
    "2 transactions with one input and two outputs in a row, alike in version, locktime, replaceable, " +
      "script type: a peel chain, which ends where neither output goes on alike",
  );
});

test("runs are surer the more of their hops are told from where the peeled coins went", () => {
  const likelihood = (count: number, told: number) =>
    peelChains([...run(count), ...spentElsewhere(told)])[0]?.likelihood;
  assert.equal(likelihood(12, 0), 0.5);
  assert.deepEqual(
    [1, 3, 4, 8, 9].map((told) => likelihood(12, told)),
    [0.7, 0.7, 0.85, 0.85, 0.95],
  );
  assert.equal(likelihood(2, 2), 0.7, "behind the last one nothing is told");
});

test("the run follows what bears the same marks, also where that is the smaller output", () => {
  const txs = [
    peel("a", ["seed", 0]),
    peel("other", ["a", 1], { version: 1 }),
    peel("b", ["a", 0]),
    peel("c", ["b", 1]),
  ];
  const [chain] = peelChains(txs);
  assert.deepEqual(
    chain?.hops.map(({ txid, changeVout, peeledVout }) => [txid, changeVout, peeledVout]),
    [
      [txidOf("a"), 0, 1],
      [txidOf("b"), 1, 0],
      [txidOf("c"), 1, 0],
    ],
  );
  assert.equal(chain?.features.includes("position of the change"), false);
  assert.equal(peelChains(run(3))[0]?.features.includes("position of the change"), true);
});

test("it ends where both outputs go on alike, and where neither does", () => {
  const both = peelChains([...run(2), peel("x", ["hop-1", 0]), peel("y", ["hop-1", 1])]);
  assert.deepEqual(
    both.map(({ hops, end }) => [hops.length, end]),
    [[2, "both-match"]],
  );
  const neither = peelChains([...run(2), peel("x", ["hop-1", 1], { version: 1 })]);
  assert.deepEqual(
    neither.map(({ hops, end }) => [hops.length, end]),
    [[2, "neither-matches"]],
  );
});

test("too few marks known on both sides are no match, two are", () => {
  const unknown = { version: null, locktime: null };
  const noScript: MadeTx = {
    in: [{ sats: 9_000, of: [txidOf("hop-0"), 1], script: null }],
    out: [{ sats: 1 }, { sats: 2 }],
  };
  assert.deepEqual(peelChains([...run(1, unknown), madeTx("x", { ...noScript, ...unknown })]), []);
  assert.equal(peelChains(run(2, unknown)).length, 1);
});

test("a CoinJoin, several inputs and three outputs are no hop", () => {
  const [first] = run(1);
  assert.ok(first);
  for (const rest of [
    { in: [{ sats: 9, of: [txidOf("hop-0"), 1] as const }, { sats: 9 }] },
    { out: [{ sats: 1 }, { sats: 2 }, { sats: 3 }] },
  ]) {
    assert.deepEqual(peelChains([first, peel("x", ["hop-0", 1], rest)]), []);
  }
});

test("transactions that name each other in a circle end", () => {
  const circle = [peel("a", ["c", 1]), peel("b", ["a", 1]), peel("c", ["b", 1])];
  assert.deepEqual(peelChains(circle), []);
  const tail = [peel("t", ["seed", 0]), ...circle];
  assert.deepEqual(peelChains(tail), []);
});
