import type { Reader } from "../reader.ts";

/** Formats of host evidence other than logs, in match order. */
export const HOST_READERS: readonly Reader[] = [];
