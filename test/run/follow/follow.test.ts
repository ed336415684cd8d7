import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Case } from "../../../src/model/case.ts";
import { follow } from "../../../src/run/follow/follow.ts";
import { saveCase } from "../../../src/run/save.ts";
import { openCase, verifyCase } from "../../../src/store/index.ts";
import { PLAIN } from "../../corpus/money.ts";
import { checkoutRoot } from "../../kit/data.ts";
import { investigated } from "../../kit/investigated.ts";
import { scratch } from "../../store/scratch.ts";

const FOLDER = join(checkoutRoot(), "examples", "followed-theft");
const THEFT = "645f826e60fdaf25ff16cbeb640fa1fa5733e5ab873857d571b8ba2e24958039";
const ASKED = {
  ...PLAIN,
  seeds: [`btc:${THEFT}:1`],
  chain: `slice:${join(FOLDER, "slice.json")}`,
  tags: [join(FOLDER, "tags.csv")],
  swaps: [join(FOLDER, "swap.json")],
};

/** Outputs without their places: those differ between files that tell the same. */
function outputs({ traces }: Case): unknown {
  return traces.map((trace) => trace.outputs.map(({ place: _, ...output }) => output));
}

async function saved(
  folder: string,
  found: Awaited<ReturnType<typeof follow>>,
  force = false,
): Promise<void> {
  await saveCase(found, { folder, force, commandLine: ["paydirt"], started: new Date(0), signal: null });
}

test("the example's coins are where its story says", async () => {
  const { case: found } = await follow({ ...ASKED, policies: ["fifo", "haircut", "poison", "lifo", "tiho"] });
  for (const { policy, totals } of found.traces) {
    const { seedSats, dirtySats, feeSats, burntSats } = totals;
    const all = BigInt(dirtySats) + BigInt(feeSats) + BigInt(burntSats);
    assert.equal(all === BigInt(seedSats), policy !== "poison", policy);
  }
  const [fifo] = found.traces;
  assert.ok(fifo !== undefined);
  const stops = new Set(fifo.outputs.flatMap(({ stop }) => stop ?? []));
  assert.deepEqual([...stops].sort(), ["coinjoin", "dust", "service"]);
  assert.deepEqual(
    found.swaps.map(({ joins }) => joins.map(({ rule }) => rule)),
    [["deposit-address"]],
  );
  assert.ok(found.tags.some(({ conflicts }) => conflicts.length > 0));
  assert.deepEqual(found.gaps, []);
});

test("a customer's deposit address is named, and not the wallet that it is swept into", async () => {
  const { case: found } = await follow(ASKED);
  const deposits = found.paths.filter(({ service }) => service === "Exemplar Exchange");
  assert.ok(deposits.length > 0);
  const hot = readFileSync(join(FOLDER, "tags.csv"), "utf8").split("\n")[1]?.split(",")[0] ?? "";
  for (const { address, nextStep } of deposits) {
    assert.notEqual(address, hot);
    assert.ok(address !== null && nextStep.includes(address), nextStep);
  }
  const without = await follow({ ...ASKED, tags: [] });
  assert.deepEqual(
    without.case.paths.filter(({ stop }) => stop === "service"),
    [],
  );
});

test("a second expert follows the case's own slice to the same outputs", async (t) => {
  const folder = join(scratch(t), "case");
  const found = await follow(ASKED);
  await saved(folder, found);
  const again = await follow({ ...ASKED, chain: `slice:${join(folder, "chain-slice.json")}` });
  assert.deepEqual(outputs(again.case), outputs(found.case));
  assert.deepEqual(again.case.gaps, []);
});

test("a trace is added to a case, which keeps all that it had", async (t) => {
  const folder = join(scratch(t), "case");
  const server = join(checkoutRoot(), "examples", "seized-server");
  await saved(folder, await investigated([server]));
  const before = await openCase(folder);
  const shares = readFileSync(join(folder, "shares.csv"), "utf8");
  const timeline = readFileSync(join(folder, "timeline.jsonl"), "utf8");
  await saved(folder, await follow({ ...ASKED, into: before }), true);
  const after = await openCase(folder);
  for (const part of ["hosts", "sessions", "findings", "wallets", "timeline", "valuations"] as const) {
    assert.deepEqual(after.case[part], before.case[part], part);
  }
  assert.equal(after.case.verdict.headline, before.case.verdict.headline);
  assert.equal(after.case.traces.length, 1);
  assert.equal(readFileSync(join(folder, "shares.csv"), "utf8"), shares);
  const lines = readFileSync(join(folder, "timeline.jsonl"), "utf8").split("\n");
  assert.ok(timeline.split("\n").every((line) => lines.includes(line)));
  assert.ok(lines.length > timeline.split("\n").length);
  const verified = await verifyCase(after, { signal: null, onProgress: null });
  assert.deepEqual(
    verified.items.filter(({ result }) => result !== "same" && result !== "not-hashed"),
    [],
  );
});

test("the same question again changes nothing; another policy stands beside the first", async (t) => {
  const folder = join(scratch(t), "case");
  await saved(folder, await follow(ASKED));
  const once = readFileSync(join(folder, "case.json"), "utf8");
  await saved(folder, await follow({ ...ASKED, into: await openCase(folder) }), true);
  const again = await openCase(folder);
  assert.deepEqual(again.case.traces, JSON.parse(once).traces);
  assert.deepEqual(again.case.evidence, JSON.parse(once).evidence);
  await saved(folder, await follow({ ...ASKED, policies: ["haircut"], into: again }), true);
  const both = await openCase(folder);
  assert.deepEqual(
    both.case.traces.map(({ id, policy }) => `${id} ${policy}`),
    ["t1 fifo", "t2 haircut"],
  );
  const paths = new Set(both.case.paths.map(({ id }) => id));
  assert.equal(paths.size, both.case.paths.length);
});

test("addresses of a case are the seeds when none is named", async (t) => {
  const folder = join(scratch(t), "case");
  const note = join(scratch(t), "note.txt");
  const slice: { transactions: { txid: string; vout: { scriptpubkey_address?: string }[] }[] } = JSON.parse(
    readFileSync(join(FOLDER, "slice.json"), "utf8"),
  );
  const theft = slice.transactions.find(({ txid }) => txid === THEFT);
  const thief = theft?.vout[1]?.scriptpubkey_address ?? "";
  writeFileSync(note, `pay to ${thief}\n`);
  await saved(folder, await investigated([note]));
  const { case: found } = await follow({ ...ASKED, seeds: [], into: await openCase(folder) });
  assert.deepEqual(
    found.traces[0]?.seeds.map(({ txid, vout }) => `${txid}:${vout}`),
    [`${THEFT}:1`],
  );
  assert.equal(found.revenues[0]?.byAddress[0]?.address, thief);
});
