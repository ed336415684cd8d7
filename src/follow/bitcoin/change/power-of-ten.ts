import type { ChangeRule, Spend } from "./rule.ts";

/** 0.01 BTC: BlockSci's six digits. */
const ROUND_SATS = 1_000_000n;

/** Outputs of no round amount: people pay round amounts, and change is what is left. */
export const powerOfTen: ChangeRule = {
  id: "power-of-ten",
  title: "Is no round amount of bitcoin",
  family: "amount",
  source: "Kalodner and others (2020), BlockSci, USENIX Security (power of ten, 6 digits)",
  errorShare: null,
  measured: "nobody published it; 0 of 31 wrong in block 300,025, against change that is certain",
  weighedError: 0.15,
  others: "payment",
  isEach: false,
  candidates: ({ outputs, payable }: Spend) =>
    new Set(payable.filter((output) => (outputs[output]?.valueSats ?? 0n) % ROUND_SATS !== 0n)),
};
