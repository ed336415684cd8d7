import assert from "node:assert/strict";
import { test } from "node:test";
import { tagIndex } from "../../../src/follow/bitcoin/tags.ts";
import { SLICE } from "../../../src/read/chain/slice/index.ts";
import { readTags } from "../../../src/read/chain/tags/index.ts";
import { chainContext } from "../../kit/chain/context.ts";
import { dataPath } from "../../kit/data.ts";

/** Where the bitcoins of the Silk Road were taken to, listed as Razy's: 29,679.60 BTC. */
const SEIZURE = "1F1tAaz5x1HUXrCNLbtMDqcw6o5GNn4xqX";

test("all lists together: where they disagree, where a trace stops, which tags are doubtful", async (t) => {
  const [folder, ransomwhere] = ["chain/tags", "chain/addresses/ransomwhere-export-2022.json"].map(dataPath);
  if (!folder || !ransomwhere) return t.skip("needs ../shared/data/chain");
  const context = chainContext();
  const lists = await readTags(folder, context);
  const slice = await SLICE.open(ransomwhere, context);
  assert.ok(slice.kind === "lookup");
  const firsts = new Map<string, number>();
  for (const { address } of slice.tags) {
    for await (const { atMicros } of slice.touching(address)) {
      firsts.set(address, Math.min(atMicros ?? Infinity, firsts.get(address) ?? Infinity));
    }
  }
  const tags = [...lists.tags, ...slice.tags].filter(({ coin }) => coin === "btc");
  const firstReceipt = (address: string): number | null => firsts.get(address) ?? null;
  const index = tagIndex({ coin: "btc", tags, actors: lists.actors, firstReceipt });
  const addresses = [...new Set(tags.map(({ address }) => address))];
  const counts = { conflicts: 0, service: 0, coinjoin: 0, none: 0 };
  for (const address of addresses) {
    if (index.tagsOf(address).some(({ conflicts }) => conflicts.length > 0)) counts.conflicts += 1;
    counts[
      index.stopAt(address)?.stop === "service" ? "service" : index.stopAt(address) ? "coinjoin" : "none"
    ] += 1;
  }
  assert.deepEqual(
    [addresses.length, counts],
    [45_608, { conflicts: 18, service: 924, coinjoin: 36_550, none: 8_134 }],
  );
  assert.deepEqual(
    [...index.doubts(addresses)].map(([address, { says }]) => [address, says.split(",")[0]]),
    [
      ["18JJdvhdvHPwDTnht3N8LQWx7fdtuGnPxi", "tagged as Eda2"],
      [SEIZURE, "tagged as Razy"],
      ["3MdnThXfyPfjCVihXkbR3i15m4BFN3Rhi7", "tagged as Black Kingdom"],
      ["15n6gV8QUBsy2yh7wqLppWG4Fw4gsUTNAj", "tagged as SynAck"],
      ["1MuBnT25CQeTFYkx1tHP4Fa5rKbc4rC9uF", "tagged as Conti"],
    ],
  );
  assert.match(
    index.doubts([SEIZURE]).get(SEIZURE)?.says ?? "",
    /got coins on 2013-10-02, 2\.7 years before/,
  );
  assert.equal(index.addressesOf("WannaCry").length, 5);
});
