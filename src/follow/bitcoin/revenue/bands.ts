import type { DemandBand } from "../../../tables/ransom-demands.ts";
import { type CoinPrices, exactUsd, usdUnits } from "../../worth.ts";
import { satsOf } from "./limit.ts";

/** Whether an output is about as large as a demand: its value at the close of its day, or its bitcoin, lies
 *  in one of the bands, both ends included. Without a price no band in dollars fits.
 *
 *  Source: Conti, Gangwal, Ruj: On the economic significance of ransomware campaigns, Computers & Security 79
 *  (2018), who look at each output by itself.
 */
export function isDemanded(
  sats: bigint,
  day: string | null,
  { demands, prices }: { readonly demands: readonly DemandBand[]; readonly prices: CoinPrices },
): boolean {
  return demands.some(({ unit, low, high }) => {
    if (unit === "btc") return satsOf(low) <= sats && sats <= satsOf(high);
    const usd = exactUsd(sats, day, prices);
    return usd !== null && usdUnits(low) <= usd && usd <= usdUnits(high);
  });
}
