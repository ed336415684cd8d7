import type { Detector } from "./detector.ts";
import { encryptedMining } from "./encrypted-mining.ts";
import { mining } from "./mining.ts";
import { miningAttempt } from "./mining-attempt.ts";
import { miningProxy } from "./mining-proxy.ts";
import { poolContact } from "./pool-contact.ts";
import { poolRedirect } from "./pool-redirect.ts";
import { sshGuessing } from "./ssh-guessing.ts";

/** Every detector, in the order of the report: what is surest and weighs most comes first. */
export const DETECTORS: readonly Detector[] = [
  mining,
  miningProxy,
  poolRedirect,
  encryptedMining,
  miningAttempt,
  poolContact,
  sshGuessing,
];

export type { Detector, Found, Limit } from "./detector.ts";
export { limitReader } from "./limits.ts";
