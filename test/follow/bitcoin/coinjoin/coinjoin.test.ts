import assert from "node:assert/strict";
import { test } from "node:test";
import { COINJOINS, coinJoinLook, coinJoinOf } from "../../../../src/follow/bitcoin/coinjoin/index.ts";
import { WASABI_2_AMOUNTS } from "../../../../src/follow/bitcoin/coinjoin/wasabi-2.ts";
import { type MadeSpot, type MadeTx, madeTx, times } from "../../../kit/chain/made-tx.ts";

type Out = MadeSpot & { readonly sats: bigint | number };

const POOL = 5_000_000;
const WHIRLPOOL: MadeTx = {
  in: [...times(3, { sats: POOL + 10_000 }), ...times(2, { sats: POOL })],
  out: times(5, { sats: POOL }),
};
const TX0: MadeTx = {
  in: [{ sats: 30_000_000 }],
  out: [
    { sats: 0, script: "op-return" },
    ...times(4, { sats: POOL + 10_000 }),
    { sats: 175_000 },
    { sats: 9_000_000 },
  ],
};
const WASABI_1: MadeTx = {
  in: times(10, { sats: 12_500_000 }),
  out: [...times(10, { sats: 10_230_000 }), { sats: 400_000 }, { sats: 2_000_001 }],
};
const JULY_2022 = 1_656_633_600_000_000;
const SINCE = Date.UTC(2024, 5, 1) * 1_000;
const WASABI_2: MadeTx = {
  atMicros: JULY_2022,
  in: [...times(25, { sats: 1_100_000 }), ...times(25, { sats: 1_050_000, script: "p2tr" as const })],
  out: [
    ...times(10, { sats: 2_097_152 }),
    ...times(8, { sats: 1_062_882, script: "p2tr" as const }),
    { sats: 1_000_001 },
    ...times(5, { sats: 10_000 }),
  ],
};
const JOINMARKET: MadeTx = {
  in: [{ sats: 70_000_000 }, { sats: 90_000_000 }, { sats: 40_000_000 }, { sats: 30_000_000 }],
  out: [...times(3, { sats: 50_000_000 }), { sats: 20_010_000 }, { sats: 40_015_000 }, { sats: 19_900_000 }],
};

function found(made: MadeTx): string | null {
  return coinJoinOf(madeTx("tx", made))?.id ?? null;
}

function changedIn(made: MadeTx, at: number, by: Partial<MadeSpot>): MadeTx {
  return { ...made, in: (made.in ?? []).map((spot, index) => (index === at ? { ...spot, ...by } : spot)) };
}

function changedOut(made: MadeTx, at: number, by: Partial<Out>): MadeTx {
  return { ...made, out: made.out.map((spot, index) => (index === at ? { ...spot, ...by } : spot)) };
}

test("each kind of CoinJoin is told by its figures, in words", () => {
  const says = (made: MadeTx): string | undefined => coinJoinOf(madeTx("tx", made))?.says;
  assert.equal(says(WHIRLPOOL), "5 inputs and 5 outputs of 0.05 BTC: a Whirlpool mix, which 3 of them enter");
  assert.equal(
    says(WASABI_1),
    "10 inputs and 10 equal outputs of 0.1023 BTC, all of them P2WPKH, beside 2 of other values: " +
      "a Wasabi 1 CoinJoin",
  );
  assert.equal(
    says(WASABI_2),
    "50 inputs and 24 outputs, both sorted, 23 of them in standard amounts: a Wasabi 2 CoinJoin",
  );
  assert.equal(
    says(JOINMARKET),
    "3 outputs of 0.5 BTC and as many of change, from 4 addresses, whose coins can be dealt out to as many " +
      "participants: a CoinJoin like JoinMarket's",
  );
});

