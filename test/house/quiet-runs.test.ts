import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { paydirt, type Ran } from "../cli/paydirt.ts";
import { blockFile, undoFile } from "../kit/chain/block-file.ts";
import { madeFolder } from "../kit/chain/block-folder.ts";
import { esploraObjects } from "../kit/chain/fake-esplora.ts";
import { heist } from "../kit/chain/heist.ts";
import { checkoutRoot } from "../kit/data.ts";

const GUARD = new URL("../kit/no-network.js", import.meta.url).href;
const REFUSED = /refused by the test:/;

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "paydirt-quiet-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function guarded(words: readonly string[], cwd: string): Ran {
  return paydirt(words, { cwd, env: { NODE_OPTIONS: `--import=${GUARD}` } });
}

for (const [what, program] of Object.entries({
  "a connection": 'import("node:net").then(({ connect }) => connect(47, "127.0.0.1"))',
  "a request": 'fetch("http://127.0.0.1:47/")',
  "a look-up of a name": 'import("node:dns").then(({ lookup }) => lookup("host.example", () => {}))',
  "a program": 'import("node:child_process").then(({ spawn }) => spawn("true"))',
  "a request in a thread":
    'import("node:worker_threads").then(({ Worker }) => new Worker(new URL(`data:text/javascript,' +
    'fetch("http://127.0.0.1:47/")`)))',
})) {
  test(`the guard sees ${what}`, () => {
    const { stderr } = spawnSync(process.execPath, ["--import", GUARD, "-e", program], { encoding: "utf8" });
    assert.match(stderr, REFUSED);
  });
}

test("an investigation, its check and its valuation reach no network", (t) => {
  const cwd = folder(t);
  const example = join(checkoutRoot(), "examples", "seized-server");
  for (const words of [
    ["investigate", example, "-o", "case"],
    ["verify", "case"],
    ["explain", "case", "f1"],
    ["value", "--coin", "xmr", "--amount", "70", "--from", "2017-06-01", "--to", "2017-08-31"],
  ]) {
    const { status, out, err } = guarded(words, cwd);
    assert.equal(status, 0, `${words.join(" ")}: ${out}${err}`);
    assert.doesNotMatch(err, REFUSED);
  }
});

test("money that is followed through files reaches no network either", (t) => {
  const { chain, theft } = heist("btc");
  const cwd = madeFolder(t, {
    "blocks/blk00000.dat": blockFile(chain.blocks, { network: "btc" }),
    "blocks/rev00000.dat": undoFile(chain.blocks, { network: "btc" }),
    "slice.json": Buffer.from(JSON.stringify(esploraObjects(chain.blocks, "btc"))),
  });
  for (const source of ["blocks:blocks", "slice:slice.json"]) {
    const words = ["follow", `btc:${theft.txid}:0`, "--chain", source, "-o", "case", "--force"];
    const { status, out, err } = guarded(words, cwd);
    assert.equal(status, 0, `${source}: ${out}${err}`);
    assert.doesNotMatch(err, REFUSED);
  }
});

for (const scheme of ["rpc", "esplora"]) {
  test(`a server is asked only where it was named: ${scheme}`, (t) => {
    const words = ["follow", `btc:${"ab".repeat(32)}:0`, "--chain", `${scheme}:http://127.0.0.1:47`];
    const { status, err } = guarded([...words, "--cache", "answers", "-o", "case"], folder(t));
    assert.equal(status, 2);
    assert.match(err, /refused by the test: connect\n/);
  });
}
