/** One UTC day of a coin's market and chain. What a table does not say is null, never 0. */
export interface MarketDay {
  readonly date: string;
  /** The close of the day where the table has several prices. */
  readonly priceUsd: number | null;
  readonly openUsd: number | null;
  readonly highUsd: number | null;
  readonly lowUsd: number | null;
  /** Mean network difficulty, in the unit of the coin's own nodes. */
  readonly difficulty: number | null;
  readonly blocks: number | null;
  /** Coins newly issued. */
  readonly issuance: number | null;
}

/** A table of days as it was read; `notes` are the lines that begin with "#". */
export interface MarketTable {
  readonly format: "Coin Metrics" | "Yahoo Finance" | "plain";
  readonly days: readonly MarketDay[];
  readonly notes: readonly string[];
}

type Value = Exclude<keyof MarketDay, "date">;

/** A form of table: its date column, and which column holds what.
 *  The first whose `needs` are there is meant. */
interface Format {
  readonly name: MarketTable["format"];
  readonly needs: readonly string[];
  readonly columns: Readonly<Partial<Record<Value, readonly string[]>>>;
}

const DATE_COLUMNS: ReadonlySet<string> = new Set(["date", "time"]);

/** Column names in lower case.
 *
 *  Source: Coin Metrics, "Network data: metrics" (PriceUSD, ReferenceRateUSD, DiffMean, BlkCnt, IssTotNtv);
 *  Yahoo Finance's historical data download (Date, Open, High, Low, Close, Adj Close, Volume).
 */
const FORMATS: readonly Format[] = [
  { name: "plain", needs: ["price_usd"], columns: plainColumns() },
  { name: "plain", needs: ["difficulty"], columns: plainColumns() },
  { name: "Yahoo Finance", needs: ["open", "close"], columns: yahooColumns() },
  { name: "Coin Metrics", needs: ["priceusd"], columns: coinMetricsColumns() },
  { name: "Coin Metrics", needs: ["referencerateusd"], columns: coinMetricsColumns() },
  { name: "Coin Metrics", needs: ["diffmean"], columns: coinMetricsColumns() },
];

/** More days than any coin has lived; a longer file is something else. */
const MAX_DAYS = 100_000;
const MAX_LINE = 10_000;
const NUMBER = /^\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,3})?$/;
const DAY = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00:00(?:\.0{1,9})?(?:Z|\+00:00)?)?$/;
const UNKNOWN = new Set(["", "null", "nan", "n/a"]);

/** Reads a table of days: Coin Metrics, Yahoo Finance, or plain
 *  `date,price_usd[,difficulty][,blocks,issuance][,open_usd,high_usd,low_usd]`.
 *
 *  Shape: CSV with a header line; commas, optional double quotes around a field; days in any order, each
 *  once. Rows without any known value are left out. Sorted by date.
 *  Errors: RangeError that names the coin, the line and what is wrong with it; nothing is read in part.
 */
export function parseMarketCsv(text: string, coin: string): MarketTable {
  const notes: string[] = [];
  const days = new Map<string, { readonly line: number; readonly day: MarketDay }>();
  let header: Header | null = null;
  let line = 0;
  for (const raw of linesOf(text)) {
    line += 1;
    if (raw.length > MAX_LINE)
      throw bad(coin, line, `it has ${raw.length} characters, at most ${MAX_LINE} are read`);
    if (raw.startsWith("#")) notes.push(raw.slice(1).trim());
    if (raw.startsWith("#") || raw.trim() === "") continue;
    if (header === null) {
      header = headerOf(raw, coin, line);
      continue;
    }
    const day = dayOf(raw, header, (says) => bad(coin, line, says));
    const twin = days.get(day.date);
    if (twin !== undefined) throw bad(coin, line, `${day.date} stands on line ${twin.line} already`);
    days.set(day.date, { line, day });
    if (days.size > MAX_DAYS) throw bad(coin, line, `there are more than ${MAX_DAYS} days`);
  }
  if (header === null) throw new RangeError(`Cannot read the market table of ${coin}: it has no header line`);
  const known = [...days.values()].map(({ day }) => day).filter(hasValue);
  if (known.length === 0) throw new RangeError(`Cannot read the market table of ${coin}: no day has a value`);
  known.sort((a, b) => (a.date < b.date ? -1 : 1));
  return { format: header.format.name, days: known, notes };
}

