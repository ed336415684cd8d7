import { addressScript } from "../../bytes/bitcoin-script.ts";
import { hexToHash } from "../../bytes/hex.ts";
import { clusterOf, clusterTxs } from "../../follow/bitcoin/addresses/cluster-txs.ts";
import { type AddressIndex, indexAddresses } from "../../follow/bitcoin/addresses/index-addresses.ts";
import { type Owners, ownersOf } from "../../follow/bitcoin/owners/owners.ts";
import type { Chain, ChainBlocks, ChainLookup, ChainTx } from "../../model/chain.ts";
import { nodeHash256 } from "../../read/chain/node-hash256.ts";
import { openScratch } from "../../store/scratch.ts";
import type { BitcoinNetwork } from "../../tables/bitcoin-networks.ts";

/** 2.8 GB of memory; Bitcoin's whole chain has more than ten times as many scripts. */
const MOST_SCRIPTS = 100_000_000;
/** 128 MB of memory before places are sorted and written. */
const GATHERED = 1 << 24;
/** More transactions are a service's, whose customers are not the seeds' owner. */
const MOST_TRANSACTIONS = 20_000;
/** Addresses that a server is asked about. */
const MOST_ASKED = 500;

export interface ClusterRequest {
  readonly addresses: readonly string[];
  readonly network: BitcoinNetwork;
  /** Name of the service that an address is said to belong to; null: none that is known. */
  readonly service: (address: string) => string | null;
  readonly signal: AbortSignal | null;
}

/** Addresses of the seeds' owners. `notes` say what was not looked at, and what was not added and why. */
export interface SeedClusters {
  readonly added: readonly string[];
  readonly owners: Owners;
  readonly notes: readonly string[];
}

/** Addresses that are one owner's with the seeds, by what is spent together (H1) in the whole source.
 *
 *  Method: blocks are indexed in one pass and the clusters' transactions read in a second one; a source that
 *  answers questions is asked address by address.
 *  Limits: a cluster with an address of a service adds nothing. Bounds are told in `notes`.
 */
export async function clusterSeeds(chain: Chain, request: ClusterRequest): Promise<SeedClusters> {
  const { txs, notes } =
    chain.kind === "blocks" ? await indexed(chain, request) : await asked(chain, request);
  const owners = ownersOf(txs, { service: request.service, tagIds: () => [], roles: null });
  const seeds = new Set(request.addresses);
  const added = new Set<string>();
  for (const seed of request.addresses) {
    const service = owners.service(seed);
    if (service !== null)
      notes.push(`the cluster of ${seed} has an address of ${service}: none of it is added`);
    else for (const address of owners.of(seed)?.addresses ?? []) if (!seeds.has(address)) added.add(address);
  }
  return { added: [...added], owners, notes };
}

interface Looked {
  readonly txs: readonly ChainTx[];
  readonly notes: string[];
}

async function indexed(chain: ChainBlocks, { addresses, network, signal }: ClusterRequest): Promise<Looked> {
  const scratch = openScratch();
  try {
    const index = await indexAddresses(chain, {
      forms: network,
      key: keyOf(chain),
      scratch,
      mostScripts: MOST_SCRIPTS,
      gathered: GATHERED,
      signal,
    });
    const roots = new Set<number>();
    for (const address of addresses) {
      const script = addressScript(address, network);
      const cluster = script === null ? null : clusterOf(index, script);
      if (cluster !== null && cluster.scripts > 1) roots.add(cluster.root);
    }
    const request = { forms: network, hash256: nodeHash256, most: MOST_TRANSACTIONS, signal, roots };
    const { txs, left } = await clusterTxs(chain, index, request);
    return { txs, notes: notesOn(index, left) };
  } finally {
    scratch.close();
  }
}

/** Whoever made these transactions did not know the hash of the last block, and so could not choose scripts
 *  that are taken for one another. */
function keyOf({ tip }: ChainBlocks): Uint8Array {
  return hexToHash(tip.hash ?? "") ?? new Uint8Array(32);
}

function notesOn({ counts, ids }: AddressIndex, left: number): string[] {
  const { unknownInputs, faults } = counts;
  return [
    ...(unknownInputs > 0 ? [`what ${unknownInputs} inputs spend is not known: they join nothing`] : []),
    ...(faults > 0 ? [`${faults} blocks could not be read`] : []),
    ...(ids.leftOut > 0 ? [`${ids.leftOut} outputs and inputs had no room in the index`] : []),
    ...(left > 0 ? [`${left} transactions of the clusters were not looked at`] : []),
  ];
}

async function asked(chain: ChainLookup, { addresses, service, signal }: ClusterRequest): Promise<Looked> {
  const txs = new Map<string, ChainTx>();
  const notes: string[] = [];
  const wanted = new Set(addresses);
  let count = 0;
  // A set that grows is walked to its new end.
  for (const address of wanted) {
    signal?.throwIfAborted();
    if (service(address) !== null) continue;
    if (count === MOST_ASKED || txs.size >= MOST_TRANSACTIONS) {
      notes.push(`${wanted.size - count} addresses of the clusters were not asked for`);
      break;
    }
    count += 1;
    for await (const tx of chain.touching(address)) {
      txs.set(tx.txid, tx);
      if (txs.size >= MOST_TRANSACTIONS) break;
      const { owners } = ownersOf([tx], { service, tagIds: () => [], roles: null });
      for (const { addresses: together } of owners) {
        if (together.includes(address)) for (const other of together) wanted.add(other);
      }
    }
  }
  return { txs: [...txs.values()], notes };
}
