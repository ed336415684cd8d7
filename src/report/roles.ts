import type { Role, TraceEdge } from "../model/trace.ts";
import { percent } from "./numbers.ts";
import { likelihood } from "./words.ts";

export const ROLE_WORD: Readonly<Record<Role, string>> = {
  change: "change",
  payment: "payment",
  peel: "peeled off",
  deposit: "deposit",
  coinjoin: "CoinJoin output",
  miner: "miner",
  unknown: "not told",
};

/** How an edge and the role of its output are known: "amount inferred; role likely (70 %), medium confidence,
 *  by one-time-change". */
export function roleHow({ how, likelihood: value, confidence, votes, chosen }: TraceEdge): string {
  const rules = votes.map(({ rule, errorShare }) =>
    errorShare === null ? rule : `${rule} (wrong in ${percent(errorShare)})`,
  );
  const role =
    value === null
      ? []
      : [`role ${likelihood(value)}${confidence === null ? "" : `, ${confidence} confidence`}`];
  return [
    chosen ? "chosen by the examiner" : `amount ${how}`,
    ...role,
    ...(rules.length === 0 ? [] : [`by ${rules.slice(0, 4).join(", ")}`]),
  ].join("; ");
}
