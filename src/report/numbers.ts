import { thousands } from "../model/counted.ts";
import type { Amount, Money } from "../model/valuation.ts";
import type { Interval, Work } from "../model/work.ts";
import { coinOf } from "../tables/coins.ts";

/** What every number that is not known prints as. Never 0. */
export const UNKNOWN = "unknown";

const SI = ["", "k", "M", "G", "T", "P", "E", "Z", "Y"] as const;

/** 12345678 → "12,345,678"; fractions are rounded. */
export function count(n: number | null): string {
  if (n === null || !Number.isFinite(n)) return UNKNOWN;
  return thousands(String(BigInt(Math.round(n))));
}

/** "1 share", "1,204 shares". */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

function significant(n: number, digits: number): string {
  if (n === 0) return "0";
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(n))));
  return n.toFixed(Math.min(decimals, 20));
}

/** A number with an SI prefix and three significant digits: 1234567 with "H/s" → "1.23 MH/s". */
export function scaled(n: number | null, unit: string): string {
  if (n === null || !Number.isFinite(n)) return UNKNOWN;
  const step = n < 1000 ? 0 : Math.min(SI.length - 1, Math.floor(Math.log10(n) / 3 + 1e-12));
  const text = significant(n / 1000 ** step, 3);
  return text === "1000" && step + 1 < SI.length
    ? `1.00 ${SI[step + 1]}${unit}`
    : `${text} ${SI[step] ?? ""}${unit}`;
}

/** "1.05 kH/s". Zcash and its kin count solutions: "45.0 Sol/s". */
export function hashrate(hps: number | null, unit: Work["unit"] = "hashes"): string {
  return scaled(hps, unit === "hashes" ? "H/s" : "Sol/s");
}

export function hashrateInterval(rate: Interval | null, unit: Work["unit"] = "hashes"): string {
  if (rate === null) return UNKNOWN;
  return `${hashrate(rate.estimate, unit)} (${hashrate(rate.low, unit)} – ${hashrate(rate.high, unit)})`;
}

/** Expected hashes: "79.4 MH"; solutions: "1.20 kSol". */
export function hashes(n: number | null, unit: Work["unit"] = "hashes"): string {
  return scaled(n, unit === "hashes" ? "H" : "Sol");
}

export function workInterval(work: Work | null): string {
  if (work === null) return UNKNOWN;
  const { unit } = work;
  return `${hashes(work.hashes, unit)} (${hashes(work.low, unit)} – ${hashes(work.high, unit)})`;
}

/** The coin's usual sign: "XMR"; a coin without a table keeps its ticker in capitals. */
export function coinSign(coin: string | null): string {
  return coin === null ? UNKNOWN : coin.toUpperCase();
}

/** Atomic units as coins with four significant digits: "299000000" piconero → "0.0002990". A coin whose
 *  decimals are not in the table stays in atomic units. */
export function coins(atomic: string, coin: string): string {
  const decimals = coinOf(coin)?.decimals;
  if (decimals === undefined || !/^\d+$/.test(atomic)) return `${atomic} atomic units of`;
  const digits = atomic.padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals);
  const leading = whole === "0" ? (/^0*/.exec(fraction)?.[0].length ?? 0) : -whole.length;
  const keep = /^0*$/.test(digits) ? 0 : Math.min(decimals, Math.max(2, leading + 4));
  return rounded(atomic, decimals, keep);
}

/** The same of a part of something: a part never reads like the whole. */
export function partCoins(part: bigint, whole: string, coin: string): string {
  const told = coins(String(part), coin);
  const decimals = coinOf(coin)?.decimals;
  const isRoundedUp = part < BigInt(whole) && told === coins(whole, coin);
  return isRoundedUp && decimals !== undefined ? exactly(String(part), decimals) : told;
}

function rounded(atomic: string, decimals: number, keep: number): string {
  const unit = 10n ** BigInt(decimals - keep);
  const value = (BigInt(atomic) + unit / 2n) / unit;
  const digits = value.toString().padStart(keep + 1, "0");
  const whole = thousands(digits.slice(0, digits.length - keep));
  return keep === 0 ? whole : `${whole}.${digits.slice(digits.length - keep)}`;
}

