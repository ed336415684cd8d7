import { isoMicros } from "../bytes/time.ts";
import { counted, thousands } from "../model/counted.ts";
import { endpointText, type SessionRecord } from "../model/record.ts";

export { counted };

/** Names from evidence are cut to this length in a sentence; the whole stands in the session. */
const MAX_NAME = 48;

/** Addresses of this length or more are shortened in a sentence; `about` holds the whole. */
const LONG_ADDRESS = 30;

const SCALES: readonly (readonly [number, string])[] = [
  [1e12, " trillion"],
  [1e9, " billion"],
  [1e6, " million"],
];

/** "once", "3 times". */
export function times(count: number): string {
  return count === 1 ? "once" : counted(count, "time");
}

/** A large number in three digits: "3.46 million". */
export function large(value: number): string {
  if (value >= 1e15) return value.toExponential(2);
  const scale = SCALES.find(([least]) => value >= least);
  if (scale === undefined) return thousands(String(Math.round(value)));
  return `${Number((value / scale[0]).toPrecision(3))}${scale[1]}`;
}

/** "on 2021-04-16 at 08:00:03 UTC", "between 2021-04-16 08:00:03 and 09:00:00 UTC"; days alone where both are
 *  midnight: summaries by day know no time of day. */
export function between(firstMicros: number, lastMicros: number): string {
  const [firstDay, firstTime] = dayAndTime(firstMicros);
  const [lastDay, lastTime] = dayAndTime(lastMicros);
  if (firstMicros % DAY_MICROS === 0 && lastMicros % DAY_MICROS === 0) {
    return firstDay === lastDay ? `on ${firstDay}` : `between ${firstDay} and ${lastDay}`;
  }
  if (firstDay !== lastDay) return `between ${firstDay} ${firstTime} and ${lastDay} ${lastTime} UTC`;
  if (firstTime === lastTime) return `on ${firstDay} at ${firstTime} UTC`;
  return `between ${firstDay} ${firstTime} and ${lastTime} UTC`;
}

const DAY_MICROS = 86_400e6;

function dayAndTime(atMicros: number): readonly [string, string] {
  const text = isoMicros(atMicros);
  return [text.slice(0, 10), text.slice(11, 19)];
}

/** An address or name as a sentence can bear it. */
export function short(name: string): string {
  if (name.length >= LONG_ADDRESS && !name.includes(" ")) return `${name.slice(0, 6)}…${name.slice(-4)}`;
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;
}

/** A server as name and address. */
export function serverOf(session: SessionRecord): string {
  const { server, serverName } = session;
  const address = endpointText(server);
  return serverName === null || serverName.name === server.ip
    ? address
    : `${shortHost(serverName.name)} (${address})`;
}

/** A host name, cut at a length that a sentence can bear. */
export function shortHost(name: string): string {
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;
}

/** A path, cut in front: its end says most. */
export function shortPath(path: string): string {
  return path.length > MAX_NAME ? `…${path.slice(-MAX_NAME)}` : path;
}

/** "a", "a and b", "a, b and 3 more". */
export function listed(items: readonly string[], most = 3): string {
  const shown = items.slice(0, most);
  const rest = items.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** Distinct values in the order of the code units. */
export function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
