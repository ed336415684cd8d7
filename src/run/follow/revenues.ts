import type { SeedRequest } from "../../follow/bitcoin/options.ts";
import type { RevenueOptions } from "../../follow/bitcoin/revenue/options.ts";
import { revenueOf } from "../../follow/bitcoin/revenue/revenue.ts";
import type { CoinPrices } from "../../follow/worth.ts";
import type { ChainTx, WorthClaim } from "../../model/chain.ts";
import { PaydirtError } from "../../model/error.ts";
import type { Revenue } from "../../model/follow-case.ts";
import { grouped } from "../../model/group.ts";
import { demandOf, parseBand } from "../../tables/ransom-demands.ts";
import type { FollowOptions } from "./options.ts";

interface Came {
  readonly hops: readonly ChainTx[];
  readonly request: SeedRequest;
  readonly options: FollowOptions;
  readonly prices: CoinPrices;
  readonly claims: readonly WorthClaim[];
  /** The family that an address is tagged with; null: none, or several. */
  readonly familyOf: (address: string) => string | null;
  readonly doubts: RevenueOptions["doubts"];
  readonly sameOwner: RevenueOptions["sameOwner"];
}

/** What came in at the addresses that were asked for: families one by one, all other addresses together. */
export function revenues(came: Came): readonly Revenue[] {
  const groups = groupsOf(came);
  return [...groups].map(([about, addresses], at) =>
    revenueOf(came.hops, {
      id: `r${at + 1}`,
      about,
      addresses,
      untilMicros: came.options.until.micros,
      campaign: null,
      demands: demandsOf(about, came.options),
      sameOwner: came.sameOwner,
      doubts: came.doubts,
      claims: came.claims,
      prices: came.prices,
      asOf: came.options.asOf,
      cashOut: null,
    }),
  );
}

function demandsOf(family: string, options: FollowOptions): RevenueOptions["demands"] {
  return options.demands.length === 0 ? (demandOf(family)?.bands ?? []) : demandBands(options);
}

/** Errors: `bad-option` for a --demand that is no span of money. */
export function demandBands({ demands }: FollowOptions): RevenueOptions["demands"] {
  return demands.map((text) => {
    const band = parseBand(text);
    if (band === null) {
      throw new PaydirtError(
        "bad-option",
        `Cannot use --demand ${text}: it is no span such as 250-350 (USD) or 0.5-1btc, the lower first`,
      );
    }
    return band;
  });
}

function groupsOf({ request, familyOf }: Came): ReadonlyMap<string, readonly string[]> {
  const byName = grouped(request.addresses, ({ address, asked }) => {
    const about = asked.startsWith("family:") ? asked.slice("family:".length).trim() : asked;
    return about.startsWith("btc:") || about === address ? OWN : about;
  });
  const groups = new Map([...byName].map(([about, of]) => [about, of.map(({ address }) => address)]));
  const own = groups.get(OWN);
  if (own === undefined) return groups;
  // Addresses that were named one by one and are all of one family are told by its name.
  const families = new Set(own.map(familyOf));
  const [family = null] = families;
  const name = families.size === 1 && family !== null ? family : own.length === 1 ? (own[0] ?? OWN) : OWN;
  groups.delete(OWN);
  groups.set(name, [...(groups.get(name) ?? []), ...own]);
  return groups;
}

const OWN = "the addresses that were asked for";
