// The second opinion itself, on sums that were done by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { POLICIES, type Policy } from "../../src/model/trace.ts";
import type { Ledger } from "./ledger.ts";
import { firstDirty, randomLedger } from "./random-ledger.ts";
import { type Tainted, tainted } from "./taint.ts";

const SUBSIDY = 5_000_000_000n;

const out = (sats: bigint) => ({ sats, owner: "somebody", address: null, script: new Uint8Array() });

/** "seed" is 50 dirty of 100 that "mixed" spends: 30 clean, 50 dirty, 20 clean. */
function ledger(...values: readonly bigint[]): Ledger {
  const fee = 100n - values.reduce((sum, value) => sum + value, 0n);
  return {
    owners: new Map(),
    transactions: [
      { txid: "seed", height: 1, inputs: [], outputs: [out(30n), out(50n), out(20n)] },
      { txid: "reward", height: 2, inputs: [], outputs: [out(SUBSIDY + fee)] },
      { txid: "mixed", height: 2, inputs: ["seed:0", "seed:1", "seed:2"], outputs: values.map(out) },
    ],
  };
}

function trace(policy: Policy, followFees: boolean, of: Ledger = ledger(45n, 40n, 5n)): Tainted {
  return tainted(of, { policy, seeds: new Set(["seed:1"]), stops: new Set(), followFees });
}

const shares = ({ held }: Tainted): string[] =>
  [...held].map(([id, { dirty, segments }]) => `${id} ${dirty}${segments === null ? "" : ` at ${segments}`}`);

const EXPECTED: Readonly<Record<Policy, readonly [held: readonly string[], fees: bigint]>> = {
  fifo: [["mixed:0 15 at 30+15", "mixed:1 35 at 0+35"], 0n],
  lifo: [["mixed:0 25 at 20+25", "mixed:1 25 at 0+25"], 0n],
  haircut: [["mixed:0 22", "mixed:1 20", "mixed:2 2"], 6n],
  poison: [["mixed:0 45", "mixed:1 40", "mixed:2 5"], 10n],
  tiho: [["mixed:0 45", "mixed:1 5"], 0n],
};

for (const policy of POLICIES) {
  test(`the second opinion on ${policy} is what paper and pencil say`, () => {
    const [held, fees] = EXPECTED[policy];
    const found = trace(policy, false);
    assert.deepEqual([shares(found), found.fees, found.burnt], [held, fees, 0n]);
  });
}

test("a dirty fee stands behind the subsidy in its coinbase, for the policies that know an order", () => {
  const late = ledger(30n, 20n);
  assert.deepEqual(shares(trace("fifo", true, late)), ["mixed:1 20 at 0+20", `reward:0 30 at ${SUBSIDY}+30`]);
  const haircut = trace("haircut", true, late);
  assert.deepEqual([shares(haircut), haircut.burnt], [["mixed:0 15", "mixed:1 10", "reward:0 25"], 0n]);
});

test("a haircut without a fee loses nothing to rounding", () => {
  assert.deepEqual(shares(trace("haircut", false, ledger(33n, 33n, 34n))), [
    "mixed:0 17",
    "mixed:1 16",
    "mixed:2 17",
  ]);
});

test("what a trace stops at stays where it is, and what it begins at does not", () => {
  const after = { txid: "after", height: 3, inputs: ["mixed:0"], outputs: [out(90n)] };
  const known = ledger(90n);
  const found = tainted(
    { ...known, transactions: [...known.transactions, { ...after, inputs: [], txid: "reward 3" }, after] },
    { policy: "fifo", seeds: new Set(["seed:1"]), stops: new Set(["seed:1", "mixed:0"]), followFees: true },
  );
  assert.deepEqual(shares(found), ["mixed:0 50 at 30+50"]);
});

test("the second opinion loses no satoshi on chains at random", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const ledger = randomLedger(seed);
    const [id, sats] = firstDirty(ledger);
    for (const policy of POLICIES.filter((name) => name !== "poison")) {
      const found = tainted(ledger, { policy, seeds: new Set([id]), stops: new Set(), followFees: true });
      const held = [...found.held.values()].reduce((sum, { dirty }) => sum + dirty, 0n);
      assert.deepEqual([held + found.burnt, found.fees], [sats, 0n], `${policy}, seed ${seed}`);
    }
  }
});
