import { compareIps } from "../bytes/ip.ts";
import { compareText } from "../bytes/text.ts";
import type { CountedSession } from "../model/facts.ts";
import * as model from "../model/order.ts";
import type { ContactRecord } from "../model/record.ts";

/** Things that share a host and a key. */
export interface Group<T> {
  readonly client: string;
  readonly key: string;
  readonly members: readonly T[];
}

/** Groups by host and key, in the order of both, so that findings do not depend on the order of evidence. */
export function groups<T>(
  items: readonly T[],
  of: (item: T) => { readonly client: string; readonly key: string },
): Group<T>[] {
  const found = new Map<string, { client: string; key: string; members: T[] }>();
  for (const item of items) {
    const { client, key } = of(item);
    const id = `${client} ${key}`;
    const group = found.get(id);
    if (group === undefined) found.set(id, { client, key, members: [item] });
    else group.members.push(item);
  }
  return [...found.values()].sort((a, b) => compareIps(a.client, b.client) || compareText(a.key, b.key));
}

/** Sessions in the order of the case: evidence decides, not the order of its files. */
export function compareSessions(a: CountedSession, b: CountedSession): number {
  return model.compareSessions(a.session, b.session);
}

/** Contacts in the order of time, then of what was met. */
export function compareContacts(a: ContactRecord, b: ContactRecord): number {
  return (
    a.firstMicros - b.firstMicros ||
    compareText(a.by, b.by) ||
    compareText(a.name ?? "", b.name ?? "") ||
    compareIps(a.server?.ip ?? "", b.server?.ip ?? "") ||
    (a.server?.port ?? 0) - (b.server?.port ?? 0)
  );
}
