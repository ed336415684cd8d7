import { basename, dirname, join } from "node:path";
import { compareText } from "../bytes/text.ts";
import type { Case, Verdict } from "../model/case.ts";
import { PaydirtError } from "../model/error.ts";
import { type Finding, SEVERITIES } from "../model/finding.ts";
import type { Gap } from "../model/gap.ts";
import type { CaseHost, CaseWallet, Cluster, Observable, TimelineEntry } from "../model/host-case.ts";
import type { ManifestEvidence } from "../model/manifest.ts";
import { bytesAt } from "../model/place.ts";
import { plural } from "../report/numbers.ts";
import { hashFile, openCase } from "../store/index.ts";
import { clusters } from "../weigh/index.ts";
import { distinctParts } from "./follow/distinct-parts.ts";
import type { FollowedParts } from "./follow/parts.ts";
import { distinctRows } from "./follow/row-text.ts";
import { followVerdict } from "./follow/verdict.ts";
import type { Investigation } from "./investigate.ts";
import { type MoneyLinks, moneyLinks, moneyVerdict } from "./linked-money.ts";
import { type LinkedCase, Renaming } from "./renaming.ts";
import { VERSION } from "./version.ts";

export interface LinkOptions {
  /** Folders of cases. */
  readonly cases: readonly string[];
  readonly caseNumber: string | null;
  readonly examiner: string | null;
  readonly signal: AbortSignal | null;
}

/** Brings cases together and tells which of their hosts belong to one operator.
 *
 *  Shape: a case whose evidence are the cases, each with the evidence below it, so that every place can still
 *  be followed; hosts, wallets, findings, timeline and followed money of all, clusters made anew. Sums and
 *  money are not added up: two cases may show the same shares.
 *  Errors: `bad-case` and `cannot-read` as `openCase` gives them; `bad-option` for fewer than two cases.
 */
export async function link(options: LinkOptions): Promise<Investigation> {
  const opened = await openAll(options);
  const renaming = new Renaming(opened.map(({ linked }) => linked));
  const parts = opened.map(({ linked }) => {
    const { id, path } = linked;
    return { ...renaming.of(linked), id, name: `${basename(dirname(path))} (${id})` };
  });
  const links = moneyLinks(parts);
  const observables = withMoney(joined(parts.flatMap((part) => part.observables)), links.observables);
  const hosts = renaming.hosts();
  const found = clusters(observables);
  const findings = parts.flatMap((part) => part.findings).sort(bySeverity);
  const followed = followedOf(parts.map((part) => part.followed));
  const verdict = verdictOf({ clusters: found, hosts, findings, parts, links });
  const money = followed.traces.length + followed.revenues.length > 0 ? followVerdict(followed) : null;
  const made: Case = {
    schema: 1,
    tool: { name: "paydirt", version: VERSION },
    about: { caseNumber: options.caseNumber, examiner: options.examiner },
    options: { asOf: null, poolFee: 0, hashed: true, showSecrets: false },
    tables: distinctRows(opened.flatMap(({ linked }) => linked.case.tables)),
    limits: distinctRows(opened.flatMap(({ linked }) => linked.case.limits)),
    verdict: money === null ? verdict : { ...verdict, says: [...verdict.says, money.headline] },
    evidence: parts.flatMap((part) => part.evidence),
    hosts,
    sessions: [],
    sums: [],
    contacts: [],
    findings,
    wallets: walletsOf(parts.flatMap((part) => part.wallets)),
    observables,
    clusters: found,
    timeline: parts.flatMap((part) => part.timeline).sort(byTime),
    valuations: [],
    series: [],
    ...followed,
    gaps: [...opened.flatMap(({ gap }) => gap ?? []), ...parts.flatMap((part) => part.gaps)],
  };
  return { case: made, counted: [], custody: opened.map(({ custody }) => custody) };
}

interface Opened {
  readonly linked: LinkedCase;
  readonly custody: ManifestEvidence;
  readonly gap: Gap | null;
}

async function openAll({ cases, signal }: LinkOptions): Promise<Opened[]> {
  const opened = new Map<string, Omit<LinkedCase, "id">>();
  for (const path of cases) {
    const { folder, case: one, manifest } = await openCase(path);
    const file = join(folder, "case.json");
    const { sha256, bytes } = await hashFile(file, { signal, onBytes: null });
    const written = manifest.files.find(({ name }) => name === "case.json")?.sha256 ?? null;
    opened.set(folder, { path: file, case: one, sha256, bytes, isChanged: written !== sha256 });
  }
  if (opened.size < 2) {
    const given = plural(opened.size, "different case");
    throw new PaydirtError("bad-option", `Cannot link: it takes two cases or more, ${given} given`);
  }
  // The order of arguments means nothing; equal cases from two places are told apart by their place.
  const sorted = [...opened.values()].sort(
    (a, b) => compareText(a.sha256, b.sha256) || compareText(a.path, b.path),
  );
  return sorted.map((one, index) => custodyOf({ ...one, id: `k${index + 1}` }));
}

