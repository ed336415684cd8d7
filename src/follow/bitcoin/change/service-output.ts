import type { Candidates, ChangeRule, Spend } from "./rule.ts";

/** An output to an address of a known service, in a transaction that the service did not send. */
export const serviceOutput: ChangeRule = {
  id: "service-output",
  title: "Is paid to nobody who is a known service",
  family: "identity",
  source: "Huang and others (2018), Tracking Ransomware End-to-end, IEEE S&P",
  errorShare: null,
  measured: "nobody; it is as wrong as the tag of the address",
  weighedError: 0.02,
  others: "payment",
  isEach: false,
  candidates,
};

function candidates({ inputs, outputs, payable, context }: Spend): Candidates {
  const service = (address: string | null): string | null =>
    address === null ? null : context.service(address);
  if (inputs.some(({ address }) => service(address) !== null)) return null;
  return new Set(payable.filter((output) => service(outputs[output]?.address ?? null) === null));
}
