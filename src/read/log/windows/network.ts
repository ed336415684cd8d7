import type { Endpoint } from "../../../model/record.ts";
import { loadPools } from "../../../tables/pools.ts";
import type { Desk } from "../../reader.ts";
import { numberIn, type Told } from "./meanings.ts";

/** Connections that are told apart in one file; a busy host has thousands of peers a day. */
const MAX_PEERS = 20_000;

/** Connections and names that Sysmon saw: each process and peer once. */
export class SysmonNetwork {
  readonly #known = new Set<string>();

  /** Event 3: a connection, in either direction. */
  connection({ event: { field }, fact }: Told, desk: Desk): void {
    const process = field("Image", "Proc");
    const near = endpoint(field("SourceIp", "SrcIP"), field("SourcePort", "SrcPort"));
    const far = endpoint(field("DestinationIp", "TgtIP"), field("DestinationPort", "TgtPort"));
    const isOurs = (field("Initiated") ?? "true").toLowerCase() === "true";
    const [local, remote] = isOurs ? [near, far] : [far, near];
    // Nobody listens on port 0: Sysmon for Linux says so of sockets that it could not read.
    if (remote === null || remote.port === 0) return;
    // A peer's own port changes with every connection.
    const key = `${fact.host} ${fact.hostname} ${process} ${remote.ip} ${isOurs ? remote.port : local?.port}`;
    if (!this.#isNew(key)) return;
    const pid = numberIn(field("ProcessId", "PID"));
    const state = isOurs ? "connect" : "accept";
    desk.record({ ...fact, kind: "connection", pid, process, local, remote, state });
  }

  /** Event 22: a name that a process asked for; only a pool's is a record. */
  name({ event: { field }, fact }: Told, desk: Desk): void {
    const name = field("QueryName", "Query")?.toLowerCase() ?? null;
    const row = name === null ? null : loadPools().matchHost(name);
    if (name === null || row === null || !this.#isNew(`${fact.host} ${fact.hostname} name ${name}`)) return;
    const { matched, pool, coin, source, seen } = row;
    desk.record({
      ...fact,
      kind: "pool-url",
      url: name,
      poolHost: name,
      poolPort: null,
      pool: { matched, pool, coin, source, seen },
      times: 1,
      path: field("Image", "Proc") ?? "Sysmon 22",
    });
  }

  #isNew(key: string): boolean {
    if (this.#known.has(key) || this.#known.size >= MAX_PEERS) return false;
    this.#known.add(key);
    return true;
  }
}

function endpoint(ip: string | null, port: string | null): Endpoint | null {
  const number = numberIn(port);
  return ip === null || number === null || number > 65_535 ? null : { ip, port: number };
}
