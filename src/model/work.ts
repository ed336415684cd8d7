/** An estimate with its 95 % interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Expected hashes (or solutions) behind shares, with the 95 % interval.
 *
 *  `hashes` counts accepted shares; where shares are unanswered, `low` is the low end over the accepted ones
 *  and `high` the high end over all that were not rejected. null: no share's difficulty is known.
 */
export interface Work {
  readonly hashes: number;
  readonly low: number;
  readonly high: number;
  readonly unit: "hashes" | "solutions";
}

export interface ShareCounts {
  readonly submitted: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unanswered: number;
}

type Outcome = Exclude<keyof ShareCounts, "submitted">;

/** How many of the shares had which outcome. */
export function countShares(shares: Iterable<{ readonly outcome: Outcome }>): ShareCounts {
  const counts = { submitted: 0, accepted: 0, rejected: 0, unanswered: 0 };
  for (const { outcome } of shares) {
    counts.submitted += 1;
    counts[outcome] += 1;
  }
  return counts;
}

/** Adds counts up. */
export function sumCounts(all: Iterable<ShareCounts>): ShareCounts {
  const sum = { submitted: 0, accepted: 0, rejected: 0, unanswered: 0 };
  for (const { submitted, accepted, rejected, unanswered } of all) {
    sum.submitted += submitted;
    sum.accepted += accepted;
    sum.rejected += rejected;
    sum.unanswered += unanswered;
  }
  return sum;
}
