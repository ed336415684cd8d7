import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { txidOf } from "../../examples/making/esplora.ts";
import type { Case } from "../../src/model/case.ts";
import { blockFile } from "../kit/chain/block-file.ts";
import { type FakeNode, fakeNode } from "../kit/chain/fake-node.ts";
import { diesAfter, MISDEEDS, type Misdeed } from "../kit/chain/fake-server.ts";
import { heist } from "../kit/chain/heist.ts";
import { keyScript, madeTx } from "../kit/chain/transactions.ts";
import { checkoutRoot } from "../kit/data.ts";
import { scratch } from "../store/scratch.ts";
import { paydirt, paydirtBeside, type Ran, STACK_TRACE } from "./paydirt.ts";

const EXAMPLE = join(checkoutRoot(), "examples", "followed-theft");
const SLICE = `slice:${join(EXAMPLE, "slice.json")}`;
const THEFT = `btc:${txidOf("theft")}:1`;
const NOBODY = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";

/** Nothing was done, and one sentence says why. */
function assertRefused(ran: Ran, says: RegExp, cwd: string): void {
  assert.match(ran.err, says);
  assert.doesNotMatch(ran.err, STACK_TRACE);
  assert.ok(ran.err.trim().split("\n").length <= 2, ran.err);
  assert.equal(ran.status, 2);
  assert.equal(ran.out, "");
  assert.ok(!existsSync(join(cwd, "case")), "a case was written");
}

const REFUSED: readonly (readonly [words: readonly string[], says: RegExp])[] = [
  [[`btc:${NOBODY.slice(0, -1)}b`], /checksum is wrong/],
  [["btc:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdr"], /checksum is wrong/],
  [["btc:mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn"], /an address of Bitcoin testnet3?, and the source holds/],
  [["ltc:LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1"], /the source holds the chain of Bitcoin/],
  [[`btc:${NOBODY}`], /the source holds no payment to it up to block 567,100/],
  [[`btc:${txidOf("theft").slice(1)}`], /64 hexadecimal digits, this one 63/],
  [[`btc:${txidOf("theft")}:7`], /the source holds no such output/],
  [[`btc:${txidOf("theft")}:99999999999`], /no transaction has an output of such a number/],
  [[`btc:${txidOf("no transaction")}`], /the source holds no such transaction/],
  [["family:NoSuchFamily"], /no list names an address of NoSuchFamily/],
  [["family:wanacry"], /there is Wannacry/],
  [[""], /an empty seed/],
  [[], /follow needs a seed/],
  [[THEFT, "--policy", "fifo,best"], /best/],
  [[THEFT, "--until", "2019-13-01"], /2019-13-01/],
  [[THEFT, "--hop", "here=there"], /here=there/],
  [[THEFT, "--min-sats", "few"], /few/],
  [[THEFT, "--min-sats", "-5"], /--min-sats "-5" is no whole number of satoshi/],
  [[THEFT, "--demand", "350-250"], /Cannot use --demand 350-250: .*lower first/],
  [[THEFT, "--tags", "missing.csv"], /missing\.csv: no such file/],
  [[THEFT, "--tags", join(EXAMPLE, "swap.json")], /swap\.json: it is no list of tags/],
  [[THEFT, "--swaps", "missing.json"], /missing\.json/],
  [[THEFT, "--into", "missing"], /missing/],
];

for (const [words, says] of REFUSED) {
  test(`follow ${words.join(" ").slice(0, 40)} is refused: ${says.source}`, (t) => {
    const cwd = scratch(t);
    const output = words.includes("--into") ? [] : ["-o", "case"];
    assertRefused(paydirt(["follow", ...words, "--chain", SLICE, ...output], { cwd }), says, cwd);
    assert.deepEqual(readdirSync(cwd), []);
  });
}

const NO_SOURCE: readonly (readonly [chain: string, says: RegExp])[] = [
  ["magic:ball", /--chain is not of the form blocks:PATH, rpc:URL/],
  ["slice", /is not of the form/],
  ["slice.json", /write slice: in front/],
  ["https://example.org/api", /esplora: in front of an explorer's URL, rpc: in front of a node's/],
  ["folder", /write blocks: in front/],
  ["slice:missing.json", /missing\.json: no such file or folder/],
  ["slice:empty.json", /empty\.json/],
  ["slice:letter.txt", /neither JSON nor CSV/],
  ["blocks:missing", /missing: no such file or folder/],
  ["blocks:folder", /folder: it holds no file/],
  ["rpc:nowhere", /no URL that begins with http/],
  ["rpc:http://127.0.0.1:1", /127\.0\.0\.1:1/],
  ["esplora:http://127.0.0.1:1", /127\.0\.0\.1:1/],
];

