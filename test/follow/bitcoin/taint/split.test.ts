import assert from "node:assert/strict";
import { test } from "node:test";
import { POLICY_ROWS } from "../../../../src/follow/bitcoin/taint/policies.ts";
import type { Part, Segment } from "../../../../src/follow/bitcoin/taint/segments.ts";
import { type Split, split, splitBack } from "../../../../src/follow/bitcoin/taint/split.ts";
import { POLICIES, type Policy } from "../../../../src/model/trace.ts";

/** An amount and how much of it, from its beginning, is dirty. */
type Told = readonly [valueSats: number, dirtySats: number];

function part([valueSats, dirtySats]: Told): Part {
  const segments: Segment[] = dirtySats === 0 ? [] : [[0n, BigInt(dirtySats)]];
  return { valueSats: BigInt(valueSats), dirty: { sats: BigInt(dirtySats), segments } };
}

function shared(policy: Policy, inputs: readonly Told[], outputs: readonly number[]): Split {
  return splitOf(policy, { inputs: inputs.map(part), outputs: outputs.map(BigInt), chosen: null });
}

function splitOf(policy: Policy, tx: Parameters<typeof split>[1]): Split {
  const found = split(POLICY_ROWS[policy], tx);
  assert.ok(typeof found !== "string", `${policy}: ${found}`);
  return found;
}

/** Dirty satoshis of the outputs, and of the fee behind them. */
function sats({ outputs, fee }: Split): number[] {
  return [...outputs, fee].map((dirty) => Number(dirty.sats));
}

/** Two inputs, of which the first is dirty, three outputs and a fee of 10. */
const EXAMPLE = {
  inputs: [
    [60, 60],
    [50, 0],
  ],
  outputs: [30, 50, 20],
} as const;

for (const [policy, expected] of [
  ["poison", [30, 50, 20, 10]],
  // 60 of 110 are dirty: 16.36, 27.27, 10.9 and the rest.
  ["haircut", [16, 27, 10, 7]],
  ["fifo", [30, 30, 0, 0]],
  // From the top: 30 of the clean 50, then 20 clean and 30 dirty, 20 dirty; 10 dirty are left.
  ["lifo", [0, 30, 20, 10]],
  ["tiho", [10, 50, 0, 0]],
] as const) {
  test(`${policy}: 60 dirty and 50 clean satoshis in 30, 50, 20 and a fee of 10`, () => {
    assert.deepEqual(sats(shared(policy, EXAMPLE.inputs, EXAMPLE.outputs)), expected);
  });
}

test("a transaction all of whose coins are dirty leaves nothing to a policy", () => {
  for (const policy of POLICIES) {
    const found = shared(
      policy,
      [
        [60, 60],
        [40, 40],
      ],
      [70, 20],
    );
    assert.deepEqual(sats(found), [70, 20, 10], policy);
    assert.equal(found.isWholly, true);
  }
  assert.equal(
    shared(
      "fifo",
      [
        [60, 60],
        [40, 39],
      ],
      [70, 20],
    ).isWholly,
    false,
  );
});

test("FIFO and LIFO know which satoshis of an output are dirty", () => {
  assert.deepEqual(
    shared(
      "fifo",
      [
        [10, 0],
        [20, 20],
        [10, 0],
      ],
      [15, 25],
    ).outputs,
    [
      { sats: 5n, segments: [[10n, 5n]] },
      { sats: 15n, segments: [[0n, 15n]] },
    ],
  );
  // From the top: ten clean and five dirty; then fifteen dirty and ten clean.
  assert.deepEqual(
    shared(
      "lifo",
      [
        [10, 0],
        [20, 20],
        [10, 0],
      ],
      [15, 25],
    ).outputs,
    [
      { sats: 5n, segments: [[10n, 5n]] },
      { sats: 15n, segments: [[0n, 15n]] },
    ],
  );
});

test("haircut: where no fee takes what rounding leaves, outputs take a satoshi each in order", () => {
  assert.deepEqual(
    sats(
      shared(
        "haircut",
        [
          [3, 2],
          [3, 0],
        ],
        [2, 2, 2],
      ),
    ),
    [1, 1, 0, 0],
  );
  assert.deepEqual(
    sats(
      shared(
        "haircut",
        [
          [5, 5],
          [5, 0],
        ],
        [3, 3, 3],
      ),
    ),
    [2, 1, 1, 1],
  );
});

