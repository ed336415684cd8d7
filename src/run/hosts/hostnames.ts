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

function nameAround({ atByte, byteLength }: Place, named: readonly Named[]): string | null {
  const around = named.find(
    ({ place }) => place.atByte <= atByte && atByte + byteLength <= place.atByte + place.byteLength,
  );
  return around?.name ?? null;
}
