/** What a coin hashes with, as miners call it. Coins with several algorithms (dgb) have no row.
 *
 *  Source: each coin's reference node; names as in xmrig and ccminer.
 */
export const ALGORITHM_OF_COIN: ReadonlyMap<string, string> = new Map([
  ["btc", "sha256d"],
  ["bch", "sha256d"],
  ["ltc", "scrypt"],
  ["doge", "scrypt"],
  ["dash", "x11"],
  ["rtm", "ghostrider"],
  ["eth", "ethash"],
  ["etc", "etchash"],
  ["zec", "equihash/200,9"],
  ["rvn", "kawpow"],
]);

/** How many hashes of an algorithm stratum's difficulty 1 stands for, relative to Bitcoin's.
 *
 *  Source: cpuminer-multi util.c `diff_to_target` callers (scrypt and ghostrider: difficulty / 65,536;
 *  X11: / 256).
 *  Limits: pools may scale otherwise; an algorithm without a row has no known scale.
 */
export const DIFFICULTY1_SCALE: ReadonlyMap<string, number> = new Map([
  ["sha256d", 1],
  ["scrypt", 1 / 65_536],
  ["ghostrider", 1 / 65_536],
  ["x11", 1 / 256],
]);

/** Words in a pool's host name that name a coin, as whole words between dots, dashes and digits. */
export const COIN_WORDS: ReadonlyMap<string, string> = new Map([
  ["xmr", "xmr"],
  ["monero", "xmr"],
  ["btc", "btc"],
  ["bitcoin", "btc"],
  ["bch", "bch"],
  ["ltc", "ltc"],
  ["litecoin", "ltc"],
  ["doge", "doge"],
  ["dash", "dash"],
  ["eth", "eth"],
  ["ethereum", "eth"],
  ["etc", "etc"],
  ["zec", "zec"],
  ["zcash", "zec"],
  ["rvn", "rvn"],
  ["ravencoin", "rvn"],
]);

/** Bitcoin's height at the start of each year, UTC: [year, height].
 *
 *  Source: block headers of Bitcoin's main chain (first block of each year), within a few blocks.
 */
const BITCOIN_HEIGHTS: readonly (readonly [number, number])[] = [
  [2009, 0],
  [2010, 32_490],
  [2011, 100_410],
  [2012, 160_037],
  [2013, 214_563],
  [2014, 277_996],
  [2015, 336_861],
  [2016, 391_182],
  [2017, 446_033],
  [2018, 501_951],
  [2019, 556_459],
  [2020, 610_691],
  [2021, 663_913],
  [2022, 716_599],
  [2023, 769_787],
  [2024, 823_786],
  [2025, 877_259],
  [2026, 930_340],
];

/** How far a job's height may lie from the line through those points: half of the smallest lead that
 *  Bitcoin Cash, whose jobs look alike, has had over Bitcoin since 2018 (about 5,000 blocks); within a
 *  year Bitcoin itself strays less than 1,500 from the line. */
const BITCOIN_HEIGHT_SLACK = 2_500;

/** Whether a job of this height and time can be Bitcoin's. */
export function isBitcoinHeight(height: number, atSeconds: number): boolean {
  const at = new Date(atSeconds * 1000);
  const year = at.getUTCFullYear();
  const i = year - 2009;
  const [here, next] = [BITCOIN_HEIGHTS[i], BITCOIN_HEIGHTS[i + 1]];
  if (here === undefined) return false;
  const start = Date.UTC(year, 0, 1);
  const fraction = (at.getTime() - start) / (Date.UTC(year + 1, 0, 1) - start);
  const yearly = next === undefined ? 52_560 : next[1] - here[1];
  return Math.abs(here[1] + fraction * yearly - height) <= BITCOIN_HEIGHT_SLACK;
}

/** What programs that only mine call themselves, lower case, as the start of the agent.
 *
 *  Source: the programs' own sources and release notes; agents in captures.
 */
const MINER_AGENTS: readonly string[] = [
  "xmrig",
  "xmr-stak",
  "xmr/",
  "xmr-node-proxy",
  "cpuminer",
  "ccminer",
  "cgminer",
  "bfgminer",
  "sgminer",
  "ethminer",
  "minergate",
  "claymore",
  "phoenixminer",
  "srbminer",
  "teamredminer",
  "lolminer",
  "t-rex",
  "gminer",
  "nbminer",
  "nanominer",
  "wildrig",
  "cast_xmr",
  "jce",
  "bminer",
  "nheqminer",
  "ewbf",
  "wolf-xmr",
  "yam",
  "moneroocean",
  "p2pool",
  "nicehash",
];

export function isMinerAgent(agent: string): boolean {
  const lower = agent.slice(0, 64).toLowerCase();
  return MINER_AGENTS.some((start) => lower.startsWith(start));
}
