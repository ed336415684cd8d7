import { utcDay } from "../../bytes/time.ts";
import { contextOf } from "../../follow/bitcoin/change/context.ts";
import { type OutputRole, rolesOf } from "../../follow/bitcoin/change/roles.ts";
import { DEPOSIT_SOURCE } from "../../follow/bitcoin/owners/deposits.ts";
import type { ServiceBehind } from "../../follow/bitcoin/owners/service-behind.ts";
import type { CoinPrices } from "../../follow/worth.ts";
import type { ChainTx } from "../../model/chain.ts";

const NO_ROLE: OutputRole = { role: "unknown", likelihood: null, confidence: null, votes: [] };

/** What an output of a transaction of the trace seems to be; a fee (null) is its miner's. */
export type RoleOf = (txid: string, vout: number | null) => OutputRole;

interface Around {
  readonly prices: CoinPrices;
  /** The service behind an address, and how that is known. */
  readonly behind: (address: string) => ServiceBehind | null;
}

/** Roles of the outputs of these transactions, each worked out when it is first asked for. */
export function roles(hops: readonly ChainTx[], { prices, behind }: Around): RoleOf {
  const byId = new Map(hops.map((tx) => [tx.txid, tx]));
  const known = new Map<string, readonly OutputRole[]>();
  const context = contextOf(hops, {
    service: (address) => behind(address)?.service ?? null,
    usd: ({ atMicros }) => {
      const day = atMicros === null ? null : prices.market.ohlc(prices.coin, utcDay(atMicros));
      return day === null || day.low === null || day.high === null ? null : { low: day.low, high: day.high };
    },
  });
  return (txid, vout) => {
    if (vout === null) return { ...NO_ROLE, role: "miner", likelihood: 1, confidence: "high" };
    const tx = byId.get(txid);
    if (tx === undefined) return NO_ROLE;
    const found = known.get(txid) ?? rolesOf(tx, context);
    known.set(txid, found);
    const at = tx.outputs.findIndex((output) => output.vout === vout);
    const address = tx.outputs[at]?.address ?? null;
    const service = address === null ? null : behind(address);
    const role = found[at] ?? NO_ROLE;
    return service === null ? role : deposit(role, service);
  };
}

/** An output that a service took is a deposit there, whatever else it is in its transaction. */
function deposit({ votes }: OutputRole, { how, likelihood, confidence }: ServiceBehind): OutputRole {
  const source = how === "tag" ? "the tag of the address" : DEPOSIT_SOURCE;
  const vote = { rule: `service-by-${how}`, role: "deposit" as const, errorShare: null, source };
  return { role: "deposit", likelihood, confidence, votes: [...votes, vote] };
}
