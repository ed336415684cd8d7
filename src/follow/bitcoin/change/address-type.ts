import type { Candidates, ChangeRule, Spend } from "./rule.ts";

/** Outputs of the script type that all inputs have: a wallet gives itself addresses of its own kind. */
export const addressType: ChangeRule = {
  id: "address-type",
  title: "Has the script type of all inputs",
  family: "script",
  source: "Kalodner and others (2020), BlockSci, USENIX Security (address type)",
  errorShare: null,
  measured: "nobody as it stands here; wallets that follow the payee's type break it",
  weighedError: 0.1,
  others: "payment",
  isEach: false,
  candidates,
};

function candidates({ inputs, outputs, payable }: Spend): Candidates {
  const [kind, ...others] = new Set(inputs.map(({ script }) => script));
  if (kind === undefined || kind === null || others.length > 0) return null;
  if (payable.some((output) => outputs[output]?.script === null)) return null;
  return new Set(payable.filter((output) => outputs[output]?.script === kind));
}
