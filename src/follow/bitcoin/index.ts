/** What `run/` calls. */
export { traceBlocks } from "./taint/blocks.ts";
export { traceLookup } from "./taint/lookup.ts";
