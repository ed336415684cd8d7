import type { Coin } from "./chain.ts";

/** What every transaction of the heists pays, unless it says otherwise. */
export const FEE_SATS = 50_000n;

/** Satoshi of so many thousandths of a coin. */
export const milli = (thousandths: number): bigint => BigInt(thousandths) * 100_000n;

/** What is left of coins when these amounts and the fee are paid. */
export function left(from: readonly Coin[], ...paid: readonly bigint[]): bigint {
  return [FEE_SATS, ...paid].reduce(
    (rest, sats) => rest - sats,
    from.reduce((sum, { sats }) => sum + sats, 0n),
  );
}

/** "txid:vout". */
export const idOf = ({ tx, vout }: Coin): string => `${tx.txid()}:${vout}`;
