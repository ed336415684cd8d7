/** Monero's scheduled network upgrades: block major version → from which height and day, hashed with what.
 *
 *  Shape: ascending, `from` is the UTC day of the block at `height`.
 *  Source: monero src/hardforks/hardforks.cpp (mainnet heights) and the README's table of scheduled
 *  upgrades (days); algorithms by monero src/cryptonote_basic/cryptonote_format_utils.cpp (variant by
 *  major version) in xmrig's names.
 */
export interface MoneroFork {
  readonly version: number;
  readonly height: number;
  readonly from: string;
  readonly algorithm: string;
}

export const MONERO_FORKS: readonly MoneroFork[] = [
  { version: 1, height: 1, from: "2014-04-18", algorithm: "cn/0" },
  { version: 2, height: 1009827, from: "2016-03-22", algorithm: "cn/0" },
  { version: 3, height: 1141317, from: "2016-09-21", algorithm: "cn/0" },
  { version: 4, height: 1220516, from: "2017-01-05", algorithm: "cn/0" },
  { version: 5, height: 1288616, from: "2017-04-15", algorithm: "cn/0" },
  { version: 6, height: 1400000, from: "2017-09-16", algorithm: "cn/0" },
  { version: 7, height: 1546000, from: "2018-04-06", algorithm: "cn/1" },
  { version: 8, height: 1685555, from: "2018-10-18", algorithm: "cn/2" },
  { version: 9, height: 1686275, from: "2018-10-19", algorithm: "cn/2" },
  { version: 10, height: 1788000, from: "2019-03-09", algorithm: "cn/r" },
  { version: 11, height: 1788720, from: "2019-03-10", algorithm: "cn/r" },
  { version: 12, height: 1978433, from: "2019-11-30", algorithm: "rx/0" },
  { version: 13, height: 2210000, from: "2020-10-17", algorithm: "rx/0" },
  { version: 14, height: 2210720, from: "2020-10-18", algorithm: "rx/0" },
  { version: 15, height: 2688888, from: "2022-08-13", algorithm: "rx/0" },
  { version: 16, height: 2689608, from: "2022-08-14", algorithm: "rx/0" },
];

/** A block's own time may run this far from the day of the upgrade: nodes take a block up to two hours
 *  ahead and miners lag; a day also covers that `from` has no time of day. */
const SLACK_SECONDS = 86_400;

const SPANS = MONERO_FORKS.map((fork, i) => ({
  fork,
  fromSeconds: Date.parse(`${fork.from}T00:00:00Z`) / 1000 - SLACK_SECONDS,
  toSeconds: Date.parse(`${MONERO_FORKS[i + 1]?.from ?? "9999-12-31"}T00:00:00Z`) / 1000 + 2 * SLACK_SECONDS,
  nextHeight: MONERO_FORKS[i + 1]?.height ?? Number.POSITIVE_INFINITY,
}));

/** The upgrade that a block of this version, time and, if known, height belongs to;
 *  null: not a block of Monero. */
export function moneroFork(version: number, atSeconds: number, height: number | null): MoneroFork | null {
  const span = SPANS.find(({ fork }) => fork.version === version);
  if (span === undefined || atSeconds < span.fromSeconds || atSeconds > span.toSeconds) return null;
  if (height !== null && (height < span.fork.height || height >= span.nextHeight)) return null;
  return span.fork;
}
