import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf } from "../../../../src/follow/bitcoin/change/context.ts";
import { CHANGE_RULES } from "../../../../src/follow/bitcoin/change/index.ts";
import type { SpendContext } from "../../../../src/follow/bitcoin/change/rule.ts";
import { type MadeTx, madeTx, txidOf } from "../../../kit/chain/made-tx.ts";

const TXID = txidOf("tx");

/** What a rule leaves of two outputs, or of as many as there are. */
function left(id: string, made: MadeTx, context: SpendContext = contextOf([])): number[] | null {
  const rule = CHANGE_RULES.find((row) => row.id === id);
  const tx = madeTx("tx", made);
  const payable = [...tx.outputs.keys()].filter((output) => tx.outputs[output]?.script !== "op-return");
  const found = rule?.candidates({ tx, inputs: tx.inputs, outputs: tx.outputs, payable, context });
  return found === null ? null : [...(found ?? [])];
}

const seen = (...addresses: string[]): SpendContext =>
  contextOf([], { seenBefore: (address) => addresses.includes(address), paidAgain: () => false });

test("address-reuse: the output that goes back to an address that is spent", () => {
  const made = { in: [{ sats: 9, address: "own" }], out: [{ sats: 5 }, { sats: 3, address: "own" }] };
  assert.deepEqual(left("address-reuse", made), [1]);
  assert.deepEqual(left("address-reuse", { ...made, in: [{ sats: 9, address: "other" }] }), []);
  assert.deepEqual(left("address-reuse", { ...made, in: [{ sats: 9, address: null }] }), []);
});

test("service-output: what is paid to a service is no change, unless a service paid it", () => {
  const made = { in: [{ sats: 9 }], out: [{ sats: 5, address: "exchange" }, { sats: 3 }] };
  const context = contextOf([], { service: (address) => (address === "exchange" ? "Huobi" : null) });
  assert.deepEqual(left("service-output", made, context), [1]);
  assert.equal(left("service-output", { ...made, in: [{ sats: 9, address: "exchange" }] }, context), null);
});

test("fresh-address: the one new address among used ones", () => {
  const made = {
    in: [{ sats: 9, address: "own" }],
    out: [
      { sats: 5, address: "a" },
      { sats: 3, address: "b" },
    ],
  };
  assert.deepEqual(left("fresh-address", made, seen("a")), [1]);
  assert.deepEqual(left("fresh-address", made, seen()), [0, 1]);
  assert.equal(left("fresh-address", { ...made, in: [{ sats: 9, address: "b" }] }, seen("a")), null);
  assert.equal(
    left("fresh-address", made, contextOf([])),
    null,
    "a list that may lack the past tells nothing",
  );
});

test("one-time-change: not an address that is paid again, nor where a service takes part", () => {
  const made = {
    in: [{ sats: 9, address: "own" }],
    out: [
      { sats: 5, address: "a" },
      { sats: 3, address: "b" },
    ],
  };
  assert.deepEqual(left("one-time-change", made, seen("a")), [1]);
  for (const known of [
    { paidAgain: () => true },
    { paidAgain: () => null },
    { service: (address: string) => (address === "a" ? "SatoshiDice" : null) },
  ]) {
    assert.equal(left("one-time-change", made, { ...seen("a"), ...known }), null);
  }
});

test("optimal-change: smaller than the smallest input, not as large", () => {
  const made = { in: [{ sats: 9 }, { sats: 6 }], out: [{ sats: 6 }, { sats: 5 }] };
  assert.deepEqual(left("optimal-change", made), [1]);
  assert.equal(left("optimal-change", { ...made, in: [{ sats: 9 }, { sats: null }] }), null);
});

test("legacy: smaller than every input and new", () => {
  const out = [
    { sats: 5, address: "a" },
    { sats: 4, address: "b" },
    { sats: 9, address: "c" },
  ];
  assert.deepEqual(left("legacy", { in: [{ sats: 12 }, { sats: 6 }], out }, seen("a", "c")), [1]);
  assert.deepEqual(left("legacy", { in: [{ sats: 12 }, { sats: 4 }], out }, seen("a", "c")), []);
  assert.equal(left("legacy", { in: [{ sats: 12 }, { sats: 6 }], out }), null);
});

test("power-of-ten: whole hundredths of a bitcoin are paid, a satoshi more is left", () => {
  assert.deepEqual(
    left("power-of-ten", { in: [{ sats: 9e8 }], out: [{ sats: 3_000_000 }, { sats: 3_000_001 }] }),
    [1],
  );
});

test("round-usd: multiples of 100 dollars, where the day's prices are close enough to tell", () => {
  const priced = (low: number, high: number) => contextOf([], { usd: () => ({ low, high }) });
  const made = { in: [{ sats: 9e8 }], out: [{ sats: 10_000_000 }, { sats: 15_000_000 }] };
  assert.deepEqual(left("round-usd", made, priced(2_990, 3_010)), [1], "300 and 450 dollars");
  assert.deepEqual(left("round-usd", made, priced(3_001, 3_010)), [0, 1], "just above 300");
  assert.deepEqual(left("round-usd", made, priced(2_900, 3_000)), [1], "10 dollars apart");
  assert.equal(left("round-usd", made, priced(2_799, 3_001)), null, "more than 20 dollars apart");
  assert.equal(left("round-usd", made), null, "no price");
});

