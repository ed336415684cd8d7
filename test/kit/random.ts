/** Repeatable pseudo-random numbers for authored evidence; never for anything that must be unguessable. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform whole number in [0, below). */
  below(below: number): number;
  bytes(length: number): Uint8Array;
  /** Exponential waiting time with this mean. */
  wait(mean: number): number;
  pick<T>(of: readonly T[]): T;
}

/** Mulberry32: 32 bits of state, the same numbers for the same seed on every machine. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const word = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = (): number => word() / 2 ** 32;
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    bytes: (length) => Uint8Array.from({ length }, () => word() >>> 24),
    wait: (mean) => -Math.log(1 - next()) * mean,
    pick: (of) => {
      const one = of[below(of.length)];
      if (one === undefined) throw new RangeError("Cannot pick from an empty list");
      return one;
    },
  };
}
