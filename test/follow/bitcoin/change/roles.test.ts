import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, wholeContextOf } from "../../../../src/follow/bitcoin/change/context.ts";
import { rolesOf } from "../../../../src/follow/bitcoin/change/roles.ts";
import type { SpendContext } from "../../../../src/follow/bitcoin/change/rule.ts";
import { type MadeTx, madeTx, times, txidOf } from "../../../kit/chain/made-tx.ts";

function roles(made: MadeTx, context: SpendContext = contextOf([])): string[] {
  return rolesOf(madeTx("tx", made), context).map(
    ({ role, likelihood, confidence }) => `${role} ${likelihood} ${confidence}`,
  );
}

test("one rule alone names a role with little confidence, two that agree with more", () => {
  const round: MadeTx = { in: [{ sats: 9e8 }], out: [{ sats: 3e8 }, { sats: 5e8 + 17 }] };
  assert.deepEqual(roles(round), ["payment 0.85 low", "change 0.85 low"]);
  const typed: MadeTx = { ...round, out: [{ sats: 3e8, script: "p2sh" }, { sats: 5e8 + 17 }] };
  assert.deepEqual(roles(typed), ["payment 0.98 medium", "change 0.98 medium"]);
});

test("rules that disagree leave the role unknown and their votes on the table", () => {
  const made: MadeTx = { in: [{ sats: 9e8 }], out: [{ sats: 3e8 }, { sats: 5e8 + 17, script: "p2sh" }] };
  assert.deepEqual(roles(made), ["unknown null null", "unknown null null"]);
  const [first] = rolesOf(madeTx("tx", made), contextOf([]));
  assert.deepEqual(
    first?.votes.map(({ rule, role }) => [rule, role]),
    [
      ["address-type", "change"],
      ["power-of-ten", "payment"],
    ],
  );
});

test("an output back to an address that is spent is change, whatever else is said of it", () => {
  const made: MadeTx = {
    in: [{ sats: 9e8, address: "own" }],
    out: [{ sats: 3e8, address: "own" }, { sats: 5e8 + 17 }],
  };
  assert.deepEqual(roles(made), ["change 0.989 low", "payment 0.989 low"]);
});

test("each of several outputs back to such addresses is change", () => {
  const made: MadeTx = {
    in: [{ sats: 9e8, address: "own" }],
    out: [{ sats: 3, address: "own" }, { sats: 4 }, { sats: 5, address: "own" }],
  };
  assert.deepEqual(roles(made), ["change 0.998 high", "payment 0.998 high", "change 0.998 high"]);
});

test("two rules of one family count once", () => {
  const made: MadeTx = { in: [{ sats: 9e8 }, { sats: 4e8 }], out: [{ sats: 10e8 }, { sats: 2e8 + 17 }] };
  const [first] = rolesOf(madeTx("tx", made), contextOf([]));
  assert.equal(first?.likelihood, 0.85);
  assert.deepEqual(
    first?.votes.map(({ rule }) => rule),
    ["power-of-ten", "optimal-change"],
  );
});

test("what is left of a peel chain is change, what is peeled is a peel", () => {
  const peel = (name: string, of: string, sats: number): ReturnType<typeof madeTx> =>
    madeTx(name, {
      in: [{ sats: sats + 2_000_003, of: [txidOf(of), 1] }],
      out: [{ sats: 2_000_001 }, { sats }],
    });
  const chain = [peel("a", "seed", 9e7 + 1), peel("b", "a", 8e7 + 1), peel("c", "b", 7e7 + 1)];
  const [paid, rest] = rolesOf(chain[1] ?? madeTx("x", { out: [] }), contextOf(chain));
  assert.deepEqual([paid?.role, rest?.role], ["peel", "change"]);
});

test("outputs of a CoinJoin, of a coinbase and of a list of payments are told by what they are", () => {
  const whirlpool: MadeTx = {
    in: [...times(3, { sats: 5_010_000 }), ...times(2, { sats: 5_000_000 })],
    out: times(5, { sats: 5_000_000 }),
  };
  assert.deepEqual(new Set(roles(whirlpool)), new Set(["coinjoin 0.99 high"]));
  assert.deepEqual(roles({ isCoinbase: true, out: [{ sats: 5e9 }] }), ["miner 1 high"]);
  assert.deepEqual(
    roles({ isWhole: false, out: [{ sats: 5e8 }, { sats: 17 }] }),
    Array(2).fill("unknown null null"),
  );
});

test("a single output that can be spent, and what cannot be spent, have no role", () => {
  const made: MadeTx = { in: [{ sats: 9e8 }], out: [{ sats: 0, script: "op-return" }, { sats: 8e8 }] };
  assert.deepEqual(roles(made), Array(2).fill("unknown null null"));
  const more = { ...made, out: [...made.out, { sats: 17 }] };
  assert.deepEqual(roles(more), ["unknown null null", "payment 0.85 low", "change 0.85 low"]);
});

test("premix outputs of Whirlpool's Tx0 stay with their owner", () => {
  const made: MadeTx = {
    in: [{ sats: 3e7 }],
    out: [{ sats: 0, script: "op-return" }, ...times(3, { sats: 5_010_000 }), { sats: 175_000 }],
  };
  assert.deepEqual(roles(made).slice(1, 4), Array(3).fill("change 0.8 medium"));
});

test("whole histories tell which addresses are new and never paid again, a week later", () => {
  const first = madeTx("first", { in: [{ sats: 9 }], out: [{ sats: 8, address: "a" }] });
  const tx = madeTx("tx", {
    in: [{ sats: 9e6 }],
    out: [
      { sats: 5e6 + 1, address: "a" },
      { sats: 3e6 + 1, address: "b" },
    ],
  });
  const again = madeTx("again", { in: [{ sats: 9 }], out: [{ sats: 8, address: "b" }] });
  const at = tx.atMicros ?? 0;
  const week = 7 * 86_400e6;
  const told = (txs: (typeof tx)[], tip: number): unknown =>
    rolesOf(tx, wholeContextOf(txs, tip))[1]?.votes.map(({ rule, errorShare }) => [rule, errorShare]);
  assert.deepEqual(told([first, tx], at + week), [
    ["one-time-change", 0.0017],
    ["legacy", null],
    ["fresh-address", 0.13],
  ]);
  assert.deepEqual(told([first, tx], at + week - 1), [
    ["legacy", null],
    ["fresh-address", 0.13],
  ]);
  assert.deepEqual(told([first, tx, again], at + week), [
    ["legacy", null],
    ["fresh-address", 0.13],
  ]);
  assert.deepEqual(rolesOf(tx, contextOf([first, tx, again]))[1]?.votes, [], "a list that may lack the past");
});
