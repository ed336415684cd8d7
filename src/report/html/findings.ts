import type { Case } from "../../model/case.ts";
import type { Finding } from "../../model/finding.ts";
import type { Basis, Place } from "../../model/place.ts";
import { evidenceName } from "../figures.ts";
import { plural } from "../numbers.ts";
import { likelihood, NOTHING_SEEN, SEVERITY_WORD } from "../words.ts";
import { type Html, html, leftOut, MOST_ROWS, pre, prose, section } from "./markup.ts";

/** Steps of a trail shown under one finding; case.json has them all. */
const MOST_STEPS = 40;

/** "capture.pcap, packet 1204, byte 96120 (length 311)": digits as other tools take them. */
export function placeHtml(c: Case, place: Place): Html {
  return html`<span class="id">${evidenceName(c, place.evidence)}</span>${
    place.packet === null ? "" : html`, packet ${place.packet}`
  }${place.line === null ? "" : html`, line ${place.line}`}, byte ${place.atByte}
(length ${place.byteLength})`;
}

/** Findings with the trail of each, down to packet and byte. */
export function findingsPart(c: Case): Html {
  if (c.findings.length === 0) {
    return section(
      "findings",
      "Findings",
      html`<p>No detector fired. ${NOTHING_SEEN} That is a statement about
this evidence and these detectors, not about the machines.</p>`,
    );
  }
  return section("findings", "Findings", [
    html`${c.findings.slice(0, MOST_ROWS).map((f) => finding(c, f))}`,
    leftOut(c.findings.length - MOST_ROWS, "finding", "case.json"),
  ]);
}

/** A finding's place in the page. */
export function anchor(id: string): string {
  return `f-${id.replaceAll(".", "-")}`;
}

function finding(c: Case, f: Finding): Html {
  const open = f.severity === "high" || f.severity === "critical" ? html` open` : html``;
  return html`<article aria-labelledby="${anchor(f.id)}">
<h3 id="${anchor(f.id)}"><span class="severity ${f.severity}">${SEVERITY_WORD[f.severity]}</span>
${prose(f.summary)}</h3>
<dl class="facts">
<dt>Finding</dt><dd class="id">${f.id}</dd>
<dt>About</dt><dd class="id">${f.about.join(", ")}</dd>
<dt>Likelihood</dt><dd>${likelihood(f.likelihood)}</dd>
<dt>Confidence in the sources</dt><dd>${f.confidence}</dd>
<dt>Detector</dt><dd>${f.detector}${f.attack.length > 0 ? html`, ATT&amp;CK ${f.attack.join(", ")}` : ""}</dd>
${f.next === null ? "" : html`<dt>Next</dt><dd>${f.next}</dd>\n`}</dl>
<details${open}><summary>Evidence trail, ${plural(f.basis.length, "step")}</summary>
<ol>
${f.basis.slice(0, MOST_STEPS).map((b) => step(c, b))}</ol>
${leftOut(f.basis.length - MOST_STEPS, "step", "case.json")}</details>
</article>
`;
}

function step(c: Case, b: Basis): Html {
  return html`<li><span class="how">${b.how}</span>: ${b.says}<br>
<span class="soft">${placeHtml(c, b.place)}</span>${b.excerpt === null ? "" : pre(b.excerpt)}</li>
`;
}
