import type { Work } from "../model/work.ts";
import type { SubjectName } from "./subjects.ts";
import { Tally } from "./tally.ts";

export interface ValuateOptions {
  /** Day (YYYY-MM-DD) at whose price coins are valued too; null: not asked. */
  readonly asOf: string | null;
  /** Pool fee as a fraction, 0–1. */
  readonly poolFee: number;
}

/** Hashes, the same divided by difficulty, and that times the reward in coins. */
export interface BlockSums {
  hashes: number;
  blocks: number;
  paid: number;
}

/** Work and coins of one UTC day of one subject. */
export interface DayTally {
  readonly work: Tally;
  /** In atomic units, fee taken off. */
  readonly coins: Tally;
  /** By which the day's mean difficulty and reward are told: of the accepted shares, whose coins are the
   *  estimate, and of the unanswered ones for a day that has no other. */
  readonly accepted: BlockSums;
  readonly unanswered: BlockSums;
  readonly sources: Set<string>;
  readonly rewards: Set<string>;
  missing: "coin" | "difficulty" | null;
}

/** What is valued: one coin of one subject. */
export interface Account {
  readonly about: SubjectName;
  readonly coin: string;
  readonly unit: Work["unit"];
  readonly days: Map<number, DayTally>;
}

/** A day on which nothing was added up yet. */
export function newDay(): DayTally {
  return {
    work: new Tally(),
    coins: new Tally(),
    accepted: { hashes: 0, blocks: 0, paid: 0 },
    unanswered: { hashes: 0, blocks: 0, paid: 0 },
    sources: new Set(),
    rewards: new Set(),
    missing: null,
  };
}
