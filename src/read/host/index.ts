import type { Reader } from "../reader.ts";
import { bodyfile } from "./bodyfile.ts";
import { hiddenProcesses } from "./hidden-processes.ts";
import { identity } from "./identity.ts";
import { liveProcesses } from "./live-processes.ts";
import { MINER_READERS } from "./miner/index.ts";
import { openFiles } from "./open-files.ts";
import { packageVerify } from "./package-verify.ts";
import { procNet } from "./proc-net.ts";
import { processFiles } from "./process-files.ts";
import { processHashes } from "./process-hashes.ts";
import { processLinks } from "./process-links.ts";
import { processList } from "./process-list.ts";
import { ransomNote } from "./ransom-note.ts";
import { sockets } from "./sockets.ts";
import { STAYING_READERS } from "./staying/index.ts";
import { uacAcquisition } from "./uac-acquisition.ts";
import { uacLog } from "./uac-log.ts";
import { velociraptor } from "./velociraptor.ts";

/** Formats of host evidence other than logs, in match order. */
export const HOST_READERS: readonly Reader[] = [
  uacLog,
  liveProcesses,
  uacAcquisition,
  velociraptor,
  processFiles,
  processLinks,
  processHashes,
  hiddenProcesses,
  packageVerify,
  processList,
  openFiles,
  sockets,
  procNet,
  identity,
  bodyfile,
  ...STAYING_READERS,
  ...MINER_READERS,
  ransomNote,
];