/** All digits of a whole amount, without zeros at the end. */
export function exactly(atomic: string, decimals: number): string {
  const digits = atomic.padStart(decimals + 1, "0");
  const whole = thousands(digits.slice(0, digits.length - decimals));
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

/** Atomic units of a coin to the last digit, with its sign: "1.83 BTC". */
export function exactCoins(atomic: string, coin: string): string {
  const decimals = coinOf(coin)?.decimals;
  if (decimals === undefined) return `${atomic} atomic units of ${coinSign(coin)}`;
  return `${exactly(atomic, decimals)} ${coinSign(coin)}`;
}

export function coinAmount(amount: Amount | null, coin: string): string {
  return amount === null ? UNKNOWN : `${coins(amount.estimate, coin)} ${coinSign(coin)}`;
}

/** "0.1231 XMR (0.1202 – 0.1263)". */
export function coinInterval(amount: Amount | null, coin: string): string {
  if (amount === null) return UNKNOWN;
  return `${coinAmount(amount, coin)} (${coins(amount.low, coin)} – ${coins(amount.high, coin)})`;
}

/** US dollars: "$25,048" from a hundred on, "$53.48" below, "$0.0012" below one cent. */
export function usd(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  if (value >= 99.995) return `$${count(value)}`;
  if (value >= 0.01 || value === 0) return `$${value.toFixed(2)}`;
  return value < 1e-9 ? "less than $0.000000001" : `$${significant(value, 2)}`;
}

/** "$12.31 ($12.02 – $12.63)". */
export function money(value: Money | null): string {
  return value === null ? UNKNOWN : `${usd(value.value)} (${usd(value.low)} – ${usd(value.high)})`;
}

/** 0.987 → "98.7 %". Never rounds a part up to the whole. */
export function percent(part: number): string {
  const value = part < 1 ? Math.min(part * 100, 99.9) : part * 100;
  return `${Number(value.toFixed(1))} %`;
}

/** A part of a whole in a column of parts: "33.5 %", "< 0.1 %" for what would round to nothing and
 *  "> 99.9 %" for what would round to the whole. */
export function share(part: number | null): string {
  if (part === null || !Number.isFinite(part)) return UNKNOWN;
  if (part > 0 && part < 0.0005) return "< 0.1 %";
  if (part < 1 && part >= 0.9995) return "> 99.9 %";
  return part === 0 ? "–" : `${(part * 100).toFixed(1)} %`;
}

/** Network difficulty or a price as printed in arithmetic: six significant digits, grouped. */
export function plain(n: number | null): string {
  if (n === null || !Number.isFinite(n)) return UNKNOWN;
  if (n >= 1e15) return n.toExponential(5).replace(/e\+?(-?\d+)/, " × 10^$1");
  if (n >= 1000) return count(n);
  if (n !== 0 && n < 1e-4) return n.toExponential(5).replace(/e(-?\d+)/, " × 10^$1");
  return String(Number(n.toPrecision(6)));
}

/** "1.2 GB", decimal prefixes. */
export function bytes(n: number): string {
  return n < 1000 ? `${count(n)} B` : scaled(n, "B");
}

/** 93784 → "1 d 2 h 3 min"; below a minute with seconds. */
export function duration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return UNKNOWN;
  if (seconds < 60) return `${Number(seconds.toFixed(seconds < 10 ? 1 : 0))} s`;
  const minutes = Math.round(seconds / 60);
  const parts = [
    [Math.floor(minutes / 1440), "d"],
    [Math.floor(minutes / 60) % 24, "h"],
    [minutes % 60, "min"],
  ] as const;
  return parts
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${count(n)} ${unit}`)
    .join(" ");
}

/** ISO 8601 with microseconds → "2017-07-14 09:03:12 UTC". */
export function when(iso: string | null): string {
  return iso === null ? UNKNOWN : `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** Two moments as people write them: the date once when it is the same day, one moment when it is the same
 *  second. */
export function span(first: string | null, last: string | null): string {
  if (first === null || last === null) return UNKNOWN;
  if (when(first) === when(last)) return when(first);
  const day = first.slice(0, 10) === last.slice(0, 10);
  const until = `${day ? "" : `${last.slice(0, 10)} `}${last.slice(11, 19)}`;
  return `${first.slice(0, 10)} ${first.slice(11, 19)} – ${until} UTC`;
}

export function secondsBetween(first: string, last: string): number {
  return (Date.parse(last) - Date.parse(first)) / 1000;
}

/** Microseconds since 1970 → "2017-07-14T09:03:12.000001Z". */
export function isoOfMicros(micros: number): string {
  const millis = Math.floor(micros / 1000);
  const rest = String(micros - millis * 1000).padStart(3, "0");
  return `${new Date(millis).toISOString().slice(0, 23)}${rest}Z`;
}
