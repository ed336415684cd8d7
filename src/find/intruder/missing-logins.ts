import { compareText } from "../../bytes/text.ts";
import { grouped } from "../../model/group.ts";
import type { LoginRecord } from "../../model/log-record.ts";
import { hasNear } from "../near.ts";
import { compareLogins } from "./guessing.ts";

/** Two logs write one login at times that differ by the time it takes to open a session. */
const SAME_MICROS = 5e6;

/** At most one login in so many may be missing: where more are, the logs differ for a reason of their own. */
const MOST_MISSING = 10;

/** Logins that a host's list of sessions (wtmp) shows and its log of authentication does not, though both
 *  cover the time and otherwise agree: lines were taken out of that log. Not the other way round: sessions
 *  without a terminal, such as copies of files, are in no wtmp.
 *
 *  @param matched logins in which two logs must agree before a difference says anything
 */
export function missingLogins(logins: readonly LoginRecord[], matched: number): LoginRecord[] {
  const remote = logins.filter(
    ({ outcome, from, atMicros }) => outcome === "accepted" && from !== null && atMicros !== null,
  );
  const byHost = [...grouped(remote, ({ host }) => host)].sort(([a], [b]) => compareText(a, b));
  return byHost.flatMap(([, own]) => missingOfHost(own, matched));
}

function missingOfHost(remote: readonly LoginRecord[], matched: number): LoginRecord[] {
  const byLog = grouped(remote, ({ place }) => place.evidence);
  const logs = [...byLog.entries()].sort(([a], [b]) => compareText(a, b)).map(([, list]) => list);
  for (const list of logs) list.sort(compareLogins);
  return logs.flatMap((log) =>
    logs
      .filter((other) => isSessions(log) && !isSessions(other))
      .slice(0, MOST_LOGS)
      .flatMap((other) => lackingIn(log, other, matched)),
  );
}

/** wtmp does not say how somebody proved who they are. */
function isSessions(log: readonly LoginRecord[]): boolean {
  return log.every(({ method }) => method === null);
}

/** Logs of one host that are compared with each; more are rotated ones, which do not overlap. */
const MOST_LOGS = 8;

function lackingIn(
  log: readonly LoginRecord[],
  other: readonly LoginRecord[],
  matched: number,
): LoginRecord[] {
  const shown = grouped(other, ({ from }) => from ?? "");
  const times = new Map([...shown].map(([from, list]) => [from, list.map(({ atMicros }) => atMicros ?? 0)]));
  const first = other[0]?.atMicros ?? 0;
  const last = other.at(-1)?.atMicros ?? 0;
  const within = log.filter(({ atMicros }) => (atMicros ?? 0) > first && (atMicros ?? 0) < last);
  const lacking = within.filter(
    (one) => !hasNear(times.get(one.from ?? "") ?? [], one.atMicros ?? 0, SAME_MICROS),
  );
  const agreeing = within.length - lacking.length;
  return agreeing >= matched && lacking.length * MOST_MISSING <= within.length ? lacking : [];
}
