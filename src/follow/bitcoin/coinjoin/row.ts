import type { Shape } from "./shape.ts";

/** What a rule makes of a transaction. "unclear": it has all that is known of it, but what is not known
 *  decides; such a transaction is never called a CoinJoin, nor is it said to be none. */
export type Look = { readonly says: string } | "no" | "unclear";

/** One way in which CoinJoins are recognised. */
export interface CoinJoinRow {
  readonly id: string;
  readonly title: string;
  /** False for a transaction that only prepares a mix: all of it is still one owner's. */
  readonly isMix: boolean;
  /** Paper, specification or program that the rule is from. */
  readonly source: string;
  /** How often it is wrong (0–1), as `measured` tells; null: nobody measured it. */
  readonly errorShare: number | null;
  readonly measured: string;
  /** How probable it is that a transaction that fits is one (0–1). A judgement where nobody measured. */
  readonly likelihood: number;
  /** No such transaction was made before this day (YYYY-MM-DD). */
  readonly since: string;
  look(shape: Shape): Look;
}

/** What a transaction was recognised as. `says` names the figures: "5 inputs and 5 outputs of 0.05 BTC: a
 *  Whirlpool mix". */
export interface CoinJoin {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly likelihood: number;
  readonly confidence: "high" | "medium" | "low";
  readonly errorShare: number | null;
  readonly source: string;
}
