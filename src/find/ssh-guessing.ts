import type { LoginRecord } from "../model/log-record.ts";
import type { Detector, Found } from "./detector.ts";
import { seen } from "./trail.ts";
import { between, counted, short } from "./words.ts";

/** Steps of the trail that show guesses; the counts stand in them. */
const MOST_GUESSES = 12;

/** Many failed logins from one source, then one that succeeds. */
export const sshGuessing: Detector = {
  id: "ssh-guessing",
  title: "Password guessing that ends in a login",
  reads: ["login"],
  attack: ["T1110.001", "T1078"],
  stage: "way-in",
  sources: [
    "MITRE ATT&CK v18.1, T1110.001 Password Guessing and T1078 Valid Accounts",
    "OpenSSH sshd_config(5): MaxAuthTries 6, so that a person who mistypes fails a handful of times",
  ],
  blindTo: "guesses spread over many sources, one each; keys that were stolen; logs that were rotated away",
  limits: {
    failures: {
      value: 20,
      unit: "logins",
      why: "three connections of a person who fails each time (MaxAuthTries 6) stay below",
    },
    windowSeconds: {
      value: 86_400,
      unit: "seconds",
      why: "guessing that pauses to stay below fail2ban's findtime (600 s) still ends within a day of success",
    },
  },
  *find({ login }, limit) {
    const windowMicros = limit("windowSeconds") * 1e6;
    const failed = login.filter(({ outcome, from }) => outcome === "failed" && from !== null);
    for (const success of firstOfEach(login.filter((one) => one.outcome === "accepted"))) {
      const { host, from, atMicros } = success;
      if (from === null || atMicros === null) continue;
      const guesses = failed.filter(
        (one) => one.host === host && one.from === from && isBefore(one, { atMicros, windowMicros }),
      );
      const times = guesses.reduce((sum, one) => sum + one.times, 0);
      if (times >= limit("failures")) yield found(success, { guesses, times });
    }
  },
};

/** The first success of each source on each host: the ones after it are the same intruder at home. */
function firstOfEach(successes: readonly LoginRecord[]): LoginRecord[] {
  const first = new Map<string, LoginRecord>();
  for (const one of successes) {
    const key = `${one.host} ${one.from} ${one.user}`;
    const known = first.get(key);
    if (known === undefined || (one.atMicros ?? 0) < (known.atMicros ?? 0)) first.set(key, one);
  }
  return [...first.values()];
}

function isBefore(
  guess: LoginRecord,
  { atMicros, windowMicros }: { readonly atMicros: number; readonly windowMicros: number },
): boolean {
  const last = guess.lastMicros ?? guess.atMicros;
  return (
    guess.atMicros !== null && last !== null && guess.atMicros <= atMicros && last >= atMicros - windowMicros
  );
}

interface Guessed {
  readonly guesses: readonly LoginRecord[];
  readonly times: number;
}

function found(success: LoginRecord, { guesses, times }: Guessed): Found {
  const { host, from, user, service, method, atMicros } = success;
  const firstMicros = Math.min(...guesses.flatMap((one) => one.atMicros ?? []));
  const lastGuess = Math.max(...guesses.flatMap((one) => one.lastMicros ?? one.atMicros ?? []));
  const whom = user === null ? "an account" : short(user);
  return {
    host,
    severity: "high",
    likelihood: 0.95,
    confidence: "high",
    about: [from ?? "", user ?? ""].filter((name) => name !== ""),
    summary:
      `${short(from ?? "")} guessed ${service} passwords (${counted(times, "failure")} ` +
      `${between(firstMicros, lastGuess)}) and then logged in as ${whom}`,
    next: "Treat the account as taken: everything done after this login is suspect; look for the source on other hosts.",
    firstMicros,
    lastMicros: atMicros,
    basis: [
      seen(
        success.place,
        `${service} accepted ${method ?? "a login"} for ${whom} from ${short(from ?? "")}`,
        success.excerpt,
      ),
      ...guesses
        .slice(0, MOST_GUESSES)
        .map((one) =>
          seen(one.place, `${counted(one.times, "failed login")} for ${short(one.user ?? "?")}`, one.excerpt),
        ),
    ],
  };
}
