import { isoMicros } from "../../bytes/time.ts";
import { dwell } from "../../count/index.ts";
import type { Evidence } from "../../model/evidence.ts";
import type { Facts } from "../../model/facts.ts";
import type { Finding } from "../../model/finding.ts";
import { grouped } from "../../model/group.ts";
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

/** The hosts as the case tells of them. What each is told of is sorted out once: a forged log can name a
 *  hundred thousand hosts. */
export function caseHosts(hosts: readonly KnownHost[], around: Around): CaseHost[] {
  const { facts } = around;
  const kinds = HOST_KINDS.map(
    (kind) => [kind, grouped<{ readonly host: string }>(facts[kind], hostOf)] as const,
  );
  const findings = grouped(around.findings, hostOf);
  const evidence = grouped(around.evidence, hostOf);
  return hosts.map((host) => {
    const own = Object.fromEntries(kinds.map(([kind, byHost]) => [kind, byHost.get(host.id) ?? []]));
    return caseHost(host, {
      ...around,
      // cast: each kind has its own records, fewer of them.
      facts: { ...facts, ...own } as Facts,
      findings: findings.get(host.id) ?? [],
      evidence: evidence.get(host.id) ?? [],
    });
  });
}

function hostOf({ host }: { readonly host: string | null }): string {
  return host ?? "";
}

/** @param own facts, findings and evidence of this host */
function caseHost(host: KnownHost, own: Around): CaseHost {
  const { id, collectedFirstMicros, collectedLastMicros, isUnknown: _, ...known } = host;
  const { facts, findings, evidence, market, poolFee } = own;
  const counts = HOST_KINDS.map((kind) => [kind, facts[kind].length] as const);
  return {
    id,
    ...known,
    collectedFirst: collectedFirstMicros === null ? null : isoMicros(collectedFirstMicros),
    collectedLast: collectedLastMicros === null ? null : isoMicros(collectedLastMicros),
    evidence: evidence.map((one) => one.id),
    story: story(
      findings.filter((finding) => finding.host === id),
      known.collector === "honeypot",
    ),
    // Nobody mines on a honeypot: what was tried there has no dwell.
    ...(known.collector === "honeypot"
      ? { dwell: null, contradictions: [] }
      : dwell({ host: id, facts, findings, market, poolFee, collectedLastMicros })),
    counts: Object.fromEntries(counts.filter(([, count]) => count > 0)),
  };
}
