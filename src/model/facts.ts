import type { Gap } from "./gap.ts";
import type { HostFacts } from "./host-facts.ts";
import type { Indicator } from "./indicator.ts";
import type { ContactRecord, SessionRecord, ShareRecord } from "./record.ts";
import type { ShareCounts, Work } from "./work.ts";

/** A session with its own shares, each share once over all evidence, and what they add up to. */
export interface CountedSession {
  readonly session: SessionRecord;
  readonly shares: readonly ShareRecord[];
  readonly counts: ShareCounts;
  readonly work: Work | null;
  /** The session that shows the same shares under other addresses and counts instead;
   *  its shares are not summed. */
  readonly duplicateOf: string | null;
  /** Shares of it that more than one capture or copy shows. */
  readonly sharesSeenTwice: number;
}

/** What detectors look at. */
export interface Facts extends HostFacts {
  readonly sessions: readonly CountedSession[];
  readonly contacts: readonly ContactRecord[];
  readonly gaps: readonly Gap[];
  /** What the user asked to look for. */
  readonly indicators: readonly Indicator[];
}
