import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readShippedTags } from "../../../../src/read/chain/tags/shipped.ts";
import { chainContext } from "../../../kit/chain/context.ts";
import { checkoutRoot } from "../../../kit/data.ts";

test("every row of the shipped list is a tag of ransomware, at its line", async () => {
  const context = chainContext();
  const tags = await readShippedTags(context);
  const rows = readFileSync(join(checkoutRoot(), "data/ransom/addresses.tsv"), "utf8").trimEnd().split("\n");
  assert.deepEqual(
    tags.map(({ address, label, abuse, coin, place }) => [address, label, abuse, coin, place.line]),
    rows.slice(1).map((row, index) => [...row.split("\t"), "ransomware", "btc", index + 2]),
  );
  assert.deepEqual(context.gaps(), []);
});
