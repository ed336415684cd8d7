import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf } from "../../../../src/follow/bitcoin/change/context.ts";
import { rolesOf } from "../../../../src/follow/bitcoin/change/roles.ts";
import { type OwnerOptions, ownersOf } from "../../../../src/follow/bitcoin/owners/owners.ts";
import type { ChainTx } from "../../../../src/model/chain.ts";
import { type MadeTx, madeTx, times, txidOf } from "../../../kit/chain/made-tx.ts";

const PLAIN: OwnerOptions = { service: () => null, tagIds: () => [], roles: null };

function spending(name: string, ...addresses: (string | null)[]): ChainTx {
  return madeTx(name, {
    in: addresses.map((address, index) => ({ sats: 1_000 + index, address })),
    out: [{ sats: 900 + addresses.length }],
  });
}

test("addresses that are spent together are one owner's, also over several transactions", () => {
  const found = ownersOf([spending("t1", "a", "b"), spending("t2", "b", "c"), spending("t3", "d")], PLAIN);
  assert.equal(found.owners.length, 1);
  const [owner] = found.owners;
  assert.deepEqual(owner?.addresses, ["a", "b", "c"]);
  assert.equal(owner?.says, "3 addresses of one owner: they are spent together in 2 transactions");
  assert.deepEqual(
    owner?.joins.map(({ rule, txids, txCount, errorShare }) => ({ rule, txids, txCount, errorShare })),
    [{ rule: "multi-input", txids: [txidOf("t1"), txidOf("t2")], txCount: 2, errorShare: null }],
  );
  assert.equal(found.of("c"), owner);
  assert.equal(found.of("d"), null);
  assert.equal(found.of("never"), null);
});

test("a cluster has the same id however its addresses were met", () => {
  const one = ownersOf([spending("t1", "a", "b"), spending("t2", "c", "b")], PLAIN).owners[0];
  const other = ownersOf([spending("t1", "c", "b"), spending("t2", "b", "a")], PLAIN).owners[0];
  assert.equal(one?.id, other?.id);
});

test("inputs without an address join nothing", () => {
  assert.deepEqual(ownersOf([spending("t1", null, "b"), spending("t2", null, "c")], PLAIN).owners, []);
});

test("what anybody can spend joins nobody", () => {
  const anchored = (name: string, own: string): ChainTx =>
    madeTx(name, {
      in: [
        { sats: 9_000, address: own },
        { sats: 240, address: "bc1pfeessrawgf", script: "witness-unknown" },
      ],
      out: [{ sats: 9_100 }],
    });
  assert.deepEqual(ownersOf([anchored("t1", "a"), anchored("t2", "b")], PLAIN).owners, []);
});

test("a CoinJoin joins nobody, nor does what may be one", () => {
  const mix: MadeTx = {
    in: [...times(3, { sats: 5_010_000 }), ...times(2, { sats: 5_000_000 })],
    out: times(5, { sats: 5_000_000 }),
  };
  const inputs = mix.in ?? [];
  const unclear: MadeTx = { ...mix, in: [...inputs.slice(0, 4), { sats: null, script: null }] };
  const found = ownersOf([madeTx("mix", mix), madeTx("unclear", unclear)], PLAIN);
  assert.deepEqual(found.owners, []);
  assert.deepEqual(
    found.refused.map(({ rule, says }) => [rule, says]),
    [
      ["multi-input", "5 inputs and 5 outputs of 0.05 BTC: a Whirlpool mix, which 3 of them enter"],
      ["multi-input", "it may be a CoinJoin (whirlpool): not all that it spends is known"],
    ],
  );
});

test("two services are never made one, and the refusal is told", () => {
  const names = new Map([
    ["a", "Huobi"],
    ["c", "Kraken"],
  ]);
  const options = { ...PLAIN, service: (address: string) => names.get(address) ?? null };
  const found = ownersOf(
    [spending("t1", "a", "b"), spending("t2", "c", "d"), spending("t3", "b", "d")],
    options,
  );
  assert.deepEqual(
    found.owners.map(({ addresses }) => addresses),
    [
      ["a", "b"],
      ["c", "d"],
    ],
  );
  assert.equal(found.service("b"), "Huobi");
  assert.equal(found.service("d"), "Kraken");
  assert.deepEqual(
    found.refused.map(({ txid, says }) => [txid, says]),
    [[txidOf("t3"), "it would join addresses of Huobi with addresses of Kraken"]],
  );
});

test("tags of any kind go with the cluster", () => {
  const options = { ...PLAIN, tagIds: (address: string) => (address === "b" ? ["tag-1"] : []) };
  assert.deepEqual(ownersOf([spending("t1", "a", "b")], options).owners[0]?.tags, ["tag-1"]);
});

function withChange(name: string, from: string, change: string): ChainTx {
  return madeTx(name, {
    in: [{ sats: 900_000_003, address: from }],
    out: [
      { sats: 300_000_000, script: "p2sh" },
      { sats: 500_000_017, address: change },
    ],
  });
}

test("change joins where it is asked for and sure enough, with its rule and error", () => {
  const txs = [withChange("t1", "a", "b"), spending("t2", "b", "c")];
  const context = contextOf(txs);
  const roles = (tx: ChainTx) => rolesOf(tx, context);
  assert.equal(ownersOf(txs, PLAIN).of("a"), null);
  const owner = ownersOf(txs, { ...PLAIN, roles }).of("a");
  assert.deepEqual([...(owner?.addresses ?? [])].sort(), ["a", "b", "c"]);
  assert.deepEqual(
    owner?.joins.map(({ rule }) => rule),
    ["multi-input", "change: address-type"],
  );
  assert.equal(owner?.confidence, "low");
  const [change] = roles(txs[0] ?? assert.fail()).slice(1);
  assert.equal(change?.likelihood, 0.98);
  const doubted = (likelihood: number) => () => [
    { ...change, role: "change", likelihood, confidence: "medium", votes: change?.votes ?? [] } as const,
  ];
  const alone = [madeTx("t1", { in: [{ sats: 9, address: "a" }], out: [{ sats: 8, address: "b" }] })];
  assert.ok(ownersOf(alone, { ...PLAIN, roles: doubted(0.95) }).of("a"));
  assert.equal(ownersOf(alone, { ...PLAIN, roles: doubted(0.949) }).of("a"), null);
});

test("change does not make one of two large clusters; one of them may be large", () => {
  const cluster = (name: string, count: number) =>
    spending(name, ...Array.from({ length: count }, (_, index) => `${name}-${index}`));
  const told = (count: number) => {
    const txs = [cluster("x", 100), cluster("y", count), withChange("t", "x-0", "y-0")];
    return ownersOf(txs, { ...PLAIN, roles: (tx) => rolesOf(tx, contextOf(txs)) });
  };
  assert.equal(told(99).of("x-1")?.addressCount, 199);
  const refused = told(100);
  assert.equal(refused.of("x-1")?.addressCount, 100);
  assert.deepEqual(
    refused.refused.map(({ rule, says }) => [rule, says]),
    [["change: address-type", "it would join clusters of 100 and 100 addresses"]],
  );
});

test("a list of payments joins nothing", () => {
  assert.deepEqual(ownersOf([{ ...spending("t1", "a", "b"), isWhole: false }], PLAIN).owners, []);
});

test("a cluster of very many addresses is counted whole and listed in part", () => {
  const addresses = Array.from({ length: 501 }, (_, index) => `a-${index}`);
  const [owner] = ownersOf([spending("t", ...addresses)], PLAIN).owners;
  assert.equal(owner?.addresses.length, 500);
  assert.equal(owner?.addressCount, 501);
});
