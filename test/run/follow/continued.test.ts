import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Case } from "../../../src/model/case.ts";
import { POLICIES } from "../../../src/model/trace.ts";
import { follow } from "../../../src/run/follow/follow.ts";
import type { FollowOptions } from "../../../src/run/follow/options.ts";
import { saveCase } from "../../../src/run/save.ts";
import { openCase } from "../../../src/store/index.ts";
import { paydirt } from "../../cli/paydirt.ts";
import { PLAIN } from "../../corpus/money.ts";
import { blockFile, undoFile } from "../../kit/chain/block-file.ts";
import { fakeNode } from "../../kit/chain/fake-node.ts";
import type { MadeBlock } from "../../kit/chain/made-chain.ts";
import { FIRST_HEIGHT, randomChain } from "../../kit/chain/random-chain.ts";
import { keyAddress } from "../../kit/chain/transactions.ts";
import { scratch } from "../../store/scratch.ts";

const BLOCKS = 24;
const MIDST = FIRST_HEIGHT + BLOCKS / 2;

interface Scene {
  readonly blocks: readonly MadeBlock[];
  readonly seeds: readonly string[];
  readonly folder: string;
}

/** An address that is paid again and again, and outputs of the first blocks. */
function scene(t: TestContext, seed: number): Scene {
  const { blocks } = randomChain(seed, BLOCKS);
  const early = blocks.slice(FIRST_HEIGHT, MIDST).flatMap(({ txs }) => txs.slice(1));
  const named = early.slice(0, 2).map(({ txid }) => `btc:${txid}`);
  return { blocks, seeds: [keyAddress("key 3"), ...named], folder: scratch(t) };
}

/** Makes block files of these blocks; returns the source's name. */
function written({ folder }: Scene, blocks: readonly MadeBlock[]): string {
  const path = join(folder, "blocks");
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "blk00000.dat"), blockFile(blocks));
  writeFileSync(join(path, "rev00000.dat"), undoFile(blocks));
  return `blocks:${path}`;
}

/** Follows, and saves the case under this name; with the same name again it is added to that. */
async function followed(
  { folder, seeds }: Scene,
  name: string,
  options: Partial<FollowOptions> & Pick<FollowOptions, "chain">,
): Promise<{ readonly found: Case; readonly wentOnFrom: number | undefined }> {
  const made = await follow({ ...PLAIN, policies: POLICIES, minDirtySats: 1_000n, seeds, ...options });
  const to = { folder: join(folder, name), force: true, commandLine: ["paydirt"], signal: null };
  await saveCase(made, { ...to, started: new Date(0) });
  return { found: made.case, wentOnFrom: made.wentOnFrom };
}

/** All that is told of followed money, but for the names of things and where they stand. */
function told({ traces, paths, revenues, owners, tags, verdict }: Case): unknown {
  const parts = { traces, paths, revenues, owners, tags, wouldChange: verdict.wouldChange };
  const isName = (key: string): boolean => ["id", "trace", "chain", "place", "evidence"].includes(key);
  return JSON.parse(JSON.stringify(parts, (key, value: unknown) => (isName(key) ? undefined : value)));
}

test("added to a case that holds the same question, a trace goes on behind its last block", async (t) => {
  for (const seed of [1, 2, 3]) {
    const made = scene(t, seed);
    const chain = written(made, made.blocks.slice(0, MIDST));
    const first = await followed(made, "case", { chain });
    assert.equal(first.wentOnFrom, undefined);
    assert.equal(first.found.traces[0]?.until.height, MIDST - 1);
    written(made, made.blocks);
    const straight = await followed(made, "straight", { chain });
    const into = await openCase(join(made.folder, "case"));
    const { found, wentOnFrom } = await followed(made, "case", { chain, into });
    assert.equal(wentOnFrom, MIDST - 1);
    assert.deepEqual(told(found), told(straight.found));
    assert.equal(found.traces.length, POLICIES.length);
    assert.ok((found.traces[0]?.edges.length ?? 0) > (first.found.traces[0]?.edges.length ?? 0));
    const again = await followed(made, "case", { chain, into: await openCase(join(made.folder, "case")) });
    assert.equal(again.wentOnFrom, FIRST_HEIGHT + BLOCKS - 1);
    assert.deepEqual(told(again.found), told(straight.found));
  }
});

test("without the slice of the case, or asked otherwise, it begins anew", async (t) => {
  const made = scene(t, 4);
  const chain = written(made, made.blocks);
  const until = { height: MIDST, micros: null, asked: String(MIDST) };
  const before = await followed(made, "case", { chain, until });
  const into = await openCase(join(made.folder, "case"));
  const changed: readonly Partial<FollowOptions>[] = [
    { followFees: false },
    { minDirtySats: 100_000_000n },
    { chosen: new Map([[before.found.traces[0]?.edges[0]?.txid ?? "", 0]]) },
    { until: { height: null, micros: 2 ** 52, asked: "2112-09-17" } },
  ];
  assert.equal((await followed(made, "another", { chain, into })).wentOnFrom, MIDST);
  for (const options of changed) {
    const { found, wentOnFrom } = await followed(made, "another", { ...options, chain, into });
    const straight = await followed(made, "straight", { ...options, chain });
    assert.equal(wentOnFrom, undefined, JSON.stringify(Object.keys(options)));
    assert.deepEqual(told(found), told(straight.found));
  }
  writeFileSync(join(into.folder, "chain-slice.json"), "{}");
  assert.equal((await followed(made, "another", { chain, into })).wentOnFrom, undefined);
});

test("a node that has got more blocks is asked for these, and for the last one of before", async (t) => {
  const made = scene(t, 1);
  const node = await fakeNode(made.blocks.slice(0, MIDST), { pruneheight: 1 });
  t.after(node.close);
  const chain = `rpc:${node.url}`;
  await followed(made, "case", { chain });
  node.blocks = made.blocks;
  const straight = await followed(made, "straight", { chain });
  node.asked.length = 0;
  const into = await openCase(join(made.folder, "case"));
  const { found, wentOnFrom } = await followed(made, "case", { chain, into });
  assert.equal(wentOnFrom, MIDST - 1);
  assert.deepEqual(told(found), told(straight.found));
  const blocks = node.asked.filter((call) => call.startsWith("getblock ") && call.endsWith(" false"));
  assert.equal(blocks.length, BLOCKS + FIRST_HEIGHT - MIDST + 1);
});

test("the program says from which block it went on", async (t) => {
  const made = scene(t, 1);
  const chain = written(made, made.blocks);
  const words = ["follow", ...made.seeds, "--chain", chain, "--quiet"];
  paydirt([...words, "--until", String(MIDST), "-o", "case"], { cwd: made.folder });
  const loud = words.filter((word) => word !== "--quiet");
  const { status, err } = paydirt([...loud, "--into", "case"], { cwd: made.folder });
  assert.deepEqual(
    [status, err],
    [0, `Went on from block ${MIDST}, where the trace of the case had ended\n`],
  );
});
