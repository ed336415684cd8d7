import type { Reader } from "../reader.ts";
import { syslog } from "./syslog.ts";

/** Formats of logs, in match order. */
export const LOG_READERS: readonly Reader[] = [syslog];