function custodyOf(linked: LinkedCase): Opened {
  const { id, path, bytes, sha256, isChanged } = linked;
  const says = `${path} is no longer what its manifest.json lists: it was changed after the case was made`;
  return {
    linked,
    custody: { id, path, bytes, sha256, before: null, after: null, unchanged: null },
    gap: isChanged ? { place: bytesAt(id, 0, 0), code: "changed", says, count: 1 } : null,
  };
}

function joined(all: readonly Observable[]): Observable[] {
  const byValue = new Map<string, Observable[]>();
  for (const one of all) {
    const key = `${one.kind} ${one.value}`;
    byValue.set(key, [...(byValue.get(key) ?? []), one]);
  }
  return [...byValue.values()].flatMap((of): Observable[] => {
    const [first] = of;
    if (first === undefined) return [];
    const links = of.filter(({ common }) => common === null);
    const told = links.length > 0 ? links : of;
    const places = new Map(
      told.flatMap((one) => one.hosts.map((host, at) => [host, one.places[at]] as const)),
    );
    const hosts = [...places.keys()].sort(compareText);
    return [
      {
        ...first,
        common: links.length > 0 ? null : first.common,
        hosts,
        places: hosts.flatMap((host) => places.get(host) ?? []),
      },
    ];
  });
}

function walletsOf(all: readonly CaseWallet[]): CaseWallet[] {
  const byAddress = new Map<string, CaseWallet>();
  for (const one of all) {
    const key = `${one.coin} ${one.coin === "eth" ? one.address.toLowerCase() : one.address}`;
    const known = byAddress.get(key);
    byAddress.set(
      key,
      known === undefined
        ? one
        : {
            ...known,
            hosts: [...new Set([...known.hosts, ...one.hosts])].sort(compareText),
            times: known.times + one.times,
            seenIn: [...known.seenIn, ...one.seenIn],
          },
    );
  }
  return [...byAddress].sort(([a], [b]) => compareText(a, b)).map(([, wallet]) => wallet);
}

/** What hosts have already keeps its places; what followed money alone has comes behind it. */
function withMoney(all: readonly Observable[], money: readonly Observable[]): readonly Observable[] {
  const known = new Set(all.flatMap(({ kind, value }) => (kind === "wallet" ? value : [])));
  return [...all, ...money.filter(({ value }) => !known.has(value))];
}

/** Followed money of all cases side by side: two of them may have followed the same. */
function followedOf(all: readonly FollowedParts[]): FollowedParts {
  return distinctParts({
    chains: all.flatMap(({ chains }) => chains),
    traces: all.flatMap(({ traces }) => traces),
    paths: all.flatMap(({ paths }) => paths),
    revenues: all.flatMap(({ revenues }) => revenues),
    owners: all.flatMap(({ owners }) => owners),
    tags: all.flatMap(({ tags }) => tags),
    swaps: all.flatMap(({ swaps }) => swaps),
  });
}

function bySeverity(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
}

function byTime(a: TimelineEntry, b: TimelineEntry): number {
  return compareText(a.at, b.at);
}

interface Linked {
  readonly clusters: readonly Cluster[];
  readonly hosts: readonly CaseHost[];
  readonly findings: readonly Finding[];
  readonly parts: readonly { readonly observables: readonly Observable[] }[];
  readonly links: MoneyLinks;
}

function verdictOf({ clusters: found, hosts, findings, parts, links }: Linked): Verdict {
  const nameOf = (id: string): string => hosts.find((host) => host.id === id)?.name ?? id;
  if (found.length === 0 && links.cases > 0) return moneyVerdict(links);
  if (found.length === 0) {
    return {
      severity: "info",
      headline: `Nothing that only one operator has links the ${parts.length} cases`,
      says: [
        ...links.says,
        "That is no proof that they are not one operator's: wallets and keys can be changed",
      ],
      wouldChange: ["Further evidence from the same hosts: configurations, logs, keys, programs"],
    };
  }
  const linked = new Set(found.flatMap((cluster) => cluster.hosts));
  // A cluster may be of the hosts of one case.
  const cases = parts.filter(({ observables }) =>
    observables.some((one) => one.hosts.some((host) => linked.has(host))),
  ).length;
  return {
    severity: findings.find(({ host }) => host !== null && linked.has(host))?.severity ?? "low",
    headline:
      `${plural(linked.size, "host")} of ${plural(cases, "case")} belong together, ` +
      `in ${plural(found.length, "cluster")}${cases > 1 ? "" : "; nothing links it to another case"}`,
    says: [
      ...found
        .slice(0, 5)
        .map(
          (cluster) => `${cluster.id}: ${cluster.says} (${cluster.hosts.slice(0, 5).map(nameOf).join(", ")})`,
        ),
      ...links.says,
    ],
    wouldChange: [
      "Proof that what they share is not one operator's: a wallet that was sold, a key that leaked, " +
        "a service that mines for many",
    ],
  };
}
