import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { POLICY_ROWS } from "../../../../src/follow/bitcoin/taint/policies.ts";
import type { Dirty, Part } from "../../../../src/follow/bitcoin/taint/segments.ts";
import { type Split, type SplitRequest, split } from "../../../../src/follow/bitcoin/taint/split.ts";
import { POLICIES, type Policy } from "../../../../src/model/trace.ts";

/** Amounts with any dirty stretches, and as much in other amounts. */
const TX = fc
  .array(fc.array(fc.tuple(fc.nat(50), fc.boolean()), { maxLength: 4 }), { minLength: 1, maxLength: 5 })
  .chain((inputs) => {
    const all = inputs.flat().reduce((sum, [length]) => sum + length, 0);
    return fc.tuple(
      fc.constant(inputs.map(stretched)),
      fc.array(fc.nat(all), { maxLength: 5 }).map((cuts) => between(cuts, all)),
    );
  });

function stretched(stretches: readonly (readonly [length: number, isDirty: boolean])[]): Part {
  const segments: [bigint, bigint][] = [];
  let at = 0n;
  for (const [told, isDirty] of stretches) {
    const length = BigInt(told);
    const last = segments.at(-1);
    if (isDirty && length > 0n) {
      if (last && last[0] + last[1] === at) last[1] += length;
      else segments.push([at, length]);
    }
    at += length;
  }
  const dirty = segments.reduce((sum, [, length]) => sum + length, 0n);
  return { valueSats: at, dirty: dirty === 0n ? { sats: 0n, segments: null } : { sats: dirty, segments } };
}

function between(cuts: readonly number[], all: number): bigint[] {
  const ends = [...cuts].sort((a, b) => a - b);
  return [...ends, all].map((end, i) => BigInt(end - (ends[i - 1] ?? 0)));
}

test("no policy but poison makes or loses a dirty satoshi, and none dirties more than there is", () => {
  fc.assert(
    fc.property(TX, ([inputs, values]) => {
      const outputs = values.slice(0, -1);
      const came = sumOf(inputs.map(({ dirty }) => dirty));
      for (const policy of POLICIES) {
        const found = splitOf(policy, { inputs, outputs, chosen: null });
        const went = [...found.outputs, found.fee];
        for (const [i, dirty] of went.entries()) assertFits(dirty, values[i] ?? 0n);
        if (policy !== "poison")
          assert.equal(
            went.reduce((sum, dirty) => sum + dirty.sats, 0n),
            came,
            policy,
          );
      }
    }),
  );
});

test("with an output chosen they do not either", () => {
  fc.assert(
    fc.property(TX, fc.nat(4), ([inputs, values], pick) => {
      const outputs = values.slice(0, -1);
      if (outputs.length === 0) return;
      const chosen = pick % outputs.length;
      const came = sumOf(inputs.map(({ dirty }) => dirty));
      for (const policy of POLICIES) {
        const found = splitOf(policy, { inputs, outputs, chosen });
        const went = [...found.outputs, found.fee];
        for (const [i, dirty] of went.entries()) assertFits(dirty, values[i] ?? 0n);
        if (policy !== "poison")
          assert.equal(
            went.reduce((sum, dirty) => sum + dirty.sats, 0n),
            came,
            policy,
          );
        const room = outputs[chosen] ?? 0n;
        if (policy !== "poison") assert.equal(found.outputs[chosen]?.sats, came < room ? came : room, policy);
      }
    }),
  );
});

function assertFits({ sats: dirty, segments }: Dirty, valueSats: bigint): void {
  assert.ok(dirty >= 0n && dirty <= valueSats, `${dirty} of ${valueSats}`);
  let at = -1n;
  for (const [first, length] of segments ?? []) {
    assert.ok(first > at && length > 0n, "stretches are ascending and apart");
    at = first + length;
    assert.ok(at <= valueSats, "stretches lie within");
  }
  if (segments !== null)
    assert.equal(
      segments.reduce((sum, [, length]) => sum + length, 0n),
      dirty,
    );
}

test("FIFO and LIFO forward, then backward, give the very coins that came in", () => {
  fc.assert(
    fc.property(TX, ([inputs, values]) => {
      for (const policy of ["fifo", "lifo"] as const) {
        const row = POLICY_ROWS[policy];
        const went = row.forward(inputs, values);
        const parts = values.map((valueSats, i): Part => ({ valueSats, dirty: went[i]! }));
        const back = row.backward(
          parts,
          inputs.map(({ valueSats }) => valueSats),
        );
        assert.deepEqual(
          back,
          inputs.map(({ dirty }) => dirty),
          policy,
        );
      }
    }),
  );
});

function splitOf(policy: Policy, tx: SplitRequest): Split {
  const found = split(POLICY_ROWS[policy], tx);
  assert.ok(typeof found !== "string", `${policy}: ${found}`);
  return found;
}

function sumOf(all: readonly Dirty[]): bigint {
  return all.reduce((sum, dirty) => sum + dirty.sats, 0n);
}
