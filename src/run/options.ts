/** What an investigation is asked to do. Every field but `evidence` has a default in `DEFAULTS`. */
export interface InvestigateOptions {
  /** Files, folders, or "-" for standard input. */
  readonly evidence: readonly string[];
  /** Day (YYYY-MM-DD) at whose price coins are valued beside the other two moments; null: not asked. */
  readonly asOf: string | null;
  /** Pool fee as a fraction, 0–1. */
  readonly poolFee: number;
  /** false: evidence is not hashed. */
  readonly hash: boolean;
  readonly caseNumber: string | null;
  readonly examiner: string | null;
  /** Folder of the user's own tables; null: the platform's data folder. */
  readonly dataFolder: string | null;
  /** `detector.name` → value. */
  readonly limits: ReadonlyMap<string, number>;
  readonly signal: AbortSignal | null;
  readonly onProgress: ((progress: Progress) => void) | null;
}

export interface Progress {
  readonly stage: "open" | "read" | "find" | "count" | "report" | "save";
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
  readonly file: string | null;
}

/** Everything but the evidence. */
export const DEFAULTS: Omit<InvestigateOptions, "evidence"> = {
  asOf: null,
  poolFee: 0,
  hash: true,
  caseNumber: null,
  examiner: null,
  dataFolder: null,
  limits: new Map(),
  signal: null,
  onProgress: null,
};
