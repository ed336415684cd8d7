import assert from "node:assert/strict";
import { test } from "node:test";
import { traceBlocks, traceLookup } from "../../../../src/follow/bitcoin/index.ts";
import type { Followed, TraceOptions } from "../../../../src/follow/bitcoin/options.ts";
import type { ChainBlocks, ChainLookup } from "../../../../src/model/chain.ts";
import { PaydirtError } from "../../../../src/model/error.ts";
import { assertConserved } from "../../../kit/chain/conserved.ts";
import { MadeChain } from "../../../kit/chain/made-chain.ts";
import { traceOptions } from "../../../kit/chain/trace-options.ts";
import { asBlocks } from "../../../kit/chain/traced-blocks.ts";
import { asLookup } from "../../../kit/chain/traced-chain.ts";
import { keyScript, type MadeTx, madeTx } from "../../../kit/chain/transactions.ts";

/** A seed of 50,000 satoshi in block 0, which each block passes on: 1,000 aside, 500 as a fee. */
const FIRST = 50_000n;
const ASIDE = 1_000n;
const FEE = 500n;

function line(blocks: number) {
  const chain = new MadeChain();
  const outputs = (...values: readonly bigint[]) =>
    values.map((valueSats, i) => ({ valueSats, script: keyScript(`key ${i}`) }));
  const [coinbase] = chain.mine([], { coinbase: outputs(FIRST) }).txs;
  const txs: MadeTx[] = [coinbase!];
  let left = FIRST;
  for (let i = 0; i < blocks; i += 1) {
    left -= ASIDE + FEE;
    const inputs = [{ txid: txs.at(-1)?.txid ?? "", vout: 0 }];
    const tx = madeTx({ inputs, outputs: outputs(left, ASIDE) });
    chain.mine([tx]);
    txs.push(tx);
  }
  const seeds = { outpoints: [{ txid: txs[0]?.txid ?? "", vout: 0, asked: "seed" }], addresses: [] };
  return { chain, txs, seeds };
}

async function both(blocks: number, options: Partial<TraceOptions>): Promise<Followed[]> {
  const { chain, seeds } = line(blocks);
  const asked = traceOptions({ followFees: false, policies: ["fifo", "haircut"], ...options });
  const found = [
    await traceBlocks(asBlocks(chain), seeds, asked),
    await traceLookup(asLookup(chain), seeds, asked),
  ];
  for (const { traces } of found) for (const trace of traces) assertConserved(trace);
  return found;
}

/** Height, dirty satoshi, stop and whether it is spent, of each output of the first trace. */
function told({ traces }: Followed) {
  return (traces[0]?.outputs ?? [])
    .map(({ height, dirtySats, stop = null, spent }) => [height, Number(dirtySats), stop, spent] as const)
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0) || b[1] - a[1]);
}

test("dust is what is worth less than the limit, to the satoshi", async () => {
  const [blocks, lookup] = await both(2, { dustSats: ASIDE + 1n });
  const aside = (height: number, spent: boolean | null) => [height, 1_000, "dust", spent];
  assert.deepEqual(told(blocks!), [aside(1, false), [2, 47_000, null, false], aside(2, false)]);
  // An explorer is not asked who spends what is not followed.
  assert.deepEqual(told(lookup!), [aside(1, null), [2, 47_000, null, false], aside(2, null)]);
  for (const found of await both(2, { dustSats: ASIDE })) {
    assert.deepEqual(
      found.traces[0]?.outputs.map(({ stop }) => stop),
      [undefined, undefined, undefined],
    );
  }
});

test("less dirt than was asked for is not followed, to the satoshi", async () => {
  for (const found of await both(3, { minDirtySats: 48_501n })) {
    assert.deepEqual(
      told(found).map(([height, , stop]) => [height, stop]),
      [
        [1, "min-taint"],
        [1, "min-taint"],
      ],
    );
  }
  for (const found of await both(3, { minDirtySats: 48_500n })) {
    assert.deepEqual(
      told(found).map(([height, dirty, stop]) => [height, dirty, stop]),
      [
        [1, 1_000, "min-taint"],
        [2, 47_000, "min-taint"],
        [2, 1_000, "min-taint"],
      ],
    );
  }
});

test("a service stops a trace, in the words of whoever says so; that it is spent later is seen", async () => {
  const { txs } = line(3);
  const stopAt: TraceOptions["stopAt"] = ({ txid }, position) =>
    txid === txs[1]?.txid && position === 0 ? { stop: "service", says: "Bitfoo, by a list" } : null;
  const [blocks, lookup] = await both(3, { stopAt });
  assert.deepEqual(told(blocks!), [
    [1, 48_500, "service", true],
    [1, 1_000, null, false],
  ]);
  assert.deepEqual(told(lookup!)[0], [1, 48_500, "service", null]);
  assert.equal(blocks?.traces[0]?.outputs[0]?.stopSays, "Bitfoo, by a list");
});

