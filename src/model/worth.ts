/** What coins were worth at one moment, by the four prices of each day. null is unknown, never 0.
 *
 *  Shape: US dollars; `date` is null where each receipt, or each cash-out, has its own day; `coveredShare`
 *  (0–1) is the part of the coins whose day has a price: below 1 the value is a lower bound.
 */
export interface Worth {
  readonly moment: "receipt" | "as-of" | "cash-out" | "last-known";
  readonly currency: "usd";
  readonly open: number | null;
  readonly high: number | null;
  readonly low: number | null;
  readonly close: number | null;
  readonly date: string | null;
  readonly coveredShare: number;
  readonly source: string | null;
}
