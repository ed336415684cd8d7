/** What a ticker is called in a sentence. Source: each project's own site. */
const COIN_NAMES: ReadonlyMap<string, string> = new Map([
  ["xmr", "Monero"],
  ["btc", "Bitcoin"],
  ["bch", "Bitcoin Cash"],
  ["ltc", "Litecoin"],
  ["doge", "Dogecoin"],
  ["dash", "Dash"],
  ["eth", "Ethereum"],
  ["etc", "Ethereum Classic"],
  ["zec", "Zcash"],
  ["rvn", "Ravencoin"],
]);

/** A coin's name, or its ticker in capitals where no name is known. */
export function coinName(ticker: string): string {
  return COIN_NAMES.get(ticker) ?? ticker.toUpperCase();
}
