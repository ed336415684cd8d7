import { formatIpv6, parseIp } from "../../bytes/ip.ts";
import type { ConnectionRecord } from "../../model/host-record.ts";
import type { Place } from "../../model/place.ts";
import { type Endpoint, endpointText } from "../../model/record.ts";
import type { Desk } from "../reader.ts";
import { hostLooks, type Moment } from "./looks.ts";

/** Connections kept in one run; a busy server has some ten thousand. */
const MAX_CONNECTIONS = 200_000;

/** One place that tells of a connection. */
export interface ConnectionSight {
  readonly host: string;
  readonly local: Endpoint | null;
  readonly remote: Endpoint;
  readonly state: string | null;
  /** Processes that hold it; several can share a socket. */
  readonly holders: readonly { readonly pid: number; readonly process: string | null }[];
  /** Number of the socket, by which /proc/<pid>/fd names it. */
  readonly inode?: number;
  readonly seen?: Moment;
  readonly place: Place;
  readonly excerpt: string;
}

interface Draft extends Pick<ConnectionSight, "host" | "local" | "remote"> {
  state: string | null;
  place: Place;
  excerpt: string;
  seen: Moment | null;
  inode: number | null;
  readonly holders: Map<number, string | null>;
}

/** Brings together what several lists tell of one connection: one record a process that holds it. */
export class ConnectionTable {
  readonly #drafts = new Map<string, Draft>();
  readonly #sockets = new Map<string, { readonly pid: number; readonly process: string | null }[]>();

  /** A process holds the socket of this number. */
  noteSocket(host: string, inode: number, holder: { readonly pid: number; readonly process: string | null }) {
    const key = `${host} ${inode}`;
    const known = this.#sockets.get(key);
    if (known !== undefined) known.push(holder);
    else if (this.#sockets.size < MAX_CONNECTIONS) this.#sockets.set(key, [holder]);
  }

  note(sight: ConnectionSight, desk: Desk): void {
    const { host, local, remote, state, place, excerpt } = sight;
    const key = `${host} ${local === null ? "" : endpointText(local)} ${endpointText(remote)}`;
    let draft = this.#drafts.get(key);
    if (draft === undefined) {
      if (this.#drafts.size >= MAX_CONNECTIONS) {
        desk.gap(
          place,
          "dropped-details",
          `More than ${MAX_CONNECTIONS} connections: the others are left out`,
        );
        return;
      }
      draft = { host, local, remote, state, place, excerpt, seen: null, inode: null, holders: new Map() };
      this.#drafts.set(key, draft);
    }
    draft.seen ??= sight.seen ?? null;
    draft.state ??= state;
    draft.inode ??= sight.inode ?? null;
    for (const { pid, process } of sight.holders) {
      // The place that names the process is the one to look at.
      if (draft.holders.size === 0) Object.assign(draft, { place, excerpt });
      draft.holders.set(pid, longer(draft.holders.get(pid) ?? null, process));
    }
  }

  /** Lays down what was brought together, and forgets it. */
  finish(desk: Desk): void {
    for (const draft of this.#drafts.values()) {
      for (const holder of this.#sockets.get(`${draft.host} ${draft.inode}`) ?? []) {
        draft.holders.set(holder.pid, longer(draft.holders.get(holder.pid) ?? null, holder.process));
      }
      const holders = draft.holders.size === 0 ? [[null, null] as const] : draft.holders;
      for (const [pid, process] of holders) desk.record(recordOf(draft, { pid, process }, desk));
    }
    this.#drafts.clear();
    this.#sockets.clear();
  }
}

/** lsof cuts names at nine characters: the longer of two names is the whole one. */
function longer(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b.length > a.length) ? b : a;
}

function recordOf(
  { host, local, remote, state, place, excerpt, seen }: Draft,
  { pid, process }: { readonly pid: number | null; readonly process: string | null },
  desk: Desk,
): ConnectionRecord {
  const when = seen ?? hostLooks(desk).of(host, "looked");
  return {
    kind: "connection",
    host,
    hostname: null,
    atMicros: when?.atMicros ?? null,
    atHow: when === null ? null : "seen",
    clock: when?.clock ?? "utc",
    place,
    excerpt,
    pid,
    process,
    local,
    remote,
    state,
  };
}

/** An address and port as ss, netstat and lsof print them: "10.0.0.5:22", "[::1]:22", ":::22",
 *  "10.0.0.1%eth0:68". Null when either is a name, a wildcard or nothing. */
export function endpointOf(text: string): Endpoint | null {
  const colon = text.lastIndexOf(":");
  if (colon < 1) return null;
  const port = /^\d{1,5}$/.test(text.slice(colon + 1)) ? Number(text.slice(colon + 1)) : 0;
  const address = text
    .slice(0, colon)
    .replace(/^\[|\]$/g, "")
    .replace(/%[\w.@-]{1,32}\]?$/, "");
  const ip = plainIp(address);
  return ip === null || port === 0 || port > 65_535 ? null : { ip, port };
}

/** An address without the IPv6 form of an IPv4 one; null for what is none, and for the unspecified one. */
export function plainIp(text: string): string | null {
  const bytes = parseIp(text);
  if (bytes === null || bytes.every((byte) => byte === 0)) return null;
  if (bytes.length === 4) return text;
  const plain = formatIpv6(bytes);
  return plain.startsWith("::ffff:") && plain.includes(".") ? plain.slice(7) : plain;
}

/** The connections of this run. */
export function connectionTable(desk: Desk): ConnectionTable {
  return desk.state("connections", () => new ConnectionTable());
}

/** Lays down the connections of this run: `Reader.finish` of every reader that notes some. */
export function finishConnections(desk: Desk): void {
  connectionTable(desk).finish(desk);
}
