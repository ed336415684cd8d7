import type { WorthClaim } from "../../../model/chain.ts";
import type { Place } from "../../../model/place.ts";
import type { DemandBand } from "../../../tables/ransom-demands.ts";
import type { CoinPrices } from "../../worth.ts";

/** What to count, up to when, and what is known of the family. */
export interface RevenueOptions {
  /** Id that the case gives. */
  readonly id: string;
  /** "WannaCry", or what was asked for. */
  readonly about: string;
  readonly addresses: readonly string[];
  /** Last moment that counts; null: no limit. */
  readonly untilMicros: number | null;
  /** When victims paid, both ends included; null: not known. */
  readonly campaign: { readonly fromMicros: number | null; readonly toMicros: number | null } | null;
  /** What the family asks one victim for; empty: not known. */
  readonly demands: readonly DemandBand[];
  /** Whether another address seems to belong to the owner of these. */
  readonly sameOwner: (address: string) => boolean;
  /** Why it is doubtful that an address is the family's, by address. */
  readonly doubts: ReadonlyMap<string, { readonly says: string; readonly place: Place | null }>;
  /** What the source says that payments were worth. */
  readonly claims: readonly WorthClaim[];
  readonly prices: CoinPrices;
  /** A day (YYYY-MM-DD) at which the whole is valued besides; null: not asked. */
  readonly asOf: string | null;
  /** The day of the cash-out; null: each output on the day on which the source has it moved on. */
  readonly cashOut: string | null;
}
