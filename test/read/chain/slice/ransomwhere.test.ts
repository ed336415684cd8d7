import assert from "node:assert/strict";
import { test } from "node:test";
import { SLICE } from "../../../../src/read/chain/slice/index.ts";
import { chainContext } from "../../../kit/chain/context.ts";
import { dataPath } from "../../../kit/data.ts";

const EXPORT = "chain/addresses/ransomwhere-export-2022.json";
const NEEDS = `needs ../shared/data/${EXPORT}`;

test("the export of Ransomwhere has its addresses, payments and sum", async (t) => {
  const path = dataPath(EXPORT);
  if (path === null) return t.skip(NEEDS);
  const context = chainContext();
  const slice = await SLICE.open(path, context);
  assert.ok(slice.kind === "lookup");
  assert.equal(slice.network, "btc");
  assert.equal(slice.tags.length, 7_457);
  assert.equal(slice.claims?.length, 17_870);
  assert.equal(slice.claims.reduce((sum, { usd }) => sum + usd, 0).toFixed(2), "107208508.88");
  let outputs = 0;
  let sats = 0n;
  const txids = new Set<string>();
  for (const { address } of slice.tags) {
    for await (const tx of slice.touching(address)) {
      assert.equal(tx.isWhole, false);
      txids.add(tx.txid);
      for (const output of tx.outputs) {
        if (output.address !== address) continue;
        outputs += 1;
        sats += output.valueSats;
      }
    }
  }
  assert.deepEqual([outputs, txids.size, sats], [17_870, 14_995, 6_892_562_957_119n]);
  assert.deepEqual(context.gaps(), []);
});
