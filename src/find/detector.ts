import type { Facts } from "../model/facts.ts";
import type { Finding } from "../model/finding.ts";

/** A number that decides something, with its unit and its reason.
 *  Users set it with `--set DETECTOR.NAME=VALUE`. */
export interface Limit {
  readonly value: number;
  readonly unit: string;
  readonly why: string;
}

/** A finding before the case gives it an id. */
export type Found = Omit<Finding, "id" | "detector" | "attack">;

/** One opinion that evidence can support. Plain data and one function; file name = id = fixture folder. */
export interface Detector {
  readonly id: string;
  readonly title: string;
  /** Fields of `Facts` that it looks at. */
  readonly reads: readonly (keyof Facts)[];
  /** ATT&CK technique ids. */
  readonly attack: readonly string[];
  readonly sources: readonly string[];
  /** What it cannot see. */
  readonly blindTo: string;
  readonly limits: Readonly<Record<string, Limit>>;
  find(facts: Facts, limit: (name: string) => number): Iterable<Found>;
}
