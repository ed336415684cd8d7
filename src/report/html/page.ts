import type { Case } from "../../model/case.ts";
import { isFollowed } from "../figures.ts";
import { isToldFurther } from "../reached.ts";
import { ownersPart, swapsPart } from "./attribution.ts";
import { changePart, gapsPart, glossaryPart, inputsPart, methodPart } from "./basis.ts";
import { chartsPart } from "./charts.ts";
import { earningsPart } from "./earnings.ts";
import { findingsPart } from "./findings.ts";
import { Html, html } from "./markup.ts";
import { moneyPart } from "./money.ts";
import { revenuePart } from "./revenue.ts";
import { storyPart } from "./story.ts";
import { STYLE } from "./style.ts";
import { clustersPart, timelinePart, walletsPart } from "./traces.ts";
import { verdictPart } from "./verdict.ts";
import { contactsPart, hostsPart, sessionsPart } from "./who.ts";

/** Nothing is loaded and nothing runs: an inline style sheet, and pictures drawn in the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

interface Part {
  readonly id: string;
  readonly name: string;
  readonly html: Html;
}

const part = (id: string, name: string, body: Html): Part => ({ id, name, html: body });

const link = ({ id, name }: Part): Html => html`<li><a href="#${id}">${name}</a></li>`;

/** What was mined; left out where nothing was, so that what could not be read comes first. */
async function minedParts(c: Case): Promise<readonly Part[]> {
  if (c.sessions.length === 0) return [];
  return [
    part("hosts", "Hosts", hostsPart(c)),
    part("sessions", "Sessions", sessionsPart(c)),
    part("time", "Over time", await chartsPart(c)),
    part("earnings", "Worth", await earningsPart(c)),
  ];
}

/** Money that was followed: where it went, what came in, whose it seems to be. */
async function followedParts(c: Case): Promise<readonly Part[]> {
  const isNamed = c.owners.length > 0 || c.tags.length > 0;
  const went = c.traces.length > 0 ? [part("money", "Money", await moneyPart(c))] : [];
  const came = c.revenues.length > 0 ? [part("revenue", "Came in", await revenuePart(c))] : [];
  // Where the source is a list of payments, what came in is all there is to tell.
  return [
    ...(c.traces.some(isToldFurther) ? [...went, ...came] : [...came, ...went]),
    ...(isNamed ? [part("owners", "Owners", ownersPart(c))] : []),
    ...(c.swaps.length > 0 ? [part("swaps", "Swaps", swapsPart(c))] : []),
  ];
}

/** The case as one self-contained page:
 *  no script, no request to anywhere, the same bytes for the same case. */
export async function renderHtml(c: Case): Promise<string> {
  const isMining = c.contacts.length > 0 || (c.hosts.length === 0 && !isFollowed(c));
  const parts = [
    ...(await followedParts(c)),
    ...(c.hosts.length > 0 ? [part("story", "Story", storyPart(c))] : []),
    ...(c.clusters.length > 0 ? [part("clusters", "Clusters", clustersPart(c))] : []),
    ...(c.findings.length > 0 || !isFollowed(c) ? [part("findings", "Findings", findingsPart(c))] : []),
    ...(c.wallets.length > 0 ? [part("wallets", "Addresses", walletsPart(c))] : []),
    ...(await minedParts(c)),
    ...(c.timeline.length > 0 ? [part("timeline", "Timeline", timelinePart(c))] : []),
    ...(isMining ? [part("contacts", "Contacts", contactsPart(c))] : []),
    part("gaps", "Not read", gapsPart(c)),
    part("change", "What would change it", changePart(c)),
    part("method", "Method", methodPart(c)),
    part("inputs", "Inputs", inputsPart(c)),
    part("words", "Words", glossaryPart(c)),
  ];
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${c.about.caseNumber ?? "Paydirt"}: case report</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
${verdictPart(c)}<main>
<nav aria-label="Contents"><ul>${parts.map(link)}</ul></nav>
${parts.map((p) => p.html)}</main>
<footer><p>Made by ${c.tool.name} ${c.tool.version} from the evidence listed under Inputs.
Every figure is in case.json; every finding can be followed with <code>paydirt explain</code>.</p></footer>
</body>
</html>
`.text;
}
