import { freshAddress } from "./fresh-address.ts";
import { optimalChange } from "./optimal-change.ts";
import type { ChangeRule } from "./rule.ts";
import { both } from "./sets.ts";

/** BlockSci's first rule: the one output that is smaller than every input and paid to a new address. */
export const legacy: ChangeRule = {
  id: "legacy",
  title: "Is smaller than every input and paid to a new address",
  family: "history",
  source: "Kalodner and others (2020), BlockSci, USENIX Security (legacy change)",
  errorShare: null,
  measured: "nobody",
  weighedError: 0.08,
  others: "payment",
  isEach: false,
  candidates: both(optimalChange, freshAddress),
};
