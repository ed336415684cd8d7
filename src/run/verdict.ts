import type { Case, Verdict } from "../model/case.ts";
import { SEVERITIES, type Severity } from "../model/finding.ts";
import type { Amount } from "../model/valuation.ts";
import { coinAmount, coinSign, plural, usd } from "../report/numbers.ts";
import { coinName } from "../tables/coins.ts";

type Body = Pick<Case, "evidence" | "sessions" | "sums" | "contacts" | "findings" | "valuations" | "gaps">;

/** One line of the verdict's table: the first whose detectors found something gives the headline. */
interface Line {
  readonly detectors: readonly string[];
  headline(body: Body, hosts: number): string;
  readonly wouldChange: readonly string[];
}

const HOST_EVIDENCE: readonly string[] = ["Host evidence from the machines named"];

const LINES: readonly Line[] = [
  {
    detectors: ["mining"],
    headline: (body, hosts) => {
      const mining = body.sessions.filter(
        (session) => session.shares.submitted > 0 && session.duplicateOf === null,
      );
      const machines = plural(hosts, "machine");
      const accepted = mining.reduce((sum, { shares }) => sum + shares.accepted, 0);
      const unanswered = mining.reduce((sum, { shares }) => sum + shares.unanswered, 0);
      if (accepted === 0) return unaccepted(mining, { machines, unanswered });
      const earned = earnings(body);
      const work = `${plural(accepted, "accepted share")} ${spanOf(mining)}`;
      const what = earned === "" ? work : `${earned}, in ${work}`;
      return `${machines} mined ${whatOf(mining)}: ${what}`;
    },
    wouldChange: [
      "Proof that the owner ran or allowed it: the traffic shows that machines mined, not who wanted it",
      "Captures of other hours or machines: work outside the captured time and place is not counted",
      "The pool's own records of the wallet: they show what was really paid, also to machines not seen here",
    ],
  },
  {
    detectors: ["encrypted-mining"],
    headline: (_body, hosts) =>
      `${plural(hosts, "machine")} opened encrypted mining connections; their work cannot be read`,
    wouldChange: [
      "Host evidence (configuration, process list, logs) from the machines named, or the pool's records",
    ],
  },
  {
    detectors: ["mining-attempt"],
    headline: (_body, hosts) =>
      `${plural(hosts, "machine")} spoke to mining pools in a mining protocol; no share was seen`,
    wouldChange: ["Captures of a longer time: shares can come hours after a login", ...HOST_EVIDENCE],
  },
  {
    detectors: ["pool-contact"],
    headline: (_body, hosts) =>
      `${plural(hosts, "machine")} had contact with mining pools; no mining was seen`,
    wouldChange: [...HOST_EVIDENCE, "Captures that hold the readable or decrypted conversation"],
  },
];

/** The case in a few sentences: the heaviest finding leads, and doubt is part of it. */
export function verdictOf(body: Body): Verdict {
  const line = LINES.find(({ detectors }) =>
    body.findings.some(({ detector }) => detectors.includes(detector)),
  );
  const severity = body.findings.reduce<Severity>(
    (worst, finding) =>
      SEVERITIES.indexOf(finding.severity) > SEVERITIES.indexOf(worst) ? finding.severity : worst,
    "info",
  );
  const [heaviest] = body.findings;
  if (heaviest === undefined) return nothingSeen(body);
  const findings = body.findings.filter(({ detector }) => line?.detectors.includes(detector));
  const hosts = new Set(findings.flatMap(({ about }) => about.slice(0, 1))).size;
  const says = body.findings.slice(0, 5).map(({ summary }) => summary);
  if (body.findings.length > 5)
    says.push(`${plural(body.findings.length - 5, "further finding")} in the report`);
  return {
    severity,
    // A finding of a detector without a line speaks for itself; it is never passed over.
    headline: line?.headline(body, hosts) ?? heaviest.summary,
    says: [...says, ...unread(body)],
    wouldChange: line?.wouldChange ?? HOST_EVIDENCE,
  };
}

function nothingSeen(body: Body): Verdict {
  return {
    severity: "info",
    headline: "No mining was seen in what could be read",
    says: [
      "That is no proof of absence: encrypted or uncaptured traffic does not show here",
      ...unread(body),
    ],
    wouldChange: [
      "Captures of other hours or of the machine's other network paths",
      "Host evidence: configuration, process list, scheduled tasks, logs",
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

/** Shares without a yes are told as sent: what they brought is not known. */
function unaccepted(
  mining: Body["sessions"],
  { machines, unanswered }: { readonly machines: string; readonly unanswered: number },
): string {
  const submitted = mining.reduce((sum, { shares }) => sum + shares.submitted, 0);
  const sent = `${plural(submitted, "share")} of ${whatOf(mining)} ${spanOf(mining)}`;
  return unanswered === 0
    ? `${machines} sent ${sent}; the pool rejected every one`
    : `${machines} sent ${sent}; no answer that accepts one is in the evidence`;
}

/** Coins and their worth over the whole case, the low end where a day is missing;
 *  empty where no table knows any. */
function earnings({ valuations }: Body): string {
  const whole = valuations.filter(({ about }) => about.kind === "case");
  if (whole.every(({ amount }) => amount === null)) return "";
  return whole
    .map(({ amount, coin, whenMined, unknownDays }) => {
      if (amount === null) return `an unknown amount of ${coinSign(coin)}`;
      if (amount.estimate === "0") return `at most ${coinHigh(amount, coin)}`;
      const isPart = unknownDays.some(({ missing }) => missing !== "price");
      const isPartPriced = whenMined !== null && whenMined.coveredShare < 1;
      const worth =
        whenMined === null
          ? "of unknown worth when mined"
          : `worth ${isPartPriced ? "at least " : ""}${usd(whenMined.value)} when mined`;
      return `${isPart ? "at least" : "about"} ${coinAmount(amount, coin)} ${worth}`;
    })
    .join(" and ");
}

function coinHigh(amount: Amount, coin: string): string {
  return coinAmount({ ...amount, estimate: amount.high }, coin);
}

function whatOf(sessions: Body["sessions"]): string {
  const names = [
    ...new Set(sessions.map(({ coin }) => (coin === null ? "an unknown coin" : coinName(coin)))),
  ];
  return names.length > 0 ? names.join(" and ") : "cryptocurrency";
}

function spanOf(sessions: Body["sessions"]): string {
  const first = sessions.map((session) => session.first).sort()[0] ?? "";
  const last =
    sessions
      .map((session) => session.last)
      .sort()
      .at(-1) ?? "";
  const [from, to] = [
    `${first.slice(0, 10)} ${first.slice(11, 16)}`,
    `${last.slice(0, 10)} ${last.slice(11, 16)}`,
  ];
  if (from === to) return `on ${first.slice(0, 10)} at ${first.slice(11, 16)} UTC`;
  return `between ${from} and ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to} UTC`;
}
