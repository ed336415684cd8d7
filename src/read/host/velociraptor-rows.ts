import { createHash } from "node:crypto";
import { parseIso } from "../../bytes/time.ts";
import type { HostFact } from "../../model/host-fact.ts";
import {
  ACCOUNT_COLUMNS,
  CONNECTION_COLUMNS,
  CRON_COLUMNS,
  CRON_TIMES,
  HOST_COLUMNS,
  KEY_COLUMNS,
  PROCESS_COLUMNS,
} from "../../tables/velociraptor-columns.ts";
import type { Desk } from "../reader.ts";
import { isOwn } from "./addresses.ts";
import { connectionTable, plainIp } from "./connections.ts";
import { identityTable } from "./identities.ts";
import { executableOf, type ProcessFacts, processTable, RANK } from "./processes.ts";

/** One row of a result: a JSON object. */
export type Row = Readonly<Record<string, unknown>>;

/** A kind of facts that rows can tell. */
export interface RowKind {
  readonly id: "process" | "connection" | "host" | "login key" | "cron entry" | "account";
  /** Names of artifacts that hold them; null: the columns alone tell. */
  readonly artifact: RegExp | null;
  /** Whether a row has the columns. */
  has(row: Row): boolean;
  /** Lays down what the row tells. */
  take(row: Row, fact: HostFact, desk: Desk): void;
}

/** The value of the first column that a row has; undefined when it has none. */
export function valueIn(row: Row, names: readonly string[]): unknown {
  for (const name of names) {
    if (Object.hasOwn(row, name)) return row[name];
    const dot = name.indexOf(".");
    const inner = dot === -1 ? undefined : row[name.slice(0, dot)];
    if (isRow(inner) && Object.hasOwn(inner, name.slice(dot + 1))) return inner[name.slice(dot + 1)];
  }
  return undefined;
}

/** Whether a value is an object with fields. */
export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textIn(row: Row, names: readonly string[]): string | null {
  const value = valueIn(row, names);
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : null;
}

function numberIn(row: Row, names: readonly string[]): number | null {
  const text = textIn(row, names);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** A time as ISO 8601, or since 1970 in seconds, milli-, micro- or nanoseconds: told apart by their size. */
export function momentIn(value: unknown): number | null {
  if (typeof value === "string") return parseIso(value);
  if (typeof value !== "number" || !(value > 1e8)) return null;
  const scale = value < 1e11 ? 1e6 : value < 1e14 ? 1e3 : value < 1e17 ? 1 : 1e-3;
  const atMicros = Math.round(value * scale);
  return Number.isSafeInteger(atMicros) ? atMicros : null;
}

const process: RowKind = {
  id: "process",
  artifact: null,
  has: (row) =>
    numberIn(row, PROCESS_COLUMNS.pid) !== null &&
    (textIn(row, PROCESS_COLUMNS.args) !== null || textIn(row, PROCESS_COLUMNS.exe) !== null),
  take(row, { host, place, excerpt }, desk) {
    const pid = numberIn(row, PROCESS_COLUMNS.pid);
    if (pid === null) return;
    const started = momentIn(valueIn(row, PROCESS_COLUMNS.started));
    const exe = textIn(row, PROCESS_COLUMNS.exe);
    const sha256 = textIn(row, PROCESS_COLUMNS.sha256)?.toLowerCase();
    const facts: ProcessFacts = {
      ...given("ppid", numberIn(row, PROCESS_COLUMNS.ppid)),
      ...given("name", textIn(row, PROCESS_COLUMNS.name)),
      ...given("args", textIn(row, PROCESS_COLUMNS.args)),
      ...given("user", textIn(row, PROCESS_COLUMNS.user)),
      ...given("cwd", textIn(row, PROCESS_COLUMNS.cwd)),
      ...given("startedMicros", started),
      ...(exe === null ? {} : executableOf(exe)),
      ...(sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256) ? { sha256 } : {}),
    };
    processTable(desk).note({ host, pid, rank: RANK.list, facts, place, excerpt, clock: "utc" }, desk);
  },
};

/** A field with its value; nothing for null. */
function given<K extends string, V>(name: K, value: V | null): { readonly [key in K]?: V } {
  // cast: the key is the one that is given.
  return (value === null ? {} : { [name]: value }) as { readonly [key in K]?: V };
}

