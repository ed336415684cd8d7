import type { Facts } from "../model/facts.ts";
import type { EventRecord, LoginRecord } from "../model/log-record.ts";
import type { FileRecord } from "../model/trace-record.ts";
import type { DeedRow } from "../tables/deeds.ts";
import type { Detector } from "./detector.ts";
import { foundDeeds } from "./intruder/deed-weight.ts";
import { type BareDeed, byHost, deedsOf } from "./intruder/deeds.ts";
import { intrusionsOf } from "./intruder/intrusion.ts";
import { missingLogins } from "./intruder/missing-logins.ts";
import { short } from "./words.ts";

const ATTACK = ["T1070.002", "T1070.003"];

/** Logs and histories that were emptied, removed or switched off. */
export const logClearing: Detector = {
  id: "log-clearing",
  title: "Logs or command history cleared",
  reads: ["command", "autostart", "event", "file", "login", "host"],
  attack: ATTACK,
  stage: "covering-up",
  sources: [
    "MITRE ATT&CK v18.1, T1070.001 to T1070.003 and T1562.003",
    "Cowrie logs of 2021 (deroux): loaders end with history -c and remove .bash_history",
    "Packer's and cloud-init's guides to clean images, which do the same: worth little alone",
  ],
  blindTo:
    "logs that were cleared without a trace in another one; a history that was never written; " +
    "rotation that was set up to keep little",
  limits: {
    matchedLogins: {
      value: 10,
      unit: "logins",
      why: "a log that has shown ten logins as another has, and lacks one, lost it; fewer are no habit",
    },
  },
  *find(facts, limit) {
    const deeds = deedsOf(facts);
    const found = [
      ...deeds.of("log-clearing"),
      ...facts.event.filter(isCleared).map((one) => deeds.judged(eventDeed(one))),
      ...emptied(facts).map((one) => deeds.judged(one)),
      ...missingLogins(facts.login, limit("matchedLogins")).map((one) => deeds.judged(missing(one))),
    ];
    for (const [host, list] of byHost(found)) {
      const one = foundDeeds(host, list, {
        attack: ATTACK,
        next:
          "Look for copies of these logs elsewhere: a log server, backups, rotated files, the journal; " +
          "what was removed is most telling.",
      });
      if (one !== null) yield one;
    }
  },
};

/** Calls to a cloud are another detector's, which knows what stands beside them. */
function isCleared({ what, says }: EventRecord): boolean {
  return what === "log-cleared" && !/^[A-Z][a-z]{1,20}[A-Z]\w{1,60}(?::| )/.test(says);
}

const CLEARED: DeedRow = {
  group: "log-clearing",
  kind: "event",
  words: [],
  pattern: /./,
  says: "emptied or switched off a log",
  alone: "low",
};

/** What events of some subjects are worth alone, and are in words. The journal is rotated, and rules of
 *  auditing are loaded anew, in everyday work; a crash may leave zeros in wtmp. */
const EVENTS: readonly {
  readonly subject: RegExp;
  readonly about?: RegExp;
  readonly says: string;
  readonly alone: DeedRow["alone"];
}[] = [
  { subject: /^security$/i, says: "emptied Windows' log of logins and rights", alone: "medium" },
  { subject: /^(?:system|application)$/i, says: "emptied a Windows event log", alone: "low" },
  { subject: /^journald$/, says: "had the system's journal begin a new file", alone: "silent" },
  { subject: /^audit$/, about: /rule/, says: "took a rule out of the audit log's", alone: "silent" },
  { subject: /^audit$/, says: "switched off the audit log", alone: "low" },
  { subject: /[bw]tmp/, says: "put zeros in place of logins in a log", alone: "low" },
  { subject: /\//, says: "emptied or switched off a log", alone: "low" },
];

const OTHER_LOG = { says: "emptied or switched off a log", alone: "silent" } as const;

function eventDeed({ subject, says: text, ...event }: EventRecord): BareDeed {
  const known = EVENTS.find((one) => one.subject.test(subject) && (one.about?.test(text) ?? true));
  const { says, alone } = known ?? OTHER_LOG;
  return { ...bare(event), text, row: { ...CLEARED, says, alone } };
}

type Bare = Pick<EventRecord, "host" | "atMicros" | "place" | "excerpt"> & {
  readonly user?: string | null;
  readonly from?: string | null;
};

function bare({
  host,
  atMicros,
  place,
  excerpt,
  user = null,
  from = null,
}: Bare): Omit<BareDeed, "row" | "text"> {
  return { host, atMicros, place, excerpt, user, from };
}

/** Logs that an intruder has reason to empty. */
const LOGS = /^\/var\/log\/(?:wtmp|lastlog|auth\.log|secure|audit\/audit\.log)$/;

/** Logs of no bytes, last written while an intruder was in. At other times rotation leaves such, too. */
function emptied(facts: Facts): BareDeed[] {
  const intrusions = intrusionsOf(facts);
  return facts.file.filter(isEmptyLog).flatMap((file) => {
    const { host, modifiedMicros: atMicros, place, excerpt, path } = file;
    if (intrusions.standing({ host, atMicros }).intrusion === null) return [];
    const row = { ...CLEARED, kind: "empty", says: `left the log ${path} empty` };
    return { ...bare({ host, atMicros, place, excerpt }), text: `${path}: 0 bytes`, row };
  });
}

function isEmptyLog({ path, bytes, modifiedMicros }: FileRecord): boolean {
  return bytes === 0 && modifiedMicros !== null && LOGS.test(path);
}

/** A login that one log shows and another, which otherwise shows the same ones, does not. */
function missing({ user, from, ...login }: LoginRecord): BareDeed {
  const whose = `the login of ${short(user ?? "?")} from ${short(from ?? "?")}`;
  const says = `took ${whose} out of a log that has all others`;
  return {
    ...bare({ ...login, from }),
    text: whose,
    row: { ...CLEARED, kind: "missing", says, attack: "T1070.002" },
  };
}
