/** Pools of Samourai's Whirlpool, in satoshi. Source: nopara73/Dumplings, Constants.cs, `SamouraiPools`. */
export const WHIRLPOOL_POOLS: readonly bigint[] = [100_000n, 1_000_000n, 5_000_000n, 50_000_000n];

/** What an input that enters a pool may hold above the pool's amount: its share of the miner's fee. The
 *  largest that Stütz and others saw is 0.0011 BTC. */
const MOST_ABOVE_SATS = 110_000n;

/** The pool that an output of this value is made to enter; undefined: none. */
export function poolEnteredBy(valueSats: bigint): bigint | undefined {
  return WHIRLPOOL_POOLS.find((pool) => valueSats > pool && valueSats <= pool + MOST_ABOVE_SATS);
}
