import type { ChainTx } from "../../../model/chain.ts";
import type { Stop } from "../../../model/trace.ts";

export const COINS_OF: Readonly<Record<"unknown-value" | "overspent", Stop>> = {
  "unknown-value": {
    stop: "unknown-value",
    says: "It was paid from outputs whose values the source does not know",
  },
  overspent: { stop: "unknown-value", says: "It was paid by a transaction that pays more than it has" },
};
export const NOT_WHOLE: Stop = {
  stop: "not-in-source",
  says: "The source does not tell what its transaction spends",
};
export const NOT_IN_SOURCE: Stop = {
  stop: "not-in-source",
  says: "The source does not hold its transaction",
};
export const BEFORE: Stop = {
  stop: "cut-off",
  says: "It was made before the cut-off that was asked for",
};

/** New coins have nothing before them; the fees that are paid with them are not followed. */
export function minedIn({ height }: ChainTx): Stop {
  return { stop: "coinbase", says: `newly mined, block ${height ?? "unknown"}` };
}
