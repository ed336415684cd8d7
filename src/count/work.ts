import type { ShareRecord } from "../model/record.ts";
import type { ShareCounts, Work } from "../model/work.ts";
import { Tally } from "./tally.ts";

/** Expected hashes (or solutions) behind shares, with the 95 % interval.
 *
 *  Shape: a share of difficulty d stands for d hashes on average, whatever hash it showed. Shares whose
 *  difficulty is not known are left out (the reader reports them as `unexplained-share`); null when none is
 *  known.
 */
export function workOf(shares: Iterable<ShareRecord>, unit: Work["unit"]): Work | null {
  const tally = new Tally();
  for (const { expectedHashes, outcome } of shares) {
    if (expectedHashes !== null) tally.add(expectedHashes, outcome);
  }
  return toWork(tally, unit);
}

export function toWork(tally: Tally, unit: Work["unit"]): Work | null {
  const interval = tally.interval();
  if (interval === null) return null;
  return { hashes: interval.estimate, low: interval.low, high: interval.high, unit };
}

export function countShares(shares: Iterable<ShareRecord>): ShareCounts {
  const counts = { submitted: 0, accepted: 0, rejected: 0, unanswered: 0 };
  for (const { outcome } of shares) {
    counts.submitted += 1;
    counts[outcome] += 1;
  }
  return counts;
}
