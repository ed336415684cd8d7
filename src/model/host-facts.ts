import type {
  AccountRecord,
  AutostartRecord,
  ConnectionRecord,
  CustodyRecord,
  HostRecord,
  MinerConfigRecord,
  MinerLogRecord,
  ProcessRecord,
} from "./host-record.ts";
import type { CommandRecord, EventRecord, LoginRecord, RequestRecord } from "./log-record.ts";
import type {
  AddressRecord,
  BurstRecord,
  FileRecord,
  NameQueryRecord,
  PoolUrlRecord,
  RansomNoteRecord,
  SecretRecord,
  SmbRecord,
  YaraRecord,
} from "./trace-record.ts";

export type AnyHostRecord =
  | HostRecord
  | CustodyRecord
  | LoginRecord
  | CommandRecord
  | ProcessRecord
  | ConnectionRecord
  | AutostartRecord
  | AccountRecord
  | MinerConfigRecord
  | MinerLogRecord
  | RequestRecord
  | EventRecord
  | FileRecord
  | BurstRecord
  | AddressRecord
  | PoolUrlRecord
  | SecretRecord
  | RansomNoteRecord
  | SmbRecord
  | NameQueryRecord
  | YaraRecord;

export type HostKind = AnyHostRecord["kind"];

/** Records of hosts by kind, in the order of time, then of place. */
export type HostFacts = {
  readonly [K in HostKind]: readonly Extract<AnyHostRecord, { readonly kind: K }>[];
};

/** Every kind, so that facts can be made of nothing. */
export const HOST_KINDS = [
  "host",
  "custody",
  "login",
  "command",
  "process",
  "connection",
  "autostart",
  "account",
  "miner-config",
  "miner-log",
  "request",
  "event",
  "file",
  "burst",
  "address",
  "pool-url",
  "secret",
  "ransom-note",
  "smb",
  "name-query",
  "yara",
] as const satisfies readonly HostKind[];
