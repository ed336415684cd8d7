import type { MachineCount, PricedValue, SpreadValue, UnknownDays, ValueResult } from "../model/value.ts";
import { coinName } from "../tables/coins.ts";
import * as say from "./numbers.ts";
import { wrap } from "./terminal.ts";

/** The column in which notes begin, and the widest line. */
const NOTES_AT = 42;
const COLUMNS = 80;

/** The answer of `paydirt value` for a terminal of 80 columns. */
export function renderValue(result: ValueResult): string {
  const parts = [
    wrap(heading(result), COLUMNS),
    worth(result),
    range(result),
    took(result),
    machines(result),
    left(result),
    sources(result),
  ];
  const told = parts.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${told.join("\n\n")}\n`;
}

function heading(result: ValueResult): string {
  const { coin, atomic, hashrateHps, span, asked, poolFee } = result;
  const sign = say.coinSign(coin);
  const what =
    asked === "amount"
      ? `${say.exactly(atomic ?? "0", result.decimals)} ${sign}`
      : `${say.hashrate(hashrateHps)} of ${coinName(coin)}`;
  const fee = poolFee === 0 ? "" : `, after a pool fee of ${say.percent(poolFee)}`;
  if (span === null) return `${what}${fee}`;
  const days =
    span.from === span.to
      ? `on ${span.from}`
      : `from ${span.from} to ${span.to} (${say.plural(span.days, "day")})`;
  return `${what}, mined ${days}${fee}`;
}

function worth({ asked, atomic, coin, money, asOf, span }: ValueResult): string[] {
  const brings = atomic === null ? say.UNKNOWN : `${say.coins(atomic, coin)} ${say.coinSign(coin)}`;
  const atDate = (value: PricedValue | null): string =>
    value === null ? "no price is known for that day" : `at ${price(value.priceUsd)} a coin`;
  return [
    ...(asked === "hashrate" ? [row("Coins expected", brings, "")] : []),
    ...(asOf === null
      ? []
      : [row(`Worth as of ${asOf}`, say.usd(money.asOf?.usd ?? null), atDate(money.asOf))]),
    ...(asked === "hashrate" || span === null ? [] : [spread("If mined evenly", money.evenly, span.days)]),
    ...(span === null ? [] : [spread("At a constant hash rate", money.constantRate, span.days)]),
    ...(money.lastKnown === null
      ? [row("At the last price known", say.UNKNOWN, atomic === null ? "" : "no price is known at all")]
      : [row("At the last price known", say.usd(money.lastKnown.usd), `that of ${money.lastKnown.date}`)]),
  ];
}

/** Prices of one day differ: what coins were worth depends on the hour. */
function range({ money: { range: day } }: ValueResult): string[] {
  if (day === null) return [];
  const at = (label: string, usd: number | null): string => row(label, say.usd(usd), "");
  return [
    `Within that day, ${day.date}`,
    at("Open", day.open),
    at("Lowest", day.low),
    at("Highest", day.high),
    at("Close", day.close),
  ];
}

function spread(label: string, value: SpreadValue | null, days: number): string {
  if (value === null) return row(label, say.UNKNOWN, "no day of it can be valued");
  if (value.pricedDays < days) {
    return row(label, say.usd(value.usd), `each day's price, known for ${value.pricedDays} of ${days}`);
  }
  return row(label, say.usd(value.usd), days === 1 ? "that day's price" : "each day's own price");
}

function took({ asked, span, hashrateHps, networkHps, blocks }: ValueResult): string[] {
  if (span === null) return [];
  const share = hashrateHps === null || networkHps === null ? null : hashrateHps / networkHps;
  const network = share === null ? "" : `${part(share)} of the network's ${say.hashrate(networkHps)}`;
  return [
    asked === "amount" ? "What mining them took" : "What that is",
    row(asked === "amount" ? "Hash rate needed" : "Hash rate", say.hashrate(hashrateHps), network),
    blocks === null
      ? row("Blocks expected", say.UNKNOWN, "")
      : row("Blocks expected", about(blocks), "for a miner alone, without a pool"),
  ];
}

