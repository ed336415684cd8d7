import type { Reader } from "../../reader.ts";
import { authorizedKeys } from "./authorized-keys.ts";
import { cronTables } from "./cron-tables.ts";
import { systemdUnits } from "./systemd-units.ts";

/** What makes things stay on a host, and its accounts, in match order: each is known by its path. */
export const STAYING_READERS: readonly Reader[] = [cronTables, systemdUnits, authorizedKeys];
