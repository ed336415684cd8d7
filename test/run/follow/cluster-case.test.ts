import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Case } from "../../../src/model/case.ts";
import { paydirt } from "../../cli/paydirt.ts";
import { blockFile, undoFile } from "../../kit/chain/block-file.ts";
import { madeFolder } from "../../kit/chain/block-folder.ts";
import { MadeChain } from "../../kit/chain/made-chain.ts";
import { keyAddress, keyScript, madeTx } from "../../kit/chain/transactions.ts";

/** Victims pay two addresses of one thief, who spends both together. */
function robbed(t: TestContext, hasUndo = true): string {
  const chain = new MadeChain();
  const paid = ["thief-1", "thief-2"].map((name) => {
    const coinbase = [{ valueSats: chain.reward([]), script: keyScript(`victim of ${name}`) }];
    const txid = chain.mine([], { coinbase }).txs[0]?.txid ?? "";
    const outputs = [{ valueSats: 2_000_000_000n, script: keyScript(name) }];
    return madeTx({ inputs: [{ txid, vout: 0 }], outputs });
  });
  chain.mine(paid);
  const inputs = paid.map(({ txid }) => ({ txid, vout: 0 }));
  chain.mine([madeTx({ inputs, outputs: [{ valueSats: 3_999_000_000n, script: keyScript("cash") }] })]);
  const undo = { "rev00000.dat": undoFile(chain.blocks) };
  return madeFolder(t, { "blk00000.dat": blockFile(chain.blocks), ...(hasUndo ? undo : {}) });
}

function followed(t: TestContext, blocks: string, ...words: readonly string[]): Case {
  const cwd = madeFolder(t, {});
  const seed = `btc:${keyAddress("thief-1")}`;
  const { status, err } = paydirt(["follow", seed, "--chain", `blocks:${blocks}`, "-o", "case", ...words], {
    cwd,
  });
  assert.equal(status, 0, err);
  return JSON.parse(readFileSync(join(cwd, "case", "case.json"), "utf8"));
}

const seeds = ({ traces }: Case): unknown =>
  traces[0]?.seeds.map(({ address, valueSats, asked }) => ({ address, valueSats, asked }));

test("--cluster follows what the seed's owner got at other addresses too, and says why", (t) => {
  const blocks = robbed(t);
  const own = {
    address: keyAddress("thief-1"),
    valueSats: "2000000000",
    asked: `btc:${keyAddress("thief-1")}`,
  };
  assert.deepEqual(seeds(followed(t, blocks)), [own]);
  const clustered = followed(t, blocks, "--cluster");
  const other = { ...own, address: keyAddress("thief-2"), asked: `${own.asked}, by its cluster` };
  assert.deepEqual(seeds(clustered), [own, other]);
  assert.deepEqual(
    clustered.owners.map(({ addresses }) => addresses),
    [[keyAddress("thief-1"), keyAddress("thief-2")]],
  );
  assert.equal(clustered.traces[0]?.totals.seedSats, "4000000000");
});

test("--cluster without undo data adds nothing and leaves a gap", (t) => {
  const found = followed(t, robbed(t, false), "--cluster");
  assert.equal(found.traces[0]?.seeds.length, 1);
  const gap = found.gaps.find(({ code }) => code === "unknown-input-value");
  assert.equal(gap?.says, "4 inputs are in no cluster: the source does not tell what they spend");
});
