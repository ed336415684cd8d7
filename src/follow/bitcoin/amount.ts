import { unscaled } from "../../bytes/decimal.ts";

export { counted } from "../../model/counted.ts";

const PLACES = 8;

/** "0.05 BTC": no digit more than it needs. */
export function btc(sats: bigint): string {
  return `${unscaled(sats, PLACES)} BTC`;
}

/** What amounts are in sum. */
export function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}
