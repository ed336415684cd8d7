import { freshAddress } from "./fresh-address.ts";
import type { Candidates, ChangeRule, Spend } from "./rule.ts";

/** H2 with its exceptions: the new address is not paid again within a week at least, and no service takes
 *  part. (The authors leave out payouts of dice games, which go back to whoever played.) It is weighed with
 *  more than was measured: that was the chain of 2013. */
export const oneTimeChange: ChangeRule = {
  id: "one-time-change",
  title: "Is paid to a new address that is never paid again",
  family: "history",
  source: "Meiklejohn and others (2013), A Fistful of Bitcoins, IMC, § 4 (heuristic 2, refined)",
  errorShare: 0.0017,
  measured: "Meiklejohn and others: 1 % without dice games, 0.28 % after a day, 0.17 % after a week",
  weighedError: 0.02,
  others: "payment",
  isEach: false,
  candidates,
};

function candidates(spend: Spend): Candidates {
  const { tx, inputs, outputs, context } = spend;
  const fresh = freshAddress.candidates(spend);
  const isServed = [...inputs, ...outputs].some(
    ({ address }) => address !== null && context.service(address) !== null,
  );
  if (fresh === null || isServed) return null;
  for (const output of fresh) {
    const again = context.paidAgain(outputs[output]?.address ?? "", tx);
    if (again !== false) return null;
  }
  return fresh;
}
