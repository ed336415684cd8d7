// Builds data/market/{xmr,btc,eth}.csv from the daily figures in ../shared/data/market.
//   node scripts/market.mjs [FOLDER OF THE FIGURES]
// data/market/README.md says where they come from, under which licence, and what is missing.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const figures = process.argv[2] ?? join(root, "..", "shared", "data", "market");

const COIN_METRICS = "values match Coin Metrics community data, CC BY-NC 4.0";
const CHAIN_COLUMNS = ["date", "price_usd", "difficulty", "blocks", "issuance"];

/** From which file, which columns of it under which names, and what the table says of its source. */
const TABLES = [
  { coin: "xmr", file: "xmr.csv", columns: CHAIN_COLUMNS, names: CHAIN_COLUMNS, source: COIN_METRICS },
  { coin: "eth", file: "eth.csv", columns: CHAIN_COLUMNS, names: CHAIN_COLUMNS, source: COIN_METRICS },
  {
    coin: "btc",
    file: "btc-usd-daily-2012-2024.csv",
    columns: ["Date", "Close", "Open", "High", "Low"],
    names: ["date", "price_usd", "open_usd", "high_usd", "low_usd"],
    source: "daily close, open, high and low of Yahoo Finance, from cablej/ransomwhere (MIT)",
  },
];

for (const { coin, file, columns, names, source } of TABLES) {
  const [head, ...rows] = readFileSync(join(figures, file), "utf8").trim().split(/\r?\n/);
  const at = columns.map((column) => head.split(",").indexOf(column));
  if (at.includes(-1))
    throw new Error(`Cannot read ${file}: it lacks one of the columns ${columns.join(", ")}`);
  const days = rows.map((row) => at.map((index) => row.split(",")[index]).join(","));
  days.sort();
  const lines = [`# source: ${source}`, names.join(","), ...days, ""];
  writeFileSync(join(root, "data", "market", `${coin}.csv`), lines.join("\n"));
  console.log(`${coin}.csv: ${days.length} days, ${days[0].slice(0, 10)} to ${days.at(-1).slice(0, 10)}`);
}
