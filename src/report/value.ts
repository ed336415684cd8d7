import type { MachineCount, PricedValue, SpreadValue, ValueResult } from "../model/value.ts";
import { coinName } from "../tables/coin-names.ts";
import * as say from "./numbers.ts";

/** The column in which notes begin, and the widest line. */
const NOTES_AT = 42;
const COLUMNS = 80;

/** The answer of `paydirt value` for a terminal of 80 columns. */
export function renderValue(result: ValueResult): string {
  const parts = [[heading(result)], worth(result), took(result), machines(result), left(result), sources(result)];
  const told = parts.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${told.join("\n\n")}\n`;
}

function heading(result: ValueResult): string {
  const { coin, atomic, hashrateHps, span, asked, poolFee } = result;
  const sign = say.coinSign(coin);
  const what =
    asked === "amount" ? `${exact(atomic ?? "0", result.decimals)} ${sign}` : `${say.hashrate(hashrateHps)} of ${coinName(coin)}`;
  const fee = poolFee === 0 ? "" : `, after a pool fee of ${say.percent(poolFee)}`;
  if (span === null) return `${what}${fee}`;
  const days =
    span.from === span.to ? `on ${span.from}` : `from ${span.from} to ${span.to} (${say.plural(span.days, "day")})`;
  return `${what}, mined ${days}${fee}`;
}

/** All digits of a whole amount, without zeros at the end. */
function exact(atomic: string, decimals: number): string {
  const digits = atomic.padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

function worth({ asked, atomic, coin, money, asOf, span }: ValueResult): string[] {
  const brings = atomic === null ? say.UNKNOWN : `${say.coins(atomic, coin)} ${say.coinSign(coin)}`;
  const atDate = (value: PricedValue | null): string =>
    value === null ? "no price is known for that day" : `at ${price(value.priceUsd)} a coin`;
  return [
    ...(asked === "hashrate" ? [row("Coins expected", brings, "")] : []),
    ...(asOf === null ? [] : [row(`Worth as of ${asOf}`, say.usd(money.asOf?.usd ?? null), atDate(money.asOf))]),
    ...(asked === "hashrate" || span === null ? [] : [spread("If mined evenly", money.evenly, span.days)]),
    ...(span === null ? [] : [spread("At a constant hash rate", money.constantRate, span.days)]),
    ...(money.lastKnown === null
      ? [row("At the last price known", say.UNKNOWN, "no price is known at all")]
      : [row("At the last price known", say.usd(money.lastKnown.usd), `that of ${money.lastKnown.date}`)]),
  ];
}

function spread(label: string, value: SpreadValue | null, days: number): string {
  if (value === null) return row(label, say.UNKNOWN, "no day of it can be valued");
  const lacks = value.pricedDays < days ? ` that is known: ${value.pricedDays} of ${days}` : "";
  return row(label, say.usd(value.usd), days === 1 ? "that day's price" : `each day's own price${lacks}`);
}

function took({ asked, span, hashrateHps, networkHps, blocks }: ValueResult): string[] {
  if (span === null) return [];
  const share = hashrateHps === null || networkHps === null ? null : hashrateHps / networkHps;
  const network = share === null ? "" : `${part(share)} of the network's ${say.hashrate(networkHps)}`;
  return [
    asked === "amount" ? "What mining them took" : "What that is",
    row(asked === "amount" ? "Hash rate needed" : "Hash rate", say.hashrate(hashrateHps), network),
    row("Blocks expected", blocks === null ? say.UNKNOWN : about(blocks), "for a miner alone, without a pool"),
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
    ...[...new Set(rows.map(({ source }) => source))].flatMap((source) => wrap(`Rates: ${source}.`, "  ")),
  ];
}

function machineLines(machine: MachineCount, coin: string): string[] {
  const { lowHps, highHps, fewest, most, atomicEach, usdEach } = machine;
  const rates = range(say.count(lowHps), say.count(highHps));
  const each = range(say.coins(atomicEach[0], coin), say.coins(atomicEach[1], coin));
  const money = usdEach === null ? "" : ` (${range(say.usd(usdEach[0]), say.usd(usdEach[1]))})`;
  return [
    row(capital(machine.machine), range(machines10(fewest), machines10(most)), `at ${rates} H/s each`),
    `    one of them brings ${each} ${say.coinSign(coin)}${money}`,
  ];
}

/** Machines are whole from ten on; below that a part of one says something. */
function machines10(n: number): string {
  return n >= 9.95 ? say.count(n) : String(Number(n.toPrecision(2)));
}

function range(low: string, high: string): string {
  return low === high ? low : `${low}–${high}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function left({ unknown, span, asked }: ValueResult): string[] {
  if (span === null) return [];
  const lines: string[] = [];
  const all = (days: readonly string[]): string =>
    days.length === span.days ? "the whole span" : `${say.plural(days.length, "day")} (${ends(days)})`;
  if (unknown.price.length > 0) {
    lines.push(...wrap(`No price is known for ${all(unknown.price)}: left out of the money, which is a lower bound.`));
  }
  if (unknown.difficulty.length > 0) {
    const then = asked === "amount" ? "the hash rate is what the other days would take" : "their coins are left out";
    lines.push(...wrap(`No difficulty or block reward is known for ${all(unknown.difficulty)}: ${then}.`));
  }
  return lines;
}

function ends(days: readonly string[]): string {
  return days.length === 1 ? (days[0] ?? "") : `${days[0]} … ${days.at(-1)}`;
}

function sources({ sources: names, asked }: ValueResult): string[] {
  if (names.length === 0) return [];
  const means = asked === "hashrate" ? " Coins are the expected value; luck is not in it." : "";
  return wrap(`Prices and difficulties: ${names.join(", ")}.${means}`);
}

function row(label: string, figure: string, note: string): string {
  const start = `  ${label.padEnd(NOTES_AT - figure.length - 5)} ${figure}`;
  return note === "" ? start : `${start}  ${note}`;
}

function wrap(text: string, indent = ""): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ")) {
    if (line.trim() !== "" && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = indent;
    }
    line += line.trim() === "" ? word : ` ${word}`;
  }
  return [...lines, line];
}