const connection: RowKind = {
  id: "connection",
  artifact: null,
  has: (row) => endpointIn(row, CONNECTION_COLUMNS.remoteIp, CONNECTION_COLUMNS.remotePort) !== null,
  take(row, { host, place, excerpt }, desk) {
    const remote = endpointIn(row, CONNECTION_COLUMNS.remoteIp, CONNECTION_COLUMNS.remotePort);
    if (remote === null) return;
    const pid = numberIn(row, CONNECTION_COLUMNS.pid);
    const sight = {
      host,
      local: endpointIn(row, CONNECTION_COLUMNS.localIp, CONNECTION_COLUMNS.localPort),
      remote,
      state: textIn(row, CONNECTION_COLUMNS.state),
      holders: pid === null ? [] : [{ pid, process: textIn(row, CONNECTION_COLUMNS.process) }],
      place,
      excerpt,
    };
    connectionTable(desk).note(sight, desk);
  },
};

function endpointIn(row: Row, ips: readonly string[], ports: readonly string[]) {
  const ip = plainIp(textIn(row, ips) ?? "");
  const port = numberIn(row, ports);
  return ip === null || port === null || port === 0 || port > 65_535 ? null : { ip, port };
}

const host: RowKind = {
  id: "host",
  artifact: /^Generic\.Client\.Info|^client_info$/,
  has: (row) => textIn(row, HOST_COLUMNS.name) !== null || textIn(row, HOST_COLUMNS.addresses) !== null,
  take(row, { host: scope, place, excerpt }, desk) {
    const listed = valueIn(row, HOST_COLUMNS.addresses);
    const texts = typeof listed === "string" ? listed.split(/[\s,]+/) : Array.isArray(listed) ? listed : [];
    const addresses = texts.flatMap((text) => plainIp(String(text)) ?? []).filter(isOwn);
    const facts = {
      collector: "velociraptor",
      ...given("name", textIn(row, HOST_COLUMNS.name)),
      ...given("os", textIn(row, HOST_COLUMNS.os)),
      ...(addresses.length === 0 ? {} : { addresses }),
    };
    identityTable(desk).note({ host: scope, rank: 1, facts, place, excerpt });
  },
};

const loginKey: RowKind = {
  id: "login key",
  artifact: /AuthorizedKeys/,
  has: (row) => textIn(row, KEY_COLUMNS.key) !== null,
  take(row, fact, desk) {
    const key = textIn(row, KEY_COLUMNS.key) ?? "";
    const bytes = Buffer.from(key, "base64");
    // The key's own first field is its type: a length of four bytes, then the text.
    const length = bytes.length < 4 ? 0 : bytes.readUInt32BE(0);
    const type = length > 0 && length <= 64 ? bytes.subarray(4, 4 + length).toString("latin1") : "";
    if (!/^[a-z][\w@.-]{2,63}$/.test(type)) return;
    const hash = createHash("sha256").update(bytes).digest("base64").replace(/=+$/, "");
    desk.record({
      ...fact,
      kind: "autostart",
      mechanism: "authorized-key",
      path: textIn(row, KEY_COLUMNS.path) ?? "",
      name: textIn(row, KEY_COLUMNS.comment)?.trim() ?? null,
      user: textIn(row, KEY_COLUMNS.user),
      command: `${type} SHA256:${hash}`,
      schedule: null,
    });
  },
};

const cronEntry: RowKind = {
  id: "cron entry",
  artifact: /Crontab/,
  has: (row) => textIn(row, CRON_COLUMNS.command) !== null,
  take(row, fact, desk) {
    const times = CRON_TIMES.map((name) => textIn(row, [name]) ?? "*").join(" ");
    desk.record({
      ...fact,
      kind: "autostart",
      mechanism: "cron",
      path: textIn(row, CRON_COLUMNS.path) ?? "",
      name: null,
      user: textIn(row, CRON_COLUMNS.user),
      command: textIn(row, CRON_COLUMNS.command) ?? "",
      schedule: textIn(row, CRON_COLUMNS.event) ?? times,
    });
  },
};

const account: RowKind = {
  id: "account",
  artifact: /^(?:Linux|MacOS|Windows)\.Sys\.(?:All)?Users|^Generic\.Client\.Info\/Users/,
  has: (row) => textIn(row, ACCOUNT_COLUMNS.user) !== null,
  take(row, fact, desk) {
    desk.record({
      ...fact,
      kind: "account",
      user: textIn(row, ACCOUNT_COLUMNS.user) ?? "",
      uid: numberIn(row, ACCOUNT_COLUMNS.uid),
      shell: textIn(row, ACCOUNT_COLUMNS.shell),
      home: textIn(row, ACCOUNT_COLUMNS.home),
    });
  },
};

/** Every kind; a row can be of several (a connection with its process). */
export const ROW_KINDS: readonly RowKind[] = [process, connection, host, loginKey, cronEntry, account];
