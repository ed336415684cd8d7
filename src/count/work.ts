import type { ShareRecord } from "../model/record.ts";
import type { Work } from "../model/work.ts";
import { Tally } from "./tally.ts";

/** Expected hashes (or solutions) behind shares, with the 95 % interval.
 *
 *  Shape: a share of difficulty d stands for d hashes on average, whatever hash it showed. Shares of
 *  unknown difficulty are left out (they are a gap, `unexplained-share`); null when there are no others.
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
