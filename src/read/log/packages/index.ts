import type { Reader } from "../../reader.ts";
import { aptHistory } from "./apt-history.ts";
import { packageLog } from "./package-log.ts";

/** Logs of package managers. */
export const PACKAGE_READERS: readonly Reader[] = [aptHistory, packageLog];
