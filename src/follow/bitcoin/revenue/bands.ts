import type { DemandBand } from "../../../tables/ransom-demands.ts";
import { type CoinPrices, usdAtClose, usdUnits } from "../../worth.ts";
import { satsOf } from "./limit.ts";

/** Tells whether an output is about as large as a demand: its value at the close of its day, or its bitcoin,
 *  lies in one of the bands, both ends included. Without a price no band in dollars fits.
 *
 *  Source: Conti, Gangwal, Ruj: On the economic significance of ransomware campaigns, Computers & Security 79
 *  (2018), who look at each output by itself.
 */
export function demandedIn(
  demands: readonly DemandBand[],
  prices: CoinPrices,
): (sats: bigint, day: string | null) => boolean {
  const usdOf = usdAtClose(prices);
  const tests = demands.map(({ unit, low, high }) => {
    const unitsOf = unit === "btc" ? satsOf : usdUnits;
    const [least, most] = [unitsOf(low), unitsOf(high)];
    return (sats: bigint, day: string | null): boolean => {
      const amount = unit === "btc" ? sats : usdOf(sats, day);
      return amount !== null && least <= amount && amount <= most;
    };
  });
  return (sats, day) => tests.some((test) => test(sats, day));
}
