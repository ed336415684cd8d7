import assert from "node:assert/strict";
import { test } from "node:test";
import { clusterSeeds } from "../../../src/run/follow/cluster.ts";
import { networkById } from "../../../src/tables/bitcoin-networks.ts";
import { MadeChain } from "../../kit/chain/made-chain.ts";
import { asBlocks } from "../../kit/chain/traced-blocks.ts";
import { asLookup } from "../../kit/chain/traced-chain.ts";
import { keyAddress, keyScript, madeTx } from "../../kit/chain/transactions.ts";

const NETWORK = networkById("btc-regtest") ?? assert.fail();

/** The names of each group spend together, one transaction a group. */
function chainOf(...groups: readonly (readonly string[])[]): MadeChain {
  const chain = new MadeChain();
  const spends = groups.map((names) => ({
    outputs: [{ valueSats: 1_000n, script: keyScript("anyone") }],
    inputs: names.map((name) => {
      const coinbase = [{ valueSats: chain.reward([]), script: keyScript(name) }];
      return { txid: chain.mine([], { coinbase }).txs[0]?.txid ?? "", vout: 0 };
    }),
  }));
  for (const plan of spends) chain.mine([madeTx(plan)]);
  return chain;
}

const SOURCES = [
  ["blocks", asBlocks],
  ["an explorer", asLookup],
] as const;

for (const [what, source] of SOURCES) {
  const seeded = (chain: MadeChain, seed: string, services: readonly string[] = []) =>
    clusterSeeds(source(chain), {
      addresses: [keyAddress(seed)],
      network: NETWORK,
      service: (address) => (services.map((name) => keyAddress(name)).includes(address) ? "Huobi" : null),
      signal: null,
    });

  test(`${what}: seeds bring what is spent with them, at any remove`, async () => {
    const chain = chainOf(["a", "b"], ["b", "c"], ["x", "y"]);
    const { added, owners, notes } = await seeded(chain, "a");
    assert.deepEqual([...added].sort(), [keyAddress("b"), keyAddress("c")].sort());
    assert.equal(owners.of(keyAddress("a"))?.joins[0]?.txCount, 2);
    assert.deepEqual(notes, []);
  });

  test(`${what}: a seed that is spent alone brings nothing`, async () => {
    assert.deepEqual((await seeded(chainOf(["a"], ["x", "y"]), "a")).added, []);
  });

  test(`${what}: a cluster with an address of a service adds nothing, and says so`, async () => {
    const { added, notes } = await seeded(chainOf(["a", "b"], ["b", "hot"]), "a", ["hot"]);
    assert.deepEqual(added, []);
    assert.deepEqual(notes, [
      `the cluster of ${keyAddress("a")} has an address of Huobi: none of it is added`,
    ]);
  });
}

test("blocks without undo data bring nothing, and say why", async () => {
  const chain = asBlocks(chainOf(["a", "b"]), { hasUndo: false });
  const request = { addresses: [keyAddress("a")], network: NETWORK, service: () => null, signal: null };
  const { added, notes } = await clusterSeeds(chain, request);
  assert.deepEqual([added, notes], [[], ["what 2 inputs spend is not known: they join nothing"]]);
});

test("a seed of another network, or one that never was, brings nothing", async () => {
  const request = { network: NETWORK, service: () => null, signal: null };
  const addresses = ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", keyAddress("nobody")];
  const { added, notes } = await clusterSeeds(asBlocks(chainOf(["a", "b"])), { ...request, addresses });
  assert.deepEqual([added, notes], [[], []]);
});
