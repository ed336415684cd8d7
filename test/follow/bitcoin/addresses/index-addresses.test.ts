import assert from "node:assert/strict";
import { test } from "node:test";
import { hash256 } from "../../../../src/bytes/hash256.ts";
import { clusterOf, clusterTxs, placesOf } from "../../../../src/follow/bitcoin/addresses/cluster-txs.ts";
import { indexAddresses } from "../../../../src/follow/bitcoin/addresses/index-addresses.ts";
import { ownersOf } from "../../../../src/follow/bitcoin/owners/owners.ts";
import { openScratch } from "../../../../src/store/scratch.ts";
import { networkById } from "../../../../src/tables/bitcoin-networks.ts";
import { MadeChain } from "../../../kit/chain/made-chain.ts";
import { asBlocks } from "../../../kit/chain/traced-blocks.ts";
import { keyAddress, keyScript, type MadeTx, madeTx } from "../../../kit/chain/transactions.ts";
import { type Random, random } from "../../../kit/random.ts";

const FORMS = networkById("btc-regtest") ?? assert.fail();
const OPTIONS = {
  forms: FORMS,
  key: new Uint8Array(8).fill(7),
  scratch: null,
  mostScripts: 1_000,
  gathered: 64,
  signal: null,
};
const REQUEST = { forms: FORMS, hash256, most: 100, signal: null };

interface Coin {
  readonly txid: string;
  readonly vout: number;
  readonly owner: string;
  readonly valueSats: bigint;
}

/** A chain of 40 blocks in which 60 names pay each other at random, and what is true of it. */
function randomChain(from: Random) {
  const chain = new MadeChain();
  const coins: Coin[] = [];
  const places = new Map<string, Set<string>>();
  const place = (owner: string, height: number, index: number): void => {
    places.set(owner, (places.get(owner) ?? new Set()).add(`${height}:${index}`));
  };
  const joined: string[][] = [];
  for (let height = 0; height < 40; height++) {
    const txs: MadeTx[] = [];
    for (let count = height === 0 ? 0 : from.below(5); count > 0 && coins.length > 3; count--) {
      const spent = Array.from(
        { length: 1 + from.below(2) },
        () => coins.splice(from.below(coins.length), 1)[0],
      );
      const inputs = spent.flatMap((coin) => (coin === undefined ? [] : [coin]));
      const sum = inputs.reduce((total, { valueSats }) => total + valueSats, 0n);
      const owners = [`n${from.below(60)}`, `n${from.below(60)}`];
      const outputs = owners.map((owner, vout) => ({
        valueSats: vout === 0 ? sum / 3n : sum / 2n,
        script: keyScript(owner),
      }));
      const tx = madeTx({ inputs, outputs });
      txs.push(tx);
      for (const { owner } of inputs) place(owner, height, txs.length);
      joined.push(inputs.map(({ owner }) => owner));
      for (const [vout, owner] of owners.entries()) {
        coins.push({ txid: tx.txid, vout, owner, valueSats: outputs[vout]?.valueSats ?? 0n });
        place(owner, height, txs.length);
      }
    }
    const miner = `n${from.below(60)}`;
    const valueSats = chain.reward(txs, height);
    const block = chain.mine(txs, { coinbase: [{ valueSats, script: keyScript(miner) }] });
    coins.push({ txid: block.txs[0]?.txid ?? "", vout: 0, owner: miner, valueSats });
    place(miner, height, 0);
  }
  return { chain, places, joined };
}

for (const spills of [false, true]) {
  test(`places and clusters of a random chain are found, ${spills ? "on disk" : "in memory"}`, async () => {
    const { chain, places, joined } = randomChain(random(11));
    const scratch = spills ? openScratch() : null;
    try {
      const index = await indexAddresses(asBlocks(chain), { ...OPTIONS, scratch });
      assert.ok(joined.length > 50 && (scratch === null || scratch.length > 0));
      for (const [owner, expected] of places) {
        const found = placesOf(index, keyScript(owner)).map((spot) => `${spot.height}:${spot.index}`);
        assert.deepEqual(found.sort(), [...expected].sort(), owner);
      }
      const groups = new Map([...places.keys()].map((owner) => [owner, new Set([owner])]));
      for (const [first, ...others] of joined) {
        const group = groups.get(first ?? "") ?? assert.fail();
        for (const other of others) {
          for (const member of groups.get(other) ?? []) {
            group.add(member);
            groups.set(member, group);
          }
        }
      }
      for (const [owner, group] of groups) {
        assert.equal(clusterOf(index, keyScript(owner))?.scripts, group.size, owner);
        const root = clusterOf(index, keyScript(owner))?.root;
        for (const member of group) assert.equal(clusterOf(index, keyScript(member))?.root, root);
      }
      assert.equal(index.ids.count, places.size);
    } finally {
      scratch?.close();
    }
  });
}

/** The thief's two addresses are spent together, then one of them alone. */
function theft() {
  const chain = new MadeChain();
  const paid = (name: string) => [{ valueSats: chain.reward([]), script: keyScript(name) }];
  const names = ["thief-1", "thief-2", "thief-1", "stranger"];
  const ids = names.map((name) => chain.mine([], { coinbase: paid(name) }).txs[0]?.txid ?? "");
  const both = madeTx({
    inputs: [0, 1].map((at) => ({ txid: ids[at] ?? "", vout: 0 })),
    outputs: [{ valueSats: 9_000_000_000n, script: keyScript("exchange") }],
  });
  const alone = madeTx({
    inputs: [{ txid: ids[2] ?? "", vout: 0 }],
    outputs: [{ valueSats: 4_000_000_000n, script: keyScript("shop") }],
  });
  chain.mine([both]);
  chain.mine([alone]);
  return { chain, both, alone };
}