for (const [chain, says] of NO_SOURCE) {
  test(`--chain ${chain} is refused: ${says.source}`, (t) => {
    const cwd = scratch(t);
    writeFileSync(join(cwd, "empty.json"), "");
    mkdirSync(join(cwd, "folder"));
    writeFileSync(join(cwd, "letter.txt"), "Dear Sir, the coins are gone.\n");
    assertRefused(paydirt(["follow", THEFT, "--chain", chain, "-o", "case"], { cwd }), says, cwd);
  });
}

const WANNACRY = "13AM4VW2dhxYgXeQepoHkHSQuy6NgaEb94";

/** A list of one payment, without heights. */
function payments(cwd: string): string {
  const row = `${"ab".repeat(32)},2017-05-13T10:00:00Z,${WANNACRY},20000000`;
  writeFileSync(join(cwd, "payments.csv"), `txid,time,address,satoshi\n${row}\n`);
  return "slice:payments.csv";
}

test("a height means nothing to a list without heights", (t) => {
  const cwd = scratch(t);
  const words = ["follow", `btc:${WANNACRY}`, "--chain", payments(cwd), "--until", "495000", "-o", "case"];
  assertRefused(paydirt(words, { cwd }), /the source has no heights; give a day/, cwd);
});

test("a flag before the command is told where it belongs", (t) => {
  const cwd = scratch(t);
  const ran = paydirt(["-o", "case", "follow", THEFT, "--chain", SLICE], { cwd });
  assertRefused(ran, /-o case stands before the command; did you mean: paydirt follow/, cwd);
});

test("what rests on the shipped list names it, with the line; a family is called as it was asked", (t) => {
  const cwd = scratch(t);
  const words = ["follow", "family:WannaCry", "--chain", payments(cwd), "-o", "case"];
  assert.equal(paydirt(words, { cwd }).status, 0);
  const found: Case = JSON.parse(readFileSync(join(cwd, "case", "case.json"), "utf8"));
  assert.deepEqual(
    found.revenues.map(({ about }) => about),
    ["WannaCry"],
  );
  const table = readFileSync(join(checkoutRoot(), "data", "ransom", "addresses.tsv"));
  const [listed, ...more] = found.tables.filter(({ name }) => name === "data/ransom/addresses.tsv");
  assert.deepEqual([listed?.sha256, more], [createHash("sha256").update(table).digest("hex"), []]);
  const [tag] = found.tags;
  const { atByte = 0, byteLength = 0, line, evidence } = tag?.place ?? {};
  assert.equal(evidence, listed?.name);
  assert.equal(table.toString("latin1", atByte, atByte + byteLength), `${WANNACRY}\tWannacry`);
  assert.equal(table.toString("latin1").split("\n")[(line ?? 0) - 1], `${WANNACRY}\tWannacry`);
  assert.match(paydirt(["explain", "case", tag?.id ?? ""], { cwd }).out, /addresses\.tsv, line \d+, byte/);
  assert.equal(paydirt(["verify", join(cwd, "case")], {}).status, 0);
});

/** The first transaction behind the theft. */
const PEEL = "51cca3a9b46ed3cf10e8ad7f35d0e459c2e1c84d438adaf1b94f3c58224134c2";

test("hops that no dirty coins took are gaps and no choice; a day without a price is said so", (t) => {
  const cwd = scratch(t);
  const nowhere = txidOf("no transaction");
  const hops = ["--hop", `${PEEL}=7`, "--hop", `${nowhere}=0`];
  const words = ["follow", THEFT, "--chain", SLICE, ...hops, "--as-of", "2030-01-01", "-o", "case"];
  const { status, out } = paydirt(words, { cwd });
  assert.equal(status, 0);
  assert.match(out, /worth unknown .*no price is known/);
  const found: Case = JSON.parse(readFileSync(join(cwd, "case", "case.json"), "utf8"));
  assert.deepEqual(found.traces[0]?.chosen, []);
  assert.deepEqual(
    found.gaps.map(({ code, says }) => [code, /: (.*)$/.exec(says)?.[1]]),
    [
      ["missing-transaction", "the transaction has no such output; it has 2, counted from 0"],
      ["missing-transaction", "no dirty coins went through this transaction"],
    ],
  );
});

test("words of categories may be plural; one that is unknown is a gap with the nearest", (t) => {
  const cwd = scratch(t);
  const lists = readFileSync(join(EXAMPLE, "tags.csv"), "utf8");
  const stopsWith = (category: string): Case => {
    writeFileSync(join(cwd, "tags.csv"), lists.replaceAll(",exchange,", `,${category},`));
    return jsonOf(paydirt(["follow", THEFT, "--chain", SLICE, "--tags", "tags.csv", "--json"], { cwd }));
  };
  const services = (found: Case) => found.paths.flatMap(({ service }) => service ?? []).sort();
  const plain = stopsWith("exchange");
  assert.deepEqual(services(stopsWith("Exchanges")), services(plain));
  const [gap] = stopsWith("xchange").gaps;
  assert.equal(gap?.code, "malformed-tag");
  assert.match(gap?.says ?? "", /“xchange”: did you mean exchange\?/);
});

