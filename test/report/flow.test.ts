import assert from "node:assert/strict";
import { test } from "node:test";
import { swapSums } from "../../src/model/swap-sums.ts";
import type { CaseTrace } from "../../src/model/trace.ts";
import { flowGraph } from "../../src/report/flow-graph.ts";
import { policySides } from "../../src/report/policies.ts";
import { fewerServices, reachedOf, traceGroups } from "../../src/report/reached.ts";
import { followedCase, wideCase } from "../kit/followed/case.ts";
import { theftTrace, txid } from "../kit/followed/theft.ts";

const CASE = followedCase();
const FIFO = theftTrace("t1", "fifo");

test("reachedOf() adds up to what the trace began with, for every policy but poison", () => {
  for (const trace of [...CASE.traces, ...wideCase().traces]) {
    const sum = reachedOf(CASE, trace).reduce((all, { sats }) => all + sats, 0n);
    assert.equal(sum === BigInt(trace.totals.seedSats), trace.policy !== "poison", trace.policy);
  }
});

test("reachedOf() names a service as its path does, and counts what is not listed one by one", () => {
  const [huobi] = reachedOf(CASE, FIFO);
  assert.deepEqual([huobi?.service, huobi?.sats, huobi?.count], ["Huobi", 2_350_000_000n, 3]);
  const short = { ...FIFO, outputs: FIFO.outputs.slice(0, 2) };
  const ends = reachedOf(CASE, short);
  const rest = ends.find(({ kind }) => kind === "unlisted");
  assert.equal(rest?.count, FIFO.outputs.length - 2);
  assert.equal(
    ends.reduce((all, { sats }) => all + sats, 0n),
    BigInt(FIFO.totals.seedSats),
  );
});

test("a worth that is not known of one output is not known of the sum", () => {
  const paths = CASE.paths.map((path) => (path.id === "t1.p5" ? { ...path, worth: [] } : path));
  const worthOf = (c: typeof CASE) => reachedOf(c, FIFO)[0]?.worth.map(({ close }) => Math.round(close ?? 0));
  assert.deepEqual(worthOf(CASE), [335_850]);
  assert.deepEqual(worthOf({ ...CASE, paths }), []);
});

test("fewerServices() keeps every satoshi, and leaves one service alone by its name", () => {
  const c = wideCase();
  const [trace] = c.traces;
  assert.ok(trace !== undefined);
  const ends = reachedOf(c, trace);
  const services = (most: number) => fewerServices(ends, most).filter(({ kind }) => kind === "service");
  const all = ends.filter(({ kind }) => kind === "service").length;
  assert.equal(services(5).length, 6);
  assert.equal(services(5).at(-1)?.service, `… ${all - 5} more services`);
  assert.equal(services(all - 1).length, all);
  const sum = (of: typeof ends) => of.reduce((total, { sats }) => total + sats, 0n);
  assert.equal(sum(fewerServices(ends, 5)), sum(ends));
});

test("traceGroups() puts policies of the same seeds together, and never leads with poison", () => {
  const poisonFirst = [...CASE.traces].reverse();
  const groups = traceGroups({ traces: [...poisonFirst, { ...FIFO, id: "t9", chain: "c2" }] });
  assert.deepEqual(
    groups.map(({ lead, traces }) => [lead.policy === "poison", traces.length]),
    [
      [false, 5],
      [false, 1],
    ],
  );
});

test("policySides() of a policy are parts of a whole", () => {
  for (const trace of CASE.traces.filter(({ policy }) => policy !== "poison")) {
    const sum = policySides(CASE, trace).reduce((all, [, part]) => all + part, 0);
    assert.ok(Math.abs(sum - 1) < 1e-9, trace.policy);
  }
});

const drawn = (trace: CaseTrace) => flowGraph(trace, reachedOf(CASE, trace));

test("flowGraph() makes one node of a peel chain, and what goes in comes out", () => {
  const { nodes, links, left } = drawn(FIFO);
  const runs = nodes.filter(({ kind }) => kind === "run");
  assert.deepEqual(
    runs.map(({ name, count }) => [name, count]),
    [
      [txid("split"), 9],
      [txid("joint"), 1],
    ],
  );
  assert.equal(left, 0);
  const flow = (side: "source" | "target", id: string) =>
    links.reduce((sum, link) => sum + (link[side] === id ? link.sats : 0), 0);
  for (const { id } of runs) assert.equal(flow("source", id), flow("target", id));
  assert.equal(flow("source", "seeds"), Number(FIFO.totals.seedSats));
});

test("flowGraph() draws small runs through, whatever their number, and loses nothing", () => {
  const [seed] = FIFO.seeds;
  const [edge] = FIFO.edges;
  const [output] = FIFO.outputs;
  assert.ok(seed !== undefined && edge !== undefined && output !== undefined);
  const ways = 400;
  const one = { address: null, valueSats: "1000", dirtySats: "1000" };
  const fan = Array.from({ length: ways }, (_, n) => [
    { ...edge, ...one, txid: txid("fan"), vout: n, from: [`${seed.txid}:${seed.vout}`] },
    { ...edge, ...one, txid: txid(`way ${n}`), vout: 0, from: [`${txid("fan")}:${n}`] },
  ]).flat();
  const outputs = Array.from({ length: ways }, (_, n) => ({
    ...output,
    ...one,
    txid: txid(`way ${n}`),
    vout: 0,
  }));
  const seeds = [{ ...seed, valueSats: String(1000 * ways) }];
  const trace = { ...FIFO, seeds, edges: fan, outputs, totals: { ...FIFO.totals, feeSats: "0" } };
  const { links, nodes, left } = drawn(trace);
  assert.ok(nodes.length < 30);
  assert.ok(left > 380);
  const ends = new Set(nodes.filter(({ kind }) => kind !== "run" && kind !== "seed").map(({ id }) => id));
  const arrived = links.reduce((sum, { target, sats }) => sum + (ends.has(target) ? sats : 0), 0);
  assert.ok(Math.abs(arrived - 1000 * ways) < 1);
});

test("flowGraph() draws no circle, whatever a case claims", () => {
  const edges = FIFO.edges.map((edge) => ({ ...edge, from: [...edge.from, `${edge.txid}:${edge.vout}`] }));
  const { links } = drawn({ ...FIFO, edges });
  const next = new Map<string, string[]>();
  for (const { source, target } of links) next.set(source, [...(next.get(source) ?? []), target]);
  const reaches = (id: string, seen: ReadonlySet<string>): boolean =>
    seen.has(id) || (next.get(id) ?? []).some((to) => reaches(to, new Set([...seen, id])));
  for (const id of next.keys()) assert.ok(!reaches(id, new Set()));
});

test("swapSums() adds decimals exactly, each record once", () => {
  assert.deepEqual(swapSums(CASE.swaps), [
    { from: "btc", to: "xmr", swaps: 2, given: "3.5", got: "200.10114" },
  ]);
  const [swap] = CASE.swaps;
  assert.ok(swap !== undefined);
  const odd = { ...swap, from: { ...swap.from, amount: "0.1" }, to: { ...swap.to, amount: "a lot" } };
  assert.deepEqual(
    swapSums([odd, odd, odd]).map(({ given, got }) => [given, got]),
    [["0.3", null]],
  );
});
