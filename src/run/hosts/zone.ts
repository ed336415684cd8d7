const MINUTE_MICROS = 60_000_000;

const formats = new Map<string, Intl.DateTimeFormat | null>();

/** A wall clock's time in a zone as UTC.
 *
 *  Shape: `localMicros` is the wall clock's reading as if it were UTC; `zone` an IANA name. In the hour that
 *  a change of clocks repeats, the first of the two is taken; an unknown zone shifts nothing, nor is
 *  anything shifted beyond the exact integers.
 */
export function utcOf(localMicros: number, zone: string): number {
  const first = localMicros - offsetMicros(localMicros, zone);
  const utc = localMicros - offsetMicros(first, zone);
  return Number.isSafeInteger(Math.floor(utc)) ? utc : localMicros;
}

/** Whether the system knows the zone. */
export function isZone(zone: string): boolean {
  return formatOf(zone) !== null;
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  let made: Intl.DateTimeFormat | null = null;
  try {
    made = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  } catch {
    // A name that no time zone database has.
  }
  formats.set(zone, made);
  return made;
}

/** Zones change their offset at full quarters of an hour; a log asks for the same one thousands of times. */
const QUARTER_MICROS = 15 * MINUTE_MICROS;
const MAX_OFFSETS = 100_000;
const offsets = new Map<string, number>();

function offsetMicros(atMicros: number, zone: string): number {
  const quarter = Math.floor(atMicros / QUARTER_MICROS);
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size >= MAX_OFFSETS) offsets.clear();
  const found = offsetAt(quarter * QUARTER_MICROS, zone);
  offsets.set(key, found);
  return found;
}

function offsetAt(atMicros: number, zone: string): number {
  const parts = formatOf(zone)?.formatToParts(atMicros / 1000) ?? [];
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  const match = /^GMT([+-])(\d{2}):(\d{2})$/.exec(name);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === "-" ? -minutes : minutes) * MINUTE_MICROS;
}
