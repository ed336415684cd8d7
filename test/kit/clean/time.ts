/** When the collection was made: 2026-03-31 18:00:00 UTC. */
const COLLECTED_MILLIS = Date.UTC(2026, 2, 31, 18);

/** A moment by its distance in seconds from the collection; negative is before. */
export function collectedAt(seconds: number): Date {
  return new Date(COLLECTED_MILLIS + seconds * 1000);
}

export function secondsOf(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value: number): string => String(value).padStart(2, "0");
const clock = (at: Date): string =>
  `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;

/** "Mar 31 18:00:00", as syslog writes it. */
export function syslogTime(at: Date): string {
  return `${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2, " ")} ${clock(at)}`;
}

/** "31/Mar/2026:18:00:00 +0000", as web servers write it. */
export function accessTime(at: Date): string {
  return `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${clock(at)} +0000`;
}

/** "2026-03-31 18:00:00". */
export function plainTime(at: Date): string {
  return `${at.toISOString().slice(0, 10)} ${clock(at)}`;
}
