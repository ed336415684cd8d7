import type { AnyHostRecord } from "../../model/host-facts.ts";

const NUMBER = /^\d{1,10}$/;

/** auditd writes users as numbers; the host's own list of accounts names them. A number that no account, or
 *  several, have stays. Records are those of resolved hosts. */
export function withUserNames(records: readonly AnyHostRecord[]): AnyHostRecord[] {
  const names = new Map<string, string | null>([]);
  for (const record of records) {
    if (record.kind !== "account" || record.uid === null) continue;
    const key = `${record.host} ${record.uid}`;
    const known = names.get(key);
    names.set(key, known === undefined || known === record.user ? record.user : null);
  }
  return records.map((record) => {
    if (!("user" in record) || record.kind === "account") return record;
    const { user } = record;
    if (user === null || !NUMBER.test(user)) return record;
    const name = user === "0" ? "root" : names.get(`${record.host} ${user}`);
    return name === undefined || name === null ? record : { ...record, user: name };
  });
}
