import { test } from "node:test";
import { traceBlocks, traceLookup } from "../../src/follow/bitcoin/index.ts";
import type { SeedRequest, TraceOptions } from "../../src/follow/bitcoin/options.ts";
import { randomChain } from "../kit/chain/random-chain.ts";
import { traceOptions } from "../kit/chain/trace-options.ts";
import { asBlocks } from "../kit/chain/traced-blocks.ts";
import { random } from "../kit/random.ts";
import { assertAllAgree } from "./agreement.ts";
import { type Ledger, ledgerOf } from "./ledger.ts";
import { firstDirty, randomLedger } from "./random-ledger.ts";
import { openedSlice } from "./saved-slice.ts";

const CHAINS = 12;

interface Drawn {
  readonly seeds: ReadonlySet<string>;
  readonly stops: ReadonlySet<string>;
  readonly request: SeedRequest;
  readonly options: TraceOptions;
}

/** Where a trace begins and what it stops at, at random. */
function drawn(ledger: Ledger, seed: number, [seedCount, stopCount]: Count): Drawn {
  const by = random(seed);
  const ids = ledger.transactions.flatMap(({ txid, outputs }) =>
    outputs.flatMap(({ sats, owner }, vout) => (sats > 0n && owner !== null ? [`${txid}:${vout}`] : [])),
  );
  const some = (count: number): string[] => Array.from({ length: count }, () => by.pick(ids));
  const seeds = new Set([firstDirty(ledger)[0], ...some(seedCount - 1)]);
  const stops = new Set(some(stopCount));
  const outpoints = [...seeds].map((id) => {
    const [txid = "", vout] = id.split(":");
    return { txid, vout: Number(vout), asked: `btc:${id}` };
  });
  const options = traceOptions({
    stopAt: ({ txid }, output) =>
      stops.has(`${txid}:${output}`) ? { stop: "service", says: "drawn" } : null,
  });
  return { seeds, stops, request: { outpoints, addresses: [] }, options };
}

/** How many seeds, how many stops. */
type Count = readonly [seeds: number, stops: number];
const COUNTS: readonly Count[] = [
  [1, 0],
  [1, 6],
  [3, 0],
  [3, 6],
];

for (const count of COUNTS) {
  test(`traces of saved slices agree with ours: ${count[0]} seeds, ${count[1]} stops`, async () => {
    for (let seed = 1; seed <= CHAINS; seed++) {
      const ledger = randomLedger(seed);
      const { request, options, ...question } = drawn(ledger, seed, count);
      assertAllAgree(ledger, question, await traceLookup(await openedSlice(ledger), request, options));
    }
  });

  test(`traces of blocks agree with ours: ${count[0]} seeds, ${count[1]} stops`, async () => {
    for (let seed = 1; seed <= CHAINS; seed++) {
      const chain = randomChain(seed, 24);
      const ledger = ledgerOf(chain);
      const { request, options, ...question } = drawn(ledger, seed, count);
      const blocks = asBlocks(chain, { hasUndo: seed % 2 === 0 });
      assertAllAgree(ledger, question, await traceBlocks(blocks, request, options));
    }
  });
}
