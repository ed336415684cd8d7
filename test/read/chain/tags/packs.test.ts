import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { readTags } from "../../../../src/read/chain/tags/index.ts";
import { chainContext } from "../../../kit/chain/context.ts";
import { dataPath } from "../../../kit/data.ts";

const FOLDER = "chain/tags";
const NEEDS = `needs ../shared/data/${FOLDER}`;

/** Tags, actors, and entries whose address is damaged: Monero addresses that are cut to 68 characters, a
 *  payment id and an address of TRON's among Bitcoin's. */
const PACKS: readonly (readonly [name: string, tags: number, actors: number, damaged: number])[] = [
  ["graphsense.actorpack.yaml", 0, 3_813, 0],
  ["ofac-BCH-2024-09-27.json", 7, 0, 0],
  ["ofac-LTC-2024-09-27.json", 10, 0, 0],
  ["ofac-XBT-2024-09-27.json", 434, 0, 1],
  ["ofac-XMR-2024-09-27.json", 2, 0, 1],
  ["tagpack-binance_hack.yaml", 44, 0, 0],
  ["tagpack-blender_io.yaml", 45, 0, 0],
  ["tagpack-coinjoin_bounty.yaml", 1, 0, 0],
  ["tagpack-hacks.yaml", 608, 0, 0],
  ["tagpack-lazarus.yaml", 21, 0, 0],
  ["tagpack-lazarus2.yaml", 6, 0, 0],
  ["tagpack-mixing_fc2021.yaml", 66, 0, 0],
  ["tagpack-ofac.yaml", 568, 0, 4],
  ["tagpack-ransomware.yaml", 7_178, 0, 0],
  ["tagpack-ransomwhere.yaml", 7_457, 0, 0],
  ["tagpack-samourai.yaml", 36_548, 0, 0],
  ["tagpack-sinbad_io.yaml", 2, 0, 0],
  ["tagpack-tornado_cash.yaml", 39, 0, 0],
  ["tagpack-twitter_hack_scam.yaml", 3, 0, 0],
  ["tagpack-walletexplorer.yaml", 386, 0, 0],
  ["tagpack-wasabi_collector.yaml", 2, 0, 0],
];

for (const [name, tags, actors, damaged] of PACKS) {
  test(`${name} has ${tags} tags and ${actors} actors`, async (t) => {
    const folder = dataPath(FOLDER);
    if (folder === null) return t.skip(NEEDS);
    const context = chainContext();
    const read = await readTags(join(folder, name), context);
    const gaps = context.gaps();
    assert.deepEqual([read.tags.length, read.actors.length, gaps.length], [tags, actors, damaged]);
    assert.ok(gaps.every(({ code }) => code === "damaged-address"));
  });
}

test("a tag has what its entry says, and else what its header says", async (t) => {
  const folder = dataPath(FOLDER);
  if (folder === null) return t.skip(NEEDS);
  const { tags } = await readTags(join(folder, "tagpack-lazarus.yaml"), chainContext());
  assert.deepEqual(tags[1], {
    address: "15YK647qtoZQDzNrvY6HJL6QwXduLHfT28",
    coin: "btc",
    label: "Lazarus group",
    category: "user",
    abuse: "sanction",
    actor: "lazarusgroup",
    source: "https://www.treasury.gov/resource-center/sanctions/OFAC-Enforcement/Pages/20200302.aspx",
    confidence: "authority_data",
    date: "2022-04-15",
    isClusterDefiner: false,
    list: "OFAC Tagpack",
    place: { evidence: "e1", atByte: 415, byteLength: 61, packet: null, line: 15 },
  });
});

test("an actor has its categories and countries", async (t) => {
  const folder = dataPath(FOLDER);
  if (folder === null) return t.skip(NEEDS);
  const { actors } = await readTags(join(folder, "graphsense.actorpack.yaml"), chainContext());
  const { place, ...huobi } = actors.find(({ id }) => id === "huobi")!;
  assert.deepEqual(huobi, {
    id: "huobi",
    label: "Huobi",
    categories: ["organization", "exchange", "mining_service"],
    jurisdictions: ["SC"],
    uri: "huobi.com",
    list: "Graphsense Actors",
  });
  assert.ok(place.line !== null && place.line > 7);
});

test("a folder of packs is read as a whole, in the order of its paths", async (t) => {
  const folder = dataPath(FOLDER);
  if (folder === null) return t.skip(NEEDS);
  const context = chainContext();
  const read = await readTags(folder, context);
  assert.equal(
    read.tags.length,
    PACKS.reduce((sum, [, tags]) => sum + tags, 0),
  );
  assert.equal(read.actors.length, 3_813);
  assert.deepEqual(context.paths, [...context.paths].sort());
  // Seeds of a trace are no tags.
  assert.deepEqual(
    context
      .gaps()
      .filter(({ code }) => code !== "damaged-address")
      .map(({ code, says }) => [code, says]),
    [["unrecognised", "Cannot use taintchain-fifo-seeds.csv: it is no list of tags"]],
  );
});
