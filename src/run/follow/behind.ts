import { depositsOf } from "../../follow/bitcoin/owners/deposits.ts";
import { type Owners, ownersOf } from "../../follow/bitcoin/owners/owners.ts";
import { type ServiceBehind, servicesBehind } from "../../follow/bitcoin/owners/service-behind.ts";
import type { ChainTx } from "../../model/chain.ts";

export interface Behind {
  readonly owners: Owners;
  /** The service behind an address, and how that is known. */
  readonly of: (address: string) => ServiceBehind | null;
  /** Addresses whose tags are the reason for what is said of others: those of owners, and those that
   *  deposits are swept to. */
  readonly reasons: readonly string[];
}

interface Around {
  readonly seeds: ReadonlySet<string>;
  /** Name of the service that an address is tagged with, where a trace is to stop. */
  readonly service: (address: string) => string | null;
  readonly tagIds: (address: string) => readonly string[];
}

/** Who owns the addresses of these transactions, and which of them are deposit addresses of services. */
export function behindOf(hops: readonly ChainTx[], { seeds, service, tagIds }: Around): Behind {
  const owners = ownersOf(hops, { service, tagIds, roles: null });
  const excluded = new Set(seeds);
  for (const address of seeds) for (const one of owners.of(address)?.addresses ?? []) excluded.add(one);
  const deposits = depositsOf(hops, { service, excluded });
  const behind = servicesBehind({ service, owners, deposits });
  const reasons = [
    ...owners.owners.flatMap(({ addresses }) => addresses),
    ...deposits.map(({ target }) => target),
  ];
  return { owners, of: (address) => (excluded.has(address) ? null : behind(address)), reasons };
}
