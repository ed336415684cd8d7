import { addressReuse } from "./address-reuse.ts";
import { addressType } from "./address-type.ts";
import { fingerprint } from "./fingerprint.ts";
import { freshAddress } from "./fresh-address.ts";
import { legacy } from "./legacy.ts";
import { oneTimeChange } from "./one-time-change.ts";
import { optimalChange } from "./optimal-change.ts";
import { peelChain } from "./peel-chain.ts";
import { peelRun } from "./peel-run.ts";
import { powerOfTen } from "./power-of-ten.ts";
import { roundUsd } from "./round-usd.ts";
import type { ChangeRule } from "./rule.ts";
import { serviceOutput } from "./service-output.ts";

/** Every rule that tells change from payments, the surest first. */
export const CHANGE_RULES: readonly ChangeRule[] = [
  addressReuse,
  oneTimeChange,
  serviceOutput,
  legacy,
  addressType,
  peelRun,
  freshAddress,
  fingerprint,
  powerOfTen,
  optimalChange,
  peelChain,
  roundUsd,
];
