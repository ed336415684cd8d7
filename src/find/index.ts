import { accountPersistence } from "./account-persistence.ts";
import { clipper } from "./clipper.ts";
import { cloudTakeover } from "./cloud-takeover.ts";
import { competitorKill } from "./competitor-kill.ts";
import { cronPersistence } from "./cron-persistence.ts";
import { defenceOff } from "./defence-off.ts";
import type { Detector } from "./detector.ts";
import { doublepulsar } from "./doublepulsar.ts";
import { dropperCommand } from "./dropper-command.ts";
import { encryptedMining } from "./encrypted-mining.ts";
import { eternalblue } from "./eternalblue.ts";
import { exposedService } from "./exposed-service.ts";
import { fileBurst } from "./file-burst.ts";
import { hiddenProcess } from "./hidden-process.ts";
import { hostMining } from "./host-mining.ts";
import { immutableFiles } from "./immutable-files.ts";
import { indicatorMatch } from "./indicator-match.ts";
import { keyPersistence } from "./key-persistence.ts";
import { knownRansomAddress } from "./known-ransom-address.ts";
import { logClearing } from "./log-clearing.ts";
import { mining } from "./mining.ts";
import { miningAttempt } from "./mining-attempt.ts";
import { miningProxy } from "./mining-proxy.ts";
import { modulePersistence } from "./module-persistence.ts";
import { newCredentialLogin } from "./new-credential-login.ts";
import { newSourceLogin } from "./new-source-login.ts";
import { poolContact } from "./pool-contact.ts";
import { poolRedirect } from "./pool-redirect.ts";
import { preloadPersistence } from "./preload-persistence.ts";
import { ransomNote } from "./ransom-note.ts";
import { renamedTools } from "./renamed-tools.ts";
import { secretExposure } from "./secret-exposure.ts";
import { sshGuessing } from "./ssh-guessing.ts";
import { unitPersistence } from "./unit-persistence.ts";
import { walletTheft } from "./wallet-theft.ts";
import { wannacry } from "./wannacry.ts";
import { webExploit } from "./web-exploit.ts";
import { yaraMatch } from "./yara-match.ts";

/** Every detector, in the order of the report: what is surest and weighs most comes first. */
export const DETECTORS: readonly Detector[] = [
  mining,
  hostMining,
  miningProxy,
  poolRedirect,
  encryptedMining,
  miningAttempt,
  poolContact,
  sshGuessing,
  webExploit,
  exposedService,
  cloudTakeover,
  newCredentialLogin,
  newSourceLogin,
  eternalblue,
  dropperCommand,
  cronPersistence,
  unitPersistence,
  keyPersistence,
  accountPersistence,
  preloadPersistence,
  modulePersistence,
  doublepulsar,
  competitorKill,
  defenceOff,
  wannacry,
  ransomNote,
  fileBurst,
  knownRansomAddress,
  walletTheft,
  clipper,
  secretExposure,
  hiddenProcess,
  renamedTools,
  immutableFiles,
  logClearing,
  indicatorMatch,
  yaraMatch,
];

export type { Detector, Found, Limit } from "./detector.ts";
export { limitReader } from "./limits.ts";
