import type { Case, CaseSession, CaseSum } from "../model/case.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Finding } from "../model/finding.ts";
import { endpointText } from "../model/record.ts";
import type { Valuation } from "../model/valuation.ts";
import { daySteps, type Step, workSteps } from "./arithmetic.ts";
import { explainOutput, explainPath, explainTrace } from "./explain-follow.ts";
import { explainCluster, explainHost, explainWallet } from "./explain-host.ts";
import { explainOwner, explainSwap } from "./explain-owner.ts";
import { explainRevenue } from "./explain-revenue.ts";
import { explainTag } from "./explain-tag.ts";
import { evidenceName, moments, sharesLine, valuationsOf } from "./figures.ts";
import * as say from "./numbers.ts";
import { outputId } from "./reached.ts";
import { columns, type Row, rows, type TerminalOptions, wrap } from "./terminal.ts";
import { basis, heading, placeText } from "./trail.ts";
import { cut } from "./visible.ts";
import { likelihood, SEVERITY_WORD } from "./words.ts";

/** Days whose arithmetic is printed one by one; case.json has the others. */
const MOST_DAYS = 31;

/** One output of one transaction. */
const OUTPOINT = /^[0-9a-f]{64}:\d+$/;

/** The trail of a finding, session, valuation, host, wallet, account, worker, day, trace, path, output,
 *  revenue, owner, swap, tag or piece of evidence, by its id: packets, bytes, decoded messages
 *  and the arithmetic step by step, for a terminal.
 *
 *  Shape: text that ends in a line feed; null when the case has no such id.
 */
export function explain(c: Case, id: string, options: TerminalOptions): string | null {
  const parts = [
    ...c.findings.filter((f) => f.id === id).map((f) => finding(c, f, options)),
    ...c.sessions.filter((s) => s.id === id).map((s) => session(c, s, options)),
    ...c.valuations.filter((v) => v.id === id).map((v) => valuation(c, v, options)),
    ...c.sums.filter((sum) => sum.id === id).map((sum) => summed(c, sum, options)),
    ...c.hosts.filter((h) => h.id === id || h.name === id).map((h) => explainHost(c, h, options)),
    ...c.wallets.filter((w) => w.address === id).map((w) => explainWallet(c, w, options)),
    ...c.clusters.filter((k) => k.id === id).map((k) => explainCluster(c, k, options)),
    ...c.traces.filter((t) => t.id === id).map((t) => explainTrace(c, t, options)),
    ...c.paths.filter((p) => p.id === id).map((p) => explainPath(c, p, options)),
    ...(OUTPOINT.test(id) ? [explainOutput(c, id, options)].filter((lines) => lines.length > 0) : []),
    ...c.revenues.filter((r) => r.id === id).map((r) => explainRevenue(c, r, options)),
    ...c.owners.filter((o) => o.id === id).map((o) => explainOwner(o, options)),
    ...c.swaps.filter((x) => x.id === id).map((x) => explainSwap(c, x, options)),
    ...c.tags.filter((t) => t.id === id).map((t) => explainTag(c, t, options)),
    ...c.evidence.filter((e) => e.id === id).map((e) => evidence(c, e, options)),
  ];
  if (parts.length === 0) return null;
  return `${parts
    .flat()
    .map((line) => line.trimEnd())
    .join("\n")}\n`;
}

/** Every id that `explain` knows, by what it names, in the order of the case. */
export function explainable(c: Case): readonly { readonly what: string; readonly ids: readonly string[] }[] {
  const sums = (kind: CaseSum["kind"]): string[] => c.sums.filter((s) => s.kind === kind).map((s) => s.id);
  return [
    { what: "findings", ids: c.findings.map((f) => f.id) },
    { what: "sessions", ids: c.sessions.map((s) => s.id) },
    { what: "valuations", ids: c.valuations.map((v) => v.id) },
    { what: "hosts", ids: [...c.hosts.map((h) => h.id), ...sums("host")] },
    { what: "wallets", ids: [...new Set([...sums("wallet"), ...c.wallets.map((w) => w.address)])] },
    { what: "clusters", ids: c.clusters.map((k) => k.id) },
    { what: "traces", ids: c.traces.map((t) => t.id) },
    { what: "paths", ids: c.paths.map((p) => p.id) },
    { what: "outputs", ids: [...new Set(c.traces.flatMap((t) => t.outputs.map(outputId)))] },
    { what: "revenues", ids: c.revenues.map((r) => r.id) },
    { what: "owners", ids: c.owners.map((o) => o.id) },
    { what: "swaps", ids: c.swaps.map((x) => x.id) },
    { what: "tags", ids: c.tags.map((t) => t.id) },
    { what: "accounts", ids: sums("account") },
    { what: "workers", ids: sums("worker") },
    { what: "days", ids: sums("day") },
    { what: "evidence", ids: c.evidence.map((e) => e.id) },
  ].filter(({ ids }) => ids.length > 0);
}

