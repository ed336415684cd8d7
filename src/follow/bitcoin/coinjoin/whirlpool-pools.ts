/** A pool of Whirlpool: what each place in its mixes holds, in satoshi. */
interface WhirlpoolPool {
  readonly sats: bigint;
  readonly by: "Samourai" | "Ashigaru";
  /** No mix of it before this day (YYYY-MM-DD). */
  readonly since: string;
}

/** Source: Dumplings, Constants.cs, `SamouraiPools`. Ashigaru runs Whirlpool on since Samourai's coordinator
 *  was seized in April 2024; its day is a lower bound. */
const WHIRLPOOL_POOLS: readonly WhirlpoolPool[] = [
  { sats: 100_000n, by: "Samourai", since: "2019-04-01" },
  { sats: 1_000_000n, by: "Samourai", since: "2019-04-01" },
  { sats: 2_500_000n, by: "Ashigaru", since: "2025-01-01" },
  { sats: 5_000_000n, by: "Samourai", since: "2019-04-01" },
  { sats: 25_000_000n, by: "Ashigaru", since: "2025-01-01" },
  { sats: 50_000_000n, by: "Samourai", since: "2019-04-01" },
];

/** What an input that enters a pool may hold above the pool's amount: its share of the miner's fee. The
 *  largest that Stütz and others saw is 0.0011 BTC. */
const MOST_ABOVE_SATS = 110_000n;

/** The pool that pays out outputs of this value at this time; undefined: none. A time that is not known rules
 *  out no pool. */
export function poolOf(valueSats: bigint, atMicros: number | null): WhirlpoolPool | undefined {
  return WHIRLPOOL_POOLS.find(({ sats, since }) => sats === valueSats && isOpen(since, atMicros));
}

/** The pool that an output of this value is made to enter; undefined: none. */
export function poolEnteredBy(valueSats: bigint, atMicros: number | null): WhirlpoolPool | undefined {
  return WHIRLPOOL_POOLS.find(
    ({ sats, since }) => valueSats > sats && valueSats <= sats + MOST_ABOVE_SATS && isOpen(since, atMicros),
  );
}

function isOpen(since: string, atMicros: number | null): boolean {
  return atMicros === null || atMicros >= Date.parse(since) * 1_000;
}
