import { compareText } from "../bytes/text.ts";
import { compareIds, compareSessions } from "../model/order.ts";
import type { Login, SessionRecord, ShareRecord } from "../model/record.ts";
import { compareShares, identityOf } from "./identity.ts";

/** A session with its shares, sorted by time. */
export interface Conversation {
  readonly session: SessionRecord;
  readonly shares: readonly ShareRecord[];
}

/** Sessions of the same endpoints that a session is compared with. More at one time are not of this world:
 *  the same ports can be open once. */
const MAX_OPEN = 64;

/** Merges sessions that are one conversation in several captures (two taps, the same file twice).
 *
 *  They are one when they have the same two endpoints and the same dialect, overlap in time, and show a
 *  share in common; or when, in the time that both cover, one of them shows none (only a login and jobs).
 *  The merged session spans both and lists the evidence of both; its shares are the union.
 */
export function mergeCopies(conversations: readonly Conversation[]): Conversation[] {
  const byEnds = new Map<string, Conversation[]>();
  for (const conversation of conversations) {
    const key = endsOf(conversation.session);
    const group = byEnds.get(key);
    if (group === undefined) byEnds.set(key, [conversation]);
    else group.push(conversation);
  }
  return [...byEnds.values()].flatMap((group) => (group.length === 1 ? group : merged(group)));
}

/** Both endpoints, whichever was taken for the client, and the dialect. */
function endsOf({ client, server, dialect }: SessionRecord): string {
  const ends = [`${client.ip} ${client.port}`, `${server.ip} ${server.port}`].sort(compareText);
  return `${ends.join(" ")} ${dialect}`;
}

function merged(group: readonly Conversation[]): Conversation[] {
  const sorted = [...group].sort((a, b) => compareSessions(a.session, b.session));
  const sets = new Map<Conversation, Conversation[]>();
  let open: Conversation[] = [];
  for (const conversation of sorted) {
    let own = [conversation];
    open = open
      .filter(({ session }) => session.lastMicros >= conversation.session.firstMicros)
      .slice(-MAX_OPEN);
    for (const other of open) {
      const set = sets.get(other);
      if (set === undefined || set === own || !areOne(other, conversation)) continue;
      own = [...set, ...own];
      for (const member of own) sets.set(member, own);
    }
    sets.set(conversation, own);
    open.push(conversation);
  }
  return [...new Set(sets.values())].map(mergeSet);
}

function areOne(a: Conversation, b: Conversation): boolean {
  const from = Math.max(a.session.firstMicros, b.session.firstMicros);
  const to = Math.min(a.session.lastMicros, b.session.lastMicros);
  if (to < from || (to === from && a.session.firstMicros !== b.session.firstMicros)) return false;
  const [few, many] = a.shares.length <= b.shares.length ? [a, b] : [b, a];
  const known = new Set(few.shares.map(identityOf));
  if (many.shares.some((share) => known.has(identityOf(share)))) return true;
  const shows = ({ shares }: Conversation): boolean =>
    shares.some(({ atMicros }) => atMicros >= from && atMicros <= to);
  return !(shows(a) && shows(b));
}

function mergeSet(set: readonly Conversation[]): Conversation {
  const [only] = set;
  if (set.length === 1 && only !== undefined) return only;
  const byFullness = [...set].sort((a, b) => compareFullness(a.session, b.session));
  const session = mergeSessions(byFullness.map((conversation) => conversation.session));
  return { session, shares: unite(session, byFullness) };
}

/** The fullest view first: from the beginning on, both directions, most messages. */
function compareFullness(a: SessionRecord, b: SessionRecord): number {
  return (
    Number(a.midStream) - Number(b.midStream) ||
    Number(a.oneSided) - Number(b.oneSided) ||
    b.messages - a.messages ||
    compareSessions(a, b)
  );
}

