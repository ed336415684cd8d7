import type { AutostartRecord } from "../model/host-record.ts";
import type { Detector } from "./detector.ts";
import { markedStarts, START_LIMITS, shownStart, startFinding, type Telling } from "./intruder/autostarts.ts";
import { short, shortHost } from "./words.ts";

const TELLING: Telling = {
  says: (record) => {
    const { mechanism, schedule, user } = record;
    const when = schedule === null ? "" : ` (${shortHost(schedule)})`;
    const whose = user === null ? "" : ` as ${short(user)}`;
    const what = mechanism === "timer" ? "A timer" : "The schedule (cron)";
    return `${what} starts ${shownStart(record)}${when}${whose}`;
  },
  next:
    "Keep the entry and what it starts before removing either; look for the same text in the cron " +
    "tables of " +
    "other hosts.",
};

/** Cron jobs and timers that start what no package and hardly an administrator would. */
export const cronPersistence: Detector = {
  id: "cron-persistence",
  title: "A timed job keeps an intruder's program running",
  reads: ["autostart"],
  attack: ["T1053.003"],
  stage: "staying",
  sources: [
    "MITRE ATT&CK v18.1, T1053.003 Cron and T1053.006 Systemd Timers",
    "Filesystem Hierarchy Standard 3.0, for the folders in which no package puts programs",
    "crontab(5) of Debian 12, and the stock jobs of Debian 12, Ubuntu 24.04 and RHEL 9 as twins",
  ],
  blindTo: "jobs that start an ordinary program which was replaced; at(1); jobs in a container's own tables",
  limits: START_LIMITS,
  *find({ autostart }, limit) {
    for (const [host, marked] of markedStarts(autostart, ["cron", "timer", "windows-task"])) {
      for (const found of startFinding(host, marked, { telling: TELLING, limit })) {
        yield isTimer(marked.map(({ record }) => record)) ? { ...found, attack: ["T1053.006"] } : found;
      }
    }
  },
};

function isTimer(records: readonly AutostartRecord[]): boolean {
  return records.every(({ mechanism }) => mechanism === "timer");
}
