import { POLICIES, type Policy } from "../model/trace.ts";
import type { Flag, Kind } from "./flag.ts";

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
  chain: (text) => (CHAIN.test(text) ? null : `${CHAIN_FORM}; ${chainMeant(text)}`),
  policies: (text) => policiesFault(text),
  until: (text) =>
    untilOf(text) === null ? "is no day as YYYY-MM-DD, time as YYYY-MM-DDTHH:MMZ, or height" : null,
  hop: (text) => (hopOf(text) === null ? "is not of the form TXID=VOUT" : null),
  sats: (text) => (/^\d{1,16}$/.test(text) ? null : "is no whole number of satoshi"),
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

const CHAIN_FORM = "is not of the form blocks:PATH, rpc:URL, esplora:URL or slice:FILE";

/** The word that is missing in front, as far as the text shows it. The text itself may hold a password. */
function chainMeant(text: string): string {
  if (/^https?:/i.test(text))
    return "write esplora: in front of an explorer's URL, rpc: in front of a node's";
  if (/\.(?:json|csv)(?:\.\w{1,4})?$/i.test(text)) return "write slice: in front of a file of transactions";
  return "write blocks: in front of a folder of block files";
}

const CHAIN = /^(?:blocks|rpc|esplora|slice):./;

/** "fifo,haircut" as policies, each once, in the order given; null when one is unknown. */
export function policiesOf(text: string): readonly Policy[] | null {
  const found = text.split(",").map((name) => POLICIES.find((policy) => policy === name.trim()) ?? null);
  const known = found.filter((policy) => policy !== null);
  return known.length === found.length ? [...new Set(known)] : null;
}

function policiesFault(text: string): string | null {
  return policiesOf(text) === null ? `names policies other than ${POLICIES.join(", ")}` : null;
}

/** A cut-off: the last height, or the last microsecond since 1970 that counts. */
export type Until = { readonly height: number } | { readonly micros: number };

/** "495000", "2017-08-03" (to its end) or "2017-08-03T03:30Z" (which may have seconds); null when it is none
 *  of them. */
export function untilOf(text: string): Until | null {
  if (/^\d{1,8}$/.test(text)) return { height: Number(text) };
  if (isDay(text)) return { micros: (Date.parse(`${text}T00:00:00Z`) + 86_400_000) * 1000 - 1 };
  const time = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?Z$/.exec(text);
  if (time?.[1] === undefined || !isDay(time[1])) return null;
  const millis = Date.parse(`${time[1]}T${time[2]}${time[3] ?? ":00"}Z`);
  return Number.isNaN(millis) ? null : { micros: millis * 1000 };
}

/** "TXID=VOUT" as an output; null when it is not of that form. */
export function hopOf(text: string): { readonly txid: string; readonly vout: number } | null {
  const match = /^([0-9a-fA-F]{64})[=:](\d{1,9})$/.exec(text);
  return match?.[1] === undefined ? null : { txid: match[1].toLowerCase(), vout: Number(match[2]) };
}
