import type { Flag, Kind } from "./flags.ts";

/** Says what is wrong with a flag's value, without naming the flag; null when nothing is. */
type Check = (text: string, flag: Flag) => string | null;

export const CHECKS: Readonly<Record<Kind, Check>> = {
  switch: () => null,
  text: (text) => (text.trim() === "" ? "is empty" : null),
  folder: (text) => (text === "" ? "is empty" : null),
  file: (text) => (text === "" ? "is empty" : null),
  day: (text) => (isDay(text) ? null : "is no date as YYYY-MM-DD"),
  percent: (text) => (percentOf(text) === null ? "is no percentage from 0 to 100" : null),
  amount: (text) => (isAmount(text) ? null : "is no number of coins such as 70 or 0.25"),
  hashrate: (text) => (hashrateOf(text) === null ? "is no hash rate such as 900, 16.8kH/s or 1.2M" : null),
  limit: (text) => (limitOf(text) === null ? "is not of the form DETECTOR.NAME=NUMBER" : null),
  choice: (text, { choices }) => (choices.includes(text) ? null : `is none of ${choices.join(", ")}`),
};

/** Whether the text is a day of the calendar as YYYY-MM-DD; 2017-02-30 is none. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const millis = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(text);
}

/** "1.5" or "1.5%" as the fraction 0.015; null when it is none from 0 to 100. */
export function percentOf(text: string): number | null {
  const number = /^(\d{1,3}(?:\.\d{1,12})?) ?%?$/.exec(text)?.[1];
  if (number === undefined || Number(number) > 100) return null;
  return Number(number) / 100;
}

function isAmount(text: string): boolean {
  return /^\d{1,20}(?:\.\d{1,30})?$/.test(text) && Number(text) > 0;
}

const PREFIXES: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["k", 1e3],
  ["m", 1e6],
  ["g", 1e9],
  ["t", 1e12],
  ["p", 1e15],
  ["e", 1e18],
]);

/** "16.8kH/s" as 16800 hashes a second; null when it is no hash rate above zero. */
export function hashrateOf(text: string): number | null {
  const match = /^(\d{1,20}(?:\.\d{1,20})?) ?([kmgtpe]?)(?:h(?:\/s|ps)?|sol(?:\/s|ps)?)?$/i.exec(text);
  if (match === null) return null;
  const rate = Number(match[1]) * (PREFIXES.get((match[2] ?? "").toLowerCase()) ?? Number.NaN);
  return rate > 0 ? rate : null;
}

/** "ssh-guessing.failures=50" as its name and value; null when it is not of that form. */
export function limitOf(text: string): { readonly name: string; readonly value: number } | null {
  const match = /^([a-z0-9-]+\.[A-Za-z0-9-]+)=(-?\d{1,20}(?:\.\d{1,20})?)$/.exec(text);
  return match?.[1] === undefined ? null : { name: match[1], value: Number(match[2]) };
}
