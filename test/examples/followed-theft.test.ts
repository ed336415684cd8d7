import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { addressFor, txidOf } from "../../examples/making/esplora.ts";
import { followedTheftFiles } from "../../examples/making/followed-theft.ts";
import { parseWallet } from "../../src/bytes/wallet.ts";
import { coinJoinOf } from "../../src/follow/bitcoin/coinjoin/index.ts";
import type { Case } from "../../src/model/case.ts";
import type { ChainLookup, ChainTx } from "../../src/model/chain.ts";
import type { ServicePath } from "../../src/model/follow-case.ts";
import type { TraceOutput } from "../../src/model/trace.ts";
import { SLICE } from "../../src/read/chain/slice/index.ts";
import { paydirt } from "../cli/paydirt.ts";
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

const THEFT = `btc:${txidOf("theft")}:1`;
const FILES = ["--tags", "tags.csv", "--swaps", "swap.json"];

test("the followed theft's page names the theft", () => {
  assert.ok(text("README.md").includes(`follow ${THEFT} `));
});

test("paydirt follow tells the story of the followed theft", () => {
  const words = ["follow", THEFT, "--chain", "slice:slice.json", ...FILES, "--policy", "fifo,lifo", "--json"];
  const { status, out, err } = paydirt(words, { cwd: FOLDER });
  assert.equal(status, 0, err);
  const found: Case = JSON.parse(out);
  assert.deepEqual(found.gaps, []);
  const [fifo, lifo] = found.traces;
  for (const { totals, isComplete } of found.traces) {
    const told = [totals.dirtySats, totals.feeSats, totals.burntSats].map(BigInt);
    assert.equal(
      told.reduce((sum, sats) => sum + sats, 0n),
      25_000_000_000n,
    );
    assert.equal(totals.burntSats, "5000000");
    assert.equal(isComplete, true);
  }
  assert.deepEqual(
    found.paths.filter(({ trace, stop }) => trace === fifo?.id && stop === "service").map(shownPath),
    [
      [addressFor("broker", "p2sh"), "Sample Brokers", "4000000000"],
      [addressFor("swap deposit", "p2pkh"), "Swap Example", "3000000000"],
      [addressFor("deposit 2", "p2pkh"), "Exemplar Exchange", "2000000000"],
      [addressFor("deposit 1", "p2sh"), "Exemplar Exchange", "1250000000"],
    ],
  );
  const mixed = fifo?.outputs.filter(({ stop }) => stop === "coinjoin") ?? [];
  assert.deepEqual([...new Set(mixed.map(({ txid }) => txid))], [txidOf("coinjoin")]);
  const lawyers = [fifo, lifo].map((trace) => trace?.outputs.find(isOf("lawyer"))?.dirtySats);
  assert.deepEqual(lawyers, [undefined, "900000000"], "clean savings leave first, or last");
  const [swap] = found.swaps;
  assert.ok(
    swap?.joins.some(({ to }) => to.includes(txidOf("hop-5"))),
    JSON.stringify(swap),
  );
  assert.deepEqual(
    found.tags.flatMap(({ label, conflicts }) => (conflicts.length > 0 ? [label] : [])),
    ["Sample Brokers", "Placeholder Market"],
  );
});

const shownPath = ({ address, service, dirtySats }: ServicePath) => [address, service, dirtySats];

const isOf =
  (owner: string) =>
  ({ address }: TraceOutput): boolean =>
    address === addressFor(owner);
