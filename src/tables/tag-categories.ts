/** What a word says of who holds an address. */
export interface TagCategory {
  readonly id: string;
  readonly title: string;
  /** Why a trace does not go on behind such an address; null: it goes on. */
  readonly stop: "service" | "coinjoin" | null;
  /** Whether it leaves open what kind of holder it is, so that no other word contradicts it. */
  readonly isVague: boolean;
}

type Row = readonly [id: string, title: string, stop: TagCategory["stop"], isVague?: true];

/** Words of GraphSense's taxonomy of entities, and words that stand in its packs besides.
 *
 *  Source: INTERPOL Dark Web and Virtual Assets Taxonomy, "entity"; graphsense-tagpacks and its ActorPack of
 *  2023. What can be asked of whom stands in `next-steps.ts`.
 */
const ROWS: readonly Row[] = [
  ["exchange", "exchange", "service"],
  ["hosted_wallet", "hosted wallet", "service"],
  ["wallet_service", "hosted wallet", "service"],
  ["mixing_service", "mixing service", "service"],
  ["mixer", "mixing service", "service"],
  ["mixing", "mixing service", "service"],
  ["gambling", "gambling site", "service"],
  ["market", "market", "service"],
  ["marketplace", "market", "service"],
  ["payment_processor", "payment processor", "service"],
  ["miner", "mining pool", "service"],
  ["mining_service", "mining pool", "service"],
  ["mining_pool", "mining pool", "service"],
  ["mining", "mining pool", "service"],
  ["faucet", "faucet", "service"],
  ["shop", "shop", "service"],
  ["merchant", "shop", "service"],
  ["broker", "broker", "service"],
  ["atm", "operator of cash machines", "service"],
  ["otc", "broker", "service"],
  ["instant_exchange", "service that swaps coins", "service"],
  ["swap", "service that swaps coins", "service"],
  ["defi", "decentralised finance", "service"],
  ["defi_dex", "decentralised exchange", "service"],
  ["defi_lending", "decentralised lender", "service"],
  ["defi_derivative", "decentralised derivatives", "service"],
  ["defi_bridge", "bridge to another chain", "service"],
  ["service", "service", "service", true],
  ["coinjoin", "CoinJoin", "coinjoin"],
  ["user", "user", null, true],
  ["organization", "organisation", null, true],
  ["donation", "donations", null],
  ["ico_wallet", "sale of tokens", null],
  ["index", "index", null, true],
  ["collectible", "collectible", null],
];

const CATEGORIES: ReadonlyMap<string, TagCategory> = new Map(
  ROWS.map(([id, title, stop, isVague = false]) => [id, { id, title, stop, isVague }]),
);

/** Every word that is known. */
export const TAG_CATEGORY_WORDS: readonly string[] = [...CATEGORIES.keys()];

/** What a word of a list means, singular or plural; null for one that is not in the table. */
export function tagCategory(word: string | null): TagCategory | null {
  const known = word
    ?.trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  if (known === undefined) return null;
  const forms = [known, known.replace(/s$/, ""), known.replace(/ies$/, "y")];
  return forms.map((form) => CATEGORIES.get(form)).find((found) => found !== undefined) ?? null;
}