function mergeSessions(views: readonly SessionRecord[]): SessionRecord {
  const [fullest] = views;
  if (fullest === undefined) throw new RangeError("Cannot merge no sessions");
  const coin = views.find((view) => view.coin !== null) ?? fullest;
  const algorithm = views.find((view) => view.algorithm !== null) ?? fullest;
  const most = (count: (view: SessionRecord) => number): number =>
    views.reduce((max, view) => Math.max(max, count(view)), 0);
  const rigs = most((view) => view.rigsAtLeast ?? 0);
  return {
    ...fullest,
    id: views.map(({ id }) => id).sort(compareIds)[0] ?? fullest.id,
    coin: coin.coin,
    coinHow: coin.coinHow,
    algorithm: algorithm.algorithm,
    algorithmHow: algorithm.algorithmHow,
    serverName: views.find((view) => view.serverName !== null)?.serverName ?? null,
    logins: loginsOf(views),
    redirects: longest(views.map((view) => view.redirects)),
    jobs: most((view) => view.jobs),
    messages: most((view) => view.messages),
    firstMicros: views.reduce((min, view) => Math.min(min, view.firstMicros), fullest.firstMicros),
    lastMicros: views.reduce((max, view) => Math.max(max, view.lastMicros), fullest.lastMicros),
    midStream: views.every((view) => view.midStream),
    oneSided: views.every((view) => view.oneSided),
    reportedHps: views.find((view) => view.reportedHps !== null)?.reportedHps ?? null,
    rigsAtLeast: rigs === 0 ? null : rigs,
    evidence: [...new Set(views.flatMap((view) => view.evidence))].sort(compareIds),
    undecoded: most((view) => view.undecoded),
  };
}

function longest<T>(lists: readonly (readonly T[])[]): readonly T[] {
  return lists.reduce((a, b) => (b.length > a.length ? b : a), []);
}

function loginsOf(views: readonly SessionRecord[]): readonly Login[] {
  const known = new Map<string, Login>();
  for (const login of views.flatMap((view) => view.logins)) {
    if (!known.has(nameOf(login))) known.set(nameOf(login), login);
  }
  return [...known.values()];
}

/** Who a login is, to find it again among another session's. */
export function nameOf({ wallet, account, worker, pass, rigId, paymentId }: Login): string {
  return JSON.stringify([wallet?.address, account, worker, pass, rigId, paymentId]);
}

/** Equal shares, each a submission of its own, and how many of them the view in hand has shown. */
interface Sights {
  readonly shares: ShareRecord[];
  view: SessionRecord;
  shown: number;
}

/** Every share of the views once, as shares of `session`. */
function unite(session: SessionRecord, views: readonly Conversation[]): ShareRecord[] {
  const byIdentity = new Map<string, Sights>();
  for (const { session: view, shares } of views) {
    for (const share of adopt(shares, view, session)) {
      const identity = identityOf(share);
      const sights = byIdentity.get(identity);
      if (sights === undefined) byIdentity.set(identity, { shares: [share], view, shown: 1 });
      else look(sights, view, share);
    }
  }
  const united: ShareRecord[] = [];
  for (const { shares } of byIdentity.values()) for (const share of shares) united.push(share);
  return united.sort(compareShares);
}

/** The nth sight in one view is the nth in another;
 *  one more than any view showed before is a share of its own. */
function look(sights: Sights, view: SessionRecord, share: ShareRecord): void {
  if (sights.view !== view) {
    sights.view = view;
    sights.shown = 0;
  }
  const known = sights.shares[sights.shown];
  sights.shares[sights.shown] = known === undefined ? share : sameShare(known, share);
  sights.shown += 1;
}

/** Shares of one session as shares of another, with the indexes of that one's logins. */
export function adopt(shares: readonly ShareRecord[], from: SessionRecord, to: SessionRecord): ShareRecord[] {
  const names = to.logins.map(nameOf);
  const indexes = from.logins.map((login) => Math.max(0, names.indexOf(nameOf(login))));
  return shares.map((share) => ({ ...share, session: to.id, login: indexes[share.login] ?? 0 }));
}

/** One share in two views: the view with an answer and a known difficulty says more. */
export function sameShare(a: ShareRecord, b: ShareRecord): ShareRecord {
  const answered = a.outcome === "unanswered" ? b : a;
  const explained = a.expectedHashes === null ? b : a;
  return {
    ...a,
    target: explained.target,
    expectedHashes: explained.expectedHashes,
    height: a.height ?? b.height,
    networkDifficulty: a.networkDifficulty ?? b.networkDifficulty,
    outcome: answered.outcome,
    reason: answered.reason,
    answeredMicros: answered.answeredMicros,
    answerPlace: answered.answerPlace,
    jobPlace: explained.jobPlace,
    seen: a.seen + b.seen,
  };
}
