import type { HostFact } from "./host-fact.ts";

/** A login, or `times` alike failed ones between `atMicros` and `lastMicros`. */
export interface LoginRecord extends HostFact {
  readonly kind: "login";
  readonly outcome: "accepted" | "failed";
  readonly user: string | null;
  /** Address or name that it came from; null for a console. */
  readonly from: string | null;
  /** As the evidence says: "password", "publickey", "console" … */
  readonly method: string | null;
  /** "sshd", "login", "su", "rdp", "aws-console" … */
  readonly service: string;
  /** SHA-256 fingerprint of the key, as sshd prints it. */
  readonly key: string | null;
  readonly times: number;
  readonly lastMicros: number | null;
}

/** A command line that was typed, run or logged. */
export interface CommandRecord extends HostFact {
  readonly kind: "command";
  readonly text: string;
  readonly user: string | null;
  readonly exe: string | null;
  readonly pid: number | null;
  readonly ppid: number | null;
  /** Address of the login in whose session it ran. */
  readonly from: string | null;
  /** What recorded it: "auditd", "history", "sudo", "honeypot", "sysmon", "windows", "cron", "snoopy". */
  readonly by: string;
}

/** A request in a web server's log that has the marks of an exploit in `tables/web-exploits.ts`. */
export interface RequestRecord extends HostFact {
  readonly kind: "request";
  /** Row of the table. */
  readonly exploit: string;
  readonly client: string;
  readonly method: string | null;
  readonly target: string;
  readonly status: number | null;
  readonly agent: string | null;
  readonly times: number;
  readonly lastMicros: number | null;
}

/** What an event did; the table is closed. */
export const EVENT_KINDS = {
  "account-added": "an account was made",
  "account-changed": "an account's password, group or right was changed",
  "service-started": "a service was started",
  "service-stopped": "a service was stopped or disabled",
  "log-cleared": "a log or history was emptied or switched off",
  "file-immutable": "a file was made immutable",
  "module-loaded": "a kernel module was loaded",
  "package-installed": "a package was installed",
  "package-removed": "a package was removed",
  "cron-run": "cron ran a job",
  "cron-changed": "a crontab was changed",
  "key-added": "a login key was added",
  "process-hidden": "a process was missing from the process list",
  "huge-pages": "huge pages or MSRs were set as miners set them",
  "cloud-call": "a cloud account was told to do something",
  boot: "the host started or stopped",
  "clock-changed": "the clock was set",
  "container-started": "a container was started",
} as const;
export type EventKind = keyof typeof EVENT_KINDS;

/** One thing that happened, as a log or the state of the host tells it. */
export interface EventRecord extends HostFact {
  readonly kind: "event";
  readonly what: EventKind;
  /** The account, service, file, package, module … */
  readonly subject: string;
  readonly user: string | null;
  readonly from: string | null;
  readonly says: string;
}
