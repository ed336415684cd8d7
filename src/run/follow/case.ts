import { type Case, NOTHING_FOLLOWED, type Verdict } from "../../model/case.ts";
import { isFollowed } from "../../report/figures.ts";
import type { Market } from "../../tables/market.ts";
import { RANSOM_ADDRESSES_NAME, ransomTable } from "../../tables/ransom-addresses.ts";
import { VERSION } from "../version.ts";
import type { FollowDesk } from "./desk.ts";
import { joinedParts, partsOf } from "./into.ts";
import type { FollowOptions } from "./options.ts";
import type { FollowedParts } from "./parts.ts";
import { distinctRows } from "./row-text.ts";
import { followVerdict } from "./verdict.ts";

interface Made {
  readonly desk: FollowDesk;
  readonly options: FollowOptions;
  readonly market: Market;
  readonly parts: FollowedParts;
}

/** The case of what was followed: one of its own, or the older one with it. */
export function caseOf({ desk, options, market, parts }: Made): Case {
  const before = options.into?.case ?? null;
  const joined = joinedParts(before === null ? NOTHING_FOLLOWED : partsOf(before), parts);
  const isRansomListUsed = joined.tags.some(({ place }) => place.evidence === RANSOM_ADDRESSES_NAME);
  const tables = [
    ...market.files.map(({ name, sha256, source }) => ({ name, sha256, source })),
    ...(isRansomListUsed ? [ransomTable()] : []),
  ];
  const verdict = followVerdict(joined);
  if (before !== null) {
    return {
      ...before,
      about: {
        caseNumber: options.caseNumber ?? before.about.caseNumber,
        examiner: options.examiner ?? before.about.examiner,
      },
      tables: distinctRows([...before.tables, ...tables]),
      verdict: joinedVerdict(before, verdict),
      evidence: [...before.evidence, ...desk.evidenceRead],
      ...joined,
      gaps: distinctRows([...before.gaps, ...desk.gaps()]),
    };
  }
  const empty = {
    hosts: [],
    sessions: [],
    sums: [],
    contacts: [],
    findings: [],
    wallets: [],
    observables: [],
  };
  return {
    schema: 1,
    tool: { name: "paydirt", version: VERSION },
    about: { caseNumber: options.caseNumber, examiner: options.examiner },
    options: { asOf: options.asOf, poolFee: 0, hashed: true, showSecrets: false },
    tables,
    limits: [],
    verdict,
    evidence: desk.evidenceRead,
    ...empty,
    clusters: [],
    timeline: [],
    valuations: [],
    series: [],
    ...joined,
    gaps: desk.gaps(),
  };
}

/** What the evidence told first stays the headline, the money is told behind it: anew, from all that the case
 *  holds of it now. */
function joinedVerdict(before: Case, verdict: Verdict): Verdict {
  const older = followVerdict(partsOf(before));
  if (isFollowed(before) && before.verdict.headline === older.headline) return verdict;
  const replaced = new Set(isFollowed(before) ? [older.headline, ...older.says] : []);
  const others = before.verdict.says.filter((sentence) => !replaced.has(sentence));
  return { ...before.verdict, says: distinctRows([...others, verdict.headline, ...verdict.says]) };
}
