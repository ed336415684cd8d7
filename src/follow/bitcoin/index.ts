/** What `run/` calls. */
export { traceLookup } from "./taint/lookup.ts";
