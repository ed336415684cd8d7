import type { Place } from "../../../model/place.ts";
import { addressNetworks } from "../../../tables/address-networks.ts";
import { BITCOIN_NETWORKS, networkById } from "../../../tables/bitcoin-networks.ts";
import type { ChainContext } from "../source.ts";
import type { SliceContents } from "./contents.ts";

/** The network of what no valid address tells another of. */
const DEFAULT_NETWORK = "btc";
const MAX_SHOWN = 100;

/** Tells addresses of the network of a slice from damaged ones and those of other networks. */
export class CheckedAddresses {
  readonly network: string;
  readonly #networks: ReadonlyMap<string, readonly string[]>;
  readonly #name: string;
  readonly #context: ChainContext;

  /** The network is the one that the slice names, else the one that most of its addresses can be of. */
  constructor({ file, network, ...told }: SliceContents, context: ChainContext) {
    this.#networks = networksOf(told);
    this.network = network ?? mostCommon(this.#networks) ?? DEFAULT_NETWORK;
    this.#name = file.name;
    this.#context = context;
  }

  /** The address in the form of its network; null, and a gap, where it is none of this one. */
  checked(address: string, place: Place): string | null {
    const networks = this.#networks.get(address) ?? [];
    if (networks.includes(this.network)) return written(address);
    const shown = address.slice(0, MAX_SHOWN);
    const other = networkById(networks[0] ?? "");
    if (other === null) {
      this.#context.gap(place, "damaged-address", `${this.#name}: "${shown}" is no valid address`);
    } else {
      const here = networkById(this.network)?.name ?? this.network;
      const says = `${this.#name}: ${shown} is an address of ${other.name}, not of ${here}`;
      this.#context.gap(place, "other-network", says);
    }
    return null;
  }
}

/** Bech32 in capitals is the same address as in small letters. */
function written(address: string): string {
  return address === address.toUpperCase() ? address.toLowerCase() : address;
}

type Told = Pick<SliceContents, "transactions" | "payments" | "tags">;

function networksOf({ transactions, payments, tags }: Told): ReadonlyMap<string, readonly string[]> {
  const networks = new Map<string, readonly string[]>();
  const take = (address: string | null): void => {
    if (address !== null && !networks.has(address)) networks.set(address, addressNetworks(address));
  };
  for (const { address } of [payments, tags].flat()) take(address);
  for (const { inputs, outputs } of transactions.values()) {
    for (const { address } of inputs) take(address);
    for (const { address } of outputs) take(address);
  }
  return networks;
}

/** Of networks that as many addresses can be of, the first in the table. */
function mostCommon(networks: ReadonlyMap<string, readonly string[]>): string | null {
  const counts = new Map<string, number>();
  for (const ids of networks.values()) for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  let most: string | null = null;
  for (const { id } of BITCOIN_NETWORKS) {
    if ((counts.get(id) ?? 0) > (most === null ? 0 : (counts.get(most) ?? 0))) most = id;
  }
  return most;
}
