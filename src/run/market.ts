import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, isAbsolute, join } from "node:path";
import { PaydirtError } from "../model/error.ts";
import { reasonOf } from "../model/reason.ts";
import { writeFileAtomic } from "../store/write.ts";
import { ALONE, loadMarket, MARKET_FOLDER, type Market } from "../tables/market.ts";
import { type MarketDay, type MarketTable, parseMarketCsv } from "../tables/market-csv.ts";

export interface ImportOptions {
  readonly file: string;
  /** Lower-case ticker; null: as the file is named ("xmr.csv", "BTC-USD.csv"). */
  readonly coin: string | null;
  /** As given with --data; null: the platform's. */
  readonly dataFolder: string | null;
  /** Use the imported days alone, and no shipped or earlier ones. */
  readonly replace: boolean;
}

export interface ImportResult {
  readonly coin: string;
  readonly format: MarketTable["format"];
  /** Days in the file, and the first and last of them. */
  readonly days: number;
  readonly first: string;
  readonly last: string;
  /** Days with a price, and with a difficulty. */
  readonly prices: number;
  readonly difficulties: number;
  /** Days of the user's own table that the file changed. */
  readonly replaced: number;
  /** Days in the user's own table now. */
  readonly total: number;
  readonly path: string;
  readonly sha256: string;
}

/** Far above a daily table of any coin, far below what fills the memory. */
const MAX_BYTES = 64 << 20;
const TICKER = /^[a-z0-9]{2,12}$/;
const COLUMNS = "date,price_usd,difficulty,blocks,issuance";
const RANGE_COLUMNS = "open_usd,high_usd,low_usd";

/** The folder of the user's own tables: --data, else $XDG_DATA_HOME/paydirt, else ~/.local/share/paydirt.
 *
 *  Source: XDG Base Directory Specification 0.8; a relative $XDG_DATA_HOME is to be ignored.
 */
export function userDataFolder(given: string | null): string {
  if (given !== null) return given;
  const xdg = process.env["XDG_DATA_HOME"] ?? "";
  return join(isAbsolute(xdg) ? xdg : join(homedir(), ".local", "share"), "paydirt");
}

/** The shipped market tables with the user's over them.
 *
 *  Errors: `bad-option` for a folder given that is not there, `bad-table` for a bad row, naming file and
 *  line.
 */
export function marketOf(dataFolder: string | null): Market {
  if (dataFolder !== null && !existsSync(dataFolder)) {
    throw new PaydirtError(
      "bad-option",
      `Cannot read the tables in ${dataFolder}: the folder does not exist`,
    );
  }
  return asTable(() => loadMarket(userDataFolder(dataFolder)));
}

/** Brings a table of days into the user's data folder, over what is there.
 *
 *  Shape: values of the file win over those of the same day; what it leaves empty stays as it was.
 *  Errors: `cannot-read`, `bad-table` naming the line of a bad row, `bad-option` without a coin,
 *  `cannot-write`; nothing is changed then.
 */
export async function importMarket(options: ImportOptions): Promise<ImportResult> {
  const coin = (options.coin ?? coinIn(options.file)).toLowerCase();
  if (!TICKER.test(coin)) {
    throw new PaydirtError("bad-option", `Cannot import ${options.file}: name its coin, such as --coin xmr`);
  }
  const table = asTable(() => parseMarketCsv(textOf(options.file), coin), options.file);
  const path = join(userDataFolder(options.dataFolder), MARKET_FOLDER, `${coin}.csv`);
  const older =
    options.replace || !existsSync(path) ? null : asTable(() => parseMarketCsv(textOf(path), coin), path);
  const days = new Map((older?.days ?? []).map((day) => [day.date, day]));
  let replaced = 0;
  for (const day of table.days) {
    const old = days.get(day.date);
    if (old !== undefined) replaced += 1;
    days.set(day.date, old === undefined ? day : over(day, old));
  }
  const sorted = [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
  const text = [...notes(options, table, older), ...linesOf(sorted), ""].join("\n");
  await writeFileAtomic(path, text);
  return {
    coin,
    format: table.format,
    days: table.days.length,
    first: table.days[0]?.date ?? "",
    last: table.days.at(-1)?.date ?? "",
    prices: table.days.filter(({ priceUsd }) => priceUsd !== null).length,
    difficulties: table.days.filter(({ difficulty }) => difficulty !== null).length,
    replaced,
    total: sorted.length,
    path,
    sha256: createHash("sha256").update(text).digest("hex"),
  };
}

/** "xmr.csv", "BTC-USD.csv", "eth-usd-daily-2020.csv". */
function coinIn(file: string): string {
  return /^([a-z0-9]{2,12})(?:[-_.].*)?\.csv$/i.exec(basename(file))?.[1] ?? "";
}

function textOf(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > MAX_BYTES) throw new Error(`it has ${size} bytes, at most ${MAX_BYTES} are read`);
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw new PaydirtError("cannot-read", `Cannot read ${file}: ${reasonOf(error)}`, error);
  }
}

function asTable<T>(read: () => T, file: string | null = null): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new PaydirtError("bad-table", file === null ? error.message : `${file}: ${error.message}`, error);
  }
}

/** The four prices of a day stay together: those of two sources make no range. */
function over(day: MarketDay, old: MarketDay): MarketDay {
  const { priceUsd, openUsd, highUsd, lowUsd } = day.priceUsd === null ? old : day;
  return {
    date: day.date,
    priceUsd,
    openUsd,
    highUsd,
    lowUsd,
    difficulty: day.difficulty ?? old.difficulty,
    blocks: day.blocks ?? old.blocks,
    issuance: day.issuance ?? old.issuance,
  };
}

/** Where the days come from, each file once, and whether they stand alone. */
function notes({ file, replace }: ImportOptions, table: MarketTable, older: MarketTable | null): string[] {
  const name = basename(file)
    .replace(/[^\w .,()+-]/g, "_")
    .slice(0, 100);
  const source = `source: ${name} (${table.format})`;
  const before = older?.notes ?? [];
  const sources = new Set([...before.filter((note) => note.startsWith("source:")), source]);
  const alone = replace || before.includes(ALONE) ? [ALONE] : [];
  return [...sources, ...alone].map((note) => `# ${note}`);
}

/** The columns of the range stand only in a table that knows some. */
function linesOf(days: readonly MarketDay[]): string[] {
  const hasRange = days.some((day) => (day.openUsd ?? day.highUsd ?? day.lowUsd) !== null);
  const row = (day: MarketDay): string => {
    const { date, priceUsd, difficulty, blocks, issuance, openUsd, highUsd, lowUsd } = day;
    const range = hasRange ? [openUsd, highUsd, lowUsd] : [];
    return [date, priceUsd, difficulty, blocks, issuance, ...range].map((value) => value ?? "").join(",");
  };
  return [hasRange ? `${COLUMNS},${RANGE_COLUMNS}` : COLUMNS, ...days.map(row)];
}
