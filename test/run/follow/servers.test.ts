import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { start } from "../../cli/paydirt.ts";
import { type FakeExplorer, fakeEsplora } from "../../kit/chain/fake-esplora.ts";
import { fakeNode } from "../../kit/chain/fake-node.ts";
import { busy, diesAfter, MISDEEDS } from "../../kit/chain/fake-server.ts";
import { type Heist, heist } from "../../kit/chain/heist.ts";
import { keyAddress } from "../../kit/chain/transactions.ts";

interface Ran {
  readonly status: number | null;
  readonly err: string;
}

/** Runs the real program while servers of this process answer it. */
async function run(words: readonly string[], cwd: string): Promise<Ran> {
  const child = start(words, cwd);
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  child.stdout.resume();
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, err };
}

interface Scene extends Heist {
  readonly explorer: FakeExplorer;
  readonly cwd: string;
  follow(out: string): Promise<Ran>;
}

async function scene(t: TestContext): Promise<Scene> {
  const made = heist("btc");
  const explorer = await fakeEsplora(made.chain.blocks, "btc");
  t.after(explorer.close);
  const cwd = mkdtempSync(join(tmpdir(), "paydirt-servers-"));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  const where = explorer.url.replace("//", "//bob:geheim@");
  const seed = `btc:${keyAddress("eve", "btc")}`;
  const follow = (out: string): Promise<Ran> => {
    explorer.asked.length = 0;
    const words = ["follow", seed, "--chain", `esplora:${where}`, "--cache", "answers", "-o", out, "--force"];
    return run(words, cwd);
  };
  return { ...made, explorer, cwd, follow };
}

function read(cwd: string, folder: string): { traces: { isComplete: boolean }[]; gaps: { code: string }[] } {
  return JSON.parse(readFileSync(join(cwd, folder, "case.json"), "utf8"));
}

test("a trace whose explorer dies is a case with a gap; run again it goes on from the cache", async (t) => {
  const { explorer, follow, cwd } = await scene(t);
  const answered = 6;
  explorer.misdeed = diesAfter(answered);
  const cut = await follow("cut");
  assert.equal(cut.status, 0, cut.err);
  const first = read(cwd, "cut");
  assert.equal(first.traces[0]?.isComplete, false);
  assert.ok(first.gaps.some(({ code }) => code === "source-failed"));
  const before = new Set(explorer.asked.slice(0, answered));
  explorer.misdeed = MISDEEDS.none;
  const whole = await follow("whole");
  assert.equal(whole.status, 0, whole.err);
  const second = read(cwd, "whole");
  assert.equal(second.traces[0]?.isComplete, true);
  assert.ok(!second.gaps.some(({ code }) => code === "source-failed"));
  const again = explorer.asked.filter((path) => before.has(path) && path.startsWith("/tx/"));
  assert.ok(
    again.every((path) => path.endsWith("/outspends")),
    again.join(" "),
  );
  assert.equal((await follow("third")).status, 0);
  const spared = explorer.asked.filter((path) => /^\/tx\/[0-9a-f]+$|txs\/chain/.test(path));
  assert.deepEqual(spared, []);
  assert.deepEqual(read(cwd, "third"), second);
});

test("the password of a server stands in no file of the case or the cache, and in no message", async (t) => {
  const { explorer, follow, cwd } = await scene(t);
  assert.equal((await follow("case")).status, 0);
  for (const entry of readdirSync(cwd, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    assert.doesNotMatch(readFileSync(join(entry.parentPath, entry.name), "utf8"), /geheim/, entry.name);
  }
  explorer.misdeed = MISDEEDS.unauthorised;
  const { status, err } = await follow("other");
  assert.equal(status, 2);
  assert.match(err, /esplora:http:.*refuses the name or password \(401\)/);
  assert.doesNotMatch(err, /geheim/);
});

test("an explorer that cannot be used at all ends the run with status 2 and no case", async (t) => {
  const { explorer, follow, cwd } = await scene(t);
  explorer.misdeed = busy(99, 429, "7200");
  const { status, err } = await follow("case");
  assert.equal(status, 2);
  assert.match(err, /asked too often \(429\).*it wants a wait of 7200 s/);
  assert.deepEqual(readdirSync(cwd), ["answers"]);
});

test("an interrupt ends the wait for a server that is silent", async (t) => {
  const { explorer, cwd } = await scene(t);
  explorer.misdeed = MISDEEDS.silent;
  const words = ["follow", "btc:1Q2TWHE3GMdB6BZKafqwxXtWAWgFt5Jvm3", "--chain", `esplora:${explorer.url}`];
  const child = start([...words, "--cache", "answers", "-o", "case"], cwd);
  child.stdout.resume();
  child.stderr.resume();
  while (explorer.asked.length === 0) await sleep(20);
  const begin = performance.now();
  child.kill("SIGINT");
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  assert.equal(status, 130);
  assert.ok(performance.now() - begin < 20_000, "not the 30 s that a server may be silent");
  assert.deepEqual(readdirSync(cwd), ["answers"]);
});

test("a node and an explorer of one chain give the same money in the case", async (t) => {
  const { chain, theft } = heist("btc-regtest");
  const cwd = mkdtempSync(join(tmpdir(), "paydirt-servers-"));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  const node = await fakeNode(chain.blocks, { pruneheight: 1, txindex: true });
  const explorer = await fakeEsplora(chain.blocks, "btc-regtest");
  t.after(node.close);
  t.after(explorer.close);
  const totals = [];
  for (const where of [`rpc:${node.url}`, `esplora:${explorer.url}`]) {
    const words = ["follow", `btc:${theft.txid}:0`, "--no-fees", "--policy", "fifo,haircut", "--force"];
    const { status, err } = await run([...words, "--chain", where, "--cache", "answers", "-o", "case"], cwd);
    assert.equal(status, 0, err);
    const { traces } = JSON.parse(readFileSync(join(cwd, "case", "case.json"), "utf8"));
    totals.push(traces.map((trace: Record<string, unknown>) => [trace["policy"], trace["totals"]]));
  }
  assert.deepEqual(totals[0], totals[1]);
  assert.equal(totals[0]?.length, 2);
});
