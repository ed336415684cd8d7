import type { Facts } from "../model/facts.ts";
import { grouped } from "../model/group.ts";
import type { HostFact } from "../model/host-fact.ts";
import type { LoginRecord } from "../model/log-record.ts";
import type { Basis } from "../model/place.ts";
import type { Detector, Found } from "./detector.ts";
import { deedsOf } from "./intruder/deeds.ts";
import { compareLogins } from "./intruder/guessing.ts";
import { followed } from "./intruder/harm-after.ts";
import { type Intrusion, intrusionsOf } from "./intruder/intrusion.ts";
import { newcomers } from "./new-source-login.ts";
import { seen } from "./trail.ts";
import { between, listed, short } from "./words.ts";

/** Logins in two logs at times no further apart are one. */
const NEWCOMERS = { history: 30, days: 7 };

/** A login with an account or a key that had appeared just before. */
export const newCredentialLogin: Detector = {
  id: "new-credential-login",
  title: "Login with an account or key made just before",
  reads: ["login", "event", "autostart", "file", "command", "host"],
  attack: ["T1078", "T1098.004", "T1136.001"],
  stage: "way-in",
  sources: [
    "MITRE ATT&CK v18.1, T1098.004 SSH Authorized Keys, T1136.001 Local Account, T1078 Valid Accounts",
    "Administrators make accounts and keys, and colleagues use them the same day: no sign alone",
  ],
  blindTo:
    "keys whose file was written again since, which changes its time; accounts made before the log begins",
  limits: {
    loginSeconds: {
      value: 259_200,
      unit: "seconds",
      why: "intruders try their key within minutes; three days cover who comes back after a weekend",
    },
    harmSeconds: {
      value: 21_600,
      unit: "seconds",
      why: "six hours cover a sitting, and no more than the same day's other work",
    },
  },
  *find(facts, limit) {
    const reach = limit("loginSeconds") * 1e6;
    const made = grouped(credentials(facts), ({ host, user }) => `${host} ${user}`);
    const fresh = new Set(newcomers(facts.login, NEWCOMERS));
    const accepted = facts.login.filter(
      ({ outcome, atMicros, user }) => outcome === "accepted" && atMicros !== null && user !== null,
    );
    const told = new Set<string>();
    for (const login of accepted.sort(compareLogins)) {
      const { host, user, from } = login;
      if (told.has(`${host} ${user} ${from}`) || intrusionsOf(facts).isHoneypot(host)) continue;
      const credential = (made.get(`${host} ${user}`) ?? []).find((one) => opens(one, login, reach));
      if (credential === undefined) continue;
      const weight = weightOf(facts, { credential, login, fresh, harmMicros: limit("harmSeconds") * 1e6 });
      if (weight === null) continue;
      told.add(`${host} ${user} ${from}`);
      yield found(credential, login, weight);
    }
  },
};

/** Something that lets an account in, and when it appeared. */
interface Credential {
  readonly host: string;
  readonly user: string;
  readonly what: "account" | "key";
  readonly atMicros: number;
  readonly fact: HostFact;
}

function credentials(facts: Facts): Credential[] {
  const events = facts.event.flatMap((fact): Credential[] => {
    const what = fact.what === "account-added" ? "account" : fact.what === "key-added" ? "key" : null;
    return what === null ? [] : credential(fact, ownerOf(fact.subject), what);
  });
  const keys = facts.autostart
    .filter(({ mechanism }) => mechanism === "authorized-key")
    .flatMap((fact) => credential(fact, fact.user ?? ownerOf(fact.path), "key"));
  const files = facts.file
    .filter(({ path }) => path.endsWith("/authorized_keys"))
    .flatMap((fact) => credential({ ...fact, atMicros: fact.modifiedMicros }, ownerOf(fact.path), "key"));
  return [...events, ...keys, ...files].sort((a, b) => a.atMicros - b.atMicros);
}

function credential(fact: HostFact, user: string | null, what: Credential["what"]): Credential[] {
  if (fact.atMicros === null || user === null) return [];
  return [{ host: fact.host, user, what, atMicros: fact.atMicros, fact }];
}

/** The account that a file of keys belongs to; else the name as it stands. */
function ownerOf(subject: string): string | null {
  if (!subject.includes("/")) return subject === "" ? null : subject;
  if (subject.startsWith("/root/")) return "root";
  return /^\/home\/([^/]{1,64})\//.exec(subject)?.[1] ?? null;
}

function opens({ atMicros, what }: Credential, login: LoginRecord, reach: number): boolean {
  const after = (login.atMicros ?? 0) - atMicros;
  const isByKey = login.method === null || login.method === "publickey";
  return after >= 0 && after <= reach && (what === "account" || isByKey);
}

interface Weight extends Pick<Found, "severity" | "likelihood" | "confidence"> {
  readonly because: string;
}

interface Case {
  readonly credential: Credential;
  readonly login: LoginRecord;
  readonly fresh: ReadonlySet<LoginRecord>;
  readonly harmMicros: number;
}

/** Judgements: made while an intruder was in; harm afterwards; a place never seen. Else it is daily work. */
function weightOf(facts: Facts, { credential, login, fresh, harmMicros }: Case): Weight | null {
  const { host, atMicros, user } = credential;
  const { intrusion } = intrusionsOf(facts).standing({ host, atMicros });
  if (intrusion !== null && !isOldFriend(facts, login, intrusion)) {
    const who = short(intrusion.from);
    return {
      severity: "high",
      likelihood: 0.85,
      confidence: "moderate",
      because: `it was made while an intruder from ${who} was in, or may have been`,
    };
  }
  const at = login.atMicros ?? 0;
  const harm = followed(deedsOf(facts).within(host, at, at + harmMicros));
  if (harm.length > 0) {
    const because = `within hours of the login ${listed(harm)}`;
    return { severity: "medium", likelihood: 0.65, confidence: "moderate", because };
  }
  const because = `nobody had logged in from there before; ask whether ${short(user)} is known`;
  return fresh.has(login) ? { severity: "low", likelihood: 0.25, confidence: "low", because } : null;
}

/** A source that had logged in as this account before the break-in is the account's owner. */
function isOldFriend(
  { login }: Facts,
  { host, user, from }: LoginRecord,
  { fromMicros }: Intrusion,
): boolean {
  return login.some(
    (one) =>
      one.outcome === "accepted" &&
      one.host === host &&
      one.user === user &&
      one.from === from &&
      (one.atMicros ?? fromMicros) < fromMicros,
  );
}

function found({ what, atMicros, fact, user }: Credential, login: LoginRecord, weight: Weight): Found {
  const { host, from, place, excerpt, method } = login;
  const at = login.atMicros ?? atMicros;
  const { because, ...judged } = weight;
  const thing = what === "account" ? `account ${short(user)}` : `login key of ${short(user)}`;
  const basis: Basis[] = [
    seen(fact.place, `the ${thing} appeared`, fact.excerpt),
    seen(place, `${short(user)} logged in (${short(method ?? "?")}) from ${short(from ?? "?")}`, excerpt),
  ];
  return {
    host,
    ...judged,
    attack: ["T1078", what === "account" ? "T1136.001" : "T1098.004"],
    about: [user, ...(from === null ? [] : [from])],
    summary:
      `The ${thing} appeared ${between(atMicros, atMicros)} and was used from ${short(from ?? "?")} ` +
      `${between(at, at)}; ${because}`,
    next: "Remove the account or key unless its owner can name who made it, and why.",
    firstMicros: atMicros,
    lastMicros: at,
    basis,
  };
}
