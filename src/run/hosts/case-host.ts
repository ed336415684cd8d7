import { isoMicros } from "../../bytes/time.ts";
import { dwell } from "../../count/index.ts";
import type { Evidence } from "../../model/evidence.ts";
import type { Facts } from "../../model/facts.ts";
import type { Finding } from "../../model/finding.ts";
import type { CaseHost } from "../../model/host-case.ts";
import { HOST_KINDS } from "../../model/host-facts.ts";
import type { Market } from "../../tables/market.ts";
import { story } from "../../weigh/index.ts";
import type { KnownHost } from "./hosts.ts";

interface Around {
  readonly facts: Facts;
  readonly findings: readonly Finding[];
  readonly evidence: readonly Evidence[];
  readonly market: Market;
  readonly poolFee: number;
}

/** A host as the case tells of it. */
export function caseHost(host: KnownHost, around: Around): CaseHost {
  const { id, collectedFirstMicros, collectedLastMicros, isUnknown: _, ...known } = host;
  const { facts, findings, evidence, market, poolFee } = around;
  const counts = HOST_KINDS.map(
    (kind) => [kind, facts[kind].filter((one) => one.host === id).length] as const,
  );
  return {
    id,
    ...known,
    collectedFirst: collectedFirstMicros === null ? null : isoMicros(collectedFirstMicros),
    collectedLast: collectedLastMicros === null ? null : isoMicros(collectedLastMicros),
    evidence: evidence.filter((one) => one.host === id).map((one) => one.id),
    story: story(findings.filter((finding) => finding.host === id), known.collector === "honeypot"),
    // Nobody mines on a honeypot: what was tried there has no dwell.
    ...(known.collector === "honeypot"
      ? { dwell: null, contradictions: [] }
      : dwell({ host: id, facts, findings, market, poolFee, collectedLastMicros })),
    counts: Object.fromEntries(counts.filter(([, count]) => count > 0)),
  };
}
