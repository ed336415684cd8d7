/** What the difficulty of Bitcoin's mainnet has never fallen below since a day, in hashes a block: 2^32 times
 *  what is called difficulty.
 *
 *  Source: the bits of mainnet's blocks; the lowest from each day on, rounded down.
 */
const LEAST: readonly { readonly since: string; readonly difficulty: number }[] = [
  { since: "2010-02-01", difficulty: 1.5 },
  { since: "2011-01-01", difficulty: 14_000 },
  { since: "2011-08-01", difficulty: 1e6 },
  { since: "2014-01-01", difficulty: 1e9 },
  { since: "2015-01-01", difficulty: 3.9e10 },
  { since: "2016-01-01", difficulty: 1e11 },
  { since: "2017-01-01", difficulty: 3e11 },
  { since: "2018-01-01", difficulty: 1.9e12 },
  { since: "2019-01-01", difficulty: 5e12 },
  { since: "2020-01-01", difficulty: 1.3e13 },
];

const HASHES = 2 ** 32;

/** Whether a block of so much work at this time is too easy to be of mainnet.
 *
 *  Limits: a test network that is worked on as hard as mainnet would pass.
 */
export function isTooEasyForMainnet(work: number, seconds: number): boolean {
  const rule = LEAST.findLast(({ since }) => Date.parse(since) <= seconds * 1000);
  return rule !== undefined && work < rule.difficulty * HASHES;
}
