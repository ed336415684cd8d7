import { type Coin, type RegtestChain, regtestChain } from "./chain.ts";
import { type Ransom, ransom } from "./ransom.ts";
import { type Theft, theft } from "./theft.ts";

export interface Heists {
  readonly chain: RegtestChain;
  readonly theft: Theft;
  readonly ransom: Ransom;
}

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${name} ${at + 1}`);

/** Who mines the first blocks: one each for everybody who has coins to begin with. */
const FIRST_OWNERS = [
  ...numbered("victim", 3),
  ...["merchant", "early pool"],
  ...numbered("ransom victim", 5),
  ...numbered("joiner", 4),
  ...numbered("customer", 8),
];
/** SegWit is in force from block 432 on: its miners signal it for three periods of 144 blocks. */
const FIRST_BLOCKS = 440;

/** A chain of our own with a theft and an extortion on it, of which every owner is known. */
export async function heists(): Promise<Heists> {
  const chain = await regtestChain();
  const first = new Map<string, Coin>();
  while (chain.height() < FIRST_BLOCKS) {
    const coin = await chain.mine(FIRST_OWNERS[chain.height()] ?? "pool");
    first.set(coin.owner, coin);
  }
  const coinOf = (owner: string): Coin => {
    const coin = first.get(owner);
    if (coin === undefined) throw new Error(`${owner} has no coins to begin with`);
    return coin;
  };
  return { chain, theft: await theft(chain, coinOf), ransom: await ransom(chain, coinOf) };
}
