/** What `run/` calls. */
export { traceBack } from "./taint/back.ts";
export { traceBlocks } from "./taint/blocks.ts";
export { traceLookup } from "./taint/lookup.ts";