test("the cut-off is inclusive, by height and by time", async () => {
  const { chain } = line(3);
  const atMicros = (chain.blocks[2]?.atSeconds ?? 0) * 1e6;
  for (const until of [{ untilHeight: 2 }, { untilMicros: atMicros }, { untilMicros: atMicros + 1 }]) {
    for (const found of await both(3, until)) {
      assert.deepEqual(told(found), [
        [1, 1_000, null, false],
        [2, 47_000, null, false],
        [2, 1_000, null, false],
      ]);
      assert.equal(found.isComplete, true);
    }
  }
  for (const found of await both(3, { untilMicros: atMicros - 1 })) assert.equal(told(found).length, 2);
  const [blocks, lookup] = await both(3, { untilHeight: 2 });
  assert.equal(blocks?.until.height, 2);
  assert.equal(lookup?.until.height, 2);
});

test("an explorer is asked no further than the trace may hold transactions", async () => {
  const { chain, seeds } = line(5);
  const options = traceOptions({ policies: ["fifo"], mostTransactions: 3 });
  const found = await traceLookup(asLookup(chain), seeds, options);
  assert.deepEqual(told(found), [
    [1, 1_000, null, false],
    [2, 47_000, "limit", null],
    [2, 1_000, null, false],
  ]);
  assert.equal(found.isComplete, true);
});

test("blocks are followed on, and sums and counts are of all", async () => {
  const { chain, seeds } = line(5);
  const options = traceOptions({ policies: ["fifo"], mostTransactions: 2, followFees: false });
  const { hops, traces } = await traceBlocks(asBlocks(chain), seeds, options);
  assert.equal(hops.length, 2);
  assert.deepEqual(traces[0]?.counts, { transactions: 5, outputs: 6, edges: 15 });
  assert.equal(traces[0]?.totals.dirtySats, String(FIRST - 5n * FEE));
  const end = [5, Number(FIRST - 5n * (ASIDE + FEE)), null, false];
  assert.deepEqual(told({ traces } as Followed), [[1, 1_000, null, false], end]);
});

/** The source, which fails when it is asked for the n-th spender. */
function failing(source: ChainLookup, at: number): ChainLookup {
  let asked = 0;
  return {
    ...source,
    spender: async (of) => {
      asked += 1;
      if (asked >= at) throw new PaydirtError("bad-source", "The explorer is gone");
      return source.spender(of);
    },
  };
}

test("what an explorer gave before it failed is kept, and what was not looked up says why", async () => {
  const { chain, seeds } = line(5);
  const found = await traceLookup(failing(asLookup(chain), 4), seeds, traceOptions({ policies: ["fifo"] }));
  assert.equal(found.isComplete, false);
  assert.deepEqual(told(found), [
    [1, 1_000, null, false],
    [2, 47_000, "source-failed", null],
    [2, 1_000, "source-failed", null],
  ]);
  const says = found.traces[0]?.outputs.find(({ stop }) => stop !== undefined)?.stopSays;
  assert.equal(says, "The explorer is gone");
  await assert.rejects(
    traceLookup(
      { ...asLookup(chain), tx: () => Promise.reject(new TypeError("a bug")) },
      seeds,
      traceOptions(),
    ),
    TypeError,
  );
});

test("blocks that end early, or fail, leave what is dirty with that reason", async () => {
  const { chain, seeds } = line(5);
  const source = asBlocks(chain);
  const cut = (end: "ends" | "fails"): ChainBlocks => ({
    ...source,
    async *blocks(fromHeight) {
      for await (const view of source.blocks(fromHeight)) {
        if (view.height === 3) {
          if (end === "fails") throw new PaydirtError("bad-source", "The node is gone");
          return;
        }
        yield view;
      }
    },
  });
  for (const end of ["ends", "fails"] as const) {
    const found = await traceBlocks(cut(end), seeds, traceOptions({ policies: ["fifo"], followFees: false }));
    assert.equal(found.isComplete, false);
    assert.deepEqual(told(found), [
      [1, 1_000, "source-failed", null],
      [2, 47_000, "source-failed", null],
      [2, 1_000, "source-failed", null],
    ]);
    assert.equal(found.until.height, 2);
  }
});

test("a trace that is interrupted says so", async () => {
  const { chain, seeds } = line(2);
  const options = traceOptions({ signal: AbortSignal.abort() });
  for (const trace of [
    traceBlocks(asBlocks(chain), seeds, options),
    traceLookup(asLookup(chain), seeds, options),
  ]) {
    await assert.rejects(trace, (error) => error instanceof PaydirtError && error.code === "interrupted");
  }
});
