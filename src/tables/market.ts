// Prices, difficulties and issuance by day: data/market/*.csv, whose README tells sources and licences, and
// the user's own tables over them.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type MarketDay, type MarketTable, parseMarketCsv } from "./market-csv.ts";
import { packageRoot } from "./package-root.ts";

/** A figure of one day and the table that it stands in. */
export interface Quote {
  readonly value: number;
  readonly date: string;
  readonly source: string;
}

/** The four prices of a coin on one day, in US dollars, all of one table; what it does not tell is null. */
export interface DayPrices {
  readonly open: number | null;
  readonly high: number | null;
  readonly low: number | null;
  readonly close: number;
  readonly source: string;
}

/** What is known of coins by UTC day (YYYY-MM-DD).
 *  null is unknown: no neighbouring day stands in for another. */
export interface Market {
  /** US dollars a coin. */
  price(coin: string, day: string): Quote | null;
  /** The same day's open, high and low beside its close, which is `price`. */
  ohlc(coin: string, day: string): DayPrices | null;
  /** Mean network difficulty, in the unit of the coin's own nodes. */
  difficulty(coin: string, day: string): Quote | null;
  /** Coins issued for each block, the mean of the day. */
  issuance(coin: string, day: string): Quote | null;
  /** The latest price known. */
  last(coin: string): Quote | null;
  /** The days with a price nearest to one without, for messages. */
  around(coin: string, day: string): { readonly before: string | null; readonly after: string | null };
  /** What was read so far, for the manifest: of the shipped tables those of coins that were asked for. */
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly source: string }[];
}

/** The note that makes a user's table stand alone instead of extending the shipped one. */
export const ALONE = "replaces the shipped table";

/** Where a folder of the user's tables keeps those of the market. */
export const MARKET_FOLDER = "market";

const FILE = /^([a-z0-9]{2,12})\.csv$/;

interface Cell {
  readonly priceUsd: Quote | null;
  readonly range: Pick<DayPrices, "open" | "high" | "low">;
  readonly difficulty: Quote | null;
  readonly issuance: Quote | null;
}

/** Reads the shipped tables, then those in the folder `market` of the user's data folder.
 *
 *  Shape: a user's value replaces the shipped one of the same day, or extends the table; values that a
 *  user's row leaves empty stay as shipped. null: the shipped tables alone.
 *  Errors: RangeError that names the file and line of a bad row.
 */
export function loadMarket(dataFolder: string | null): Market {
  const tables = new MarketTables(join(packageRoot(), "data", "market"));
  if (dataFolder !== null) tables.addFolder(join(dataFolder, MARKET_FOLDER), "your market/");
  return tables;
}

type Days = ReadonlyMap<string, Cell>;

/** A shipped table is read when its coin is first asked for: most cases have one coin. The user's are read at
 *  once, so that a bad row is told before any evidence is read. */
class MarketTables implements Market {
  readonly #read: { name: string; sha256: string; source: string }[] = [];
  readonly #shipped: string;
  readonly #coins = new Map<string, Days>();
  readonly #priced = new Map<string, readonly string[]>();

  constructor(shipped: string) {
    this.#shipped = shipped;
  }

  get files(): Market["files"] {
    return [...this.#read].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  addFolder(folder: string, prefix: string): void {
    if (!existsSync(folder)) return;
    for (const file of readdirSync(folder).sort()) {
      const coin = FILE.exec(file)?.[1];
      if (coin !== undefined) this.#coins.set(coin, this.#over(this.#daysOf(coin), { folder, file, prefix }));
    }
  }

  price(coin: string, day: string): Quote | null {
    return this.#daysOf(coin).get(day)?.priceUsd ?? null;
  }

  ohlc(coin: string, day: string): DayPrices | null {
    const cell = this.#daysOf(coin).get(day);
    if (!cell?.priceUsd) return null;
    return { ...cell.range, close: cell.priceUsd.value, source: cell.priceUsd.source };
  }

  difficulty(coin: string, day: string): Quote | null {
    return this.#daysOf(coin).get(day)?.difficulty ?? null;
  }

  issuance(coin: string, day: string): Quote | null {
    return this.#daysOf(coin).get(day)?.issuance ?? null;
  }

  last(coin: string): Quote | null {
    const day = this.#pricedDays(coin).at(-1);
    return day === undefined ? null : this.price(coin, day);
  }

  around(coin: string, day: string): { before: string | null; after: string | null } {
    const days = this.#pricedDays(coin);
    return {
      before: days.findLast((other) => other < day) ?? null,
      after: days.find((other) => other > day) ?? null,
    };
  }

  #pricedDays(coin: string): readonly string[] {
    const known = this.#priced.get(coin);
    if (known !== undefined) return known;
    const days = [...this.#daysOf(coin)].filter(([, cell]) => cell.priceUsd !== null);
    const sorted = days.map(([day]) => day).sort();
    this.#priced.set(coin, sorted);
    return sorted;
  }

  #daysOf(coin: string): Days {
    const known = this.#coins.get(coin);
    if (known !== undefined) return known;
    const file = `${coin}.csv`;
    const isShipped = FILE.test(file) && existsSync(join(this.#shipped, file));
    const days = isShipped
      ? this.#over(new Map(), { folder: this.#shipped, file, prefix: "market/" })
      : new Map<string, Cell>();
    this.#coins.set(coin, days);
    return days;
  }

  /** The days of a table's file, laid over those that are known. */
  #over(known: Days, { folder, file, prefix }: { folder: string; file: string; prefix: string }): Days {
    const bytes = readFileSync(join(folder, file));
    const source = `${prefix}${file}`;
    const table = parsed(bytes.toString("utf8"), file.slice(0, -4), join(folder, file));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    this.#read.push({ name: source, sha256, source: sourceOf(table) });
    const cells = new Map(table.notes.includes(ALONE) ? [] : known);
    for (const day of table.days) {
      const { date } = day;
      const quote = (value: number | null): Quote | null => (value === null ? null : { value, date, source });
      const old = cells.get(date);
      cells.set(date, {
        priceUsd: quote(day.priceUsd) ?? old?.priceUsd ?? null,
        range: day.priceUsd === null && old !== undefined ? old.range : rangeOf(day),
        difficulty: quote(day.difficulty) ?? old?.difficulty ?? null,
        issuance: quote(aBlock(day)) ?? old?.issuance ?? null,
      });
    }
    return cells;
  }
}

function rangeOf({ openUsd, highUsd, lowUsd }: MarketDay): Cell["range"] {
  return { open: openUsd, high: highUsd, low: lowUsd };
}

function aBlock({ issuance, blocks }: MarketDay): number | null {
  return issuance === null || blocks === null ? null : issuance / blocks;
}

function parsed(text: string, coin: string, path: string): MarketTable {
  try {
    return parseMarketCsv(text, coin);
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    throw new RangeError(`${path}: ${says}`, { cause: error });
  }
}

function sourceOf({ notes, format }: MarketTable): string {
  const named = notes.flatMap((note) => (note.startsWith("source:") ? [note.slice(7).trim()] : []));
  return named.length === 0 ? `${format} table` : named.join("; ");
}
