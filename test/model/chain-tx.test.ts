import assert from "node:assert/strict";
import { test } from "node:test";
import { readLoneTx } from "../../src/bytes/bitcoin-tx.ts";
import { hash256 } from "../../src/bytes/hash256.ts";
import { hashToHex, hexToBytes } from "../../src/bytes/hex.ts";
import { chainTx, type TxFacts } from "../../src/model/chain-tx.ts";
import { bytesAt } from "../../src/model/place.ts";
import { networkById } from "../../src/tables/bitcoin-networks.ts";

const BTC = networkById("btc") ?? assert.fail();

/** Block 170's payment from Satoshi Nakamoto to Hal Finney. */
const PAYMENT =
  "0100000001c997a5e56e104102fa209c6a852dd90660a20b2d9c352423edce25857fcd37040000000048473044022" +
  "04e45e16932b8af514961a1d3a1a25fdf3f4f7732e9d624c6c61548ab5fb8cd410220181522ec8eca07de4860a4ac" +
  "dd12909d831cc56cbbac4622082221a8768d1d0901ffffffff0200ca9a3b00000000434104ae1a62fe09c5f51b139" +
  "05f07f06b99a2f7159b2225f374cd378d71302fa28414e7aab37397f554a7df5f142c21c1b7303b8a0626f1baded5" +
  "c72a704f7e6cd84cac00286bee0000000043410411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1482ecad7b1" +
  "48a6909a5cb2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3ac00000000";

function facts(txid: string): TxFacts {
  const place = bytesAt("e1", 100, 275);
  return { txid, height: 170, index: 1, atMicros: 1_231_731_025_000_000, place, spent: null, forms: BTC };
}

test("the first payment reads as explorers print it, and its input as far as it is known", () => {
  const read = readLoneTx(hexToBytes(PAYMENT) ?? assert.fail());
  assert.ok(typeof read !== "string");
  const told = facts(hashToHex(hash256(read.stripped)));
  const tx = chainTx(read.tx, told);
  assert.equal(tx.txid, "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16");
  assert.deepEqual(
    tx.outputs.map(({ address, script, vout, valueSats }) => [vout, valueSats, script, address]),
    [
      [0, 1_000_000_000n, "p2pk", "1Q2TWHE3GMdB6BZKafqwxXtWAWgFt5Jvm3"],
      [1, 4_000_000_000n, "p2pk", "12cbQLTFMXRnSzktFkuoG3eHoMeFtpTu3S"],
    ],
  );
  const input = {
    txid: "0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9",
    vout: 0,
    sequence: 0xffffffff,
  };
  assert.deepEqual(tx.inputs, [{ ...input, valueSats: null, address: null, script: null }]);
  const script = read.tx.outputs[1]?.script ?? assert.fail();
  const known = chainTx(read.tx, { ...told, spent: [{ valueSats: 5_000_000_000n, script }] });
  const address = "12cbQLTFMXRnSzktFkuoG3eHoMeFtpTu3S";
  assert.deepEqual(known.inputs, [{ ...input, valueSats: 5_000_000_000n, address, script: "p2pk" }]);
  assert.deepEqual([tx.isCoinbase, tx.isWhole, tx.version, tx.locktime], [false, true, 1, 0]);
});
