import type { Case, Verdict } from "../../model/case.ts";
import { type Finding, SEVERITIES, type Severity } from "../../model/finding.ts";
import { plural } from "../../report/numbers.ts";
import { cutMiddle } from "../../report/visible.ts";
import { hostNamed } from "../../report/words.ts";
import { saidOfHost } from "./verdict-hosts.ts";
import { HOST_EVIDENCE, LINES } from "./verdict-lines.ts";

export type Body = Pick<
  Case,
  "evidence" | "hosts" | "sessions" | "sums" | "contacts" | "findings" | "wallets" | "valuations" | "gaps"
>;

/** Findings told below the headline. */
const MOST_SAID = 5;

/** The case in a few sentences: the first line of the table that is as severe as the worst finding leads, and
 *  doubt is part of it. */
export function verdictOf(body: Body): Verdict {
  const verdict = toldOf(body);
  return { ...verdict, wouldChange: [...verdict.wouldChange, ...followable(body)] };
}

/** What `paydirt follow` can tell besides, where there is something to begin with. */
function followable({ wallets }: Body): string[] {
  const count = wallets.filter(({ coin }) => coin === "btc").length;
  return count === 0
    ? []
    : [
        `The Bitcoin chain (block files, a node or an explorer): \`paydirt follow --into CASE\` tells what ` +
          `${count === 1 ? "the address" : `the ${count} addresses`} received and where it went`,
      ];
}

function toldOf(body: Body): Verdict {
  const [heaviest] = body.findings;
  if (heaviest === undefined) return nothingSeen(body);
  const severity = body.findings.reduce<Severity>(
    (worst, finding) =>
      SEVERITIES.indexOf(finding.severity) > SEVERITIES.indexOf(worst) ? finding.severity : worst,
    "info",
  );
  if (severity === "info" && body.hosts.length > 0) {
    return { ...nothingSeen(body), says: [...nothingSeen(body).says, ...saidOf(body)] };
  }
  const traps = new Set(body.hosts.flatMap(({ id, collector }) => (collector === "honeypot" ? id : [])));
  const worst = body.findings.filter((finding) => finding.severity === severity);
  const line = LINES.find((one) => worst.some((finding) => one.tells(finding, traps)));
  const told = body.findings.filter((finding) => line?.tells(finding, traps) === true);
  return {
    severity,
    // A finding of a detector without a line speaks for itself; it is never passed over.
    headline: line?.headline(body, told) ?? saidOfHost(body, heaviest),
    says: [...saidOf(body), ...unread(body)],
    wouldChange: line?.wouldChange ?? HOST_EVIDENCE,
  };
}

/** Characters of a host's name before what is said of it. */
const MOST_NAME = 28;

/** The heaviest findings, by host where there are several. Alike ones of one host give way to others that
 *  are as heavy. */
function saidOf(body: Body): string[] {
  const told = withoutRepeats(body.findings).slice(0, MOST_SAID);
  const says = told.map(({ summary, host }) => {
    const whose = host === null || body.hosts.length < 2 ? null : hostNamed(body, host);
    if (whose === null || summary.startsWith(whose)) return summary;
    return `${cutMiddle(whose, MOST_NAME)}: ${summary}`;
  });
  const rest = body.findings.length - MOST_SAID;
  return rest > 0 ? [...says, `${plural(rest, "further finding")} in the report`] : says;
}

/** Of each severity what one detector said of a host first, before what it said again. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const met = new Set<string>();
  const repeats = new Set<Finding>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.detector} ${finding.host ?? ""}`;
    if (finding.host !== null && met.has(key)) repeats.add(finding);
    met.add(key);
  }
  return SEVERITIES.toReversed().flatMap((severity) => {
    const alike = findings.filter((finding) => finding.severity === severity);
    return [...alike.filter((one) => !repeats.has(one)), ...alike.filter((one) => repeats.has(one))];
  });
}

/** What one kind of evidence cannot show, and what would. */
function nothingSeen(body: Body): Verdict {
  const isHost = body.hosts.length > 0;
  return {
    severity: "info",
    headline: isHost
      ? "Nothing was found that an intruder would have left in what could be read"
      : "No mining was seen in what could be read",
    says: [
      isHost
        ? "That is no proof of absence: what was deleted, hidden or never logged does not show here"
        : "That is no proof of absence: encrypted or uncaptured traffic does not show here",
      ...unread(body),
    ],
    wouldChange: [
      "Captures of other hours or of the machine's other network paths",
      isHost
        ? "Memory and disk of the host, and logs that are kept elsewhere"
        : "Host evidence: configuration, process list, scheduled tasks, logs",
    ],
  };
}

function unread(body: Body): string[] {
  const gaps = body.gaps.reduce((sum, gap) => sum + gap.count, 0);
  if (gaps === 0) return [];
  const kinds = [...new Set(body.gaps.map(({ code }) => code))];
  const named = [...kinds.slice(0, 4), ...(kinds.length > 4 ? ["…"] : [])].join(", ");
  return [`${plural(gaps, "gap")} in the evidence or the tables (${named})`];
}
