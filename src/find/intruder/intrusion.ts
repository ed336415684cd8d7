import { compareText } from "../../bytes/text.ts";
import type { Facts } from "../../model/facts.ts";
import { grouped } from "../../model/group.ts";
import type { LoginRecord } from "../../model/log-record.ts";
import { GUESSING, guessings } from "./guessing.ts";
import { FOLLOW_SECONDS, type WebFacts, type WebHit, webHits } from "./web-hits.ts";

/** A stretch of time in which somebody who broke in was at work on a host, or may have been.
 *
 *  Shape: `untilMicros` is the logout where the evidence has one, else `OPEN_SECONDS` after they came in.
 *  Source: password guessing that ends in a login, by the thresholds of `ssh-guessing`, and requests to web
 *  servers that something followed, by those of `web-exploit`.
 */
export interface Intrusion {
  readonly host: string;
  readonly user: string | null;
  readonly from: string;
  readonly fromMicros: number;
  readonly untilMicros: number;
}

/** How long an intruder is taken to be at work after a login whose end is not known: a day, since the scripts
 *  that follow a guessed password run within minutes (Cowrie logs of 2021) and people come back by night. */
const OPEN_SECONDS = 86_400;

/** How a fact stands to those who broke in, closest first.
 *
 *  `honeypot`: the host is a trap, so that whoever acts there is one. `intruder`: it names the intruder's
 *  address, or the account that was taken while the intruder was in. `taken-account`: the account that was
 *  taken, at a time that is not known. `after-break-in`: somebody else's, or nobody's by name, while the
 *  intruder was in. `unknown`: nothing joins it to one.
 */
export const STANDINGS = ["honeypot", "intruder", "taken-account", "after-break-in", "unknown"] as const;
export type Standing = (typeof STANDINGS)[number];

/** What of a fact can be compared with an intruder. */
export interface Deedlike {
  readonly host: string;
  readonly atMicros: number | null;
  readonly user?: string | null;
  readonly from?: string | null;
}

/** What of the facts tells of break-ins. */
export type IntrusionFacts = Pick<Facts, "host" | "login"> & WebFacts;

/** Everything that is known of break-ins, asked by many detectors. */
export class Intrusions {
  readonly all: readonly Intrusion[];
  readonly #byHost: ReadonlyMap<string, readonly Intrusion[]>;
  readonly #honeypots: ReadonlySet<string>;

  constructor(facts: IntrusionFacts) {
    const { host, login } = facts;
    this.#honeypots = new Set(
      host.filter(({ collector }) => collector === "honeypot").map((one) => one.host),
    );
    const guessed = guessings(login, GUESSING).map(({ logins, from }) =>
      logins.map((one) => intrusionOf(one, from)),
    );
    const exploited = webHits(facts, FOLLOW_SECONDS * 1e6).map((hit) => [exploitOf(hit)]);
    this.all = [...guessed, ...grouped(exploited.flat(), ({ host, from }) => `${host} ${from}`).values()]
      .flatMap(merged)
      .sort(compareIntrusions);
    this.#byHost = grouped(this.all, ({ host }) => host);
  }

  isHoneypot(host: string): boolean {
    return this.#honeypots.has(host);
  }

  /** Break-ins on one host, in the order of time. */
  on(host: string): readonly Intrusion[] {
    return this.#byHost.get(host) ?? [];
  }

  /** How a fact stands to the break-ins of its host, and to which one. */
  standing(fact: Deedlike): { readonly standing: Standing; readonly intrusion: Intrusion | null } {
    if (this.isHoneypot(fact.host)) return { standing: "honeypot", intrusion: null };
    let best: Standing = "unknown";
    let by: Intrusion | null = null;
    for (const intrusion of this.on(fact.host)) {
      const standing = standingTo(fact, intrusion);
      if (STANDINGS.indexOf(standing) >= STANDINGS.indexOf(best)) continue;
      best = standing;
      by = intrusion;
      if (best === "intruder") break;
    }
    return { standing: best, intrusion: by };
  }
}

function standingTo({ atMicros, user = null, from = null }: Deedlike, intrusion: Intrusion): Standing {
  const isTheirs = from !== null && from === intrusion.from;
  const isAccount = user !== null && user === intrusion.user;
  if (atMicros === null) return isTheirs ? "intruder" : isAccount ? "taken-account" : "unknown";
  if (atMicros < intrusion.fromMicros) return "unknown";
  if (isTheirs) return "intruder";
  if (atMicros > intrusion.untilMicros) return "unknown";
  if (from !== null) return "unknown";
  return isAccount ? "intruder" : "after-break-in";
}

/** Logins of one source, by account; those that overlap are one stay, so that a busy source has few. */
function merged(stays: readonly Intrusion[]): Intrusion[] {
  const open = new Map<string | null, Intrusion>();
  const done: Intrusion[] = [];
  for (const stay of stays) {
    const before = open.get(stay.user);
    if (before !== undefined && stay.fromMicros <= before.untilMicros) {
      const untilMicros = Math.max(before.untilMicros, stay.untilMicros);
      open.set(stay.user, { ...before, untilMicros });
    } else {
      if (before !== undefined) done.push(before);
      open.set(stay.user, stay);
    }
  }
  return [...done, ...open.values()];
}

function compareIntrusions(a: Intrusion, b: Intrusion): number {
  return (
    compareText(a.host, b.host) ||
    a.fromMicros - b.fromMicros ||
    compareText(a.from, b.from) ||
    compareText(a.user ?? "", b.user ?? "")
  );
}

function exploitOf({ request, follower }: WebHit): Intrusion {
  const fromMicros = request.atMicros ?? follower.at;
  const untilMicros = fromMicros + OPEN_SECONDS * 1e6;
  return { host: request.host, user: follower.user, from: request.client, fromMicros, untilMicros };
}

function intrusionOf(login: LoginRecord, from: string): Intrusion {
  const { host, user, atMicros, lastMicros } = login;
  const fromMicros = atMicros ?? 0;
  const untilMicros =
    lastMicros !== null && lastMicros > fromMicros ? lastMicros : fromMicros + OPEN_SECONDS * 1e6;
  return { host, user, from, fromMicros, untilMicros };
}

const known = new WeakMap<readonly LoginRecord[], Intrusions>();

/** The break-ins that facts tell of; worked out once for all detectors. */
export function intrusionsOf(facts: IntrusionFacts): Intrusions {
  const before = known.get(facts.login);
  if (before !== undefined) return before;
  const made = new Intrusions(facts);
  known.set(facts.login, made);
  return made;
}
