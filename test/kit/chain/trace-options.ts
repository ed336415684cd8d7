import { hash256 } from "../../../src/bytes/hash256.ts";
import type { SeedRequest, TraceOptions } from "../../../src/follow/bitcoin/options.ts";
import { POLICIES } from "../../../src/model/trace.ts";
import { random } from "../random.ts";
import type { MadeChain } from "./made-chain.ts";
import { FIRST_HEIGHT } from "./random-chain.ts";
import { txsOf } from "./traced-chain.ts";

/** All policies, no stops and no limits unless said otherwise. */
export function traceOptions(changed: Partial<TraceOptions> = {}): TraceOptions {
  return {
    policies: POLICIES,
    followFees: true,
    untilHeight: null,
    untilMicros: null,
    dustSats: 0n,
    minDirtySats: 0n,
    chosen: new Map(),
    mostTransactions: 100_000,
    stopAt: () => null,
    from: null,
    hash256,
    signal: null,
    ...changed,
  };
}

/** Up to four outputs of a chain, anywhere in it. */
export function anyOutputs(chain: MadeChain, seed: number): SeedRequest {
  const dice = random(seed);
  const txs = txsOf(chain).filter(({ height }) => (height ?? 0) >= FIRST_HEIGHT);
  const outpoints = Array.from({ length: 1 + dice.below(4) }, () => {
    const tx = dice.pick(txs);
    return { txid: tx.txid, vout: dice.below(tx.outputs.length), asked: `btc:${tx.txid}` };
  });
  return { outpoints, addresses: [] };
}
