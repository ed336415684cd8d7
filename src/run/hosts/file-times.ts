import type { AnyHostRecord } from "../../model/host-facts.ts";

/** Gives what starts from a file the time that a body file has of it. Collectors copy files before they pack
 *  them, so that the time in their archive is that of the copy (UAC 3.3.0: measured on two collections); a body
 *  file was written from the file system itself. Records are those of resolved hosts.
 */
export function withFileTimes(records: readonly AnyHostRecord[]): AnyHostRecord[] {
  const times = new Map<string, number>();
  for (const record of records) {
    if (record.kind !== "file" || record.modifiedMicros === null) continue;
    times.set(`${record.host} ${record.path}`, record.modifiedMicros);
  }
  return records.map((record) => {
    if (record.kind !== "autostart") return record;
    const atMicros = times.get(`${record.host} ${record.path}`);
    return atMicros === undefined ? record : { ...record, atMicros, atHow: "seen" };
  });
}
