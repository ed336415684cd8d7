/** What an investigation is asked to do. Every field but `evidence` has a default in `DEFAULTS`. */
export interface InvestigateOptions {
  /** Files, folders, "-" for standard input, or "live:" for the running host. */
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
  /** Root of the host that `live:` reads; null: "/". */
  readonly root: string | null;
  /** false: secrets in texts from evidence are redacted. */
  readonly showSecrets: boolean;
  /** Files of indicators to look for: a list, a STIX bundle, a MISP event. */
  readonly ioc: readonly string[];
  /** Files of YARA rules. */
  readonly yara: readonly string[];
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
  root: null,
  showSecrets: false,
  ioc: [],
  yara: [],
  signal: null,
  onProgress: null,
};
