import type { Reader } from "../../reader.ts";
import { accounts } from "./accounts.ts";
import { atJobs } from "./at-jobs.ts";
import { authorizedKeys } from "./authorized-keys.ts";
import { cronTables } from "./cron-tables.ts";
import { desktopEntries } from "./desktop-entries.ts";
import { fileAttributes } from "./file-attributes.ts";
import { hooks } from "./hooks.ts";
import { kernelModules } from "./kernel-modules.ts";
import { preloads } from "./preloads.ts";
import { rcFiles } from "./rc-files.ts";
import { shellProfiles } from "./shell-profiles.ts";
import { startScripts } from "./start-scripts.ts";
import { sudoers } from "./sudoers.ts";
import { sysctlSettings } from "./sysctl-settings.ts";
import { systemdUnits } from "./systemd-units.ts";
import { windowsTasks } from "./windows-tasks.ts";

/** What makes things stay on a host, and its accounts, in match order: most are known by their path. */
export const STAYING_READERS: readonly Reader[] = [
  cronTables,
  systemdUnits,
  // Before the scripts of init.d, among which Red Hat keeps rc.local.
  rcFiles,
  startScripts,
  shellProfiles,
  preloads,
  authorizedKeys,
  sudoers,
  kernelModules,
  atJobs,
  desktopEntries,
  hooks,
  accounts,
  fileAttributes,
  sysctlSettings,
  windowsTasks,
];
