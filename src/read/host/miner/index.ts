import type { Reader } from "../../reader.ts";
import { minerConfig } from "./miner-config.ts";
import { minerLists } from "./miner-lists.ts";
import { minerLog } from "./miner-log.ts";
import { minerScripts } from "./miner-scripts.ts";

/** What miners leave behind, in match order. */
export const MINER_READERS: readonly Reader[] = [minerLog, minerConfig, minerLists, minerScripts];
