import type { HostFact } from "./host-fact.ts";
import type { Place } from "./place.ts";
import type { Endpoint } from "./record.ts";

/** What is known of a host itself. Several of one host are brought together; null is not known. */
export interface HostRecord extends HostFact {
  readonly kind: "host";
  readonly name: string | null;
  readonly addresses: readonly string[];
  readonly os: string | null;
  readonly machineId: string | null;
  /** IANA name such as "Europe/Berlin". */
  readonly zone: string | null;
  /** What collected it: "uac", "velociraptor", "live", "tree", "cloudtrail"; "honeypot" where it is one. */
  readonly collector: string | null;
  readonly collectedFirstMicros: number | null;
  readonly collectedLastMicros: number | null;
}

/** What a collector wrote of its own output: the chain of custody before Paydirt. */
export interface CustodyRecord extends HostFact {
  readonly kind: "custody";
  readonly tool: string;
  /** The file whose hashes follow. */
  readonly file: string;
  /** By algorithm, lower-case hex. */
  readonly hashes: Readonly<Partial<Record<"md5" | "sha1" | "sha256", string>>>;
  readonly caseNumber: string | null;
  readonly evidenceNumber: string | null;
  readonly examiner: string | null;
  readonly startedMicros: number | null;
  readonly finishedMicros: number | null;
}

/** A process that was running when the host was looked at. */
export interface ProcessRecord extends HostFact {
  readonly kind: "process";
  readonly pid: number;
  readonly ppid: number | null;
  readonly user: string | null;
  /** The kernel's short name (comm). */
  readonly name: string | null;
  readonly exe: string | null;
  /** The executable's file is gone. */
  readonly isDeleted: boolean;
  readonly args: string | null;
  readonly cwd: string | null;
  readonly cpuPercent: number | null;
  readonly startedMicros: number | null;
  /** Of the executable. */
  readonly sha256: string | null;
  /** Every place that shows it. */
  readonly places: readonly Place[];
}

/** A network connection that was open, or was logged. */
export interface ConnectionRecord extends HostFact {
  readonly kind: "connection";
  readonly pid: number | null;
  readonly process: string | null;
  readonly local: Endpoint | null;
  readonly remote: Endpoint;
  /** As the evidence says: "ESTAB", "connect" … */
  readonly state: string | null;
}

export const AUTOSTART_MECHANISMS = [
  "cron",
  "systemd",
  "timer",
  "rc",
  "ld-preload",
  "profile",
  "authorized-key",
  "sudoers",
  "kernel-module",
  "windows-task",
  "windows-service",
  "windows-run-key",
] as const;
export type AutostartMechanism = (typeof AUTOSTART_MECHANISMS)[number];

/** Something that makes a program, a key or a right stay on the host. */
export interface AutostartRecord extends HostFact {
  readonly kind: "autostart";
  readonly mechanism: AutostartMechanism;
  /** The file as it lies on the host. */
  readonly path: string;
  /** Unit, key comment, module or account. */
  readonly name: string | null;
  readonly user: string | null;
  /** What is started, loaded or let in. */
  readonly command: string;
  /** As written: a cron expression, "@reboot", OnCalendar. */
  readonly schedule: string | null;
}

/** An account of the host. */
export interface AccountRecord extends HostFact {
  readonly kind: "account";
  readonly user: string;
  readonly uid: number | null;
  readonly shell: string | null;
  readonly home: string | null;
}

/** A pool as a miner's configuration or command line names it. */
export interface ConfiguredPool {
  readonly url: string;
  readonly user: string | null;
  readonly worker: string | null;
  readonly algorithm: string | null;
  readonly coin: string | null;
}

/** A miner's configuration file. */
export interface MinerConfigRecord extends HostFact {
  readonly kind: "miner-config";
  /** Row of `tables/miners.ts`; null when neither its settings nor its name tell. */
  readonly software: string | null;
  readonly path: string;
  readonly pools: readonly ConfiguredPool[];
  readonly logFile: string | null;
}

/** What a miner's log says over its whole length.
 *
 *  Shape: `rates` are hash rates as the miner itself printed them, first first, at most a few thousand;
 *  `firstMicros` and `lastMicros` are the first and last line's; null counts are not in the log.
 */
export interface MinerLogRecord extends HostFact {
  readonly kind: "miner-log";
  readonly software: string;
  readonly path: string;
  readonly firstMicros: number | null;
  readonly lastMicros: number | null;
  readonly rates: readonly { readonly atMicros: number; readonly hps: number; readonly place: Place }[];
  readonly accepted: number | null;
  readonly rejected: number | null;
  /** Sum of the difficulties of accepted shares: the mean number of hashes behind them. */
  readonly acceptedHashes: number | null;
  readonly pools: readonly string[];
  readonly algorithm: string | null;
}
