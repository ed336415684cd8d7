import type { Case } from "../model/case.ts";
import { SEVERITIES } from "../model/finding.ts";
import {
  amountNote,
  caseValuations,
  countedSessions,
  gapKinds,
  hostsByShares,
  isFollowed,
  isLinked,
  moments,
  rateUnknown,
  seenTwice,
  sharesLine,
  shareTotals,
} from "./figures.ts";
import { followRows } from "./follow-rows.ts";
import { hostRows } from "./host-rows.ts";
import * as say from "./numbers.ts";
import { ink, type Row, rows, type TerminalOptions, wrap } from "./terminal.ts";
import { cut, cutMiddle, visible } from "./visible.ts";
import { SEVERITY_WORD } from "./words.ts";

export interface SummaryOptions extends TerminalOptions {
  readonly reportPath: string | null;
  readonly elapsedSeconds: number;
}

/** Hosts and kinds of gaps named in the summary; the report has them all. */
const MOST_NAMED = 4;

/** Characters of one sentence. */
const MOST_SAID = 800;

/** The closing table of a run: verdict, figures, gaps, and where the report is. Ends with a line feed. */
export function renderSummary(c: Case, options: SummaryOptions): string {
  const { color, width } = options;
  const pen = ink(color);
  const { severity, headline, says } = c.verdict;
  const word = ` ${SEVERITY_WORD[severity].toUpperCase()} `;
  const indent = " ".repeat(word.length + 3);
  const head = wrap(cut(headline, MOST_SAID), width - indent.length);
  const lines = [
    "",
    ...head.map((line, at) =>
      at === 0 ? `  ${pen.severity(severity)(word)} ${pen.bold(line)}` : `${indent}${pen.bold(line)}`,
    ),
    ...says
      .flatMap((sentence) => wrap(cut(sentence, MOST_SAID), width - indent.length))
      .map((line) => `${indent}${line}`),
    "",
    `  ${pen.dim("─".repeat(width - 4))}`,
    ...rows([...figures(c), ...closing(c, options)], options),
    "",
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function figures(c: Case): readonly Row[] {
  const sessions = countedSessions(c);
  const contacts: Row[] =
    c.contacts.length === 0
      ? []
      : [
          {
            label: "Contacts",
            value: `${say.count(c.contacts.length)} with known pools`,
            note: "contact is not mining",
          },
        ];
  const told = [...followRows(c), ...hostRows(c)];
  if (sessions.length === 0) {
    const isElse = c.hosts.length > 0 || isFollowed(c);
    const isCapture = c.evidence.some(({ packets }) => packets !== null) || !isElse;
    const none: readonly Row[] = isLinked(c)
      ? []
      : isCapture
        ? [{ label: "Sessions", value: "0 in what could be read" }]
        : [];
    return [...read(c), ...none, ...told, ...contacts];
  }
  const all = caseValuations(c);
  const twice = seenTwice(c);
  const seen = [
    twice.shares > 0 ? say.plural(twice.shares, "share") : "",
    twice.sessions > 0 ? say.plural(twice.sessions, "session") : "",
  ].filter((text) => text !== "");
  return [
    ...told,
    ...hosts(c),
    { label: "Sessions", value: say.count(sessions.length) },
    { label: "Shares", value: sharesLine(shareTotals(c)) },
    ...all.flatMap((v): Row[] => [
      { label: all.length > 1 ? `Work, ${say.coinSign(v.coin)}` : "Work", value: say.workInterval(v.work) },
      { label: "Coins", value: say.coinInterval(v.amount, v.coin), note: amountNote(v) },
      ...moments(c, v).map(({ label, money, note }) => ({
        label: label.replace(/^Worth (?:at the )?/, ""),
        value: say.money(money),
        note,
      })),
    ]),
    ...(seen.length === 0 ? [] : [{ label: "Seen twice", value: `${seen.join(", ")}; counted once` }]),
    ...contacts,
  ].map((row) => ({ ...row, label: row.label.charAt(0).toUpperCase() + row.label.slice(1) }));
}

function read(c: Case): readonly Row[] {
  const named = c.evidence.filter(({ within }) => within === null);
  const pieces = say.plural(named.length, "piece");
  const size = named.reduce((sum, e) => sum + e.bytes, 0);
  const files = named.reduce((sum, e) => sum + (e.files ?? 0), 0);
  const packets = c.evidence.reduce((sum, e) => sum + (e.packets ?? 0), 0);
  const isElse = files > 0 || c.hosts.length > 0 || isFollowed(c);
  const value = [
    `${pieces} of evidence`,
    say.bytes(size),
    ...(files > 0 ? [say.plural(files, "file")] : []),
    ...(packets > 0 || !isElse ? [say.plural(packets, "packet")] : []),
  ];
  return [{ label: "Read", value: value.join(", ") }];
}

function hosts(c: Case): readonly Row[] {
  const { hosts: all } = hostsByShares(c);
  const named = all.slice(0, MOST_NAMED);
  const ids = named.map((host) => cutMiddle(visible(host.id), 28));
  const column = Math.max(0, ...ids.map((id) => id.length)) + 2;
  const lines = named.map(
    (host, at) =>
      (ids[at] ?? "").padEnd(column) +
      (host.hashrateHps === null
        ? `${say.UNKNOWN}: ${rateUnknown(host)}`
        : say.hashrateInterval(host.hashrateHps, host.work?.unit ?? "hashes")),
  );
  const more = all.length > named.length ? `and ${say.plural(all.length - named.length, "more host")}` : "";
  const label = all.length === 1 ? "Host" : `${say.count(all.length)} hosts`;
  return [{ label: c.hosts.length === 0 ? label : "On the wire", value: lines, note: more }];
}

function closing(c: Case, { reportPath, elapsedSeconds }: SummaryOptions): readonly Row[] {
  const findings = [...SEVERITIES]
    .reverse()
    .map((severity) => ({ severity, n: c.findings.filter((f) => f.severity === severity).length }))
    .filter(({ n }) => n > 0)
    .map(({ severity, n }) => `${say.count(n)} ${severity}`);
  const kinds = gapKinds(c);
  const more = kinds.length > MOST_NAMED ? [say.plural(kinds.length - MOST_NAMED, "more kind")] : [];
  const gaps = kinds.slice(0, MOST_NAMED).map(({ code, count }) => `${code} ${say.count(count)}`);
  return [
    ...lookedFor(c),
    { label: "Findings", value: findings.length === 0 ? "0" : findings.join(", ") },
    {
      label: "Gaps",
      value: kinds.length === 0 ? "0 met while reading" : [...gaps, ...more].join(", "),
    },
    ...(reportPath === null ? [] : [{ label: "Report", value: reportPath }]),
    { label: "Took", value: say.duration(elapsedSeconds) },
  ];
}

/** What the user gave to look for, also where nothing of it was met. */
function lookedFor({ tables, findings }: Case): readonly Row[] {
  const given = tables.filter(({ source }) => source.startsWith("--"));
  if (given.length === 0) return [];
  const met = findings.filter(({ detector }) => GIVEN.has(detector)).length;
  const value = `${say.plural(given.length, "file")} given: ${say.plural(met, "finding")}`;
  return [
    { label: "Looked for", value, note: met === 0 ? "nothing of it stands in what could be read" : "" },
  ];
}

/** Detectors of what the user gave. */
const GIVEN: ReadonlySet<string> = new Set(["indicator-match", "yara-match"]);
