import assert from "node:assert/strict";
import { test } from "node:test";
import { blobHead, coinbaseHeight } from "../../../../src/read/capture/stratum/blob.ts";
import { CoinEvidence } from "../../../../src/read/capture/stratum/coin.ts";
import { dialectById } from "../../../../src/tables/dialects.ts";

/** 2019-11-25, height 1,974,881: captured by CJ-Sniffer (see its paper, RAID 2022), a public block's
 *  header. */
const BLOB =
  "0b0ce382f1ee05434cee350e87f36a60fcc5d762f38cbb62223e72e728b954a7b3c836fecb37ac00000000" +
  "4955984565402b960a1a75518360a2e4b0a260a278543485a155135eec5db27709";

test("blobHead() reads version, time and nonce", () => {
  assert.deepEqual(blobHead(BLOB), { version: 11, atSeconds: 1_574_715_747, nonce: "00000000" });
});

test("blobHead() of a blob cut inside its nonce is nothing, of one cut behind it is the same", () => {
  assert.equal(blobHead(BLOB.slice(0, 85)), null);
  assert.deepEqual(blobHead(BLOB.slice(0, 86)), blobHead(BLOB));
  assert.equal(blobHead("ff".repeat(40)), null);
});

const COINBASE = `0100000001${"00".repeat(32)}ffffffff`;

test("coinbaseHeight() reads BIP 34's height from the first part of a coinbase", () => {
  assert.equal(coinbaseHeight(`${COINBASE}4d03ea290809426974`), 535_018);
  assert.equal(coinbaseHeight(`${COINBASE}4d02ea2908`), null);
  assert.equal(coinbaseHeight(`${COINBASE}4d03ea29`), null);
});

function mined(blob: string, height: number | null): unknown {
  const cryptonote = dialectById("cryptonote");
  assert.ok(cryptonote !== null);
  const coin = new CoinEvidence();
  coin.blob(blob, height);
  const { coin: name, coinHow, algorithm } = coin.decide(cryptonote);
  return { name, coinHow, algorithm };
}

test("a block of Monero's upgrade 11 at its time and height is Monero's, hashed with cn/r", () => {
  assert.deepEqual(mined(BLOB, 1_974_881), { name: "xmr", coinHow: "inferred", algorithm: "cn/r" });
  assert.deepEqual(mined(BLOB, null), { name: "xmr", coinHow: "inferred", algorithm: "cn/r" });
});

test("the last height of an upgrade is Monero's, the next one with the old version is not", () => {
  assert.deepEqual(mined(BLOB, 1_978_432), { name: "xmr", coinHow: "inferred", algorithm: "cn/r" });
  assert.deepEqual(mined(BLOB, 1_978_433), { name: null, coinHow: null, algorithm: null });
});

test("the same time under another version is not Monero's", () => {
  assert.deepEqual(mined(`10${BLOB.slice(2)}`, null), { name: null, coinHow: null, algorithm: null });
});

test("a word in the server's name tells the coin, a part of a word does not", () => {
  const v1 = dialectById("stratum-v1");
  assert.ok(v1 !== null);
  for (const [name, coin] of [
    ["ltc-eu.pool.example", "ltc"],
    ["doge2.example", "doge"],
    ["belted.example", "btc"],
  ] as const) {
    const evidence = new CoinEvidence();
    evidence.serverName(name);
    assert.equal(evidence.decide(v1).coin, coin);
  }
});
