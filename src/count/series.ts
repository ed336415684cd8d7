import { isoMicros } from "../bytes/time.ts";
import { type CaseSeries, SLICE_SECONDS } from "../model/case.ts";
import type { CountedSession } from "../model/facts.ts";

/** Points of one session at most, and of all sessions together:
 *  what a picture can show and a case should carry. */
const MAX_SLICES = 200;
const MAX_POINTS = 200_000;
const FEWEST_SLICES = 10;

const DAY_SECONDS = 86_400;

/** Accepted work by slice of time, for charts, of the sessions that count and have an accepted share.
 *
 *  Shape: slices begin at whole multiples of their width since 1970 UTC; a slice without a share has no
 *  point. Shares of unknown difficulty are counted as shares and add no hashes. With very many sessions the
 *  slices get wider.
 */
export function series(counted: readonly CountedSession[]): CaseSeries[] {
  const drawn = counted.filter(({ duplicateOf, counts }) => duplicateOf === null && counts.accepted > 0);
  const slices = Math.max(
    FEWEST_SLICES,
    Math.min(MAX_SLICES, Math.floor(MAX_POINTS / Math.max(1, drawn.length))),
  );
  return drawn.map((one) => seriesOf(one, slices));
}

function seriesOf({ session, shares }: CountedSession, slices: number): CaseSeries {
  const accepted = shares.filter(({ outcome }) => outcome === "accepted");
  const times = accepted.reduce(
    ({ first, last }, { atMicros }) => ({ first: Math.min(first, atMicros), last: Math.max(last, atMicros) }),
    { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY },
  );
  const sliceSeconds = widthFor((times.last - times.first) / 1e6, slices);
  const points = new Map<number, { shares: number; hashes: number }>();
  for (const { atMicros, expectedHashes } of accepted) {
    const slice = Math.floor(atMicros / 1e6 / sliceSeconds);
    const point = points.get(slice) ?? { shares: 0, hashes: 0 };
    point.shares += 1;
    point.hashes += expectedHashes ?? 0;
    points.set(slice, point);
  }
  return {
    session: session.id,
    sliceSeconds,
    points: [...points]
      .sort(([a], [b]) => a - b)
      .map(([slice, point]) => ({ at: isoMicros(slice * sliceSeconds * 1e6), ...point })),
  };
}

/** The narrowest width of which `slices` span so many seconds, wherever in a slice they begin. */
function widthFor(seconds: number, slices: number): number {
  const fits = SLICE_SECONDS.find((width) => seconds / width <= slices - 1);
  return fits ?? Math.ceil(seconds / (slices - 1) / DAY_SECONDS) * DAY_SECONDS;
}
