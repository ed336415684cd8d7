import type { RevenueOptions } from "../../follow/bitcoin/revenue/options.ts";
import type { Chain, SourceTag } from "../../model/chain.ts";
import type { CaseTag } from "../../model/follow-case.ts";
import type { BitcoinNetwork } from "../../tables/bitcoin-networks.ts";
import { ransomFamily } from "../../tables/ransom-addresses.ts";
import type { FollowDesk } from "./desk.ts";
import type { FollowOptions } from "./options.ts";

/** What is said of addresses, by all lists together. */
export interface Names {
  readonly tags: readonly SourceTag[];
  /** Name of the service that holds an address, where a trace is to stop. */
  readonly service: (address: string) => string | null;
  /** The category of a service, as lists name it. */
  readonly categoryOf: (service: string) => string | null;
  readonly tagIds: (address: string) => readonly string[];
  readonly familyOf: (address: string) => string | null;
  readonly doubts: RevenueOptions["doubts"];
  /** The tags of these addresses, as a case tells them. */
  readonly told: (addresses: Iterable<string>) => readonly CaseTag[];
}

interface Sources {
  readonly chain: Chain;
  readonly network: BitcoinNetwork;
  readonly options: FollowOptions;
  readonly desk: FollowDesk;
}

export async function readNames({ chain }: Sources): Promise<Names> {
  const tags = chain.kind === "lookup" ? chain.tags : [];
  const families = new Map(tags.map(({ address, label }) => [address, label]));
  return {
    tags,
    service: () => null,
    categoryOf: () => null,
    tagIds: () => [],
    familyOf: (address) => families.get(address) ?? ransomFamily(address),
    doubts: new Map(),
    told: () => [],
  };
}