interface Header {
  readonly format: Format;
  readonly fields: number;
  readonly dateAt: number;
  readonly valueAt: Readonly<Record<Value, number>>;
}

function* linesOf(text: string): Generator<string> {
  let at = text.startsWith("\ufeff") ? 1 : 0;
  while (at < text.length) {
    const found = text.indexOf("\n", at);
    const end = found === -1 ? text.length : found;
    yield text.slice(at, text[end - 1] === "\r" ? end - 1 : end);
    at = end + 1;
  }
}

function headerOf(raw: string, coin: string, line: number): Header {
  const names = raw.split(",").map((name) => bare(name).toLowerCase());
  const format = FORMATS.find(({ needs }) => needs.every((name) => names.includes(name)));
  const dateAt = names.findIndex((name) => DATE_COLUMNS.has(name));
  if (format === undefined || dateAt === -1) {
    const known = "a date and price_usd (plain), PriceUSD (Coin Metrics) or Open and Close (Yahoo Finance)";
    throw bad(coin, line, `its columns are ${shown(raw)}, but a table has ${known}`);
  }
  const at = (value: Value): number => {
    const wanted = format.columns[value]?.find((name) => names.includes(name));
    return wanted === undefined ? -1 : names.indexOf(wanted);
  };
  const valueAt = {
    priceUsd: at("priceUsd"),
    openUsd: at("openUsd"),
    highUsd: at("highUsd"),
    lowUsd: at("lowUsd"),
    difficulty: at("difficulty"),
    blocks: at("blocks"),
    issuance: at("issuance"),
  };
  return { format, fields: names.length, dateAt, valueAt };
}

function dayOf(raw: string, header: Header, fault: (says: string) => RangeError): MarketDay {
  const fields = raw.split(",").map(bare);
  if (fields.length !== header.fields) {
    throw fault(`it has ${fields.length} fields, the header has ${header.fields}`);
  }
  const date = DAY.exec(fields[header.dateAt] ?? "")?.[1];
  if (date === undefined || !isDay(date)) {
    throw fault(`${shown(fields[header.dateAt] ?? "")} is no day as YYYY-MM-DD`);
  }
  const number = (value: Value, word: string): number | null => {
    const text = fields[header.valueAt[value]] ?? "";
    if (UNKNOWN.has(text.toLowerCase())) return null;
    const read = NUMBER.test(text) ? Number(text) : Number.NaN;
    // A table that writes 0 for "unknown" would value coins at nothing.
    if (read > 0 && Number.isFinite(read)) return read;
    throw fault(`${shown(text)} is no ${word} above 0; what is unknown is left empty`);
  };
  return {
    date,
    priceUsd: number("priceUsd", "price"),
    openUsd: number("openUsd", "opening price"),
    highUsd: number("highUsd", "highest price"),
    lowUsd: number("lowUsd", "lowest price"),
    difficulty: number("difficulty", "difficulty"),
    blocks: number("blocks", "count of blocks"),
    issuance: number("issuance", "issuance"),
  };
}

function hasValue({ priceUsd, difficulty, issuance }: MarketDay): boolean {
  return priceUsd !== null || difficulty !== null || issuance !== null;
}

function isDay(date: string): boolean {
  const millis = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(date);
}

function bare(field: string): string {
  const text = field.trim();
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).trim() : text;
}

function bad(coin: string, line: number, says: string): RangeError {
  return new RangeError(`Cannot read line ${line} of the market table of ${coin}: ${says}`);
}

/** Text of the file for a message: short, and without control characters. */
function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

function plainColumns(): Format["columns"] {
  return {
    priceUsd: ["price_usd"],
    openUsd: ["open_usd"],
    highUsd: ["high_usd"],
    lowUsd: ["low_usd"],
    difficulty: ["difficulty"],
    blocks: ["blocks"],
    issuance: ["issuance"],
  };
}

function yahooColumns(): Format["columns"] {
  return { priceUsd: ["close"], openUsd: ["open"], highUsd: ["high"], lowUsd: ["low"] };
}

function coinMetricsColumns(): Format["columns"] {
  return {
    priceUsd: ["priceusd", "referencerateusd"],
    difficulty: ["diffmean"],
    blocks: ["blkcnt"],
    issuance: ["isstotntv"],
  };
}
