import { coinJoinOf } from "../../follow/bitcoin/coinjoin/index.ts";
import { traceBack, traceBlocks, traceLookup } from "../../follow/bitcoin/index.ts";
import type { Followed, SeedRequest, TraceOptions } from "../../follow/bitcoin/options.ts";
import type { Chain, ChainTx } from "../../model/chain.ts";
import type { Stop } from "../../model/trace.ts";
import { nodeHash256 } from "../../read/chain/node-hash256.ts";
import type { FollowOptions } from "./options.ts";

/** Transactions whose details a trace keeps; people read no longer ones. */
const MOST_TRANSACTIONS = 100_000;

/** Who is said to hold an address, where a trace ends. */
export type ServiceStop = (address: string) => Stop | null;

interface Asked {
  readonly request: SeedRequest;
  readonly options: FollowOptions;
  readonly serviceStop: ServiceStop;
  readonly earlier: Followed | null;
}

/** The trace that was asked for, in the way that its source allows. */
export function traced(chain: Chain, { request, options, serviceStop, earlier }: Asked): Promise<Followed> {
  const { policies, followFees, until, minDirtySats, chosen, signal } = options;
  const asked: TraceOptions = {
    policies,
    followFees,
    untilHeight: until.height,
    untilMicros: until.micros,
    dustSats: minDirtySats,
    minDirtySats,
    chosen,
    mostTransactions: MOST_TRANSACTIONS,
    stopAt: stopRules(request, serviceStop),
    hash256: nodeHash256,
    from: earlier,
    signal,
  };
  if (options.direction === "backward") return traceBack(chain, request, asked);
  return chain.kind === "blocks" ? traceBlocks(chain, request, asked) : traceLookup(chain, request, asked);
}

/** Services first: a deposit at one is the better known. Seeds are where the question begins. */
function stopRules({ addresses }: SeedRequest, serviceStop: ServiceStop): TraceOptions["stopAt"] {
  const seeds = new Set(addresses.map(({ address }) => address));
  let last: { readonly tx: ChainTx; readonly stop: Stop | null } | null = null;
  return (tx, output) => {
    const address = tx.outputs[output]?.address ?? null;
    if (address !== null && seeds.has(address)) return null;
    const service = address === null ? null : serviceStop(address);
    if (service !== null) return service;
    if (last?.tx !== tx) {
      const mix = coinJoinOf(tx);
      last = { tx, stop: mix === null ? null : { stop: "coinjoin", says: mix.says } };
    }
    return last.stop;
  };
}