test("address-type: the script type of all inputs", () => {
  const made: MadeTx = { in: [{ sats: 9 }, { sats: 8 }], out: [{ sats: 5, script: "p2pkh" }, { sats: 3 }] };
  assert.deepEqual(left("address-type", made), [1]);
  assert.equal(left("address-type", { ...made, in: [{ sats: 9 }, { sats: 8, script: "p2sh" }] }), null);
  assert.equal(left("address-type", { ...made, in: [{ sats: 9 }, { sats: 8, script: null }] }), null);
  assert.equal(left("address-type", { ...made, out: [{ sats: 5, script: null }, { sats: 3 }] }), null);
});

test("fingerprint: spent by software with the same version, locktime, replacement and script", () => {
  const made: MadeTx = { in: [{ sats: 9 }], out: [{ sats: 5 }, { sats: 3 }], version: 2, locktime: 684_999 };
  const next = (vout: number, rest: Partial<MadeTx>) =>
    madeTx(`next-${vout}`, { in: [{ sats: 5, of: [TXID, vout] }], out: [{ sats: 4 }], ...rest });
  const same = next(1, { version: 2, locktime: 685_010 });
  const tells = (...txs: ReturnType<typeof madeTx>[]) => left("fingerprint", made, contextOf(txs));
  assert.deepEqual(tells(next(0, { version: 1, locktime: 685_010 }), same), [1]);
  assert.deepEqual(tells(next(0, { version: 2, locktime: 0 }), same), [1]);
  assert.deepEqual(tells(next(0, { version: 2, locktime: 1_622_505_600 }), same), [1]);
  assert.deepEqual(
    tells(next(0, { locktime: 9, in: [{ sats: 5, of: [TXID, 0], sequence: 0xff_ff_ff_fd }] }), same),
    [1],
  );
  assert.deepEqual(tells(next(0, { locktime: 9 }), same), [0, 1], "both alike");
  assert.equal(tells(same), null, "one of them is unspent, or not in the source");
  assert.equal(tells(next(0, { version: null, locktime: null }), same), null, "two marks are too few");
});

test("peel-chain: the larger output of one in a run of one input and two outputs", () => {
  const made: MadeTx = { in: [{ sats: 9, of: [txidOf("before"), 1] }], out: [{ sats: 2 }, { sats: 6 }] };
  const before = (outputs: number) =>
    contextOf([
      madeTx("before", {
        in: [{ sats: 11 }],
        out: [{ sats: 1 }, { sats: 9 }, { sats: 1 }].slice(0, outputs),
      }),
    ]);
  assert.deepEqual(left("peel-chain", made, before(2)), [1]);
  assert.equal(left("peel-chain", made, before(3)), null);
  assert.equal(left("peel-chain", { ...made, out: [{ sats: 4 }, { sats: 4 }] }, before(2)), null);
  assert.equal(left("peel-chain", { ...made, in: [...(made.in ?? []), { sats: 1 }] }, before(2)), null);
  const after = madeTx("after", { in: [{ sats: 6, of: [TXID, 1] }], out: [{ sats: 1 }, { sats: 4 }] });
  assert.deepEqual(left("peel-chain", made, contextOf([after])), [1]);
});

test("peel-run: where a chain of transactions with the same marks goes on, the smaller output or not", () => {
  const made: MadeTx = { in: [{ sats: 9, of: [txidOf("before"), 1] }], out: [{ sats: 2 }, { sats: 6 }] };
  const next = (vout: number, version: number) =>
    madeTx(`next-${vout}`, { in: [{ sats: 2, of: [TXID, vout] }], out: [{ sats: 1 }, { sats: 1 }], version });
  const told = (...txs: ReturnType<typeof madeTx>[]) =>
    left("peel-run", made, contextOf([madeTx("tx", made), ...txs]));
  assert.deepEqual(told(next(0, 2), next(1, 1)), [0]);
  assert.deepEqual(told(next(0, 1), next(1, 2)), [1]);
  assert.equal(told(next(0, 2), next(1, 2)), null, "both go on alike");
  assert.equal(told(next(0, 2)), null, "where the other output went is not known");
  assert.equal(told(), null, "nothing tells what is behind the last one");
});

test("every rule names its source, and who measured its error or that nobody did", () => {
  for (const { source, measured, errorShare, weighedError } of CHANGE_RULES) {
    assert.ok(source.length > 20 && weighedError > 0 && weighedError < 0.5);
    if (errorShare === null) assert.match(measured, /^nobody/);
    else assert.ok(weighedError >= errorShare);
  }
});
