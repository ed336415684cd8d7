import { grouped } from "../../model/group.ts";
import type { AnyHostRecord } from "../../model/host-facts.ts";
import type { LoginRecord } from "../../model/log-record.ts";

/** Every fact once, however many copies of its file were given: a collection given twice, a rotated log
 *  beside its compressed copy, the journal beside the syslog that was written from it.
 *
 *  Shape: records of hosts in UTC; the order stays. What one piece of evidence says several times was so
 *  often. Logins, commands and events are the same when they say the same in the same second: syslog writes
 *  no fractions. Counted failures of two files are the same when their times overlap; the larger count
 *  stands, which is too low where each file holds lines that the other lacks.
 */
export function once(records: readonly AnyHostRecord[]): AnyHostRecord[] {
  const alike = grouped(records, keyOf);
  const dropped = new Set<AnyHostRecord>();
  for (const group of alike.values()) {
    if (group.length === 1) continue;
    const kept = isCounted(group[0]) ? distinctCounts(group) : fromOneFile(group);
    for (const record of group) if (!kept.has(record)) dropped.add(record);
  }
  return records.filter((record) => !dropped.has(record));
}

function isCounted(record: AnyHostRecord | undefined): boolean {
  return record?.kind === "login" && record.outcome === "failed" && record.atMicros !== null;
}

const SECOND_MICROS = 1e6;

function keyOf(record: AnyHostRecord): string {
  const second = record.atMicros === null ? null : Math.floor(record.atMicros / SECOND_MICROS);
  const { kind, host } = record;
  if (record.kind === "login") {
    const { outcome, user, from, method, service, key } = record;
    return JSON.stringify([
      kind,
      host,
      isCounted(record) || second,
      outcome,
      user,
      from,
      method,
      service,
      key,
    ]);
  }
  if (record.kind === "command") {
    const { text, user, pid, from, by } = record;
    return JSON.stringify([kind, host, second, text, user, pid, from, by]);
  }
  if (record.kind === "event") {
    const { what, subject, user, from, says } = record;
    return JSON.stringify([kind, host, second, what, subject, user, from, says]);
  }
  return JSON.stringify(record, (name, value) => (name === "place" || name === "places" ? undefined : value));
}

/** Those of the piece of evidence that holds most of them. */
function fromOneFile(group: readonly AnyHostRecord[]): ReadonlySet<AnyHostRecord> {
  const byFile = grouped(group, ({ place }) => place.evidence);
  let most: readonly AnyHostRecord[] = [];
  for (const records of byFile.values()) if (records.length > most.length) most = records;
  return new Set(most);
}

/** Counts that overlap with none of another file's, or are the largest of those that do. */
function distinctCounts(group: readonly AnyHostRecord[]): ReadonlySet<AnyHostRecord> {
  const counts = group.filter((record): record is LoginRecord => record.kind === "login");
  const kept: LoginRecord[] = [];
  for (const count of counts.sort((a, b) => b.times - a.times)) {
    const isCopy = kept.some((one) => one.place.evidence !== count.place.evidence && overlap(one, count));
    if (!isCopy) kept.push(count);
  }
  return new Set(kept);
}

function overlap(a: LoginRecord, b: LoginRecord): boolean {
  const [firstA, lastA] = span(a);
  const [firstB, lastB] = span(b);
  if (firstA === firstB && lastA === lastB) return true;
  // Files that were rotated meet in one second and are not copies.
  return firstA < lastB && firstB < lastA;
}

function span({ atMicros, lastMicros }: LoginRecord): readonly [number, number] {
  const first = atMicros ?? 0;
  return [Math.floor(first / SECOND_MICROS), Math.floor((lastMicros ?? first) / SECOND_MICROS)];
}