const NEAR: readonly (readonly [what: string, made: MadeTx, expected: string | null])[] = [
  ["Whirlpool with 5 places", WHIRLPOOL, "whirlpool"],
  ["… with 4", { in: times(4, { sats: POOL + 1 }), out: times(4, { sats: POOL }) }, null],
  [
    "… with 10, one of which enters",
    { in: [{ sats: POOL + 1 }, ...times(9, { sats: POOL })], out: times(10, { sats: POOL }) },
    "whirlpool",
  ],
  [
    "… with 11",
    { in: [{ sats: POOL + 1 }, ...times(10, { sats: POOL })], out: times(11, { sats: POOL }) },
    null,
  ],
  [
    "… entered with the most that may be above",
    changedIn(WHIRLPOOL, 0, { sats: POOL + 110_000 }),
    "whirlpool",
  ],
  ["… and with a satoshi more", changedIn(WHIRLPOOL, 0, { sats: POOL + 110_001 }), null],
  ["… that nobody enters", { in: times(5, { sats: POOL }), out: times(5, { sats: POOL }) }, null],
  ["… that all enter", { in: times(5, { sats: POOL + 1 }), out: times(5, { sats: POOL }) }, null],
  ["… of no pool's amount", { in: WHIRLPOOL.in ?? [], out: times(5, { sats: POOL - 1 }) }, null],
  ["… with an old script", changedOut(WHIRLPOOL, 0, { script: "p2pkh" }), null],
  ["… before it was invented", { ...WHIRLPOOL, atMicros: Date.UTC(2019, 2, 31) * 1_000 }, null],
  ["… on its first day", { ...WHIRLPOOL, atMicros: Date.UTC(2019, 3, 1) * 1_000 }, "whirlpool"],
  ["… at a time that is not known", { ...WHIRLPOOL, atMicros: null }, "whirlpool"],
  ["Tx0 is no mix", TX0, null],
  ["Wasabi 1 with 10 equal outputs", WASABI_1, "wasabi-1"],
  ["… with 9", { in: WASABI_1.in ?? [], out: WASABI_1.out.slice(1) }, null],
  ["… with fewer inputs than equal outputs", { in: times(9, { sats: 13_000_000 }), out: WASABI_1.out }, null],
  ["… with one output of another value", { in: WASABI_1.in ?? [], out: WASABI_1.out.slice(0, -1) }, null],
  ["… as far from 0.1 BTC as may be", wasabiOf(12_000_000), "wasabi-1"],
  ["… and a satoshi further", wasabiOf(12_000_001), null],
  ["… below 0.1 BTC", wasabiOf(8_000_000), "wasabi-1"],
  ["… and a satoshi further below", wasabiOf(7_999_999), null],
  ["… with an old script", changedIn(WASABI_1, 3, { script: "p2sh" }), null],
  ["Wasabi's coordinator and 3 equal outputs", coordinated(3), "wasabi-1"],
  ["… and 2", coordinated(2), null],
  ["Wasabi 2 with 50 inputs", WASABI_2, "wasabi-2"],
  ["… with 49", { ...WASABI_2, in: (WASABI_2.in ?? []).slice(1) }, null],
  ["… with unsorted inputs", changedIn(WASABI_2, 49, { sats: 1_200_000 }), null],
  ["… with unsorted outputs", changedOut(WASABI_2, 0, { sats: 1_062_882 }), null],
  ["… with 5 of 24 outputs of no standard amount", nonStandard(5), null],
  ["… with 4", nonStandard(4), "wasabi-2"],
  ["… before it was published", { ...WASABI_2, atMicros: Date.UTC(2022, 4, 31) * 1_000 }, null],
  ["… of a smaller coordinator: 15 inputs, 10 equal outputs", small(15, 10, SINCE), "wasabi-2"],
  ["… and 14 inputs", small(14, 10, SINCE), null],
  ["… and 9 equal outputs", small(15, 9, SINCE), null],
  ["… before zkSNACKs closed", small(15, 10, SINCE - 1), null],
  ["… at a time that is not known", small(15, 10, null), null],
  ["Ashigaru's pools", ashigaru(Date.UTC(2025, 0, 1) * 1_000), "whirlpool"],
  ["… before there were any", ashigaru(Date.UTC(2024, 11, 31) * 1_000), null],
  ["JoinMarket with 3 participants", JOINMARKET, "joinmarket"],
  ["… with one address that gets two of the equal outputs", sharedOutput(), null],
  ["… from 2 addresses", changedIn(changedIn(JOINMARKET, 0, { address: "a" }), 1, { address: "a" }), null],
  [
    "… whose largest input no participant can have had",
    changedIn(JOINMARKET, 1, { sats: 90_005_001 }),
    "equal-outputs",
  ],
  ["… and a satoshi less", changedIn(JOINMARKET, 1, { sats: 90_005_000 }), "joinmarket"],
  [
    "a batch of equal payments from one address",
    { in: times(1, { sats: 9e8 }), out: times(8, { sats: 1e7 }) },
    null,
  ],
  [
    "a batch of equal payments from as many inputs, but of two addresses",
    {
      in: [...times(4, { sats: 2e7, address: "a" }), ...times(4, { sats: 2e7, address: "b" })],
      out: [...times(4, { sats: 3e7 }), ...[1, 2, 3, 4].map((sats) => ({ sats }))],
    },
    null,
  ],
  ["two participants", twoParticipants(7e7), "equal-outputs"],
  ["… of whom one has not paid its change", twoParticipants(5.5e7), null],
  [
    "… in Omni's dust",
    { in: times(2, { sats: 1_000 }), out: [{ sats: 546 }, { sats: 546 }, { sats: 99 }] },
    null,
  ],
  [
    "… in an amount a satoshi larger",
    { in: times(2, { sats: 1_000 }), out: [{ sats: 547 }, { sats: 547 }, { sats: 99 }] },
    "equal-outputs",
  ],
  [
    "two equal outputs among 5",
    { in: times(4, { sats: 2e7 }), out: [...times(2, { sats: 1e7 }), { sats: 3 }, { sats: 4 }, { sats: 5 }] },
    null,
  ],
];

