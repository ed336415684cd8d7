import type { Facts } from "../model/facts.ts";
import type { AccountRecord } from "../model/host-record.ts";
import type { CommandRecord } from "../model/log-record.ts";
import type { Detector } from "./detector.ts";
import { type Intrusions, intrusionsOf, type Standing } from "./intruder/intrusion.ts";
import { nameOf, startedBy } from "./intruder/started.ts";
import { findingsOfSigns, type Sign } from "./signs.ts";
import { short, shortHost } from "./words.ts";

/** Accounts besides root whose uid is 0 on systems as they are shipped: FreeBSD's second root, QNAP's only
 *  administrator, and those of old distributions that do one thing and log out. */
const USUAL_ROOTS: ReadonlySet<string> = new Set(["root", "toor", "admin", "sync", "shutdown", "halt"]);

/** Programs that make or change accounts. */
const MAKERS: ReadonlyMap<string, string> = new Map([
  ["useradd", "T1136.001"],
  ["adduser", "T1136.001"],
  ["usermod", "T1098"],
  ["chpasswd", "T1098"],
  ["passwd", "T1098"],
]);

/** Accounts and rights that let an intruder back in, or in as root. */
export const accountPersistence: Detector = {
  id: "account-persistence",
  title: "An account or right lets an intruder back in",
  reads: ["account", "autostart", "command", "event", "host", "login"],
  attack: ["T1136.001", "T1098", "T1548.003"],
  stage: "staying",
  sources: [
    "MITRE ATT&CK v18.1, T1136.001 Local Account, T1098 Account Manipulation, T1548.003 Sudo and Sudo " +
      "Caching",
    "passwd(5): whoever has uid 0 is the superuser, whatever the name",
  ],
  blindTo: "accounts of a directory service; rights given through groups that are not in sudoers",
  limits: {
    likelihood: {
      value: 0.5,
      unit: "probability",
      why: "accounts are made on every host; only what a break-in or a second root makes likely is told",
    },
  },
  *find(facts, limit) {
    const intrusions = intrusionsOf(facts);
    const signs = [
      ...rootSigns(facts, intrusions),
      ...eventSigns(facts, intrusions),
      ...sudoSigns(facts, intrusions),
      ...commandSigns(facts, intrusions),
    ];
    yield* findingsOfSigns(
      signs.filter(({ likelihood }) => likelihood >= limit("likelihood")),
      "further sign",
      "Ask who needs the account or right; lock it before removing it, and look for what else was done " +
        "as it.",
    );
  },
};

function rootSigns({ account }: Facts, intrusions: Intrusions): Sign[] {
  return account.filter(isSecondRoot).map((record): Sign => {
    const isTaken = intrusions.on(record.host).length > 0;
    return {
      fact: record,
      severity: isTaken ? "high" : "medium",
      likelihood: isTaken ? 0.9 : 0.7,
      confidence: "moderate",
      about: [record.user],
      summary: `${short(record.user)} has all rights on the host, like root (uid 0)`,
      says: `The account ${short(record.user)} has uid 0, as root has`,
      attack: ["T1136.001"],
    };
  });
}

function isSecondRoot({ user, uid, shell }: AccountRecord): boolean {
  const isBarred = shell !== null && /\/(?:nologin|false|sync|shutdown|halt)$/.test(shell);
  return uid === 0 && !USUAL_ROOTS.has(user) && !isBarred;
}

/** How likely a change to accounts is an intruder's, by how close it stands to one. */
const LIKELY: Readonly<Record<Standing, number>> = {
  honeypot: 0.9,
  intruder: 0.9,
  "taken-account": 0.6,
  "after-break-in": 0.6,
  unknown: 0.05,
};

const EVENTS: Readonly<Record<string, string>> = { "account-added": "T1136.001", "account-changed": "T1098" };

function eventSigns({ event }: Facts, intrusions: Intrusions): Sign[] {
  return event.flatMap((record): Sign[] => {
    const technique = EVENTS[record.what];
    const { standing } = intrusions.standing(record);
    if (technique === undefined || standing === "unknown") return [];
    const did = record.what === "account-added" ? "was made" : "was changed";
    return [
      {
        fact: record,
        severity: severityFor(standing),
        likelihood: LIKELY[standing],
        confidence: "moderate",
        about: [short(record.subject)],
        summary: `The account ${short(record.subject)} ${did} ${whenOf(standing)}`,
        says: shortHost(record.says),
        attack: [technique],
      },
    ];
  });
}

function sudoSigns({ autostart }: Facts, intrusions: Intrusions): Sign[] {
  return autostart.flatMap((record): Sign[] => {
    if (record.mechanism !== "sudoers" || !/\bNOPASSWD\b/.test(record.command)) return [];
    const { host, atMicros } = record;
    // Who wrote the file is not known, only when; without a time nothing is said.
    const { standing } = intrusions.standing({ host, atMicros });
    if (standing === "unknown") return [];
    const whom = short(record.user ?? record.name ?? "somebody");
    return [
      {
        fact: record,
        severity: severityFor(standing),
        likelihood: LIKELY[standing],
        confidence: "low",
        about: [whom],
        summary: `${whom} was given root without a password ${whenOf(standing)}`,
        says: `${shortHost(record.path)} was written ${whenOf(standing)}: ${shortHost(record.command)}`,
        attack: ["T1548.003"],
        isInferred: true,
      },
    ];
  });
}

function commandSigns({ command }: Facts, intrusions: Intrusions): Sign[] {
  return command.flatMap((record): Sign[] => {
    const { standing } = intrusions.standing(record);
    if (standing !== "honeypot" && standing !== "intruder" && standing !== "taken-account") return [];
    const made = startedBy(record.text).find(({ program }) => MAKERS.has(nameOf(program ?? "")));
    const name = nameOf(made?.program ?? "");
    const technique = MAKERS.get(name);
    return technique === undefined ? [] : [commandSign(record, { name, technique, standing })];
  });
}

interface Made {
  readonly name: string;
  readonly technique: string;
  readonly standing: Standing;
}

function commandSign(record: CommandRecord, { name, technique, standing }: Made): Sign {
  const who = short(record.from ?? record.user ?? "Somebody");
  const isTrap = standing === "honeypot";
  return {
    fact: record,
    severity: severityFor(standing),
    likelihood: LIKELY[standing],
    confidence: isTrap ? "high" : "moderate",
    about: [who],
    summary: isTrap
      ? `${who} attempted to change accounts on a honeypot (${name})`
      : `${who} changed accounts with ${name}, ${AS[standing] ?? ""}`,
    says: `${record.by}: ${name}`,
    attack: [technique],
  };
}

function severityFor(standing: Standing): "low" | "medium" | "high" {
  if (standing === "honeypot") return "low";
  return standing === "intruder" ? "high" : "medium";
}

const AS: Readonly<Partial<Record<Standing, string>>> = {
  intruder: "after breaking in",
  "taken-account": "an account that was broken into",
};

const WHEN: Readonly<Record<Standing, string>> = {
  honeypot: "on a honeypot",
  intruder: "by the one who broke in",
  "taken-account": "as the account that was broken into",
  "after-break-in": "within a day of a break-in",
  unknown: "",
};

function whenOf(standing: Standing): string {
  return WHEN[standing];
}
