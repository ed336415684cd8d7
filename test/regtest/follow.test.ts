// The whole program on a real node: what its case says of heists whose every owner is known.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Case } from "../../src/model/case.ts";
import { POLICIES } from "../../src/model/trace.ts";
import { paydirtBeside } from "../cli/paydirt.ts";
import { assertAgrees } from "./agreement.ts";
import { NOT_INSTALLED } from "./bcoin.ts";
import { blockFolder } from "./block-files.ts";
import { type Heists, heists } from "./heists.ts";
import { tainted } from "./taint.ts";

const DUST_SATS = 546n;
const ALL_POLICIES = POLICIES.join(",");

const SKIP = { skip: NOT_INSTALLED };

let made: Heists;
let folder: string;
let blocks: string;
let sources: readonly string[];
before(async () => {
  if (NOT_INSTALLED !== false) return;
  made = await heists();
  folder = mkdtempSync(join(tmpdir(), "paydirt-follow-"));
  const hot = made.chain.address("exchange, hot wallet");
  writeFileSync(
    join(folder, "tags.csv"),
    `address,label,category,coin\n${hot},Regtest Exchange,exchange,btc\n`,
  );
  writeFileSync(join(folder, "swaps.json"), JSON.stringify(made.ransom.swaps.map(swapRecord)));
  blocks = await blockFolder(made.chain, { isXored: true, hasUndo: true });
  sources = [`rpc:http://127.0.0.1:${made.chain.port}`, `blocks:${blocks}`];
});
after(async () => {
  if (NOT_INSTALLED !== false) return;
  for (const path of [folder, blocks]) rmSync(path, { recursive: true });
  await made.chain.close();
});

async function followed(...words: readonly string[]): Promise<Case> {
  const { status, out, err } = await paydirtBeside(["follow", ...words, "--json"], folder);
  assert.equal(status, 0, err);
  return JSON.parse(out);
}

test("a theft: every satoshi, from the node and from block files alike", SKIP, async () => {
  const { ledger } = made.chain;
  const { seed, coinjoin, deposits } = made.theft;
  const service = [...ledger.owners].filter(([, owner]) => owner.startsWith("exchange, hot"));
  const mixed = [...ledger.owners.keys()].filter((id) => id.startsWith(coinjoin));
  const stops = new Set([...deposits, ...mixed, ...service.map(([id]) => id)]);
  const question = { seeds: new Set([seed]), stops, leastSats: DUST_SATS };
  const cases = [];
  for (const source of sources) {
    const found = await followed(
      `btc:${seed}`,
      "--chain",
      source,
      "--policy",
      ALL_POLICIES,
      "--tags",
      "tags.csv",
    );
    assert.deepEqual(
      found.traces.map(({ policy }) => policy),
      POLICIES,
    );
    for (const trace of found.traces) assertAgrees(ledger, question, { ...trace, flows: trace.edges });
    assertNamed(found, made);
    cases.push(found);
  }
  const [node, files] = cases;
  assert.deepEqual(withoutPlaces(files!.traces), withoutPlaces(node!.traces));
});

test("a theft up to the block before its sweeps, without fees: what was there then", SKIP, async () => {
  const { ledger } = made.chain;
  const { seed, sweeps, deposits, parked } = made.theft;
  const height = ledger.transactions.find(({ txid }) => sweeps.includes(txid))!.height - 1;
  const words = ["--until", String(height), "--no-fees", "--policy", ALL_POLICIES];
  const until = { ...ledger, transactions: ledger.transactions.filter((tx) => tx.height <= height) };
  for (const source of sources) {
    const found = await followed(`btc:${seed}`, "--chain", source, ...words);
    for (const trace of found.traces) {
      assert.equal(trace.until.height, height);
      assert.equal(trace.fees, "not-followed");
      const question = { seeds: new Set([seed]), stops: new Set<string>(), leastSats: DUST_SATS };
      assertAgrees(until, question, { ...trace, flows: trace.edges });
      const lying = trace.outputs.filter(({ spent }) => spent !== true).map(idOf);
      for (const id of [...deposits, parked]) assert.ok(lying.includes(id), `${trace.policy}: ${id}`);
    }
  }
});