function finding(c: Case, f: Finding, options: TerminalOptions): string[] {
  return [
    ...heading(`${f.id}  ${cut(f.summary, 600)}`, options),
    "",
    ...rows(
      [
        { label: "Severity", value: SEVERITY_WORD[f.severity] },
        { label: "Likelihood", value: likelihood(f.likelihood) },
        { label: "Confidence", value: f.confidence, note: "how good the sources are" },
        {
          label: "Detector",
          value: `${f.detector}${f.attack.length > 0 ? ` (${f.attack.join(", ")})` : ""}`,
        },
        { label: "About", value: f.about.slice(0, 20) },
        ...(f.next === null ? [] : [{ label: "Next", value: f.next }]),
      ],
      options,
    ),
    ...heading("Evidence", options),
    ...f.basis.flatMap((b, at) => basis(c, b, { ...options, number: at + 1 })),
  ];
}

function session(c: Case, s: CaseSession, options: TerminalOptions): string[] {
  const seconds = say.secondsBetween(s.first, s.last);
  return [
    ...heading(`${s.id}  ${endpointText(s.client)} → ${endpointText(s.server)}, ${s.dialect}`, options),
    "",
    ...rows(sessionRows(c, s), options),
    ...heading("Messages to check", options),
    ...s.trail.flatMap((t, at) =>
      basis(
        c,
        { place: t.place, how: "", says: `${t.what}, ${t.at}`, excerpt: t.excerpt },
        { ...options, number: at + 1 },
      ),
    ),
    ...heading("Arithmetic", options),
    ...steps(workSteps(s.shares, s.work, seconds), options),
    ...valuationsOf(c, "session", s.id).flatMap((v) => valuation(c, v, options)),
  ];
}

function sessionRows(c: Case, s: CaseSession): readonly Row[] {
  const row = (label: string, value: string | null): Row[] =>
    value === null ? [] : [{ label, value: cut(value, 400) }];
  const how = (word: string | null): string => (word === null ? "" : ` (${word})`);
  return [
    ...row(
      "Server name",
      s.serverName === null
        ? null
        : `${s.serverName.name}, by ${s.serverName.by} at ${placeText(c, s.serverName.place)}`,
    ),
    ...row("Coin", s.coin === null ? say.UNKNOWN : `${say.coinSign(s.coin)}${how(s.coinHow)}`),
    ...row("Algorithm", s.algorithm === null ? say.UNKNOWN : `${s.algorithm}${how(s.algorithmHow)}`),
    ...row("Wallet", s.wallet),
    ...row("Account", s.account),
    ...row("Worker", s.worker),
    ...row("Agent", s.agent),
    ...row("First, last", say.span(s.first, s.last)),
    ...row("Shares", sharesLine(s.shares)),
    ...row("Hash rate", say.hashrateInterval(s.hashrateHps, s.work?.unit ?? "hashes")),
    ...row(
      "Last 15 minutes",
      s.hashrateLast15MinHps === null
        ? null
        : say.hashrateInterval(s.hashrateLast15MinHps, s.work?.unit ?? "hashes"),
    ),
    ...row("Mid-stream", s.midStream ? "the conversation began before the capture did" : null),
    ...row("One-sided", s.oneSided ? "only one direction was captured" : null),
    ...row("Not counted", s.duplicateOf === null ? null : `shows the same shares as ${s.duplicateOf}`),
    ...row("Evidence", s.evidence.map((id) => evidenceName(c, id)).join(", ")),
  ];
}

