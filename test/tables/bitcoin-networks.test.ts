import assert from "node:assert/strict";
import { test } from "node:test";
import {
  BITCOIN_NETWORKS,
  networkById,
  networkByMagic,
  subsidySats,
} from "../../src/tables/bitcoin-networks.ts";

test("networks differ in id, magic and genesis, and are found by the first two", () => {
  for (const column of ["id", "magic", "genesis"] as const) {
    const values = BITCOIN_NETWORKS.map((row) => row[column]);
    assert.equal(new Set(values).size, values.length, column);
  }
  for (const row of BITCOIN_NETWORKS) {
    assert.equal(networkById(row.id), row);
    assert.equal(networkByMagic(row.magic), row);
    assert.match(row.genesis, /^[0-9a-f]{64}$/);
  }
  assert.equal(networkById("xmr"), null);
  assert.equal(networkByMagic(0), null);
});

test("the subsidy halves, and ends", () => {
  const btc = networkById("btc") ?? assert.fail();
  const regtest = networkById("btc-regtest") ?? assert.fail();
  const doge = networkById("doge") ?? assert.fail();
  assert.equal(subsidySats(btc, 209_999), 5_000_000_000n);
  assert.equal(subsidySats(btc, 210_000), 2_500_000_000n);
  assert.equal(subsidySats(btc, 840_000), 312_500_000n);
  assert.equal(subsidySats(btc, 210_000 * 33), 0n);
  assert.equal(subsidySats(btc, 210_000 * 64), 0n);
  assert.equal(subsidySats(regtest, 150), 2_500_000_000n);
  assert.equal(subsidySats(doge, 1), null);
});

test("all that bitcoin will be is 20,999,999.9769 BTC", () => {
  const btc = networkById("btc") ?? assert.fail();
  let sum = 0n;
  for (let era = 0; era < 64; era++) sum += 210_000n * (subsidySats(btc, era * 210_000) ?? 0n);
  assert.equal(sum, 2_099_999_997_690_000n);
});
