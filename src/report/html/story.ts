import type { Case } from "../../model/case.ts";
import type { CaseHost, Dwell, StoryStep } from "../../model/host-case.ts";
import * as say from "../numbers.ts";
import { hostName, STAGE_WORD } from "../words.ts";
import { anchor, placeHtml } from "./findings.ts";
import { type Html, html, leftOut, prose, section } from "./markup.ts";

/** Signs of a miner and contradictions shown of one host. */
const MOST_SHOWN = 20;
/** Hosts shown in full; case.json has them all. */
const MOST_HOSTS = 50;

/** What happened on each host, chapter by chapter, with what is missing. */
export function storyPart(c: Case): Html {
  const told = c.hosts.filter((host) => host.story.length > 0);
  const quiet = c.hosts.filter((host) => host.story.length === 0);
  return section("story", "What happened, host by host", [
    ...told.slice(0, MOST_HOSTS).map((host) => hostStory(c, host)),
    leftOut(told.length - MOST_HOSTS, "host", "case.json"),
    quiet.length === 0
      ? html``
      : html`<p>Nothing to report of ${say.plural(quiet.length, "host")}: ${quiet
          .slice(0, MOST_HOSTS)
          .map(hostName)
          .join(", ")}. That is a statement about this evidence, not about the machines.</p>`,
  ]);
}

function hostStory(c: Case, host: CaseHost): Html {
  return html`<article aria-labelledby="h-${host.id}">
<h3 id="h-${host.id}">${hostName(host)}</h3>
<dl class="facts">
${facts(host).map(([head, text]) => html`<dt>${head}</dt><dd>${text}</dd>\n`)}</dl>
<ol class="story">
${host.story.map((step) => chapter(c, step))}</ol>
${host.dwell === null ? "" : dwellHtml(c, host.dwell)}${contradictions(c, host)}</article>
`;
}

function facts(host: CaseHost): readonly (readonly [string, string])[] {
  const row = (head: string, text: string | null): (readonly [string, string])[] =>
    text === null || text === "" ? [] : [[head, text]];
  return [
    ...row("System", host.os),
    ...row("Addresses", host.addresses.join(", ")),
    ...row("Collected", host.collectedFirst === null ? null : collected(host)),
    ...row("Times", host.clock.join("; ")),
  ];
}

function collected({ collector, collectedFirst, collectedLast }: CaseHost): string {
  return `${say.span(collectedFirst, collectedLast)}${collector === null ? "" : `, by ${collector}`}`;
}

function chapter(c: Case, step: StoryStep): Html {
  const isMissing = step.findings.length === 0;
  const kind = isMissing ? html` class="missing"` : html``;
  return html`<li${kind}><span class="stage">${STAGE_WORD[step.stage]}</span>
${step.first === null ? "" : html`<span class="time soft">${say.span(step.first, step.last)}</span>`}
${isMissing ? html`<p>${step.says}</p>` : html`<ul>${findingLines(c, step)}</ul>`}</li>
`;
}

function findingLines(c: Case, { findings }: StoryStep): Html[] {
  return findings.flatMap((id) => {
    const finding = c.findings.find((one) => one.id === id);
    if (finding === undefined) return [];
    const hows = new Set(finding.basis.map(({ how }) => how));
    const how = hows.has("seen") ? "seen" : ([...hows][0] ?? "");
    return [
      html`<li>${prose(finding.summary)} <span class="soft">(<span class="how">${how}</span>,
<a href="#${anchor(id)}">${id}</a>)</span></li>\n`,
    ];
  });
}

function dwellHtml(c: Case, dwell: Dwell): Html {
  const { observedHps, extrapolated, signs } = dwell;
  return html`<dl class="facts">
<dt>Miner seen</dt><dd>${say.span(dwell.first, dwell.last)}, ${say.duration(dwell.seconds)}</dd>
<dt>Hash rate</dt><dd>${say.hashrateInterval(observedHps)}${
    observedHps === null ? "" : " (lowest and highest observed)"
  }</dd>
${
  extrapolated === null
    ? ""
    : html`<dt>Extrapolated</dt><dd>${say.hashes(extrapolated.hashes.estimate)}
(${say.hashes(extrapolated.hashes.low)} – ${say.hashes(extrapolated.hashes.high)})${
        extrapolated.usd === null ? "" : html`, ${say.usd(extrapolated.usd.estimate)}`
      }. ${extrapolated.says}. It is in no sum.</dd>
`
}</dl>
<details><summary>Signs of the miner, ${say.plural(signs.length, "place")}</summary>
<ol>
${signs.slice(0, MOST_SHOWN).map(
  ({ at, says, place }) => html`<li><span class="time">${say.when(at)}</span> ${says}<br>
<span class="soft">${placeHtml(c, place)}</span></li>\n`,
)}</ol>
${leftOut(signs.length - MOST_SHOWN, "sign", "case.json")}</details>
`;
}

function contradictions(c: Case, host: CaseHost): Html {
  if (host.contradictions.length === 0) return html``;
  return html`<h4>What does not fit</h4>
<ul>
${host.contradictions
  .slice(0, MOST_SHOWN)
  .map(
    ({ says, places }) =>
      html`<li>${prose(says)}.<br><span class="soft">${places
        .slice(0, 4)
        .map((place, at) => html`${at === 0 ? "" : "; "}${placeHtml(c, place)}`)}</span></li>\n`,
  )}</ul>
${leftOut(host.contradictions.length - MOST_SHOWN, "contradiction", "case.json")}`;
}
