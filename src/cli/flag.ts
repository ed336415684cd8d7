/** What a flag's value must look like; kinds.ts checks it, completions complete it. */
export type Kind =
  | "switch"
  | "text"
  | "folder"
  | "file"
  | "day"
  | "percent"
  | "amount"
  | "hashrate"
  | "limit"
  | "chain"
  | "policies"
  | "until"
  | "hop"
  | "sats"
  | "choice";

export interface Flag {
  readonly short: string | null;
  /** Name of the value in the usage line; null for a switch. */
  readonly value: string | null;
  readonly kind: Kind;
  /** One line, at most 79 columns. */
  readonly help: string;
  /** What the one line leaves out; null when nothing. */
  readonly more: string | null;
  readonly choices: readonly string[];
  readonly repeatable: boolean;
}

/** A flag without a value, and one with one: what most of them share. */
export const SWITCH = {
  short: null,
  value: null,
  kind: "switch",
  more: null,
  choices: [],
  repeatable: false,
} as const;
export const VALUE = { short: null, more: null, choices: [], repeatable: false } as const;