test("the transactions of a cluster come back whole, and make its owner", async () => {
  const { chain, both, alone } = theft();
  const source = asBlocks(chain);
  const index = await indexAddresses(source, OPTIONS);
  const cluster = clusterOf(index, keyScript("thief-2"));
  assert.equal(cluster?.scripts, 2);
  const roots = new Set([cluster?.root ?? -1]);
  const { txs, left } = await clusterTxs(source, index, { ...REQUEST, roots });
  assert.equal(left, 0);
  assert.deepEqual(
    txs.map(({ txid, height, index: at }) => [txid, height, at]),
    [
      [chain.blocks[0]?.txs[0]?.txid, 0, 0],
      [chain.blocks[1]?.txs[0]?.txid, 1, 0],
      [chain.blocks[2]?.txs[0]?.txid, 2, 0],
      [both.txid, 4, 1],
      [alone.txid, 5, 1],
    ],
  );
  const { owners } = ownersOf(txs, { service: () => null, tagIds: () => [], roles: null });
  assert.deepEqual(owners[0]?.addresses, [keyAddress("thief-1"), keyAddress("thief-2")]);
  assert.deepEqual(owners[0]?.joins[0]?.txids, [both.txid]);
  const cut = await clusterTxs(source, index, { ...REQUEST, roots, most: 3 });
  assert.deepEqual([cut.txs.length, cut.left], [3, 2]);
});

test("without undo data outputs are placed, nothing is joined, and missing inputs are counted", async () => {
  const { chain } = theft();
  const index = await indexAddresses(asBlocks(chain, { hasUndo: false }), OPTIONS);
  assert.equal(index.counts.unknownInputs, 3);
  assert.equal(index.counts.joined, 0);
  assert.equal(clusterOf(index, keyScript("thief-1"))?.scripts, 1);
  assert.deepEqual(placesOf(index, keyScript("thief-1")), [
    { height: 0, index: 0 },
    { height: 2, index: 0 },
  ]);
});

test("a script that was never met has no cluster and no place", async () => {
  const index = await indexAddresses(asBlocks(theft().chain), OPTIONS);
  assert.equal(clusterOf(index, keyScript("nobody")), null);
  assert.deepEqual(placesOf(index, keyScript("nobody")), []);
});

test("scripts beyond the bound are left out and counted", async () => {
  const { chain } = theft();
  const all = await indexAddresses(asBlocks(chain), OPTIONS);
  assert.equal(all.ids.leftOut, 0);
  const few = await indexAddresses(asBlocks(chain), { ...OPTIONS, mostScripts: all.ids.count - 1 });
  assert.equal(few.ids.count, all.ids.count - 1);
  assert.equal(few.ids.leftOut, 1);
});

/** Five owners' coins of 0.05 BTC and a little more, mixed as Whirlpool does; and one that was not. */
function mixed(value: bigint) {
  const chain = new MadeChain();
  const coinbase = Array.from({ length: 5 }, (_, place) => ({
    valueSats: place < 3 ? 5_010_000n : 5_000_000n,
    script: keyScript(`in-${place}`),
  }));
  const from = chain.mine([], { coinbase, atSeconds: 1_622_505_600 }).txs[0]?.txid ?? "";
  const mix = madeTx({
    inputs: coinbase.map((_, vout) => ({ txid: from, vout })),
    outputs: coinbase.map((_, place) => ({
      valueSats: place === 0 ? value : 5_000_000n,
      script: keyScript(`out-${place}`),
    })),
  });
  chain.mine([mix], { coinbase: [{ valueSats: 1n, script: keyScript("miner") }] });
  return chain;
}

test("a CoinJoin in a block joins nobody, its near miss joins all", async () => {
  const mix = await indexAddresses(asBlocks(mixed(5_000_000n)), OPTIONS);
  assert.deepEqual([mix.counts.mixes, mix.counts.joined], [1, 0]);
  assert.equal(clusterOf(mix, keyScript("in-0"))?.scripts, 1);
  const near = await indexAddresses(asBlocks(mixed(4_000_000n)), OPTIONS);
  assert.deepEqual([near.counts.mixes, near.counts.joined], [0, 1]);
  assert.equal(clusterOf(near, keyScript("in-0"))?.scripts, 5);
});

test("scripts that anybody can spend make nobody one owner", async () => {
  const chain = new MadeChain();
  const coinbase = [
    { valueSats: 5n, script: Uint8Array.of(0x51) },
    { valueSats: 6n, script: Uint8Array.of(0x51) },
    { valueSats: 7n, script: keyScript("a") },
    { valueSats: 8n, script: keyScript("b") },
  ];
  const from = chain.mine([], { coinbase }).txs[0]?.txid ?? "";
  const spend = (...vouts: number[]) =>
    madeTx({
      inputs: vouts.map((vout) => ({ txid: from, vout })),
      outputs: [{ valueSats: 1n, script: keyScript("c") }],
    });
  chain.mine([spend(0, 2), spend(1, 3)]);
  const index = await indexAddresses(asBlocks(chain), OPTIONS);
  assert.equal(clusterOf(index, Uint8Array.of(0x51)), null);
  assert.equal(clusterOf(index, keyScript("a"))?.scripts, 1);
});

test("a run that is given up ends between two blocks", async () => {
  const signal = AbortSignal.abort();
  await assert.rejects(indexAddresses(asBlocks(theft().chain), { ...OPTIONS, signal }), /abort/i);
});
