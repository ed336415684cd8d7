import { compareIds } from "../model/order.ts";
import type { SessionRecord, ShareRecord } from "../model/record.ts";
import { compareShares, identityOf, isProof } from "./identity.ts";
import { adopt, type Conversation, sameShare } from "./merge.ts";

/** A session with the shares that count as its own, or with all it shows when another session counts them. */
export interface Owned {
  readonly session: SessionRecord;
  readonly shares: readonly ShareRecord[];
  readonly duplicateOf: string | null;
}

/** Of the shares that two sessions show in the time that both cover, this part may be missing on either side
 *  (a capture started a moment later, a lost packet) for them to be one conversation seen at two places. */
const MISSING_PART = 0.1;

/** A share asked for at this many times the difficulty or more is one of an upstream connection: a proxy
 *  passes on only the best of its miners' shares, and those stand for all the work behind it. */
const UPSTREAM_RATIO = 1.5;

interface Keeper {
  session: SessionRecord;
  shares: ShareRecord[];
}

/** A share that counts, and where. */
interface Slot {
  readonly keeper: Keeper;
  readonly at: number;
}

interface Pair {
  readonly slot: Slot;
  readonly copy: ShareRecord;
}

/** Gives every share to one session, where sessions with other endpoints show the same shares.
 *
 *  Sessions in order of `conversations`; a share belongs to the first that shows it. A later session that
 *  shows it too
 *  - and nothing besides, or asks its miners for easier shares than the first (the miners' side of a proxy
 *    whose pool side counts): is a duplicate, none of its shares is summed;
 *  - and nearly all that the first shows in the same time (NAT): is a duplicate, and the shares that only it
 *    shows, from before or after, go to the first;
 *  - and others: keeps the others (a proxy's pool side with further miners that no capture shows).
 *  Shares without a hash prove nothing alone: they must be two or more, and half of the smaller session.
 *  Limits: work counts once, at the side that came first; a proxy that earns on its miners' difference is
 *  not told.
 */
export function ownShares(conversations: readonly Conversation[]): Owned[] {
  const withShares = conversations.filter(({ shares }) => shares.length > 0);
  const slots: Slots | null = withShares.length > 1 ? new Map() : null;
  const owned: (() => Owned)[] = [];
  for (const conversation of conversations) {
    const keeper: Keeper = { session: conversation.session, shares: [...conversation.shares] };
    const pairs = slots === null ? [] : provenPairs(conversation, slots);
    for (const { slot, copy } of pairs) {
      const kept = slot.keeper.shares[slot.at];
      if (kept !== undefined) slot.keeper.shares[slot.at] = sameShare(kept, copy);
    }
    const duplicateOf = settle(keeper, pairs, slots);
    owned.push(() => ({
      session: keeper.session,
      shares: duplicateOf === null ? [...keeper.shares].sort(compareShares) : conversation.shares,
      duplicateOf,
    }));
  }
  return owned.map((finish) => finish());
}

/** Slots by identity. Nearly all identities have one slot, so a list is made only for more. */
type Slots = Map<string, Slot | Slot[]>;

function slotsAt(slots: Slots, identity: string): readonly Slot[] {
  const found = slots.get(identity);
  return found === undefined ? [] : Array.isArray(found) ? found : [found];
}

function addSlot(slots: Slots, identity: string, slot: Slot): void {
  const found = slots.get(identity);
  if (found === undefined) slots.set(identity, slot);
  else if (Array.isArray(found)) found.push(slot);
  else slots.set(identity, [found, slot]);
}

/** The nth sight of a share here pairs with the nth that counts; chance pairs are left out. */
function provenPairs({ shares }: Conversation, slots: Slots): Pair[] {
  const times = new Map<string, number>();
  const byKeeper = new Map<Keeper, Pair[]>();
  for (const copy of shares) {
    const identity = identityOf(copy);
    const known = slotsAt(slots, identity);
    if (known.length === 0) continue;
    const nth = times.get(identity) ?? 0;
    times.set(identity, nth + 1);
    const slot = known[nth];
    if (slot === undefined) continue;
    const pairs = byKeeper.get(slot.keeper);
    if (pairs === undefined) byKeeper.set(slot.keeper, [{ slot, copy }]);
    else pairs.push({ slot, copy });
  }
  return [...byKeeper].flatMap(([keeper, pairs]) => {
    const smaller = Math.min(keeper.shares.length, shares.length);
    const isProven = pairs.some(({ copy }) => isProof(copy));
    return isProven || (pairs.length >= 2 && 2 * pairs.length >= smaller) ? pairs : [];
  });
}

/** Decides which of the session's shares count as its own.
 *  Returns the session that counts instead, or null. */
function settle(keeper: Keeper, pairs: readonly Pair[], slots: Slots | null): string | null {
  if (slots === null) return null;
  const copies = new Set(pairs.map(({ copy }) => copy));
  const rest = keeper.shares.filter((share) => !copies.has(share));
  const [other, common] = mostShared(pairs);
  if (other !== null) {
    if (rest.length === 0 || pairs.some(isUpstream)) return other.session.id;
    if (isOneSeenTwice(other, keeper, common)) {
      append(other, adopt(rest, keeper.session, other.session), slots);
      other.session = outer(other.session, keeper.session);
      return other.session.id;
    }
  }
  keeper.shares = [];
  append(keeper, rest, slots);
  return null;
}

function append(keeper: Keeper, shares: readonly ShareRecord[], slots: Slots): void {
  for (const share of shares) {
    addSlot(slots, identityOf(share), { keeper, at: keeper.shares.length });
    keeper.shares.push(share);
  }
}

function mostShared(pairs: readonly Pair[]): readonly [Keeper | null, number] {
  const counts = new Map<Keeper, number>();
  for (const { slot } of pairs) counts.set(slot.keeper, (counts.get(slot.keeper) ?? 0) + 1);
  let best: readonly [Keeper | null, number] = [null, 0];
  for (const [keeper, count] of counts) if (count > best[1]) best = [keeper, count];
  return best;
}

function isUpstream({ slot, copy }: Pair): boolean {
  const counts = slot.keeper.shares[slot.at]?.expectedHashes ?? 0;
  return copy.expectedHashes !== null && counts >= UPSTREAM_RATIO * copy.expectedHashes;
}

function isOneSeenTwice(a: Keeper, b: Keeper, common: number): boolean {
  const from = Math.max(a.session.firstMicros, b.session.firstMicros);
  const to = Math.min(a.session.lastMicros, b.session.lastMicros);
  const isMost = ({ shares }: Keeper): boolean => {
    const inBoth = shares.reduce(
      (sum, { atMicros }) => sum + (atMicros >= from && atMicros <= to ? 1 : 0),
      0,
    );
    return common <= inBoth && inBoth - common <= Math.max(1, MISSING_PART * inBoth);
  };
  // The later session first: it is the shorter look where a proxy's miners come and go.
  return to >= from && isMost(b) && isMost(a);
}

function outer(a: SessionRecord, b: SessionRecord): SessionRecord {
  return {
    ...a,
    lastMicros: Math.max(a.lastMicros, b.lastMicros),
    evidence: [...new Set([...a.evidence, ...b.evidence])].sort(compareIds),
  };
}
