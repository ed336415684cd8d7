import type { Parsed } from "./parse.ts";
import type { Terminal } from "./terminal.ts";

/** A command: does what was asked and returns the exit status. */
export type Run = (parsed: Parsed, terminal: Terminal) => Promise<number>;
