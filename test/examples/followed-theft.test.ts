import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { addressFor } from "../../examples/making/esplora.ts";
import { followedTheftFiles } from "../../examples/making/followed-theft.ts";
import { parseWallet } from "../../src/bytes/wallet.ts";
import { coinJoinOf } from "../../src/follow/bitcoin/coinjoin/index.ts";
import type { ChainLookup, ChainTx } from "../../src/model/chain.ts";
import { SLICE } from "../../src/read/chain/slice/index.ts";
import { chainContext } from "../kit/chain/context.ts";
import { checkoutRoot } from "../kit/data.ts";

const FOLDER = join(checkoutRoot(), "examples", "followed-theft");
const text = (name: string): string => readFileSync(join(FOLDER, name), "utf8");

async function opened(): Promise<{ slice: ChainLookup; transactions: ChainTx[] }> {
  const context = chainContext();
  const slice = await SLICE.open(join(FOLDER, "slice.json"), context);
  assert.ok(slice.kind === "lookup");
  assert.deepEqual(context.gaps(), []);
  const saved: { transactions: { txid: string }[] } = JSON.parse(text("slice.json"));
  const transactions: ChainTx[] = [];
  for (const { txid } of saved.transactions) transactions.push((await slice.tx(txid))!);
  return { slice, transactions };
}

test("the followed theft's files are what its script makes", () => {
  const made = followedTheftFiles();
  const there = readdirSync(FOLDER).filter((name) => name !== "README.md");
  assert.deepEqual([...made.keys()].sort(), there.sort());
  for (const [name, content] of made) assert.equal(text(name), content, `${name} is not up to date`);
});

test("addresses of the followed theft, its tags and its swap have valid checksums", async () => {
  const { transactions } = await opened();
  const spots = transactions.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]);
  const addresses = spots.flatMap(({ address }) => (address === null ? [] : [address]));
  assert.ok(addresses.length > 60);
  for (const address of addresses) assert.equal(parseWallet(address)?.coin, "btc", address);
  const [, ...tags] = text("tags.csv").trim().split("\n");
  for (const tag of tags) assert.ok(addresses.includes(tag.split(",")[0] ?? ""), tag);
  const swap = JSON.parse(text("swap.json"));
  assert.ok(addresses.includes(swap.address));
  assert.equal(parseWallet(swap.withdraw)?.coin, "xmr");
});

test("one of the followed theft's transactions is a CoinJoin, and no other looks like one", async () => {
  const { transactions } = await opened();
  const mixes = transactions.flatMap((tx) => coinJoinOf(tx)?.id ?? []);
  assert.deepEqual(mixes, ["joinmarket"]);
});

test("the followed theft's slice knows who spent each output, and what lies still", async () => {
  const { slice, transactions } = await opened();
  const unspent: (string | null)[] = [];
  for (const { txid, outputs } of transactions) {
    for (const { vout, address } of outputs) {
      const spender = await slice.spender({ txid, vout: vout! });
      assert.notEqual(spender, "unknown");
      if (spender === "unspent") unspent.push(address);
    }
  }
  assert.ok(unspent.includes(addressFor("thief, parked", "p2wsh")));
});