test("haircut is exact where floating point is not", () => {
  const all = 2_100_000_000_000_000n;
  const dirty = all / 2n + 1n;
  const inputs: Part[] = [
    { valueSats: dirty, dirty: { sats: dirty, segments: null } },
    { valueSats: all - dirty, dirty: { sats: 0n, segments: null } },
  ];
  const outputs = [all / 3n, all - all / 3n - 1_000n];
  const found = splitOf("haircut", { inputs, outputs, chosen: null });
  assert.deepEqual(
    found.outputs.map((share) => share.sats),
    outputs.map((value) => (value * dirty) / all),
  );
});

test("TIHO: of equal outputs the earlier one is first, and the fee is last, however large it is", () => {
  assert.deepEqual(
    sats(
      shared(
        "tiho",
        [
          [50, 30],
          [100, 0],
        ],
        [20, 20, 20],
      ),
    ),
    [20, 10, 0, 0],
  );
  assert.deepEqual(sats(shared("tiho", [[100, 50]], [20, 20])), [20, 20, 10]);
});

test("an unknown amount stops policies that need it, and a payment of more than there is all", () => {
  const unknown = { valueSats: null, dirty: { sats: 0n, segments: null } };
  const inputs = [part([10, 10]), unknown];
  for (const policy of POLICIES) {
    const row = POLICY_ROWS[policy];
    const found = split(row, { inputs, outputs: [25n], chosen: null });
    if (policy === "poison") assert.deepEqual(typeof found === "string" ? found : sats(found), [25, 0]);
    else assert.equal(found, "unknown-value", policy);
    assert.equal(split(row, { inputs: [part([10, 10])], outputs: [11n], chosen: null }), "overspent", policy);
    assert.equal(typeof split(row, { inputs: [part([10, 10])], outputs: [10n], chosen: null }), "object");
  }
});

test("all dirty coins go to the output that the examiner chose, up to its amount", () => {
  for (const [policy, expected] of [
    ["fifo", [0, 0, 40, 0]],
    ["lifo", [0, 0, 40, 0]],
    ["haircut", [0, 0, 40, 0]],
    ["tiho", [0, 0, 40, 0]],
    ["poison", [0, 0, 50, 0]],
  ] as const) {
    const inputs = [part([50, 0]), part([60, 40])];
    const found = splitOf(policy, { inputs, outputs: [30n, 20n, 50n], chosen: 2 });
    assert.deepEqual(sats(found), expected, policy);
  }
});

test("what the chosen output has no room for is shared out by the policy", () => {
  for (const [policy, expected] of [
    ["fifo", [30, 10, 20, 0]],
    // 20 are gone from the bottom: 40 dirty are left there, and 30 clean on top.
    ["lifo", [0, 30, 20, 10]],
    ["tiho", [30, 10, 20, 0]],
    // 40 of 70 are dirty: 17.1 of 30, 17.1 of 30, and the rest.
    ["haircut", [17, 17, 20, 6]],
    ["poison", [30, 30, 20, 10]],
  ] as const) {
    const inputs = [part([60, 60]), part([30, 0])];
    const found = splitOf(policy, { inputs, outputs: [30n, 30n, 20n], chosen: 2 });
    assert.deepEqual(sats(found), expected, policy);
  }
});

test("backwards, coins of outputs come from inputs alone, and from no more than these hold", () => {
  const outputs = [part([30, 30]), part([60, 0])];
  assert.deepEqual(backSats("fifo", outputs), [30, 0, 0]);
  assert.deepEqual(backSats("lifo", outputs), [0, 0, 30]);
  // 30 of 100 each, what is left goes to the last.
  assert.deepEqual(backSats("haircut", outputs), [15, 6, 9]);
  assert.deepEqual(backSats("tiho", outputs), [15, 6, 9]);
  assert.deepEqual(backSats("poison", outputs), [50, 20, 30]);
});

function backSats(policy: Policy, outputs: readonly Part[]): number[] {
  const found = splitBack(POLICY_ROWS[policy], [50n, 20n, 30n], outputs);
  assert.ok(typeof found !== "string");
  return found.map((dirty) => Number(dirty.sats));
}
