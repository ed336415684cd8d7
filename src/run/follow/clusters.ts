import { addressScript } from "../../bytes/bitcoin-script.ts";
import { hexToHash } from "../../bytes/hex.ts";
import { clusterOf, clusterTxs } from "../../follow/bitcoin/addresses/cluster-txs.ts";
import { type AddressIndex, indexAddresses } from "../../follow/bitcoin/addresses/index-addresses.ts";
import type { SeedRequest } from "../../follow/bitcoin/options.ts";
import type { ChainBlocks } from "../../model/chain.ts";
import { bytesAt } from "../../model/place.ts";
import { nodeHash256 } from "../../read/chain/node-hash256.ts";
import { openScratch } from "../../store/scratch.ts";
import type { BitcoinNetwork } from "../../tables/bitcoin-networks.ts";
import type { FollowDesk } from "./desk.ts";
import type { Names } from "./names.ts";

/** Bounds of the memory: 20 to 28 bytes a script, and 8 bytes an entry that waits to be sorted. */
const MOST_SCRIPTS = 20_000_000;
const GATHERED = 4_000_000;
/** Transactions of the clusters of seeds. */
const MOST_TRANSACTIONS = 100_000;

interface Wanted {
  readonly chain: ChainBlocks;
  readonly network: BitcoinNetwork;
  readonly names: Names;
  readonly desk: FollowDesk;
}

/** What the whole chain tells of who owns what. */
export interface ChainClusters {
  /** The seeds with every address that is spent together with theirs. */
  expanded(request: SeedRequest): Promise<SeedRequest>;
  /** Name of the service that an address of the same cluster is tagged with; null: none, or several. */
  service(address: string): string | null;
  close(): void;
}

/** Clusters of the whole source, made in one pass over its blocks. What cannot be kept is a gap. */
export async function chainClusters(wanted: Wanted): Promise<ChainClusters> {
  const { chain, network, desk } = wanted;
  const scratch = openScratch();
  try {
    const index = await indexAddresses(chain, {
      forms: network,
      key: hexToHash(chain.tip.hash ?? network.genesis) ?? new Uint8Array(32),
      scratch,
      mostScripts: MOST_SCRIPTS,
      gathered: GATHERED,
      signal: desk.signal,
    });
    noteGaps(index, desk);
    const services = servicesByRoot(index, wanted);
    return {
      expanded: (request) => expanded(request, { ...wanted, index, services }),
      service: (address) => services.get(rootOf(index, address, network) ?? -1) ?? null,
      close: () => scratch.close(),
    };
  } catch (error) {
    scratch.close();
    throw error;
  }
}

function rootOf(index: AddressIndex, address: string, network: BitcoinNetwork): number | null {
  const script = addressScript(address, network);
  return script === null ? null : (clusterOf(index, script)?.root ?? null);
}

/** A cluster with tags of several services is no one's: something joined what does not belong together. */
function servicesByRoot(index: AddressIndex, { names, network }: Wanted): ReadonlyMap<number, string | null> {
  const services = new Map<number, string | null>();
  for (const address of new Set(names.tags.map((tag) => tag.address))) {
    const service = names.index.serviceOf(address)?.name;
    const root = service === undefined ? null : rootOf(index, address, network);
    if (root === null || service === undefined) continue;
    const known = services.get(root);
    services.set(root, known === undefined || known === service ? service : null);
  }
  return services;
}

interface Expanding extends Wanted {
  readonly index: AddressIndex;
  readonly services: ReadonlyMap<number, string | null>;
}

/** A cluster that has a service's address is the service's, and the seed one of its customers': it stays
 *  alone. */
async function expanded(request: SeedRequest, expanding: Expanding): Promise<SeedRequest> {
  const { chain, network, index, services, desk } = expanding;
  const asked = new Map<number, string>();
  for (const seed of request.addresses) {
    const root = rootOf(index, seed.address, network);
    if (root !== null && !services.has(root) && !asked.has(root)) asked.set(root, seed.asked);
  }
  const { txs, left } = await clusterTxs(chain, index, {
    forms: network,
    hash256: nodeHash256,
    most: MOST_TRANSACTIONS,
    signal: desk.signal,
    roots: new Set(asked.keys()),
  });
  if (left > 0) {
    const says = `${left} transactions of the clusters of the seeds are beyond ${MOST_TRANSACTIONS}`;
    desk.gap(bytesAt("", 0, 0), "trace-limit", says);
  }
  const addresses = new Map(request.addresses.map((seed) => [seed.address, seed]));
  for (const { address } of txs.flatMap(({ inputs, outputs }) => [...inputs, ...outputs])) {
    if (address === null || addresses.has(address)) continue;
    const seed = asked.get(rootOf(index, address, network) ?? -1);
    if (seed !== undefined) addresses.set(address, { address, asked: `${seed}, by its cluster` });
  }
  return { ...request, addresses: [...addresses.values()] };
}

function noteGaps({ ids, counts }: AddressIndex, desk: FollowDesk): void {
  const nowhere = bytesAt("", 0, 0);
  if (ids.leftOut > 0) {
    desk.gap(
      nowhere,
      "dropped-details",
      `${ids.leftOut} places of scripts beyond ${MOST_SCRIPTS} are in no cluster`,
    );
  }
  if (counts.unknownInputs > 0) {
    const says = `${counts.unknownInputs} inputs are in no cluster: the source does not tell what they spend`;
    desk.gap(nowhere, "unknown-input-value", says);
  }
}
