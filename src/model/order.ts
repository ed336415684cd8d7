import { compareIps } from "../bytes/ip.ts";
import { compareText } from "../bytes/text.ts";
import type { Endpoint, SessionRecord } from "./record.ts";

/** Ids as they were given out: "e2" before "e10". */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

/** First message first; then what the evidence itself says, and ids last. */
export function compareSessions(a: SessionRecord, b: SessionRecord): number {
  return (
    a.firstMicros - b.firstMicros ||
    compareEndpoints(a.client, b.client) ||
    compareEndpoints(a.server, b.server) ||
    a.lastMicros - b.lastMicros ||
    compareIds(a.id, b.id)
  );
}

function compareEndpoints(a: Endpoint, b: Endpoint): number {
  return compareIps(a.ip, b.ip) || a.port - b.port;
}

/** The smaller amount first. */
export function compareAmounts(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}
