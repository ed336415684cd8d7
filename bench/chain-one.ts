/** Reads a folder of blocks in one way, in a process of its own: `node chain-one.js WAY FOLDER SEED`. Prints
 *  a line of JSON: seconds, processor seconds, the most memory, and what was counted. */
import { BlockLayout } from "../src/bytes/bitcoin-layout.ts";
import { strippedTx } from "../src/bytes/bitcoin-tx.ts";
import { traceBlocks } from "../src/follow/bitcoin/index.ts";
import type { ChainBlocks, Outpoint } from "../src/model/chain.ts";
import { BLOCKS } from "../src/read/chain/blocks/index.ts";
import { nodeHash256 } from "../src/read/chain/node-hash256.ts";
import { traceOptions } from "../test/kit/chain/trace-options.ts";

/** What one way of reading found. */
export interface ChainRun {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  readonly found: number;
}

const WAYS: Readonly<Record<string, (chain: ChainBlocks, seed: string) => Promise<number>>> = {
  headers: async ({ tip }) => (tip.height ?? -1) + 1,
  structure: async (chain) => {
    const layout = new BlockLayout();
    let transactions = 0;
    for await (const { bytes, at, end } of chain.blocks(null)) {
      if (layout.read(bytes, at, end) === null) transactions += layout.txCount;
    }
    return transactions;
  },
  ids: async (chain) => {
    const layout = new BlockLayout();
    let transactions = 0;
    for await (const { bytes, at, end } of chain.blocks(null)) {
      if (layout.read(bytes, at, end) !== null) continue;
      for (let tx = 0; tx < layout.txCount; tx++) {
        if (nodeHash256(strippedTx(bytes, layout, tx)).length === 32) transactions += 1;
      }
    }
    return transactions;
  },
  still: (chain, seed) => hopsFrom(chain, { txid: seed, vout: 1 }),
  trace: (chain, seed) => hopsFrom(chain, { txid: seed, vout: 0 }),
};

async function hopsFrom(chain: ChainBlocks, { txid, vout }: Outpoint): Promise<number> {
  const options = traceOptions({ policies: ["fifo"], followFees: false, hash256: nodeHash256 });
  const seeds = { outpoints: [{ txid, vout, asked: txid }], addresses: [] };
  const { hops } = await traceBlocks(chain, seeds, options);
  // The first of them is the seed's own transaction.
  return hops.length - 1;
}

const [way = "", folder = "", seed = ""] = process.argv.slice(2);
const run = WAYS[way];
if (run === undefined) throw new RangeError(`no way "${way}"`);
const started = performance.now();
const chain = await BLOCKS.open(folder, {
  gap: (_place, code, says) => console.error(`${code}: ${says}`),
  evidence: () => "e1",
  cache: null,
  signal: null,
  progress: () => {},
});
if (chain.kind !== "blocks") throw new RangeError("no source of blocks");
const found = await run(chain, seed);
await chain.close();
const { user, system } = process.cpuUsage();
const told: ChainRun = {
  seconds: (performance.now() - started) / 1000,
  cpuSeconds: (user + system) / 1e6,
  memoryBytes: process.resourceUsage().maxRSS * 1024,
  found,
};
console.log(JSON.stringify(told));
