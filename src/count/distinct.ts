import type { CountedSession } from "../model/facts.ts";
import { compareSessions } from "../model/order.ts";
import type { SessionRecord, ShareRecord } from "../model/record.ts";
import { countShares } from "../model/work.ts";
import { compareShares } from "./identity.ts";
import { type Conversation, mergeCopies } from "./merge.ts";
import { type Owned, ownShares } from "./own.ts";
import { workOf } from "./work.ts";

/** Sessions with their shares, each share once however many captures show it.
 *
 *  A second look and a second submission. A reader lays down one record for each conversation it can tell
 *  apart, and TCP has removed repeated bytes, so two equal shares within one session are two submissions
 *  (the pool refuses the second as a duplicate): both stay, and the pool's answer decides. Two equal shares
 *  in two sessions are one share seen twice; where both sessions show it several times, the first sight
 *  pairs with the first, the second with the second.
 *  What happens to the sessions. Same two endpoints, same dialect, overlapping in time: one conversation in
 *  two captures, merged (`merge.ts`). Other endpoints (before and behind NAT, the two sides of a proxy): the
 *  earlier session owns the shares, and a session that shows nothing else gets `duplicateOf` and is not
 *  summed (`own.ts`).
 *
 *  Shape: sorted by first message, then by client; `sharesSeenTwice` stands with the session that counts the
 *  share. The order of the arguments means nothing.
 *  Cost: near-linear; shares in one session take no table at all, in several one with an entry a share.
 */
export function distinct(
  sessions: readonly SessionRecord[],
  shares: readonly ShareRecord[],
): readonly CountedSession[] {
  const merged = mergeCopies(conversations(sessions, shares));
  merged.sort((a, b) => compareSessions(a.session, b.session));
  return ownShares(merged).map(counted);
}

function conversations(sessions: readonly SessionRecord[], shares: readonly ShareRecord[]): Conversation[] {
  const byId = new Map<string, { session: SessionRecord; shares: ShareRecord[] }>();
  for (const session of sessions) byId.set(session.id, { session, shares: [] });
  for (const share of shares) byId.get(share.session)?.shares.push(share);
  for (const conversation of byId.values()) conversation.shares.sort(compareShares);
  return [...byId.values()];
}

function counted({ session, shares, duplicateOf }: Owned): CountedSession {
  return {
    session,
    shares,
    counts: countShares(shares),
    work: workOf(shares, session.workUnit),
    duplicateOf,
    sharesSeenTwice: duplicateOf === null ? shares.reduce((sum, { seen }) => sum + (seen > 1 ? 1 : 0), 0) : 0,
  };
}
