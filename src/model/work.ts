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
