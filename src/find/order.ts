import { compareIps } from "../bytes/ip.ts";
import type { CountedSession } from "../model/facts.ts";
import type { ContactRecord, Endpoint } from "../model/record.ts";

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
  return [...found.values()].sort((a, b) => compareIps(a.client, b.client) || compareTexts(a.key, b.key));
}

/** Sessions in the order of time, then of their ends: evidence decides, not its order. */
export function compareSessions(a: CountedSession, b: CountedSession): number {
  return (
    a.session.firstMicros - b.session.firstMicros ||
    compareEndpoints(a.session.client, b.session.client) ||
    compareEndpoints(a.session.server, b.session.server) ||
    compareTexts(a.session.id, b.session.id)
  );
}

/** Contacts in the order of time, then of what was met. */
export function compareContacts(a: ContactRecord, b: ContactRecord): number {
  return (
    a.firstMicros - b.firstMicros ||
    compareTexts(a.by, b.by) ||
    compareTexts(a.name ?? "", b.name ?? "") ||
    compareIps(a.server?.ip ?? "", b.server?.ip ?? "") ||
    (a.server?.port ?? 0) - (b.server?.port ?? 0)
  );
}

/** Code-unit order: the same on every machine, whatever its language. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareEndpoints(a: Endpoint, b: Endpoint): number {
  return compareIps(a.ip, b.ip) || a.port - b.port;
}
