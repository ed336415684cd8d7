import assert from "node:assert/strict";
import { test } from "node:test";
import { pathsOf } from "../../../src/follow/bitcoin/paths.ts";
import { type CaseTrace, POLICIES, type TraceEdge, type TraceOutput } from "../../../src/model/trace.ts";
import { pathsTo } from "../../kit/followed/case.ts";
import { theftTags } from "../../kit/followed/tags.ts";
import { address, theftTrace, txid } from "../../kit/followed/theft.ts";

const FIFO = theftTrace("t1", "fifo");
const NOBODY = { serviceOf: () => null, worthOf: () => [], sweptFrom: () => [] };
const names = (trace: CaseTrace) => pathsTo(trace, theftTags()).map(({ service, stop }) => service ?? stop);

test("pathsOf() goes to every service and CoinJoin, the largest first, and not to what is unspent", () => {
  assert.deepEqual(names(FIFO), [
    "Huobi",
    "Binance",
    "Huobi",
    "coinjoin",
    "Huobi",
    "coinjoin",
    "coinjoin",
    "coinjoin",
    "Binance",
    "ShapeShift",
  ]);
});

test("pathsOf() goes back from the deposit to the larger of the two seeds, hop by hop", () => {
  const [path] = pathsTo(FIFO, theftTags());
  assert.equal(path?.hopCount, 10);
  assert.deepEqual(
    path?.hops.map(({ txid: id, vout }) => `${id}:${vout}`),
    [
      `${txid("theft 1")}:0`,
      `${txid("split")}:1`,
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => `${txid(`peel ${n}`)}:1`),
      `${txid("merge")}:0`,
    ],
  );
  assert.equal(path?.hops.at(-1)?.role, "deposit");
});

test("pathsOf() says what can be asked of whom, with the amount to the satoshi", () => {
  const steps = pathsTo(FIFO, theftTags()).map(({ nextStep }) => nextStep);
  const output = `${txid("peel 2")}:0`;
  const credited = `${address("Binance 1")}, credited on 2017-12-06 with 4.25 BTC (output ${output})`;
  assert.ok(
    steps.some((says) => says.startsWith(`Ask Binance for the account behind deposit address ${credited}`)),
  );
  assert.ok(steps.some((says) => says.startsWith("Ask ShapeShift for the order behind deposit address")));
  assert.ok(steps.some((says) => says.startsWith("Nobody keeps books on a CoinJoin")));
  for (const says of steps) assert.doesNotMatch(says, /[{}]|null|undefined/);
});

test("pathsOf() keeps both ends of a way that is longer than 200 hops, and counts them all", () => {
  const chain = (hops: number): CaseTrace => {
    const id = (n: number) => txid(`long ${n}`);
    const common = { vout: 0, address: null, valueSats: "5", dirtySats: "5", height: null, at: null };
    const edges = Array.from({ length: hops - 1 }, (_, n): TraceEdge => {
      const [edge] = FIFO.edges;
      assert.ok(edge !== undefined);
      return { ...edge, ...common, txid: id(n + 1), from: [`${id(n)}:0`], fromCount: 1 };
    });
    const [seed] = FIFO.seeds;
    const [output] = FIFO.outputs;
    assert.ok(seed !== undefined && output !== undefined);
    const last: TraceOutput = { ...output, ...common, txid: id(hops - 1), stop: "service" };
    return { ...FIFO, seeds: [{ ...seed, txid: id(0), vout: 0 }], edges, outputs: [last] };
  };
  const hopsOf = (n: number) => {
    const [path] = pathsOf(chain(n), NOBODY);
    return [path?.hopCount, path?.hops.length, path?.hops[0]?.txid, path?.hops.at(-1)?.txid];
  };
  assert.deepEqual(hopsOf(200), [200, 200, txid("long 0"), txid("long 199")]);
  assert.deepEqual(hopsOf(201), [201, 200, txid("long 0"), txid("long 200")]);
});

test("pathsOf() ends where edges lead in a circle or are not listed", () => {
  const circle = FIFO.edges.map((edge) => ({ ...edge, from: [`${txid("merge")}:0`] }));
  assert.equal(pathsOf({ ...FIFO, edges: circle, seeds: [] }, NOBODY)[0]?.hopCount, 1);
  assert.equal(pathsOf({ ...FIFO, edges: [] }, NOBODY)[0]?.hopCount, 1);
});

test("pathsOf() begins behind what a trace does not list, and makes nothing up", () => {
  const edges = FIFO.edges.filter(({ txid: id }) => id !== txid("peel 3"));
  const [path] = pathsOf({ ...FIFO, edges }, NOBODY);
  assert.equal(path?.hopCount, 5);
  assert.deepEqual([path?.hops[0]?.txid, path?.hops[0]?.vout], [txid("peel 4"), 1]);
});

test("a backward trace is walked from the source to what was asked for, and told from there", () => {
  const seed = { ...FIFO.seeds[0], txid: txid("merge"), vout: 0, valueSats: "1200000000" };
  const source = { ...FIFO.outputs[0], txid: txid("theft 1"), vout: 0, dirtySats: "6000000000" };
  // cast: both come from a trace that has them.
  const back = { ...FIFO, direction: "backward", seeds: [seed], outputs: [{ ...source, stop: "service" }] };
  const [path] = pathsOf(back as CaseTrace, NOBODY);
  assert.equal(path?.hops[0]?.txid, txid("merge"));
  assert.equal(path?.hops.at(-1)?.txid, txid("theft 1"));
});

test("the made-up theft adds up by every policy but poison, which grows", () => {
  for (const policy of POLICIES) {
    const { totals } = theftTrace("t1", policy);
    const told = BigInt(totals.dirtySats) + BigInt(totals.feeSats) + BigInt(totals.burntSats);
    assert.equal(told === BigInt(totals.seedSats), policy !== "poison", policy);
    if (policy === "poison") assert.ok(told > BigInt(totals.seedSats));
  }
});

test("an address that is tagged itself and was paid out of several: its payer is asked for, too", () => {
  const exchange = { name: "Huobi", category: "exchange" };
  const asked = (sweptFrom: readonly string[]) =>
    pathsOf(FIFO, { ...NOBODY, serviceOf: () => exchange, sweptFrom: () => sweptFrom }).filter(
      ({ service }) => service !== null,
    );
  const [path] = asked([]);
  const payer = path?.hops.at(-2)?.address ?? "";
  assert.match(path?.nextStep ?? "", /^Ask Huobi for the account behind deposit address/);
  const [swept] = asked([payer, "another"]);
  const says = new RegExp(`behind address .*paid from 2 addresses at once.*ask for address ${payer} too`);
  assert.match(swept?.nextStep ?? "", says);
  assert.doesNotMatch(swept?.nextStep ?? "", /deposit address/);
});
