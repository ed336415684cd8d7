import { test } from "node:test";
import { traceLookup } from "../../src/follow/bitcoin/index.ts";
import type { SeedRequest, TraceOptions } from "../../src/follow/bitcoin/options.ts";
import { traceOptions } from "../kit/chain/trace-options.ts";
import { random } from "../kit/random.ts";
import { assertAgrees } from "./agreement.ts";
import type { Ledger } from "./ledger.ts";
import { firstDirty, randomLedger } from "./random-ledger.ts";
import { openedSlice } from "./saved-slice.ts";

const CHAINS = 25;

interface Drawn {
  readonly ledger: Ledger;
  readonly seeds: ReadonlySet<string>;
  readonly stops: ReadonlySet<string>;
  readonly request: SeedRequest;
  readonly options: TraceOptions;
}

/** A chain at random, where a trace begins and what it stops at. */
function drawn(seed: number, seedCount: number, stopCount: number): Drawn {
  const ledger = randomLedger(seed);
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
  return { ledger, seeds, stops, request: { outpoints, addresses: [] }, options };
}

for (const [seeds, stops] of [
  [1, 0],
  [1, 6],
  [3, 0],
  [3, 6],
] as const) {
  test(`traces of chains at random agree with the second opinion: ${seeds} seeds, ${stops} stops`, async () => {
    for (let seed = 1; seed <= CHAINS; seed++) {
      const { ledger, request, options, ...question } = drawn(seed, seeds, stops);
      assertAgrees(await traceLookup(await openedSlice(ledger), request, options), ledger, question);
    }
  });
}
