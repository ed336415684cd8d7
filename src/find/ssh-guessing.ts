import { earliest, latest } from "../bytes/time.ts";
import { grouped } from "../model/group.ts";
import type { LoginRecord } from "../model/log-record.ts";
import type { Basis } from "../model/place.ts";
import type { Detector, Found } from "./detector.ts";
import { GUESSING, type Guessing, guessings } from "./intruder/guessing.ts";
import { intrusionsOf } from "./intruder/intrusion.ts";
import { seen } from "./trail.ts";
import { between, counted, distinct, listed, short } from "./words.ts";

/** Steps of the trail that show guesses; the counts stand in them. */
const MOST_GUESSES = 12;

/** Many failed logins from one source, then one that succeeds. */
export const sshGuessing: Detector = {
  id: "ssh-guessing",
  title: "Password guessing that ends in a login",
  reads: ["login", "host"],
  attack: ["T1110.001", "T1078"],
  stage: "way-in",
  sources: [
    "MITRE ATT&CK v18.1, T1110.001 Password Guessing and T1078 Valid Accounts",
    "OpenSSH sshd_config(5): MaxAuthTries 6, so that a person who mistypes fails a handful of times",
  ],
  blindTo:
    "guesses spread over many sources, few each (a server on the internet is guessed at all day, so that " +
    "these cannot be told from its owner's own login); keys that were stolen; logs that were rotated away",
  limits: {
    failures: {
      value: GUESSING.failures,
      unit: "logins",
      why: "three connections of a person who fails each time (MaxAuthTries 6) stay below",
    },
    windowSeconds: {
      value: GUESSING.windowSeconds,
      unit: "seconds",
      why: "guessing that pauses to stay below fail2ban's findtime (600 s) still ends within a day",
    },
    failuresPerLogin: {
      value: GUESSING.failuresPerLogin,
      unit: "failures",
      why: "of people behind one address fewer than one login in two fails; whoever guesses mostly fails",
    },
  },
  *find(facts, limit) {
    const limits = {
      failures: limit("failures"),
      windowSeconds: limit("windowSeconds"),
      failuresPerLogin: limit("failuresPerLogin"),
    };
    const all = guessings(facts.login, limits);
    const isTrap = ({ host }: Guessing): boolean => intrusionsOf(facts).isHoneypot(host);
    for (const one of all) if (!isTrap(one)) yield found(one);
    const traps = grouped(all.filter(isTrap), ({ host }) => host);
    for (const [host, guessed] of traps) yield trapped(host, guessed);
  },
};

/** Services as a reader knows them. */
const SERVICES: Readonly<Record<string, string>> = {
  sshd: "SSH ",
  "sshd (btmp)": "SSH ",
  dropbear: "SSH ",
  rdp: "remote desktop ",
  "windows-network": "Windows network ",
  "aws-console": "AWS console ",
};

/** The service, where one of the logins says which. */
function serviceName(logins: readonly LoginRecord[]): string {
  return logins.map(({ service }) => SERVICES[service]).find((name) => name !== undefined) ?? "";
}

/** Judgements: a source whose people were logging in before the failures began is most likely one of them. */
function weight(usual: number): Pick<Found, "severity" | "likelihood" | "confidence"> {
  return usual === 0
    ? { severity: "high", likelihood: 0.95, confidence: "high" }
    : { severity: "low", likelihood: 0.3, confidence: "moderate" };
}

function found(guessing: Guessing): Found {
  const { host, from, success, logins, guesses, times, usual } = guessing;
  const accounts = distinct(logins.flatMap(({ user }) => user ?? []));
  const at = success.atMicros ?? 0;
  const firstMicros = earliest(guesses.flatMap((one) => one.atMicros ?? [])) ?? at;
  const lastGuess = latest(guesses.flatMap((one) => one.lastMicros ?? one.atMicros ?? [])) ?? at;
  const whom = accounts.length === 0 ? "an account" : listed(accounts.map(short));
  const tried = distinct(guesses.flatMap(({ user }) => user ?? [])).length;
  const names = tried > 1 ? ` for ${counted(tried, "account")}` : "";
  const doubt =
    usual === 0
      ? ""
      : `; the same address had logged in before without guessing (${counted(usual, "login")}), ` +
        "so that it may be somebody who forgot a password";
  return {
    host,
    ...weight(usual),
    about: [from, ...accounts.slice(0, 20)],
    summary:
      `${short(from)} guessed ${serviceName([success, ...guesses])}passwords${names} ` +
      `(${counted(times, "failure")} ${between(firstMicros, lastGuess)}) ` +
      `and then logged in as ${whom}${doubt}`,
    next:
      "Treat the account as taken: everything done after this login is suspect; " +
      "look for the source on other hosts.",
    firstMicros,
    lastMicros: success.atMicros,
    basis: [...guesses.slice(0, MOST_GUESSES).map(failed), accepted(success)],
  };
}

/** A honeypot lets guesses succeed: what they show is who tries, and nothing of a loss. */
function trapped(host: string, guessed: readonly Guessing[]): Found {
  const firsts = guessed.flatMap(({ guesses }) => guesses.flatMap(({ atMicros }) => atMicros ?? []));
  const lasts = guessed.flatMap(({ success }) => success.atMicros ?? []);
  const firstMicros = earliest(firsts) ?? 0;
  const lastMicros = latest(lasts) ?? firstMicros;
  const shown = guessed.slice(0, MOST_GUESSES);
  return {
    host,
    severity: "info",
    likelihood: 0.95,
    confidence: "high",
    about: guessed.slice(0, 20).map(({ from }) => from),
    summary:
      `${counted(guessed.length, "source")} guessed passwords of this honeypot (a trap that lets guesses ` +
      `succeed) ${between(firstMicros, lastMicros)}, ${listed(shown.map(({ from }) => short(from)))}: ` +
      "attempts, no loss",
    next: "Compare the sources with the logins of your own hosts.",
    firstMicros,
    lastMicros,
    basis: shown.map(({ success }) => accepted(success)),
  };
}

function accepted({ place, service, method, user, from, excerpt }: LoginRecord): Basis {
  const whom = user === null ? "an account" : short(user);
  const how = method === null ? "a login" : short(method);
  return seen(place, `${short(service)} accepted ${how} for ${whom} from ${short(from ?? "")}`, excerpt);
}

function failed(one: LoginRecord): Basis {
  const first = one.times === 1 ? "" : "; the first of them";
  const says = `${counted(one.times, "failed login")} for ${short(one.user ?? "?")}${first}`;
  return seen(one.place, says, one.excerpt);
}