function wasabiOf(sats: number): MadeTx {
  return { in: times(10, { sats: 20_000_000 }), out: [...times(10, { sats }), { sats: 1 }, { sats: 2 }] };
}

function coordinated(equal: number): MadeTx {
  const fee = { sats: 99_000, address: "bc1qs604c7jv6amk4cxqlnvuxv26hv3e48cds4m0ew" };
  const change = [11, 12, 13, 14, 15].map((sats) => ({ sats }));
  return { in: times(6, { sats: 60_000_000 }), out: [...times(equal, { sats: 40_000_000 }), fee, ...change] };
}

function nonStandard(count: number): MadeTx {
  const odd = Array.from({ length: count }, (_, index) => ({ sats: 9_999 - index }));
  return { ...WASABI_2, out: [...times(24 - count, { sats: 2_097_152 }), ...odd] };
}

/** As many outputs of one standard amount, and 20 of others. */
function small(inputs: number, equal: number, atMicros: number | null): MadeTx {
  const others = [...WASABI_2_AMOUNTS].sort((one, other) => (one > other ? -1 : 1)).slice(-20);
  const out = [...times(equal, { sats: 2 ** 30 }), ...others.map((sats) => ({ sats }))];
  return { atMicros, in: times(inputs, { sats: 3e9 }), out };
}

function ashigaru(atMicros: number): MadeTx {
  const sats = 2_500_000;
  return { atMicros, in: [{ sats: sats + 1 }, ...times(4, { sats })], out: times(5, { sats }) };
}

function sharedOutput(): MadeTx {
  return changedOut(changedOut(JOINMARKET, 0, { address: "same" }), 1, { address: "same" });
}

