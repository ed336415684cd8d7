import type { Facts } from "../model/facts.ts";
import type { Finding } from "../model/finding.ts";
import type { Stage } from "../model/host-case.ts";

/** A number that decides something, with its unit and its reason.
 *  Users set it with `--set DETECTOR.NAME=VALUE`. */
export interface Limit {
  readonly value: number;
  readonly unit: string;
  readonly why: string;
}

/** A finding before the case gives it an id. `host` is left out by detectors of captures, which tell of
 *  addresses; `attack` and `stage` replace those of the detector where one finding knows better. */
export interface Found
  extends Omit<Finding, "id" | "detector" | "attack" | "stage" | "host" | "first" | "last"> {
  readonly host?: string;
  readonly stage?: Stage;
  readonly attack?: readonly string[];
  readonly firstMicros?: number | null;
  readonly lastMicros?: number | null;
}

/** One opinion that evidence can support. Plain data and one function; file name = id = fixture folder. */
export interface Detector {
  readonly id: string;
  readonly title: string;
  /** Fields of `Facts` that it looks at. */
  readonly reads: readonly (keyof Facts)[];
  /** ATT&CK technique ids. */
  readonly attack: readonly string[];
  /** The chapter of a host's story that it tells of; left out by what tells of none. */
  readonly stage?: Stage;
  readonly sources: readonly string[];
  /** What it cannot see. */
  readonly blindTo: string;
  readonly limits: Readonly<Record<string, Limit>>;
  find(facts: Facts, limit: (name: string) => number): Iterable<Found>;
}
