/** What a machine of an era hashes, so that a hash rate can be told in machines.
 *
 *  Shape: `algorithms` in xmrig's names; rates of one machine in hashes a second.
 */
export interface ServerRate {
  readonly algorithms: readonly string[];
  readonly machine: string;
  readonly lowHps: number;
  readonly highHps: number;
  readonly source: string;
}

const CRYPTONIGHT = ["cn/0", "cn/1", "cn/2", "cn/r"] as const;

const CRYPTONIGHT_SOURCE =
  "CryptoNight needs 2 MB of L3 cache a thread, so floor(L3 / 2 MB) threads at 40–90 H/s each; the RandomX " +
  "README gives for CN/R: i9-9900K 660, Ryzen 1700 520, i7-8550U 200, i3-3220 without AES 42 H/s";

const RANDOMX_SOURCE =
  "RandomX README, fast mode: i9-9900K 5,770, Ryzen 1700 4,100, i7-8550U 1,700, i3-3220 510 H/s; labels of " +
  "the CJ-Sniffer captures: Xeon E5-2430 1,944–2,014, i7-8700K 3,249–3,381 H/s";

export const SERVER_RATES: readonly ServerRate[] = [
  {
    algorithms: CRYPTONIGHT,
    machine: "server of 2013–17, one socket",
    lowHps: 250,
    highHps: 500,
    source: CRYPTONIGHT_SOURCE,
  },
  {
    algorithms: CRYPTONIGHT,
    machine: "server of 2013–17, two sockets",
    lowHps: 1_000,
    highHps: 1_000,
    source: CRYPTONIGHT_SOURCE,
  },
  {
    algorithms: ["rx/0"],
    machine: "server of 2012–17, one socket",
    lowHps: 1_900,
    highHps: 4_100,
    source: RANDOMX_SOURCE,
  },
  {
    algorithms: ["rx/0"],
    machine: "desktop of 2017–19",
    lowHps: 3_200,
    highHps: 5_800,
    source: RANDOMX_SOURCE,
  },
];

/** The machines for an algorithm; none where no rate with a source is known. */
export function serverRates(algorithm: string | null): readonly ServerRate[] {
  return algorithm === null ? [] : SERVER_RATES.filter(({ algorithms }) => algorithms.includes(algorithm));
}
