import { compareText } from "../bytes/text.ts";
import { grouped } from "../model/group.ts";
import type { LoginRecord } from "../model/log-record.ts";
import type { Detector, Found } from "./detector.ts";
import { deedsOf } from "./intruder/deeds.ts";
import { compareLogins } from "./intruder/guessing.ts";
import { followed } from "./intruder/harm-after.ts";
import { intrusionsOf } from "./intruder/intrusion.ts";
import { seen } from "./trail.ts";
import { between, counted, distinct, listed, short } from "./words.ts";

/** Steps of a trail. */
const MOST_STEPS = 24;

/** A login from a network from which nobody had logged in before. */
export const newSourceLogin: Detector = {
  id: "new-source-login",
  title: "Login from an address never seen before",
  reads: ["login", "command", "host"],
  attack: ["T1078"],
  stage: "way-in",
  sources: [
    "MITRE ATT&CK v18.1, T1078 Valid Accounts",
    "Home connections change their address within their provider's network: networks are compared (/24, /64)",
  ],
  blindTo:
    "an intruder who comes through a host or a provider that the owner uses, too; history that was not kept",
  limits: {
    history: {
      value: 30,
      unit: "logins",
      why: "before thirty logins nearly every place is new, and newness says nothing",
    },
    days: {
      value: 7,
      unit: "days",
      why: "a week holds working days and a weekend; a log of some hours shows one place only",
    },
    harmSeconds: {
      value: 21_600,
      unit: "seconds",
      why: "intruders begin at once; six hours cover a sitting, and no more than the same day's other work",
    },
  },
  *find(facts, limit) {
    const limits = { history: limit("history"), days: limit("days") };
    const reach = limit("harmSeconds") * 1e6;
    const trusted = facts.login.filter((one) => !intrusionsOf(facts).isHoneypot(one.host));
    const known = newcomers(trusted, limits).filter(
      (one) => intrusionsOf(facts).standing(one).standing !== "intruder",
    );
    const quiet: LoginRecord[] = [];
    for (const one of known) {
      const at = one.atMicros ?? 0;
      const harm = followed(deedsOf(facts).within(one.host, at, at + reach));
      if (harm.length === 0) quiet.push(one);
      else yield harmful(one, harm);
    }
    for (const [host, list] of grouped(quiet, ({ host }) => host)) yield worthKnowing(host, list);
  },
};

interface History {
  readonly history: number;
  readonly days: number;
}

/** The network of an address: what a provider gives one customer or one town. Names are their own. */
function networkOf(from: string): string {
  if (from.includes(":")) return from.split(":").slice(0, 4).join(":");
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(from) ? from.slice(0, from.lastIndexOf(".")) : from.toLowerCase();
}

/** First logins from networks that are new to their host, where there is history enough. Two logs may tell of
 *  one login: history counts moments. */
export function newcomers(login: readonly LoginRecord[], { history, days }: History): LoginRecord[] {
  const accepted = login.filter(
    ({ outcome, from, atMicros }) => outcome === "accepted" && from !== null && atMicros !== null,
  );
  const byHost = [...grouped(accepted, ({ host }) => host)].sort(([a], [b]) => compareText(a, b));
  return byHost.flatMap(([, list]) => {
    const sorted = list.sort(compareLogins);
    const first = sorted[0]?.atMicros ?? 0;
    const networks = new Set<string>();
    const moments = new Set<string>();
    return sorted.filter((one) => {
      const at = one.atMicros ?? 0;
      const network = networkOf(one.from ?? "");
      const isNew = !networks.has(network);
      const isEnough = moments.size >= history && at - first >= days * 86_400e6;
      networks.add(network);
      moments.add(`${one.user} ${one.from} ${Math.floor(at / 1e7)}`);
      return isNew && isEnough;
    });
  });
}

function harmful(login: LoginRecord, harm: readonly string[]): Found {
  const { host, user, from, atMicros, place, excerpt } = login;
  const at = atMicros ?? 0;
  return {
    host,
    severity: "medium",
    likelihood: 0.65,
    confidence: "moderate",
    about: [from ?? "", ...(user === null ? [] : [user])],
    summary:
      `${short(user ?? "Somebody")} logged in from ${short(from ?? "?")} ${between(at, at)}, ` +
      `a place from which nobody had logged in before; within hours ${listed(harm)}`,
    next: "Ask the account's owner whether this login was theirs; if not, treat the account as taken.",
    firstMicros: at,
    lastMicros: at,
    basis: [seen(place, `${short(user ?? "?")} logged in from ${short(from ?? "?")}`, excerpt)],
  };
}

function worthKnowing(host: string, logins: readonly LoginRecord[]): Found {
  const sources = distinct(logins.map(({ from }) => from ?? ""));
  const times = logins.map(({ atMicros }) => atMicros ?? 0);
  const firstMicros = times[0] ?? 0;
  const lastMicros = times.at(-1) ?? firstMicros;
  return {
    host,
    severity: "info",
    likelihood: 0.05,
    confidence: "low",
    about: sources.slice(0, 20),
    summary:
      `${counted(sources.length, "login")} came from places new to this host ` +
      `(${listed(sources.map(short))}) ${between(firstMicros, lastMicros)}; ` +
      "nothing suspicious followed, and people travel",
    next: null,
    firstMicros,
    lastMicros,
    basis: logins
      .slice(0, MOST_STEPS)
      .map(({ place, user, from, excerpt }) =>
        seen(place, `${short(user ?? "?")} logged in from ${short(from ?? "?")}`, excerpt),
      ),
  };
}
