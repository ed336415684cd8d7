import assert from "node:assert/strict";
import { test } from "node:test";
import { tagIndex } from "../../../src/follow/bitcoin/tags.ts";
import type { ChainLookup } from "../../../src/model/chain.ts";
import { bytesAt } from "../../../src/model/place.ts";
import { askedClusters } from "../../../src/run/follow/asked-clusters.ts";
import { MadeChain } from "../../kit/chain/made-chain.ts";
import { asLookup } from "../../kit/chain/traced-chain.ts";
import { keyAddress, keyScript, madeTx } from "../../kit/chain/transactions.ts";

/** The names of each group spend together, one transaction a group. */
function chainOf(...groups: readonly (readonly string[])[]): ChainLookup {
  const chain = new MadeChain();
  const spends = groups.map((names) => ({
    outputs: [{ valueSats: 1_000n, script: keyScript("anyone") }],
    inputs: names.map((name) => {
      const coinbase = [{ valueSats: chain.reward([]), script: keyScript(name) }];
      return { txid: chain.mine([], { coinbase }).txs[0]?.txid ?? "", vout: 0 };
    }),
  }));
  for (const plan of spends) chain.mine([madeTx(plan)]);
  return asLookup(chain);
}

/** Addresses behind the first one, and gaps, after asking for the clusters of "a". */
async function asked(chain: ChainLookup, exchange: string | null = null) {
  const gaps: string[] = [];
  const unsaid = { abuse: null, actor: null, source: null, date: null, confidence: null };
  const tags = [exchange ?? []].flat().map((name) => ({
    ...{ ...unsaid, address: keyAddress(name), coin: "btc", label: "Huobi", category: "exchange" },
    ...{ isClusterDefiner: null, list: "List", place: bytesAt("e1", 0, 1) },
  }));
  const index = tagIndex({ coin: "btc", tags, actors: [], firstReceipt: () => null });
  const desk = {
    signal: null,
    gap: (_place: unknown, code: string, says: string) => gaps.push(`${code}: ${says}`),
  };
  const clusters = askedClusters({
    chain,
    names: { index },
    desk: { ...desk, gap: (...of) => void desk.gap(...of) },
  });
  const seed = { address: keyAddress("a"), asked: "btc:a" };
  const { addresses } = await clusters.expanded({ outpoints: [], addresses: [seed] });
  assert.deepEqual(addresses[0], seed);
  return { added: addresses.slice(1), gaps, service: clusters.service(keyAddress("a")) };
}

test("a seed brings what is spent with it, at any remove, and says by what", async () => {
  const { added, gaps } = await asked(chainOf(["a", "b"], ["b", "c"], ["x", "y"]));
  assert.deepEqual(
    added,
    ["b", "c"].map((name) => ({ address: keyAddress(name), asked: "btc:a, by its cluster" })),
  );
  assert.deepEqual(gaps, []);
});

test("a seed that is spent alone brings nothing", async () => {
  assert.deepEqual((await asked(chainOf(["a"], ["x", "y"]))).added, []);
});

test("a cluster with an address of a service is the service's: nothing is added", async () => {
  const { added, service } = await asked(chainOf(["a", "b"], ["b", "hot"]), "hot");
  assert.deepEqual([added, service], [[], "Huobi"]);
  assert.equal((await asked(chainOf(["a", "b"], ["x", "hot"]), "hot")).added.length, 1);
});

test("at most 500 addresses are asked for, and a gap counts the others", async () => {
  const names = Array.from({ length: 500 }, (_, index) => `n${index}`);
  const whole = await asked(chainOf(["a", ...names.slice(1)]));
  assert.deepEqual([whole.added.length, whole.gaps], [499, []]);
  const more = names.slice(0, 200).map((name) => `more ${name}`);
  const cut = await asked(chainOf(["a", ...names.slice(0, 400)], ["n0", ...more]));
  assert.deepEqual(cut.gaps, ["trace-limit: 101 addresses of the clusters of the seeds were not asked for"]);
});
