import type { Deposit } from "./deposits.ts";
import type { Owners } from "./owners.ts";

/** The service that an address seems to belong to, and how that is known. */
export interface ServiceBehind {
  readonly service: string;
  readonly how: "tag" | "cluster" | "sweep" | "cluster-of-sweep";
  readonly likelihood: number | null;
  readonly confidence: "high" | "medium" | "low";
  readonly says: string;
}

export interface ServiceSources {
  readonly service: (address: string) => string | null;
  readonly owners: Owners;
  readonly deposits: readonly Deposit[];
}

/** Answers for addresses: by the tag of the address itself, else of its cluster, else of the address that its
 *  coins are swept to, else of that one's cluster. */
export function servicesBehind({
  service,
  owners,
  deposits,
}: ServiceSources): (address: string) => ServiceBehind | null {
  const swept = new Map(deposits.map((deposit) => [deposit.address, deposit]));
  const tagged = (address: string): ServiceBehind | null => {
    const name = service(address);
    return name === null
      ? null
      : { service: name, how: "tag", likelihood: null, confidence: "high", says: `it is tagged ${name}` };
  };
  const clustered = (address: string): ServiceBehind | null => {
    const name = owners.service(address);
    const owner = owners.of(address);
    if (name === null || owner === null) return null;
    const { likelihood, confidence } = owner;
    const says = `it is one of ${owner.addressCount} addresses of an owner, of which one is tagged ${name}`;
    return { service: name, how: "cluster", likelihood, confidence, says };
  };
  const own = (address: string): ServiceBehind | null => tagged(address) ?? clustered(address);
  return (address) => {
    const deposit = swept.get(address);
    const behind = deposit === undefined ? null : own(deposit.target);
    if (behind === null || deposit === undefined) return own(address);
    const { says, confidence } = deposit;
    return (
      own(address) ??
      (behind.how === "tag"
        ? { service: behind.service, how: "sweep", likelihood: deposit.likelihood, confidence, says }
        : {
            service: behind.service,
            how: "cluster-of-sweep",
            likelihood: (behind.likelihood ?? 1) * 0.95,
            confidence: "medium",
            says: `${says}; of ${deposit.target}: ${behind.says}`,
          })
    );
  };
}
