import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { followedTheftFiles } from "../../examples/making/followed-theft.ts";
import { parseWallet } from "../../src/bytes/wallet.ts";
import { coinJoinOf } from "../../src/follow/bitcoin/coinjoin/index.ts";
import type { ChainTx } from "../../src/model/chain.ts";
import { parseEsploraTx } from "../../src/read/chain/esplora-tx.ts";
import { checkoutRoot } from "../kit/data.ts";

const FOLDER = join(checkoutRoot(), "examples", "followed-theft");
const PLACE = { evidence: "e1", atByte: 0, byteLength: 0, packet: null, line: null };
const text = (name: string): string => readFileSync(join(FOLDER, name), "utf8");

function transactions(): ChainTx[] {
  const objects: unknown[] = JSON.parse(text("slice.json"));
  return objects.map((object) => {
    const tx = parseEsploraTx(object, PLACE);
    if (typeof tx === "string") assert.fail(tx);
    return tx;
  });
}

test("the followed theft's files are what its script makes", () => {
  const made = followedTheftFiles();
  const there = readdirSync(FOLDER).filter((name) => name !== "README.md");
  assert.deepEqual([...made.keys()].sort(), there.sort());
  for (const [name, content] of made) assert.equal(text(name), content, `${name} is not up to date`);
});

test("the followed theft's addresses have valid checksums, those of its tags and its swap among them", () => {
  const spots = transactions().flatMap(({ inputs, outputs }) => [...inputs, ...outputs]);
  const addresses = spots.flatMap(({ address }) => (address === null ? [] : [address]));
  assert.ok(addresses.length > 60);
  for (const address of addresses) assert.equal(parseWallet(address)?.coin, "btc", address);
  const [, ...tags] = text("tags.csv").trim().split("\n");
  for (const tag of tags) assert.ok(addresses.includes(tag.split(",")[0] ?? ""), tag);
  const swap = JSON.parse(text("swap.json"));
  assert.ok(addresses.includes(swap.address));
  assert.equal(parseWallet(swap.withdraw)?.coin, "xmr");
});

test("one of the followed theft's transactions is a CoinJoin, and no other looks like one", () => {
  const mixes = transactions().flatMap((tx) => coinJoinOf(tx)?.id ?? []);
  assert.deepEqual(mixes, ["joinmarket"]);
});
