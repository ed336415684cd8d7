import type { AnyHostRecord } from "../../model/host-facts.ts";
import type { Place } from "../../model/place.ts";

interface Named {
  readonly name: string;
  readonly place: Place;
}

/** Gives what was found in the bytes of a log (addresses, URLs, secrets) the host that the log's lines name:
 *  the only one of its file, else the one whose line it stands in.
 */
export function withHostnames(records: readonly AnyHostRecord[]): readonly AnyHostRecord[] {
  const byEvidence = new Map<string, Named[]>();
  for (const { hostname, place } of records) {
    if (hostname === null) continue;
    const named = byEvidence.get(place.evidence);
    if (named === undefined) byEvidence.set(place.evidence, [{ name: hostname, place }]);
    else named.push({ name: hostname, place });
  }
  if (byEvidence.size === 0) return records;
  const only = new Map([...byEvidence].map(([evidence, named]) => [evidence, onlyName(named)]));
  for (const [evidence, named] of byEvidence) byEvidence.set(evidence, outermost(named));
  return records.map((record) => {
    const named = byEvidence.get(record.place.evidence);
    if (record.hostname !== null || named === undefined) return record;
    const hostname = only.get(record.place.evidence) ?? nameAround(record.place, named);
    return hostname === null ? record : { ...record, hostname };
  });
}

function onlyName(named: readonly Named[]): string | null {
  const first = named[0]?.name ?? null;
  return named.every(({ name }) => name === first) ? first : null;
}

function endOf({ atByte, byteLength }: Place): number {
  return atByte + byteLength;
}

/** In the order of bytes, without those that lie within another: several facts can stand in one line. */
function outermost(named: readonly Named[]): Named[] {
  const sorted = [...named].sort(
    (a, b) => a.place.atByte - b.place.atByte || b.place.byteLength - a.place.byteLength,
  );
  const outer: Named[] = [];
  for (const one of sorted) {
    const before = outer.at(-1);
    if (before === undefined || endOf(one.place) > endOf(before.place)) outer.push(one);
  }
  return outer;
}

/** @param named as `outermost` gives them */
function nameAround(place: Place, named: readonly Named[]): string | null {
  let low = 0;
  let high = named.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((named[middle]?.place.atByte ?? 0) <= place.atByte) low = middle + 1;
    else high = middle;
  }
  const around = named[low - 1];
  return around !== undefined && endOf(place) <= endOf(around.place) ? around.name : null;
}
