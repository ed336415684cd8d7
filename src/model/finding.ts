import type { Stage } from "./host-case.ts";
import type { Basis } from "./place.ts";

export const SEVERITIES = ["info", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];
export type Confidence = "low" | "moderate" | "high";

/** An opinion about the evidence. `likelihood` (0–1, null when not estimated) says how probable it is,
 *  `confidence` how good its sourcing is; they are never mixed. */
export interface Finding {
  readonly id: string;
  readonly detector: string;
  readonly attack: readonly string[];
  /** The chapter of a host's story that it belongs to; null when to none. */
  readonly stage: Stage | null;
  /** Id of the host that it is about; null when the evidence tells of no host. */
  readonly host: string | null;
  /** First and last sign, ISO 8601 UTC; null when no time is known. */
  readonly first: string | null;
  readonly last: string | null;
  readonly severity: Severity;
  readonly likelihood: number | null;
  readonly confidence: Confidence;
  /** What it is about: ids of hosts (their address), sessions, wallets. */
  readonly about: readonly string[];
  readonly summary: string;
  /** Words for the one who has to decide what to do next. */
  readonly next: string | null;
  readonly basis: readonly Basis[];
}