function steps(all: readonly Step[], options: TerminalOptions): string[] {
  const width = Math.max(...all.map(({ number }) => columns(number)));
  return all.flatMap(({ sign, number, says }) => {
    const head = `    ${sign.padEnd(2)}${" ".repeat(width - columns(number))}${number}  `;
    return wrap(says, options.width - columns(head)).map(
      (line, at) => `${at === 0 ? head : " ".repeat(columns(head))}${line}`,
    );
  });
}

function valuation(c: Case, v: Valuation, options: TerminalOptions): string[] {
  const left = v.days.length - MOST_DAYS;
  const { kind, id } = v.about;
  const whose = kind === "case" ? "all work of the case" : `the work of ${kind} ${cut(id, 110)}`;
  return [
    ...heading(`${v.id}  What ${whose} was worth, ${say.coinSign(v.coin)}`, options),
    ...v.days
      .slice(0, MOST_DAYS)
      .flatMap((day) => ["", `  ${day.date}`, ...steps(daySteps(v, day), options)]),
    ...(left > 0 ? ["", `  ${say.plural(left, "more day")} in case.json`] : []),
    ...heading("Sum", options),
    "",
    ...rows(
      [
        { label: "Work", value: say.workInterval(v.work) },
        { label: "Coins", value: say.coinInterval(v.amount, v.coin) },
        ...moments(c, v).map(({ label, money, note }) => ({
          label,
          value: say.money(money),
          note: money === null ? note : `${note}; ${money.source}`,
        })),
        ...(v.unknownDays.length === 0
          ? []
          : [
              {
                label: "Unknown",
                value: v.unknownDays
                  .slice(0, MOST_DAYS)
                  .map((d) => `${d.date} (${d.missing})`)
                  .join(", "),
              },
            ]),
      ],
      options,
    ),
  ];
}

function summed(c: Case, sum: CaseSum, options: TerminalOptions): string[] {
  const about = sum.kind === "day" ? [] : valuationsOf(c, sum.kind, sum.id);
  return [
    ...heading(`${sum.kind} ${sum.id}`, options),
    "",
    ...rows(
      [
        { label: "First, last", value: say.span(sum.first, sum.last) },
        { label: "Sessions", value: cut(sum.sessions.join(" "), 800) },
        { label: "Shares", value: sharesLine(sum.shares) },
        { label: "Work", value: say.workInterval(sum.work) },
        {
          label: "Hash rate",
          value: say.hashrateInterval(sum.hashrateHps, sum.work?.unit ?? "hashes"),
          note: "the highest sum of sessions that overlap in time",
        },
        {
          label: "Findings",
          value:
            c.findings
              .filter((f) => f.about.includes(sum.id))
              .map((f) => f.id)
              .join(" ") || "none names it",
        },
      ],
      options,
    ),
    ...heading("Arithmetic", options),
    ...steps(workSteps(sum.shares, sum.work, 0), options),
    ...about.flatMap((v) => valuation(c, v, options)),
  ];
}

function evidence(c: Case, e: Evidence, options: TerminalOptions): string[] {
  const gaps = c.gaps.filter((g) => g.place.evidence === e.id);
  return [
    ...heading(`${e.id}  ${e.name}`, options),
    "",
    ...rows(
      [
        { label: "Kind", value: `${e.kind}${e.compression === null ? "" : `, ${e.compression}`}` },
        { label: "Bytes", value: say.count(e.bytes) },
        { label: "SHA-256", value: e.sha256 ?? "not taken" },
        { label: "Packets", value: e.packets === null ? "does not apply" : say.count(e.packets) },
        { label: "First, last", value: say.span(e.first, e.last) },
        {
          label: "Sessions",
          value:
            cut(
              c.sessions
                .filter((s) => s.evidence.includes(e.id))
                .map((s) => s.id)
                .join(" "),
              800,
            ) || "none",
        },
        {
          label: "Gaps",
          value:
            gaps.length === 0
              ? "none"
              : gaps.slice(0, 40).map((g) => `${g.code} × ${say.count(g.count)}: ${g.says}`),
        },
      ],
      options,
    ),
  ];
}
