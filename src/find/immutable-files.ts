import type { EventRecord } from "../model/log-record.ts";
import { type DeedRow, deedsIn } from "../tables/deeds.ts";
import type { Detector } from "./detector.ts";
import { foundDeeds } from "./intruder/deed-weight.ts";
import { type BareDeed, byHost, deedsOf } from "./intruder/deeds.ts";

const ATTACK = ["T1222.002"];

/** Files that even the administrator cannot change until the attribute is taken off. */
export const immutableFiles: Detector = {
  id: "immutable-files",
  title: "Files made unchangeable",
  reads: ["command", "autostart", "event", "login", "host"],
  attack: ATTACK,
  stage: "covering-up",
  sources: [
    "MITRE ATT&CK v18.1, T1222.002 Linux and Mac File and Directory Permissions Modification",
    "chattr(1), attributes a and i; T-Pot honeypot of 2025 (samdavi): chattr -ia .ssh; lockr -ia .ssh",
    "Administrators lock /etc/resolv.conf and web pages in this way: not worth a word alone",
  ],
  blindTo:
    "attributes set by a program of its own instead of chattr, where no list of attributes was collected",
  limits: {},
  *find(facts) {
    const deeds = deedsOf(facts);
    const events = facts.event.filter(({ what }) => what === "file-immutable");
    const found = [...deeds.of("immutable-files"), ...events.map((one) => deeds.judged(eventDeed(one)))];
    for (const [host, list] of byHost(found)) {
      const one = foundDeeds(host, list, {
        attack: ATTACK,
        next: "Take the attribute off (chattr -ia) before these files are cleaned, and note what they held.",
      });
      if (one !== null) yield one;
    }
  },
};

/** What a file's attribute says weighs as much as the command that sets it. */
function eventDeed({ host, atMicros, place, excerpt, user, from, subject, says }: EventRecord): BareDeed {
  const row = deedsIn(`chattr +i ${subject}`).find(({ group }) => group === "immutable-files");
  return { host, atMicros, place, excerpt, user, from, text: says, row: row ?? OTHER };
}

const OTHER: DeedRow = {
  group: "immutable-files",
  kind: "lock",
  words: [],
  pattern: /./,
  says: "locked a file against changes",
  alone: "silent",
};
