import type { CountedSession } from "../model/facts.ts";
import { type Basis, MAX_EXCERPT_CHARS, type Place } from "../model/place.ts";
import type { ShareRecord } from "../model/record.ts";

/** A trail is read by a person; the rest stands in the case's sessions and shares. */
const MAX_STEPS = 48;

/** The trail behind sessions: all that the first one shows, and of each further one its first message, so
 *  that every session is in the trail as long as there is room. */
export function sessionsTrail(sessions: readonly CountedSession[]): Basis[] {
  const steps = sessions.flatMap((counted, index) => sessionSteps(counted, index === 0));
  return withoutRepeats(steps).slice(0, MAX_STEPS);
}

function sessionSteps({ session, shares }: CountedSession, whole: boolean): Basis[] {
  const trail = whole ? session.trail : session.trail.slice(0, 1);
  const steps = trail.map((step) => seen(step.place, `${session.id}: ${step.what}`, step.excerpt));
  const first = shares[0];
  const last = shares.at(-1);
  if (whole && first !== undefined) steps.push(...shareSteps(first, `${session.id}: first share`));
  if (last !== undefined) steps.push(...shareSteps(last, `${session.id}: last share`));
  return steps;
}

function shareSteps(share: ShareRecord, says: string): Basis[] {
  const steps = [seen(share.place, `${says}, ${share.outcome}`, null)];
  if (share.answerPlace !== null) {
    const reason = share.reason === null ? "" : `, ${share.reason.slice(0, 200)}`;
    steps.push(seen(share.answerPlace, `${says}: its answer${reason}`, null));
  }
  return steps;
}

/** What stands in the evidence. */
export function seen(place: Place, says: string, excerpt: string | null): Basis {
  return { place, how: "seen", says, excerpt: excerpt === null ? null : excerpt.slice(0, MAX_EXCERPT_CHARS) };
}

/** What follows from the evidence by a rule, which `says` states. */
export function inferred(place: Place, says: string, excerpt: string | null = null): Basis {
  return { ...seen(place, says, excerpt), how: "inferred" };
}

/** One step a place: the first, which carries the message itself. */
function withoutRepeats(steps: readonly Basis[]): Basis[] {
  const met = new Set<string>();
  return steps.filter(({ place }) => {
    const key = `${place.evidence} ${place.atByte} ${place.byteLength}`;
    if (met.has(key)) return false;
    met.add(key);
    return true;
  });
}
