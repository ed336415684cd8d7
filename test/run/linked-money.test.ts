import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING_FOLLOWED } from "../../src/model/case.ts";
import type { AddressOwner, CaseTag } from "../../src/model/follow-case.ts";
import { bytesAt } from "../../src/model/place.ts";
import type { CaseTrace, TraceOutput } from "../../src/model/trace.ts";
import type { FollowedParts } from "../../src/run/follow/parts.ts";
import { moneyLinks } from "../../src/run/linked-money.ts";
import { followedCase } from "../kit/followed/case.ts";

const [SAMPLE] = followedCase().traces;
const [TAG] = followedCase().tags;
const [OWNER] = followedCase().owners;

interface Drawn {
  readonly seed: string;
  readonly ends?: readonly (readonly [address: string, stop: TraceOutput["stop"]])[];
  readonly spentWith?: readonly string[];
  readonly exchange?: string;
}

/** A case that follows one seed. */
function followed(id: string, { seed, ends = [], spentWith = [], exchange }: Drawn) {
  assert.ok(SAMPLE !== undefined && TAG !== undefined && OWNER !== undefined);
  const place = bytesAt(`${id}.e1`, 0, 0);
  const one = { txid: seed.repeat(8), vout: 0, address: seed, valueSats: "1", height: 1, at: null, place };
  const outputs = ends.map(([address, stop]): TraceOutput => {
    const lies = { ...one, address, dirtySats: "1", segments: null };
    return stop === undefined ? { ...lies, spent: false } : { ...lies, spent: true, stop };
  });
  const trace: CaseTrace = {
    ...SAMPLE,
    id: `${id}.t1`,
    seeds: [{ ...one, asked: seed }],
    outputs,
    edges: [],
  };
  const tags: CaseTag[] = exchange === undefined ? [] : [{ ...TAG, address: exchange, category: "exchange" }];
  const owners: AddressOwner[] = [{ ...OWNER, addresses: [seed, ...spentWith], tags: [] }];
  const parts: FollowedParts = { ...NOTHING_FOLLOWED, traces: [trace], tags, owners };
  return { id, name: id, followed: parts };
}

const linked = (a: Drawn, b: Drawn) => moneyLinks([followed("k1", a), followed("k2", b)]);

test("cases with nothing in common are not linked", () => {
  const { cases, says, observables } = linked({ seed: "a", ends: [["x", "service"]] }, { seed: "b" });
  assert.deepEqual([cases, says, observables], [0, [], []]);
});

test("an address that is spent together with the seeds of both links them", () => {
  const { cases, says } = linked({ seed: "a", spentWith: ["w"] }, { seed: "b", spentWith: ["w"] });
  assert.equal(cases, 2);
  assert.deepEqual(says, ["k1 and k2 share 1 address of whoever holds the seeds: w"]);
});

test("a deposit address links; the service's own address, and a CoinJoin, do not", () => {
  const deposit = linked({ seed: "a", ends: [["d", "service"]] }, { seed: "b", ends: [["d", "service"]] });
  assert.deepEqual(deposit.says, ["k1 and k2 share 1 deposit address at a service: d"]);
  const own = linked(
    { seed: "a", ends: [["d", "service"]], exchange: "d" },
    { seed: "b", ends: [["d", "service"]] },
  );
  assert.equal(own.cases, 0);
  assert.match(own.observables[0]?.common ?? "", /many people's/);
  const mixed = linked({ seed: "a", ends: [["m", "coinjoin"]] }, { seed: "b", ends: [["m", "coinjoin"]] });
  assert.deepEqual([mixed.cases, mixed.observables], [0, []]);
});

test("coins of both that lie at one address link; of the same seeds they follow by themselves", () => {
  const lies = [["u", undefined]] as const;
  assert.deepEqual(linked({ seed: "a", ends: lies }, { seed: "b", ends: lies }).says, [
    "k1 and k2 share 1 address where coins lie unspent: u",
  ]);
  const { says } = linked({ seed: "a", ends: lies }, { seed: "a", ends: lies });
  assert.ok(says.every((sentence) => !sentence.includes("unspent")));
});