test("backward from where the loot lies: the victim's coins, as many as lead there", SKIP, async () => {
  const { ledger } = made.chain;
  const { parked } = made.theft;
  const words = ["--backward", "--policy", ALL_POLICIES, "--chain", sources[1]!];
  const { traces } = await followed(`btc:${parked}`, ...words);
  for (const { policy, outputs, totals } of traces) {
    for (const output of outputs) assert.match(ledger.owners.get(idOf(output)) ?? "", /^victim \d$/);
    if (policy !== "poison") assert.equal(totals.dirtySats, totals.seedSats);
    if (policy !== "fifo" && policy !== "lifo") continue;
    for (const output of outputs) {
      const stops: ReadonlySet<string> = new Set();
      const seeds: ReadonlySet<string> = new Set([idOf(output)]);
      const forward = tainted(ledger, { policy, seeds, stops, followFees: false });
      assert.equal(forward.held.get(parked)?.dirty, BigInt(output.dirtySats));
    }
  }
});

test(
  "ransoms of five victims are five payments, and go to the swap service's two deposits",
  SKIP,
  async () => {
    const { ledger } = made.chain;
    const { addresses, payments, swaps } = made.ransom;
    const asked = addresses.map((address) => `btc:${address}`);
    for (const source of sources) {
      const words = ["--chain", source, "--swaps", "swaps.json", "--policy", ALL_POLICIES];
      const found = await followed(...asked, ...words);
      const question = { seeds: new Set(payments), stops: new Set<string>(), leastSats: DUST_SATS };
      for (const trace of found.traces) {
        assert.deepEqual(trace.seeds.map(idOf).toSorted(), payments.toSorted());
        assertAgrees(ledger, question, { ...trace, flows: trace.edges });
      }
      const all = found.revenues.flatMap(({ counts }) => counts.filter(({ id }) => id === "all"));
      const sum = (of: (count: (typeof all)[number]) => number): number =>
        all.reduce((total, count) => total + of(count), 0);
      assert.deepEqual([sum(({ transactions }) => transactions), sum(({ outputs }) => outputs)], [5, 7]);
      assert.equal(
        sum(({ sats }) => Number(sats)),
        700_000_000,
      );
      const joined = found.swaps.flatMap(({ joins }) => joins.map(({ to }) => to));
      for (const { txid } of swaps)
        assert.ok(
          joined.some((to) => to.includes(txid)),
          txid,
        );
    }
  },
);

/** The case names what the script did: deposits at the exchange, the CoinJoin, the dust, what lies still. */
function assertNamed({ traces, paths, gaps }: Case, { theft }: Heists): void {
  for (const { id, outputs } of traces) {
    const own = paths.filter(({ trace }) => trace === id);
    const services = own.filter(({ service }) => service === "Regtest Exchange");
    assert.deepEqual(services.map(idOf).toSorted(), theft.deposits.toSorted());
    for (const { address, nextStep } of services) assert.ok(nextStep.includes(address ?? "nothing"));
    const mixed = own.filter(({ stop }) => stop === "coinjoin");
    assert.deepEqual([...new Set(mixed.map(({ txid }) => txid))], [theft.coinjoin]);
    const byId = new Map(outputs.map((output) => [idOf(output), output]));
    assert.equal(byId.get(theft.dust)?.stop, "dust");
    assert.equal(byId.get(theft.parked)?.spent, false);
    assert.ok(!byId.has(theft.burnt), "what a message burnt is nobody's");
  }
  assert.ok(gaps.every(({ code }) => code === "stray-bytes" || code === "orphan-blocks"));
}

const idOf = ({ txid, vout }: { readonly txid: string; readonly vout: number | null }): string =>
  `${txid}:${vout}`;

const swapRecord = ({ address, sats }: { readonly address: string; readonly sats: bigint }, at: number) => ({
  status: "complete",
  address,
  withdraw: "",
  incomingCoin: Number(sats) / 1e8,
  incomingType: "BTC",
  outgoingCoin: String(100 + at),
  outgoingType: "XMR",
  transaction: "00".repeat(31) + String(10 + at),
});

function withoutPlaces(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === "place" ? undefined : inner)));
}
