import type { Reader } from "../reader.ts";
import { cowrie } from "./cowrie.ts";
import { honeypotDays } from "./honeypot-days.ts";
import { honeypotTable } from "./honeypot-table.ts";
import { syslog } from "./syslog.ts";

/** Formats of logs, in match order. */
export const LOG_READERS: readonly Reader[] = [syslog, cowrie, honeypotDays, honeypotTable];
