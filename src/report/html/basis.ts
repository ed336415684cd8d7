import type { Case, UsedLimit } from "../../model/case.ts";
import type { Evidence } from "../../model/evidence.ts";
import { GAP_CODES, type Gap } from "../../model/gap.ts";
import { isOnlyFollowed } from "../figures.ts";
import * as say from "../numbers.ts";
import { glossaryOf, methodOf } from "../words.ts";
import { placeHtml } from "./findings.ts";
import { type Column, type Html, html, section, table } from "./markup.ts";
import { named } from "./who.ts";

/** What could not be read or known. */
export function gapsPart(c: Case): Html {
  if (c.gaps.length === 0) {
    return section(
      "gaps",
      "What could not be read",
      html`<p>No gap was met: no file, packet or message had to be given up.
What is encrypted, or was not captured, does not show as a gap.</p>`,
    );
  }
  const columns: readonly Column<Gap>[] = [
    {
      head: "What",
      cell: (g) => html`<span class="wide">${GAP_CODES[g.code]}<span class="range">${g.code}</span></span>`,
    },
    { head: "Times", number: true, cell: (g) => say.count(g.count) },
    { head: "First place", cell: (g) => html`<span class="wide">${placeHtml(c, g.place)}</span>` },
    { head: "Detail", cell: (g) => html`<span class="wide">${g.says}</span>` },
  ];
  return section("gaps", "What could not be read", [
    html`<p>Parts of the evidence, or of the arithmetic, that are not in the figures above.${
      isOnlyFollowed(c) ? "" : html`\nMining may hide in them.`
    }</p>`,
    table(c.gaps, columns, { caption: "Gaps, alike ones counted together.", all: "case.json" }),
  ]);
}

/** How the figures come about, and with which thresholds. */
export function methodPart(c: Case): Html {
  const columns: readonly Column<UsedLimit>[] = [
    { head: "Threshold", cell: (l) => html`<span class="id">${l.detector}.${l.name}</span>` },
    { head: "Value", number: true, cell: (l) => html`${say.plain(l.value)} ${l.unit}` },
    {
      head: "Changed",
      cell: (l) => (l.changed ? html`<strong>changed by the examiner</strong>` : "as shipped"),
    },
    { head: "Why", cell: (l) => l.why },
  ];
  return section("method", "Method", [
    html`<dl class="words">
${methodOf(c).map(([head, text]) => html`<dt>${head}</dt><dd>${text}</dd>\n`)}</dl>`,
    c.limits.length === 0
      ? html``
      : html`<h3>Thresholds of the detectors</h3>
${table(c.limits, columns, { caption: "Numbers that decide something, as used.", all: "case.json" })}`,
  ]);
}

const kind = ({ kind, compression }: Evidence): string =>
  `${kind}${compression === null ? "" : `, ${compression}`}`;

/** Evidence that has no hash of its own, by its kind. */
const NO_HASH: ReadonlyMap<string, string> = new Map([
  ["bitcoin-blocks", "none: a block is proved by its own hash (the last one's in chains[] of case.json)"],
  ["bitcoin-block-file", "none: a block is proved by its own hash (the last one's in chains[] of case.json)"],
  ["rpc", "none: answers of a server"],
  ["esplora", "none: answers of a server"],
]);

function whyNoHash({ options }: Case, { kind }: Evidence): string {
  return NO_HASH.get(kind) ?? (options.hashed ? "none" : "not taken (--no-hash)");
}

function poolFee(c: Case): Html {
  if (isOnlyFollowed(c)) return html``;
  return html`<dt>Pool fee assumed</dt><dd>${say.percent(c.options.poolFee)}</dd>\n`;
}

/** Whether all evidence was hashed. */
function hashedSays({ options, evidence }: Case): string {
  if (!options.hashed) return "no";
  if (evidence.every(({ kind }) => NO_HASH.has(kind))) return "no: see above";
  return evidence.some(({ kind }) => NO_HASH.has(kind)) ? "in part: see above" : "yes, while it was read";
}

/** Evidence with its hashes, tables and options: what the same result needs. */
export function inputsPart(c: Case): Html {
  const evidence: readonly Column<Evidence>[] = [
    { head: "Id", cell: (e) => e.id },
    {
      head: "Name",
      cell: (e) => html`<span class="wide">${named(e.name, 200)}<span class="range">${kind(e)}</span></span>`,
    },
    { head: "Bytes", number: true, cell: (e) => say.count(e.bytes) },
    { head: "Packets", number: true, cell: (e) => (e.packets === null ? "–" : say.count(e.packets)) },
    {
      head: "First and last",
      cell: (e) =>
        e.first === null ? "–" : html`${say.when(e.first)}<span class="range">${say.when(e.last)}</span>`,
    },
    {
      head: "SHA-256",
      cell: (e) => (e.sha256 === null ? whyNoHash(c, e) : html`<span class="id wide">${e.sha256}</span>`),
    },
  ];
  const tables: readonly Column<Case["tables"][number]>[] = [
    { head: "Table", cell: (t) => t.name },
    { head: "Source", cell: (t) => html`<span class="wide">${t.source}</span>` },
    { head: "SHA-256", cell: (t) => html`<span class="id wide">${t.sha256}</span>` },
  ];
  return section("inputs", "Inputs", [
    table(c.evidence, evidence, { caption: "Evidence. It was opened for reading only.", all: "case.json" }),
    table(c.tables, tables, {
      caption: "Tables that were used: pools, prices, difficulties, and what was given to look for.",
      all: "case.json",
    }),
    html`<dl class="facts">
<dt>Tool</dt><dd>${c.tool.name} ${c.tool.version}</dd>
<dt>Price date asked for</dt><dd>${c.options.asOf ?? "none"}</dd>
${poolFee(c)}<dt>Evidence hashed</dt><dd>${hashedSays(c)}</dd>
<dt>Run</dt>
<dd>${
      isOnlyFollowed(c)
        ? "The command line, the time and each file that has a hash"
        : "The command line, the time and the state of each file before and after"
    }
stand in manifest.json; <code>paydirt verify</code> checks the evidence and this case against it.</dd>
</dl>`,
  ]);
}

export function changePart(c: Case): Html {
  const { wouldChange } = c.verdict;
  return section(
    "change",
    "What would change the verdict",
    wouldChange.length === 0
      ? html`<p>Nothing in particular is known.</p>`
      : html`<ul>
${wouldChange.map((sentence) => html`<li>${sentence}</li>\n`)}</ul>`,
  );
}

export function glossaryPart(c: Case): Html {
  return section(
    "words",
    "Words used",
    html`<dl class="words">
${glossaryOf(c).map(([word, means]) => html`<dt>${word}</dt><dd>${means}</dd>\n`)}</dl>`,
  );
}
