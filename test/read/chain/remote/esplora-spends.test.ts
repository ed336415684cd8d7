import assert from "node:assert/strict";
import { test } from "node:test";
import { openEsplora } from "../../../../src/read/chain/remote/esplora.ts";
import { fakeEsplora } from "../../../kit/chain/fake-esplora.ts";
import { heist } from "../../../kit/chain/heist.ts";
import { HASTY, sourceContext } from "../../../kit/chain/source-context.ts";
import { keyAddress, keyScript, madeTx } from "../../../kit/chain/transactions.ts";

test("the whole history of an address tells what became of its outputs; nobody is asked", async (t) => {
  const { chain, theft, move } = heist("btc");
  const explorer = await fakeEsplora(chain.blocks, "btc");
  t.after(explorer.close);
  const lookup = await openEsplora(explorer.url, sourceContext(), HASTY);
  t.after(() => lookup.close());
  for await (const { txid } of lookup.touching(keyAddress("eve", "btc"))) assert.ok(txid);
  const before = explorer.asked.length;
  const spender = await lookup.spender({ txid: theft.txid, vout: 0 });
  assert.equal(typeof spender === "object" && spender.txid, move.txid);
  assert.equal(await lookup.spender({ txid: move.txid, vout: 1 }), "unspent");
  assert.equal(explorer.asked.length, before);
  // The mule's history was not read.
  assert.equal(typeof (await lookup.spender({ txid: move.txid, vout: 0 })), "object");
  assert.equal(explorer.asked[before], `/tx/${move.txid}/outspends`);
});

test("a payment to a bare public key is in no history, and is asked for", async (t) => {
  const { chain, cashOut } = heist("btc");
  const key = Uint8Array.of(2, ...Array.from({ length: 32 }, (_, i) => i + 1));
  const bare = Uint8Array.of(33, ...key, 0xac);
  const pay = madeTx({
    inputs: [{ txid: cashOut.txid, vout: 0 }],
    outputs: [{ valueSats: 5_000n, script: bare }],
  });
  const spend = madeTx({
    inputs: [{ txid: pay.txid, vout: 0 }],
    outputs: [{ valueSats: 4_000n, script: keyScript("eve") }],
  });
  chain.mine([pay]);
  chain.mine([spend]);
  const explorer = await fakeEsplora(chain.blocks, "btc");
  t.after(explorer.close);
  const lookup = await openEsplora(explorer.url, sourceContext(), HASTY);
  t.after(() => lookup.close());
  const address = (await lookup.tx(pay.txid))?.outputs[0]?.address ?? assert.fail();
  assert.match(address, /^1/);
  for await (const { txid } of lookup.touching(address)) assert.fail(txid);
  const spender = await lookup.spender({ txid: pay.txid, vout: 0 });
  assert.equal(typeof spender === "object" && spender.txid, spend.txid);
});
