import type { SeedRequest } from "../../follow/bitcoin/options.ts";
import { ownersOf } from "../../follow/bitcoin/owners/owners.ts";
import type { ChainLookup, ChainTx } from "../../model/chain.ts";
import { bytesAt } from "../../model/place.ts";
import type { ChainClusters } from "./clusters.ts";
import type { FollowDesk } from "./desk.ts";
import type { Names } from "./names.ts";

/** Addresses that a source is asked about, and transactions of theirs: what has more is a service's. */
const MOST_ASKED = 500;
const MOST_TRANSACTIONS = 20_000;

interface Wanted {
  readonly chain: ChainLookup;
  readonly names: Pick<Names, "index">;
  readonly desk: Pick<FollowDesk, "gap" | "signal">;
}

/** Clusters of the seeds alone, from a source that answers questions: each address that is spent together
 *  with a seed is asked for in its turn, and what is spent together with that one.
 *
 *  Limits: as `ownersOf`; the bounds above, beyond which a gap tells how many addresses were left.
 */
export function askedClusters({ chain, names, desk }: Wanted): ChainClusters {
  const service = (address: string): string | null => names.index.serviceOf(address)?.name ?? null;
  const options = { service, tagIds: () => [], roles: null };
  let owners = ownersOf([], options);
  return {
    async expanded(request) {
      const { txs, left } = await spentTogether(request, { chain, service, signal: desk.signal });
      if (left > 0) {
        const says = `${left} addresses of the clusters of the seeds were not asked for`;
        desk.gap(bytesAt("", 0, 0), "trace-limit", says);
      }
      owners = ownersOf(txs, options);
      const addresses = new Map(request.addresses.map((seed) => [seed.address, seed]));
      for (const seed of request.addresses) {
        // A cluster that has a service's address is the service's, and the seed one of its customers'.
        const own = owners.service(seed.address) === null ? owners.of(seed.address)?.addresses : [];
        for (const address of own ?? []) {
          if (addresses.has(address)) continue;
          addresses.set(address, { address, asked: `${seed.asked}, by its cluster` });
        }
      }
      return { ...request, addresses: [...addresses.values()] };
    },
    service: (address) => owners.service(address),
    close: () => {},
  };
}

interface Asking {
  readonly chain: ChainLookup;
  readonly service: (address: string) => string | null;
  readonly signal: AbortSignal | null;
}

/** Transactions of the seeds and of all that is spent together with them; `left` counts addresses that were
 *  not asked for. */
async function spentTogether(
  { addresses }: SeedRequest,
  { chain, service, signal }: Asking,
): Promise<{ readonly txs: readonly ChainTx[]; readonly left: number }> {
  const txs = new Map<string, ChainTx>();
  const wanted = new Set(addresses.map(({ address }) => address));
  let count = 0;
  // A set that grows is walked to its new end.
  for (const address of wanted) {
    signal?.throwIfAborted();
    if (count >= MOST_ASKED || txs.size >= MOST_TRANSACTIONS)
      return { txs: [...txs.values()], left: wanted.size - count };
    count += 1;
    if (service(address) !== null) continue;
    for await (const tx of chain.touching(address)) {
      txs.set(tx.txid, tx);
      if (txs.size >= MOST_TRANSACTIONS) break;
      const together = ownersOf([tx], { service, tagIds: () => [], roles: null }).of(address);
      for (const other of together?.addresses ?? []) wanted.add(other);
    }
  }
  return { txs: [...txs.values()], left: 0 };
}
