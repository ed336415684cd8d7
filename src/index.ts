/** Paydirt as a library: its table of contents. */
export type {
  Case,
  CaseContact,
  CaseLogin,
  CaseSeries,
  CaseSession,
  CaseSum,
  UsedLimit,
  Verdict,
} from "./model/case.ts";
export { ERROR_CODES, type ErrorCode, PaydirtError } from "./model/error.ts";
export type { Evidence } from "./model/evidence.ts";
export type { CountedSession, Facts } from "./model/facts.ts";
export { type Confidence, type Finding, SEVERITIES, type Severity } from "./model/finding.ts";
export { GAP_CODES, type Gap, type GapCode } from "./model/gap.ts";
export type { Manifest, ManifestEvidence } from "./model/manifest.ts";
export type { Basis, How, Place } from "./model/place.ts";
export type {
  Agent,
  ContactRecord,
  Endpoint,
  EvidenceRecord,
  Login,
  NamedServer,
  PoolMatch,
  SessionRecord,
  ShareRecord,
  TrailStep,
  Wallet,
} from "./model/record.ts";
export type { Amount, Money, Valuation, ValuationDay } from "./model/valuation.ts";
export type { Interval, ShareCounts, Work } from "./model/work.ts";
export { type Investigation, investigate } from "./run/investigate.ts";
export { DEFAULTS, type InvestigateOptions, type Progress } from "./run/options.ts";
export { type SaveOptions, saveCase } from "./run/save.ts";