const MADE = heist("btc-regtest");
const SEED = `btc:${MADE.theft.txid}:0`;

function jsonOf({ status, out, err }: Ran): Case {
  assert.equal(status, 0, err);
  assert.doesNotMatch(err, STACK_TRACE);
  return JSON.parse(out);
}

function followedFile(t: TestContext, content: Uint8Array): Case {
  const cwd = scratch(t);
  mkdirSync(join(cwd, "blocks"));
  writeFileSync(join(cwd, "blocks", "blk00000.dat"), content);
  return jsonOf(paydirt(["follow", SEED, "--chain", "blocks:blocks", "--json"], { cwd }));
}

const reached = (found: Case): string[] =>
  found.traces.flatMap(({ outputs }) => outputs.map(({ txid, stop }) => `${txid} ${stop ?? "unspent"}`));

test("block files that are cut are followed as far as they go, and further once they are whole", (t) => {
  const { chain, move, cashOut } = MADE;
  const whole = blockFile(chain.blocks.slice(0, 4));
  const cut = followedFile(t, whole.subarray(0, whole.length - 20));
  assert.ok(cut.gaps.some(({ code, place }) => code === "truncated-file" && place.atByte > 0));
  assert.ok(!reached(cut).some((one) => one.startsWith(cashOut.txid)));
  assert.ok(reached(cut).includes(`${move.txid} unspent`));
  const found = followedFile(t, whole);
  assert.deepEqual(found.gaps, []);
  assert.ok(reached(found).includes(`${cashOut.txid} unspent`));
});

test("a transaction that spends more than it has is where the trace ends, and says so", (t) => {
  const chain = heist("btc-regtest").chain;
  const greedy = madeTx({
    inputs: [{ txid: MADE.cashOut.txid, vout: 0 }],
    outputs: [{ valueSats: 9_999_999n, script: keyScript("eve") }],
  });
  chain.mine([greedy], { coinbase: [{ valueSats: 5n, script: keyScript("miner") }] });
  const found = followedFile(t, blockFile(chain.blocks));
  const stopped = found.traces[0]?.outputs.find(({ txid }) => txid === MADE.cashOut.txid);
  assert.equal(stopped?.stop, "unknown-value");
  assert.match(stopped?.stopSays ?? "", new RegExp(`${greedy.txid}.*more than`));
  const { seedSats, dirtySats, feeSats, burntSats } = found.traces[0]!.totals;
  assert.equal(
    [dirtySats, feeSats, burntSats].map(BigInt).reduce((a, b) => a + b),
    BigInt(seedSats),
  );
});

async function node(t: TestContext, misdeed: Misdeed): Promise<FakeNode> {
  const made = await fakeNode(MADE.chain.blocks, { pruneheight: 1 });
  t.after(made.close);
  made.misdeed = misdeed;
  return made;
}

test("a node that dies in the midst leaves what was reached; asked again the case is whole", async (t) => {
  const cwd = scratch(t);
  const server = await node(t, diesAfter(6));
  const words = ["follow", SEED, "--chain", `rpc:${server.url}`, "-o"];
  const cut = await paydirtBeside([...words, "cut"], cwd);
  assert.equal(cut.status, 0, cut.err);
  const first: Case = JSON.parse(readFileSync(join(cwd, "cut", "case.json"), "utf8"));
  assert.equal(first.traces[0]?.isComplete, false);
  assert.ok(first.gaps.some(({ code }) => code === "source-failed"));
  server.misdeed = MISDEEDS.none;
  const whole = await paydirtBeside([...words, "whole"], cwd);
  assert.equal(whole.status, 0, whole.err);
  const second: Case = JSON.parse(readFileSync(join(cwd, "whole", "case.json"), "utf8"));
  assert.equal(second.traces[0]?.isComplete, true);
  assert.ok(!second.gaps.some(({ code }) => code === "source-failed"));
  assert.ok(reached(second).includes(`${MADE.cashOut.txid} unspent`));
});

for (const [what, misdeed] of [
  ["a page", MISDEEDS.html],
  ["half an answer", MISDEEDS.cut],
] as const) {
  test(`a node that answers with ${what} is refused`, async (t) => {
    const cwd = scratch(t);
    const server = await node(t, misdeed);
    const ran = await paydirtBeside(["follow", SEED, "--chain", `rpc:${server.url}`, "-o", "case"], cwd);
    assertRefused(ran, /rpc:http:\/\/127\.0\.0\.1/, cwd);
  });
}
