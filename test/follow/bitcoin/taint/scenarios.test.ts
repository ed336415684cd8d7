import assert from "node:assert/strict";
import { test } from "node:test";
import { traceBlocks, traceLookup } from "../../../../src/follow/bitcoin/index.ts";
import type { Followed, SeedRequest, TraceOptions } from "../../../../src/follow/bitcoin/options.ts";
import type { Outpoint } from "../../../../src/model/chain.ts";
import type { Policy } from "../../../../src/model/trace.ts";
import { assertConserved } from "../../../kit/chain/conserved.ts";
import { MadeChain } from "../../../kit/chain/made-chain.ts";
import { traceOptions } from "../../../kit/chain/trace-options.ts";
import { asBlocks } from "../../../kit/chain/traced-blocks.ts";
import { asLookup } from "../../../kit/chain/traced-chain.ts";
import { keyAddress, keyScript, type MadeTx, madeTx } from "../../../kit/chain/transactions.ts";

const COIN = 100_000_000;

/** Amounts in coins to names; "burn" is an output that nobody can spend. */
type Paid = readonly (readonly [coins: number, name: string])[];

function outputs(paid: Paid) {
  return paid.map(([coins, name]) => ({
    valueSats: BigInt(Math.round(coins * COIN)),
    script: name === "burn" ? Uint8Array.of(0x6a) : keyScript(name),
  }));
}

/** A block whose coinbase pays these; returns its first output. */
function mined(chain: MadeChain, txs: readonly MadeTx[], paid: Paid): Outpoint {
  const { txid = "" } = chain.mine(txs, { coinbase: outputs(paid) }).txs[0] ?? {};
  return { txid, vout: 0 };
}

function pay(inputs: readonly Outpoint[], paid: Paid): MadeTx {
  return madeTx({ inputs, outputs: outputs(paid) });
}

function named(...outpoints: readonly Outpoint[]): SeedRequest {
  return { outpoints: outpoints.map((of) => ({ ...of, asked: `btc:${of.txid}:${of.vout}` })), addresses: [] };
}

async function both(
  chain: MadeChain,
  seeds: SeedRequest,
  options: Partial<TraceOptions> = {},
): Promise<Followed[]> {
  const found = [
    await traceBlocks(asBlocks(chain), seeds, traceOptions(options)),
    await traceLookup(asLookup(chain), seeds, traceOptions(options)),
  ];
  for (const { traces } of found) for (const trace of traces) assertConserved(trace);
  return found;
}

/** Dirty coins by name of the address, of what one policy says. */
function dirty(chain: MadeChain, { traces }: Followed, policy: Policy): Record<string, number> {
  const names = ["miner", "eve", "bob", "carol", "pool", "tip"];
  const found: Record<string, number> = {};
  for (const output of traces.find((trace) => trace.policy === policy)?.outputs ?? []) {
    const name = names.find((one) => keyAddress(one, chain.network) === output.address) ?? "?";
    found[name] = (found[name] ?? 0) + Number(output.dirtySats) / COIN;
  }
  return found;
}

function totals({ traces }: Followed, policy: Policy) {
  const { seedSats, dirtySats, feeSats, burntSats } = traces.find((trace) => trace.policy === policy)!.totals;
  return [seedSats, dirtySats, feeSats, burntSats].map((sats) => Number(sats) / COIN);
}

test("a seed that another seed reaches stays wholly dirty, and adds only what was clean of it", async () => {
  const chain = new MadeChain();
  const first = mined(chain, [], [[50, "eve"]]);
  const clean = mined(chain, [], [[50, "bob"]]);
  const tx = pay(
    [first, clean],
    [
      [60, "carol"],
      [40, "bob"],
    ],
  );
  chain.mine([tx]);
  for (const seeds of [named(first, { txid: tx.txid, vout: 0 }), named({ txid: tx.txid, vout: 0 }, first)]) {
    for (const found of await both(chain, seeds)) {
      // FIFO brings all 50 to the 60, so that the seed adds 10; LIFO brings 10, and 40 to the other.
      assert.deepEqual(totals(found, "fifo"), [60, 60, 0, 0]);
      assert.deepEqual(dirty(chain, found, "fifo"), { carol: 60 });
      assert.deepEqual(totals(found, "lifo"), [100, 100, 0, 0]);
      assert.deepEqual(dirty(chain, found, "lifo"), { carol: 60, bob: 40 });
      assert.deepEqual(totals(found, "haircut"), [80, 80, 0, 0]);
    }
  }
});

test("dirty coins in an output that nobody can spend are burnt", async () => {
  const chain = new MadeChain();
  const seed = mined(chain, [], [[50, "eve"]]);
  chain.mine([
    pay(
      [seed],
      [
        [8, "burn"],
        [42, "bob"],
      ],
    ),
  ]);
  for (const found of await both(chain, named(seed))) {
    assert.deepEqual(totals(found, "fifo"), [50, 42, 0, 8]);
    assert.deepEqual(dirty(chain, found, "fifo"), { bob: 42 });
    assert.equal(found.traces[0]?.flows.length, 2);
  }
});

/** Block 2: two payments with fees of 1 and 2, the second of them from the seed, to a coinbase of 53. */
function feeChain(paid: Paid) {
  const chain = new MadeChain();
  const clean = mined(chain, [], [[50, "bob"]]);
  const seed = mined(chain, [], [[50, "eve"]]);
  const txs = [pay([clean], [[49, "bob"]]), pay([seed], [[48, "carol"]])];
  mined(chain, txs, paid);
  return { chain, seed };
}

