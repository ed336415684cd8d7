import assert from "node:assert/strict";
import { test } from "node:test";
import type { CaseChain } from "../../src/model/follow-case.ts";
import { renderHtml } from "../../src/report/index.ts";
import { coins, partCoins, share } from "../../src/report/numbers.ts";
import { roleHow } from "../../src/report/roles.ts";
import { glossaryOf, methodOf, ownerLikelihood } from "../../src/report/words.ts";
import { followedCase } from "../kit/followed/case.ts";
import { evidence } from "../kit/sample-parts.ts";

const CASE = followedCase();
const [CHAIN] = CASE.chains;
assert.ok(CHAIN !== undefined);

const from = (over: Partial<CaseChain>, kind: string) => ({
  ...CASE,
  chains: [{ ...CHAIN, ...over }],
  evidence: [evidence({ id: "e1", name: "source", kind, sha256: null })],
});

test("a case of followed money alone has no words of mining", async () => {
  const words = [...methodOf(CASE), ...glossaryOf(CASE)].map(([head]) => head);
  for (const word of ["Shares", "Hash rate", "Hashes", "Share", "Pool"])
    assert.ok(!words.includes(word), word);
  assert.ok(["Fingerprint", "Peeled off", "Power-of-ten", "Step"].every((word) => words.includes(word)));
  assert.doesNotMatch(await renderHtml(CASE), /Pool fee|Mining may hide|before and after/);
});

test("a server that was asked is named as contacted; nothing else was", () => {
  const [, says = ""] =
    methodOf(from({ kind: "esplora", source: "https://example.org/api" }, "esplora"))[0] ?? [];
  assert.match(
    says,
    /Contacted was what the examiner named with --chain, https:\/\/example\.org\/api, and nothing/,
  );
  assert.match(methodOf(CASE)[0]?.[1] ?? "", /nothing is looked up, resolved or contacted/);
});

test("what has no hash says why, and is not said to be hashed", async () => {
  const blocks = await renderHtml(from({ kind: "blocks" }, "bitcoin-blocks"));
  assert.match(blocks, /none: a block is proved by its own hash/);
  assert.match(blocks, /<dt>Evidence hashed<\/dt><dd>no: see above/);
  assert.match(await renderHtml(from({ kind: "rpc" }, "rpc")), /none: answers of a server/);
  assert.doesNotMatch(blocks, /--no-hash/);
});

test("a likelihood that nobody measured is a judgement, and none has no confidence", () => {
  const [owner] = CASE.owners;
  assert.ok(owner !== undefined);
  assert.equal(ownerLikelihood(owner), "almost certain (95 %), a judgement: nobody measured it");
  const joins = owner.joins.map((join) => ({ ...join, errorShare: 0.1 }));
  assert.equal(ownerLikelihood({ ...owner, joins }), "almost certain (95 %)");
  const [edge] = CASE.traces.flatMap(({ edges }) => edges);
  assert.ok(edge !== undefined);
  assert.doesNotMatch(roleHow({ ...edge, likelihood: null, confidence: "high" }), /confidence|not estimated/);
});

test("a part never reads like the whole", () => {
  assert.equal(coins("24999990000", "btc"), "250.00");
  assert.equal(partCoins(24_999_990_000n, "25000000000", "btc"), "249.9999");
  assert.equal(partCoins(25_000_000_000n, "25000000000", "btc"), "250.00");
  assert.equal(share(0.99999), "> 99.9 %");
});
