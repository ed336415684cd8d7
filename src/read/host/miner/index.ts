import type { Reader } from "../../reader.ts";
import { minerConfig } from "./miner-config.ts";
import { minerLog } from "./miner-log.ts";

/** What miners leave behind, in match order. */
export const MINER_READERS: readonly Reader[] = [minerLog, minerConfig];
