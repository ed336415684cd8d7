import type { Facts } from "../model/facts.ts";
import type { AutostartRecord } from "../model/host-record.ts";
import type { CommandRecord } from "../model/log-record.ts";
import { KNOWN_KEYS, type KnownKey, SERVICE_ACCOUNTS } from "../tables/known-keys.ts";
import type { Detector } from "./detector.ts";
import { type Intrusions, intrusionsOf } from "./intruder/intrusion.ts";
import { findingsOfSigns, type Sign } from "./signs.ts";
import { between, short, shortHost } from "./words.ts";

const KEYS = ["T1098.004"];

/** A command that writes to a list of login keys. */
const WRITES_KEYS = />{1,2}\s{0,4}["']?[^\s"';|&]{0,200}authorized_keys/;

/** Login keys that let an intruder back in. */
export const keyPersistence: Detector = {
  id: "key-persistence",
  title: "A login key lets an intruder back in",
  reads: ["autostart", "command", "host", "login"],
  attack: KEYS,
  stage: "staying",
  sources: [
    "MITRE ATT&CK v18.1, T1098.004 SSH Authorized Keys",
    "Keys of known families in src/tables/known-keys.ts, each with its source",
    "sshd(8), AUTHORIZED_KEYS FILE FORMAT",
  ],
  blindTo:
    "a key that was there before the break-in and is the intruder's own; stolen private keys; certificates",
  limits: {
    likelihood: {
      value: 0.4,
      unit: "probability",
      why: "every key of a taken account is worth a look; a key of an account that nobody broke into is not",
    },
  },
  *find(facts, limit) {
    const signs = [...keySigns(facts), ...loginSigns(facts), ...writingSigns(facts)];
    yield* findingsOfSigns(
      signs.filter(({ likelihood }) => likelihood >= limit("likelihood")),
      "further key",
      "Take the key out on every host on which it stands, after keeping the file; search other hosts' " +
        "authorized_keys and sshd's logs for it.",
    );
  },
};

function keySigns(facts: Facts): Sign[] {
  const intrusions = intrusionsOf(facts);
  return facts.autostart
    .filter(({ mechanism }) => mechanism === "authorized-key")
    .flatMap((record) => knownSign(record) ?? takenSign(record, intrusions) ?? serviceSign(record) ?? []);
}

function nameOfKey({ name, command }: AutostartRecord): string {
  // Without a comment its fingerprint, which stands behind the type.
  const comment = name ?? command.trim().split(/\s+/)[1] ?? "";
  return shortHost(comment);
}

function knownKey(text: string): KnownKey | undefined {
  const words = text.trim().split(/[\s"'>]+/);
  return KNOWN_KEYS.find(
    ({ comment, body, fingerprint }) =>
      words.includes(comment) || words.includes(fingerprint) || text.includes(body),
  );
}

function knownSign(record: AutostartRecord): Sign | null {
  const known = knownKey(`${record.command} ${record.name ?? ""}`);
  if (known === undefined) return null;
  const whose = record.user === null ? "an account" : short(record.user);
  return {
    fact: record,
    severity: "high",
    likelihood: 0.95,
    confidence: "high",
    about: record.user === null ? [] : [record.user],
    summary: `The key of ${known.family} ("${known.comment}") may log in as ${whose}`,
    says: `${shortHost(record.path)} holds the key of ${known.family} (${known.source})`,
    attack: KEYS,
  };
}

/** Logins with a known key, wherever its file is by now. */
function loginSigns({ login }: Facts): Sign[] {
  return login.flatMap((record): Sign[] => {
    const { key, user, from, outcome } = record;
    const known = key === null || outcome !== "accepted" ? undefined : knownKey(key);
    if (known === undefined) return [];
    const who = from === null ? "Somebody" : short(from);
    return [
      {
        fact: record,
        severity: "high",
        likelihood: 0.95,
        confidence: "high",
        about: [user ?? "", from ?? ""].filter((one) => one !== ""),
        summary: `${who} logged in as ${short(user ?? "somebody")} with the key of ${known.family}`,
        says: `${record.service} accepted the key of ${known.family} (${known.source})`,
        attack: [...KEYS, "T1078"],
      },
    ];
  });
}

const moment = (atMicros: number): string => between(atMicros, atMicros);

/** A key of an account that was broken into, as far as its file was written after that. */
function takenSign(record: AutostartRecord, intrusions: Intrusions): Sign | null {
  const { user, path, atMicros } = record;
  const taken = intrusions.on(record.host).filter((one) => one.user !== null && one.user === user);
  const since = taken.filter(({ fromMicros }) => atMicros === null || atMicros >= fromMicros);
  const first = since[0];
  if (first === undefined || user === null) return null;
  const isDated = atMicros !== null;
  return {
    fact: record,
    severity: isDated ? "high" : "medium",
    likelihood: isDated ? 0.8 : 0.5,
    confidence: "moderate",
    about: [user],
    summary:
      `The key "${nameOfKey(record)}" may log in as ${short(user)}, an account that ` +
      `${short(first.from)} broke into${isDated ? " before its file was written" : ""}`,
    says: isDated
      ? `${shortHost(path)} was last written ${moment(atMicros)}, after ${short(first.from)} got into the ` +
        `account ${moment(first.fromMicros)}`
      : `${shortHost(path)} belongs to an account that was taken; when it was written is not known`,
    attack: KEYS,
    isInferred: true,
  };
}

/** A key for an account to which nobody logs in. */
function serviceSign(record: AutostartRecord): Sign | null {
  const { user, path } = record;
  if (user === null || !SERVICE_ACCOUNTS.has(user)) return null;
  return {
    fact: record,
    severity: "medium",
    likelihood: 0.6,
    confidence: "moderate",
    about: [user],
    summary: `The key "${nameOfKey(record)}" may log in as ${short(user)}, an account of a service`,
    says: `${shortHost(path)} lets a key in as ${short(user)}, which runs a service and is no person's`,
    attack: KEYS,
  };
}

/** Commands that write keys: a known one's, and any of somebody who broke in. */
function writingSigns(facts: Facts): Sign[] {
  const intrusions = intrusionsOf(facts);
  return facts.command.flatMap((record): Sign[] => {
    if (!WRITES_KEYS.test(record.text)) return [];
    const known = knownKey(record.text);
    const { standing } = intrusions.standing(record);
    if (standing === "honeypot") return [attemptSign(record, known)];
    const isTheirs = standing === "intruder" || standing === "taken-account";
    if (known === undefined && !isTheirs) return [];
    const who = record.user === null ? "somebody" : short(record.user);
    const whose = known === undefined ? "a login key" : `the key of ${known.family}`;
    return [
      {
        fact: record,
        severity: "high",
        likelihood: known === undefined ? 0.8 : 0.95,
        confidence: known === undefined ? "moderate" : "high",
        about: record.user === null ? [] : [record.user],
        summary: `A command of ${who} added ${whose}`,
        says: `${record.by}: a command writes ${whose} to authorized_keys`,
        attack: KEYS,
      },
    ];
  });
}

function attemptSign(record: CommandRecord, known: KnownKey | undefined): Sign {
  const whose = known === undefined ? "a login key" : `the key of ${known.family} ("${known.comment}")`;
  const from = record.from === null ? "An intruder" : short(record.from);
  return {
    fact: record,
    severity: "low",
    likelihood: 0.9,
    confidence: "high",
    about: record.from === null ? [] : [record.from],
    summary: `${from} attempted to add ${whose} on a honeypot`,
    says: `A command on the honeypot writes ${whose}`,
    attack: KEYS,
  };
}
