/** What can be asked of whom, by what a service is. In the sentences `{service}`, `{address}`, `{date}`,
 *  `{amount}` and `{output}` stand for what is known of the deposit; `{deposit}` is "deposit address", or
 *  "address" where it may be one of the service's own. */
export interface NextStep {
  /** Categories as lists of tags write them; `tags` of GraphSense's vocabulary and its neighbours.
   *  Source: INTERPOL/GraphSense TagPack taxonomy, "entity". */
  readonly categories: readonly string[];
  readonly says: string;
}

const CREDITED = "{address}, credited on {date} with {amount} (output {output})";

/** Who keeps books on customers, and what to ask for. */
export const NEXT_STEPS: readonly NextStep[] = [
  {
    categories: ["exchange", "hosted_wallet", "wallet_service", "atm", "broker", "otc"],
    says:
      `Ask {service} for the account behind {deposit} ${CREDITED}: ` +
      "identity papers, log-ins with their IP addresses, and what was withdrawn since",
  },
  {
    categories: ["swap", "instant_exchange", "coinswapper", "shapeshift"],
    says:
      `Ask {service} for the order behind {deposit} ${CREDITED}: ` +
      "the coin and the address that it was paid out to, and the IP address that placed it",
  },
  {
    categories: ["payment_processor", "shop", "merchant"],
    says: `Ask {service} for the merchant and the order behind address ${CREDITED}`,
  },
  {
    categories: ["gambling"],
    says: `Ask {service} for the player's account behind address ${CREDITED}, and what was paid out`,
  },
  {
    categories: ["market", "marketplace"],
    says:
      `Ask the police force that holds the books of {service}, if it was seized, for the account behind ` +
      `address ${CREDITED}`,
  },
  {
    categories: ["mixing_service", "mixer", "mixing"],
    says:
      "No books can be expected of {service}: compare what it paid out in the days after {date} with " +
      "{amount} (output {output}); what fits is a lead and no proof",
  },
  {
    categories: ["mining_pool", "miner", "mining"],
    says: `Ask {service} for the account behind address ${CREDITED}`,
  },
];

/** For a service whose kind nobody tells. */
export const ASK_ANY = `Ask {service} whose address ${CREDITED} is, and what became of it`;

/** For what leaves a CoinJoin. */
export const AFTER_COINJOIN =
  "Nobody keeps books on a CoinJoin: look for later deposits that fit {amount} (output {output}, {date}) " +
  "in amount and time; what fits is a lead and no proof";

/** For an address that a list names itself and that was paid out of several: perhaps a service's own wallet,
 *  into which it swept what customers had deposited. */
export const ASK_FOR_PAYER =
  "; it was paid from {payers} addresses at once, as a service sweeps deposits together: ask for address " +
  "{payer} too, which the coins came from";
