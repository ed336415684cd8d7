import type { Followed, SeedRequest } from "../../follow/bitcoin/options.ts";
import type { Chain, ChainTx } from "../../model/chain.ts";
import type { Stop } from "../../model/trace.ts";
import { type Behind, behindOf } from "./behind.ts";
import type { ChainClusters } from "./clusters.ts";
import type { Names } from "./names.ts";
import type { FollowOptions } from "./options.ts";
import { traced } from "./trace.ts";

/** A trace, and who stands behind the addresses that it met. */
export interface Reached {
  readonly followed: Followed;
  readonly behind: Behind;
  /** All transactions that were looked at, sweeps of deposits behind the stops among them. */
  readonly looked: readonly ChainTx[];
  /** As in `Followed`, of everything that was read. */
  readonly wentOnFrom: number | null;
}

interface Asked {
  readonly request: SeedRequest;
  readonly options: FollowOptions;
  readonly names: Names;
  readonly clusters: ChainClusters | null;
  readonly earlier: Followed | null;
}

/** Follows the seeds; where that shows deposit addresses of services, once more with a stop at each of them:
 *  what a service sweeps together with the coins of others is no longer the thief's.
 */
export async function reachedIn(chain: Chain, asked: Asked): Promise<Reached> {
  const { request, options, names, clusters, earlier } = asked;
  const { index } = names;
  const seeds = new Set(request.addresses.map(({ address }) => address));
  const service = (address: string): string | null =>
    index.serviceOf(address)?.name ?? clusters?.service(address) ?? null;
  const tagged = (address: string): Stop | null =>
    index.stopAt(address) ?? clusterStop(clusters?.service(address) ?? null);
  const followed = await traced(chain, { request, options, earlier, serviceStop: tagged });
  const { wentOnFrom = null } = followed;
  const tagIds = (address: string): readonly string[] => index.tagsOf(address).map(({ id }) => id);
  const behind = behindOf(followed.hops, { seeds, service, tagIds });
  const isReached = ({ outputs }: ChainTx): boolean =>
    outputs.some(
      ({ address }) => address !== null && tagged(address) === null && behind.of(address) !== null,
    );
  if (options.direction === "backward" || !followed.hops.some(isReached)) {
    return { followed, behind, looked: followed.hops, wentOnFrom };
  }
  const again = await traced(chain, {
    request,
    options,
    earlier,
    serviceStop: (address) => {
      const found = behind.of(address);
      const says = `${found?.service}: ${found?.says}`;
      return tagged(address) ?? (found === null ? null : { stop: "service", says });
    },
  });
  const looked = new Map([...followed.hops, ...again.hops].map((tx) => [tx.txid, tx]));
  return { followed: again, behind, looked: [...looked.values()], wentOnFrom };
}

function clusterStop(service: string | null): Stop | null {
  const says = `${service}: an address that it is spent together with is tagged so`;
  return service === null ? null : { stop: "service", says };
}