test("dirty fees lie in the coinbase behind the subsidy, in the order of the block", async () => {
  const { chain, seed } = feeChain([
    [50, "pool"],
    [1.5, "miner"],
    [1.5, "tip"],
  ]);
  const found = await traceBlocks(asBlocks(chain), named(seed), traceOptions());
  for (const trace of found.traces) assertConserved(trace);
  // The line of the coinbase: 50 new, 1 clean, 2 dirty.
  assert.deepEqual(dirty(chain, found, "fifo"), { carol: 48, miner: 0.5, tip: 1.5 });
  assert.deepEqual(dirty(chain, found, "lifo"), { carol: 48, pool: 2 });
  assert.deepEqual(dirty(chain, found, "tiho"), { carol: 48, pool: 2 });
  assert.deepEqual(dirty(chain, found, "poison"), { carol: 48, pool: 50, miner: 1.5, tip: 1.5 });
  assert.deepEqual(totals(found, "fifo"), [50, 50, 0, 0]);
  const edge = found.traces[0]?.flows.find(({ vout, valueSats }) => vout === 2 && valueSats === "150000000");
  assert.equal(edge?.from.length, 1);
  assert.match(edge?.from[0] ?? "", /^[0-9a-f]{64}:fee$/);
});

test("without fees followed they stay fees, and the coinbase is clean", async () => {
  const { chain, seed } = feeChain([[53, "pool"]]);
  for (const found of await both(chain, named(seed), { followFees: false })) {
    assert.deepEqual(totals(found, "fifo"), [50, 48, 2, 0]);
    assert.deepEqual(dirty(chain, found, "fifo"), { carol: 48 });
    assert.equal(found.fees, "not-followed");
  }
});

test("what a coinbase leaves unclaimed is destroyed: behind the subsidy lie the fees", async () => {
  const { chain, seed } = feeChain([[51.5, "pool"]]);
  const found = await traceBlocks(asBlocks(chain), named(seed), traceOptions());
  for (const trace of found.traces) assertConserved(trace);
  assert.deepEqual(totals(found, "fifo"), [50, 48.5, 0, 1.5]);
  assert.deepEqual(dirty(chain, found, "fifo"), { carol: 48, pool: 0.5 });
  assert.deepEqual(totals(found, "tiho"), [50, 50, 0, 0]);
});

test("receipts of an address are seeds, change that comes back to it is none", async () => {
  const chain = new MadeChain();
  const victims = [1, 2, 3].map((one) => mined(chain, [], [[50, `victim ${one}`]]));
  const [first, second, third] = victims;
  const ransom = pay(
    [first!],
    [
      [10, "eve"],
      [40, "victim 1"],
    ],
  );
  const again = pay(
    [second!],
    [
      [20, "eve"],
      [30, "victim 2"],
    ],
  );
  chain.mine([ransom, again]);
  const eve = { address: keyAddress("eve", chain.network), asked: "btc:eve" };
  // Eve spends 10, of which 4 come back to her, and gets 5 more from a victim that spends nothing of hers.
  const spend = pay(
    [{ txid: ransom.txid, vout: 0 }],
    [
      [6, "bob"],
      [4, "eve"],
    ],
  );
  const late = pay(
    [third!],
    [
      [5, "eve"],
      [45, "victim 3"],
    ],
  );
  chain.mine([spend, late]);
  for (const found of await both(chain, { outpoints: [], addresses: [eve] })) {
    assert.deepEqual(
      found.seeds.map(({ txid, vout, valueSats, asked }) => [txid, vout, Number(valueSats) / COIN, asked]),
      [
        [ransom, 10],
        [again, 20],
        [late, 5],
      ].map(([tx, coins]) => [(tx as MadeTx).txid, 0, coins, "btc:eve"]),
    );
    assert.deepEqual(dirty(chain, found, "fifo"), { bob: 6, eve: 29 });
  }
});

test("one who spends from an address of a list to another of it makes no seed", async () => {
  const chain = new MadeChain();
  const first = mined(chain, [], [[50, "eve"]]);
  chain.mine([pay([first], [[50, "bob"]])]);
  const addresses = ["eve", "bob"].map((name) => ({ address: keyAddress(name, chain.network), asked: name }));
  for (const found of await both(chain, { outpoints: [], addresses })) {
    assert.deepEqual(
      found.seeds.map(({ asked }) => asked),
      ["eve"],
    );
    assert.deepEqual(dirty(chain, found, "poison"), { bob: 50 });
  }
});

test("a coinbase that comes again under the same name replaces the first, which is burnt", async () => {
  const chain = new MadeChain();
  const seed = mined(chain, [], [[50, "eve"]]);
  mined(chain, [], [[50, "bob"]]);
  const source = asBlocks(chain);
  const again = {
    ...source,
    async *blocks(fromHeight: number | null) {
      yield* source.blocks(fromHeight);
      for await (const view of source.blocks(0)) {
        if (view.height === 0) yield { ...view, height: 2 };
      }
    },
  };
  const byAddress = { outpoints: [], addresses: [{ address: keyAddress("eve"), asked: "btc:eve" }] };
  for (const seeds of [named(seed), byAddress]) {
    const found = await traceBlocks(again, seeds, traceOptions());
    for (const trace of found.traces) assertConserved(trace);
    assert.deepEqual(totals(found, "fifo"), [100, 50, 0, 50]);
    assert.deepEqual(
      found.seeds.map(({ height }) => height),
      [0, 2],
    );
  }
});
