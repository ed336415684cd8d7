import type { ChangeRule, Spend } from "./rule.ts";

/** An output that goes back to an address which the transaction spends from. */
export const addressReuse: ChangeRule = {
  id: "address-reuse",
  title: "Goes back to an address that is spent",
  family: "identity",
  source: "Androulaki and others (2013), Evaluating User Privacy in Bitcoin, FC; BlockSci, address_reuse",
  errorShare: null,
  measured: "nobody; whoever signed for an input gets this output, unless several owners signed",
  weighedError: 0.002,
  others: "payment",
  isEach: true,
  candidates,
};

function candidates({ inputs, outputs, payable }: Spend): ReadonlySet<number> {
  const own = new Set(inputs.flatMap(({ address }) => (address === null ? [] : [address])));
  return new Set(payable.filter((output) => own.has(outputs[output]?.address ?? "")));
}