/** "about 10", "about 0.021": two significant digits, whole from 10 on. */
function about(n: number): string {
  return `about ${n >= 9.95 ? say.count(n) : Number(n.toPrecision(2))}`;
}

function part(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

/** A price is more precise than an amount: cents up to thousands, else four significant digits. */
function price(usd: number): string {
  return usd >= 1 ? `$${usd.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ",")}` : `$${Number(usd.toPrecision(4))}`;
}

function machines({ machines: rows, algorithms, coin, span, hashrateHps }: ValueResult): string[] {
  if (span === null || hashrateHps === null) return [];
  if (rows.length === 0) {
    const what = algorithms.length === 0 ? `${say.coinSign(coin)} in that span` : algorithms.join(", ");
    return [`In machines of that era: no rates of ${what} are in the table`];
  }
  return [
    `In machines of that era (${algorithms.join(", ")})`,
    ...rows.flatMap((machine) => machineLines(machine, coin)),
    ...[...new Set(rows.map(({ source }) => source))].flatMap((source) =>
      wrap(`Rates: ${source}.`, COLUMNS - 2).map((line) => `  ${line}`),
    ),
  ];
}

function machineLines(machine: MachineCount, coin: string): string[] {
  const { lowHps, highHps, fewest, most, atomicEach, usdEach } = machine;
  const rates = between(say.count(lowHps), say.count(highHps));
  const each = between(say.coins(atomicEach[0], coin), say.coins(atomicEach[1], coin));
  const money = usdEach === null ? "" : ` (${between(say.usd(usdEach[0]), say.usd(usdEach[1]))})`;
  return [
    row(capital(machine.machine), between(machines10(fewest), machines10(most)), `at ${rates} H/s each`),
    `    one of them brings ${each} ${say.coinSign(coin)}${money}`,
  ];
}

/** Machines are whole from ten on; below that a part of one says something. */
function machines10(n: number): string {
  return n >= 9.95 ? say.count(n) : String(Number(n.toPrecision(2)));
}

function between(low: string, high: string): string {
  return low === high ? low : `${low}–${high}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function left({ unknown, span, asked, hashrateHps, atomic }: ValueResult): string[] {
  if (span === null) return [];
  const { price, difficulty } = unknown;
  const which = ({ days, spans }: UnknownDays): string =>
    days === span.days ? "any day of it" : `${say.plural(days, "day")}: ${spans.map(dates).join(", ")}`;
  const lines: string[] = [];
  if (price.days > 0) {
    const then = price.days === span.days ? "" : " Left out of the money, which is a lower bound.";
    lines.push(...wrap(`No price is known for ${which(price)}.${then}`, COLUMNS));
  }
  if (difficulty.days > 0) {
    const then =
      asked === "hashrate"
        ? " What was mined then is unknown and left out."
        : " The hash rate is what the other days would take.";
    const told = hashrateHps === null || atomic === null ? "" : then;
    lines.push(...wrap(`No difficulty or block reward is known for ${which(difficulty)}.${told}`, COLUMNS));
  }
  return lines;
}

function dates({ first, last }: UnknownDays["spans"][number]): string {
  return first === last ? first : `${first} to ${last}`;
}

function sources({ sources: names, asked }: ValueResult): string[] {
  if (names.length === 0) return [];
  const means = asked === "hashrate" ? " Coins are the expected value; luck is not in it." : "";
  return wrap(`Prices and difficulties: ${names.join(", ")}.${means}`, COLUMNS);
}

function row(label: string, figure: string, note: string): string {
  const start = `  ${label.padEnd(NOTES_AT - figure.length - 5)} ${figure}`;
  return note === "" ? start : `${start}  ${note}`;
}