function twoParticipants(second: number): MadeTx {
  return {
    in: [{ sats: 15e7 - second }, { sats: second }],
    out: [...times(2, { sats: 5e7 }), { sats: 2.5e7 }, { sats: 1.5e7 }],
  };
}

for (const [what, made, expected] of NEAR) {
  test(`${what}: ${expected ?? "none"}`, () => {
    assert.equal(found(made), expected);
  });
}

test("what is not known of a transaction makes it unclear, never a CoinJoin", () => {
  const unclear = (made: MadeTx): readonly string[] => {
    const look = coinJoinLook(madeTx("tx", made));
    assert.equal(look.mix, null);
    return look.unclear;
  };
  assert.deepEqual(unclear(changedIn(WHIRLPOOL, 4, { sats: null })), ["whirlpool"]);
  assert.deepEqual(unclear(changedIn(WHIRLPOOL, 4, { script: null })), ["whirlpool"]);
  assert.deepEqual(unclear(changedIn(WASABI_1, 4, { script: null })), ["wasabi-1"]);
  assert.deepEqual(unclear(changedIn(WASABI_2, 4, { sats: null })), ["wasabi-2"]);
  assert.deepEqual(unclear(changedIn(JOINMARKET, 2, { sats: null, address: null })), [
    "joinmarket",
    "equal-outputs",
  ]);
  assert.deepEqual(unclear({ ...WHIRLPOOL, isWhole: false }).length, COINJOINS.length);
});

test("what is known is enough where it rules a CoinJoin out", () => {
  const look = coinJoinLook(madeTx("tx", changedIn(changedIn(WHIRLPOOL, 4, { sats: null }), 0, { sats: 1 })));
  assert.deepEqual(look, { mix: null, preparation: null, unclear: [] });
});

test("Whirlpool's Tx0 prepares a mix and mixes nothing", () => {
  const look = coinJoinLook(madeTx("tx", TX0));
  assert.equal(look.mix, null);
  assert.equal(look.preparation?.id, "whirlpool-tx0");
  assert.equal(
    look.preparation?.says,
    "an OP_RETURN and 4 outputs of 0.0501 BTC, each just above 0.05 BTC: a Whirlpool Tx0",
  );
  for (const near of [
    { ...TX0, out: TX0.out.slice(1) },
    { ...TX0, out: [...TX0.out.slice(0, 2), ...TX0.out.slice(5)] },
    { ...TX0, out: TX0.out.slice(0, 5) },
    { ...TX0, out: [...TX0.out, { sats: 4 }, { sats: 5 }] },
    changedOut(TX0, 5, { script: "p2pkh" }),
    changedOut(TX0, 0, { sats: 1 }),
  ]) {
    assert.equal(coinJoinLook(madeTx("tx", near)).preparation, null);
  }
});

test("a coinbase is no CoinJoin, however its outputs look", () => {
  assert.deepEqual(coinJoinLook(madeTx("tx", { ...WHIRLPOOL, isCoinbase: true })).unclear, []);
  assert.equal(found({ ...WHIRLPOOL, isCoinbase: true }), null);
});

test("Wasabi 2 has 79 standard amounts, from 5,000 satoshi to 2^37", () => {
  const amounts = [...WASABI_2_AMOUNTS].sort((one, other) => (one < other ? -1 : 1));
  assert.equal(amounts.length, 79);
  assert.deepEqual(amounts.slice(0, 8), [5000n, 6561n, 8192n, 10000n, 13122n, 16384n, 19683n, 20000n]);
  assert.equal(amounts.at(-1), 2n ** 37n);
});

test("every rule names its source and who measured its error", () => {
  for (const { source, measured, errorShare, likelihood } of COINJOINS) {
    assert.ok(source.length > 20 && measured.length > 5);
    if (errorShare !== null) assert.equal(likelihood, 1 - errorShare);
    else assert.match(measured, /nobody/);
  }
});
