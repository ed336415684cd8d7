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

const FAMILIES: readonly (readonly [family: string, addresses: number, outputs: number, sats: bigint])[] = [
  ["Locky", 7_037, 10_411, 3_003_254_000_000n],
  ["Razy", 2, 1_787, 2_967_960_000_000n],
];

for (const [family, addresses, outputs, sats] of FAMILIES) {
  test(`the export says of ${family} what it is known to say`, async (t) => {
    const path = dataPath(EXPORT);
    if (path === null) return t.skip(NEEDS);
    const slice = await SLICE.open(path, chainContext());
    assert.ok(slice.kind === "lookup");
    const own = new Set(slice.tags.filter(({ label }) => label === family).map(({ address }) => address));
    const paid = (slice.claims ?? []).filter(({ address }) => own.has(address));
    assert.deepEqual([own.size, paid.length], [addresses, outputs]);
    // Two decimals are known: 30,032.54 and 29,679.60 BTC.
    const sum = paid.reduce((total, { valueSats }) => total + valueSats, 0n);
    assert.equal((sum + 500_000n) / 1_000_000n, sats / 1_000_000n);
  });
}
