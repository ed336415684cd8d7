import assert from "node:assert/strict";
import { test } from "node:test";
import { requestOf } from "../../../src/run/follow/request.ts";
import { seedOf } from "../../../src/run/follow/seeds.ts";
import { networkById } from "../../../src/tables/bitcoin-networks.ts";

const TXID = "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16";
const WANNACRY = "13AM4VW2dhxYgXeQepoHkHSQuy6NgaEb94";

function request(seeds: readonly string[], network = "btc") {
  const row = networkById(network);
  assert.ok(row !== null);
  const place = { evidence: "e1", atByte: 0, byteLength: 0, packet: null, line: null };
  const nothing = { category: null, abuse: null, actor: null, source: null, date: null, confidence: null };
  const tags = ["WannaCry", "Locky"].map((label) => {
    return { ...nothing, address: WANNACRY, coin: "btc", label, isClusterDefiner: null, list: "own", place };
  });
  const addressesOf = (name: string): string[] => (name.toLowerCase() === "wannacry" ? [WANNACRY] : []);
  return requestOf(seeds.map(seedOf), { network: row, tags, addressesOf });
}

test("a seed is an address, outputs of a transaction, or a family", () => {
  assert.deepEqual(request([`btc:${WANNACRY}`]).addresses, [{ address: WANNACRY, asked: `btc:${WANNACRY}` }]);
  assert.deepEqual(request([`btc:${TXID}:1`]).outpoints, [{ txid: TXID, vout: 1, asked: `btc:${TXID}:1` }]);
  assert.deepEqual(request([`btc:${TXID}`]).outpoints, [{ txid: TXID, vout: null, asked: `btc:${TXID}` }]);
  assert.deepEqual(request(["family:wannacry"]).addresses, [{ address: WANNACRY, asked: "family:wannacry" }]);
});

test("what is pasted bare, in capitals or twice is understood", () => {
  assert.equal(request([TXID.toUpperCase()]).outpoints[0]?.txid, TXID);
  assert.equal(request([`${TXID}:0`]).outpoints[0]?.vout, 0);
  assert.equal(request([WANNACRY]).addresses[0]?.address, WANNACRY);
  const segwit = "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4";
  assert.equal(request([`btc:${segwit}`]).addresses[0]?.address, segwit.toLowerCase());
  assert.equal(request([`btc:${WANNACRY}`, WANNACRY, `btc:${WANNACRY}`]).addresses.length, 1);
});

test("what cannot be followed is refused with what is wrong with it", () => {
  const refused = (seed: string, says: RegExp, network?: string): void =>
    assert.throws(() => request([seed], network), { code: "bad-option", message: says }, seed);
  refused(`btc:${WANNACRY.replace("4", "5")}`, /checksum is wrong/);
  refused(`btc:${TXID.slice(1)}`, /64 hexadecimal digits, this one 63/);
  refused(
    `btc:${WANNACRY}`,
    /an address of Bitcoin, and the source holds the chain of Bitcoin regtest/,
    "btc-regtest",
  );
  refused("btc:mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", /an address of Bitcoin test/);
  refused(
    "xmr:44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
    /chain of Bitcoin/,
  );
  refused("btc:0x098B716B8Aaf21512996dC57EB0615e2383E2f96", /address of eth/);
  refused("family:WannaCri", /no list names an address of WannaCri/);
  refused("family:wanna", /there is WannaCry/);
  refused("btc:", /a seed is btc:ADDRESS/);
  refused("../blocks", /a seed is btc:ADDRESS/);
});
