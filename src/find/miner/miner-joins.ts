import type { Facts } from "../../model/facts.ts";
import { grouped } from "../../model/group.ts";
import type { HostFact } from "../../model/host-fact.ts";
import type { ConnectionRecord } from "../../model/host-record.ts";
import type { CommandRecord, EventRecord } from "../../model/log-record.ts";
import { endpointText } from "../../model/record.ts";
import type { FileRecord } from "../../model/trace-record.ts";
import { loadPools } from "../../tables/pools.ts";
import { nameOf } from "../intruder/started.ts";
import { shortHost } from "../words.ts";
import { type MinerSign, type Part, pathKeys, poolKeys, startJoin } from "./miner-signs.ts";

/** Facts of one kind that are joined to one miner. */
const MOST_JOINED = 200;
/** Folders and files of one miner that commands are searched for. */
const MOST_TEXTS = 20;

/** A folder or file behind the places that everybody shares: what is left is the miner's own. */
const OWN_PART = /^(?:folder|file) (?:\/(?:tmp|var\/tmp|dev\/shm|root|home\/[^/]+)\/)?(.{6,})$/;

type Joined = "autostart" | "connection" | "command" | "file" | "event";

/** What is joined to miners, sorted out by host once: a forged log can name a hundred thousand. */
export type FactsByHost = { readonly [K in Joined]: ReadonlyMap<string, Facts[K]> };

export function factsByHost({ autostart, connection, command, file, event }: Facts): FactsByHost {
  const hostOf = ({ host }: HostFact): string => host;
  return {
    autostart: grouped(autostart, hostOf),
    connection: grouped(connection, hostOf),
    command: grouped(command, hostOf),
    file: grouped(file, hostOf),
    event: grouped(event, hostOf),
  };
}

/** What on a host tells nothing of mining by itself, and belongs to a miner all the same. */
export class MinerJoins {
  readonly #starts: readonly MinerSign[];
  readonly #connections: readonly ConnectionRecord[];
  readonly #commands: readonly CommandRecord[];
  readonly #files: readonly FileRecord[];
  readonly #pages: readonly EventRecord[];

  constructor(host: string, { autostart, connection, command, file, event }: FactsByHost) {
    this.#starts = (autostart.get(host) ?? []).map(startJoin);
    this.#connections = (connection.get(host) ?? []).filter(({ state }) => state !== "LISTEN");
    this.#commands = command.get(host) ?? [];
    this.#files = file.get(host) ?? [];
    this.#pages = (event.get(host) ?? []).filter(({ what }) => what === "huge-pages");
  }

  /** What shares a folder, a process or a pool with these signs. */
  of(group: readonly MinerSign[]): MinerSign[] {
    const keys = new Set(group.flatMap((sign) => sign.keys));
    const own = new Set(group.map(({ fact }) => fact));
    const starts = this.#starts.filter(
      (sign) => !own.has(sign.fact) && sign.keys.some((key) => keys.has(key)),
    );
    return [
      ...starts.slice(0, MOST_JOINED),
      ...this.#peers(group, keys),
      ...this.#namings(keys, own),
      ...this.#beside(keys),
      ...this.#pages.slice(0, MOST_JOINED).map((fact) => timeless(fact, `as miners set it: ${fact.says}`)),
    ];
  }

  /** Files that lie where the miner lies. */
  #beside(keys: ReadonlySet<string>): MinerSign[] {
    return this.#files
      .filter(({ path }) => pathKeys(path).some((key) => keys.has(key)))
      .slice(0, MOST_JOINED)
      .map((fact) => timeless(fact, `${shortHost(fact.path)} lies there`));
  }

  /** Connections of the miner's process, and of the host to its pool. */
  #peers(group: readonly MinerSign[], keys: ReadonlySet<string>): MinerSign[] {
    const names = new Set(
      group.flatMap(({ program }) => (program === null ? [] : nameOf(program).replace(/ .*$/, ""))),
    );
    const met = new Map<string, MinerSign>();
    // What runs in disguise and speaks to somebody is no miner for that.
    const isMiner = group.some(({ pools, wallet, software }) => [...pools, wallet, software].some(Boolean));
    for (const record of this.#connections) {
      const { pid, process, remote } = record;
      const isTheirs =
        (pid !== null && keys.has(`process ${pid}`)) || (process !== null && names.has(process));
      if (!isTheirs && !poolKeys([remote.ip]).some((key) => keys.has(key))) continue;
      const parts: Part[] = isMiner || loadPools().matchHost(remote.ip) !== null ? ["connection"] : [];
      const key = `${pid} ${endpointText(remote)}`;
      if (!met.has(key)) met.set(key, { ...joinOf(record), parts, says: peer(record, isTheirs) });
      if (met.size >= MOST_JOINED) break;
    }
    return [...met.values()];
  }

  /** Commands that speak of the miner's folder or file: they made it, fetched it or looked after it. */
  #namings(keys: ReadonlySet<string>, own: ReadonlySet<HostFact>): MinerSign[] {
    const parts = [...keys].flatMap((key) => OWN_PART.exec(key)?.[1] ?? []);
    const texts = [...new Set(parts)].slice(0, MOST_TEXTS);
    if (texts.length === 0) return [];
    return this.#commands
      .filter((record) => !own.has(record) && texts.some((text) => record.text.includes(text)))
      .slice(0, MOST_JOINED)
      .map((record) =>
        told(record, `${record.by}: a command names the miner's folder: ${shortHost(record.text)}`),
      );
  }
}

/** Belongs to the story and proves nothing. */
function told(fact: HostFact, says: string): MinerSign {
  return { ...joinOf(fact), parts: [], says };
}

/** The same where the time is a file's, which whoever writes the file can set. */
function timeless(fact: HostFact, says: string): MinerSign {
  return { ...told(fact, says), firstMicros: null, lastMicros: null };
}

function joinOf(fact: HostFact): Omit<MinerSign, "parts" | "says"> {
  return {
    fact,
    isCore: false,
    keys: [],
    places: [fact.place],
    software: null,
    wallet: null,
    pools: [],
    program: null,
    hps: null,
    firstMicros: fact.atMicros,
    lastMicros: fact.atMicros,
  };
}

function peer({ pid, process, remote }: ConnectionRecord, isTheirs: boolean): string {
  const known = loadPools().matchHost(remote.ip);
  const whose = isTheirs ? `${shortHost(process ?? `process ${pid}`)} is connected to` : "a connection to";
  const pool = known === null ? "" : `, the pool ${known.pool}`;
  return `${whose} ${shortHost(endpointText(remote))}${pool}`;
}
