import type { Finding } from "../model/finding.ts";
import { STAGES, type Stage, type StoryStep } from "../model/host-case.ts";
import type { How } from "../model/place.ts";

/** What is said of a chapter of which nothing was found; null: its absence says nothing. */
const MISSING: Readonly<Record<Stage, string | null>> = {
  "way-in": "How they got in is not in the evidence",
  staying: "Nothing was found that would start it again",
  mining: null,
  "elbowing-out": null,
  extortion: null,
  theft: null,
  "covering-up": null,
};

/** Chapters without which a story of harm has a hole. */
const HARM: readonly Stage[] = ["mining", "extortion", "theft"];

/** One host's findings as chapters, in the order in which such a story goes. A host on which nothing was
 *  found has no story; where harm was found and the way in or the staying was not, the hole is a chapter too.
 *  A honeypot has no such holes: it lets everybody in, and what is tried there does no harm.
 */
export function story(findings: readonly Finding[], isHoneypot = false): StoryStep[] {
  const told = findings.filter(({ stage, severity }) => stage !== null && severity !== "info");
  const isHarmed = !isHoneypot && told.some(({ stage }) => stage !== null && HARM.includes(stage));
  return STAGES.flatMap((stage): StoryStep[] => {
    const chapter = told.filter((finding) => finding.stage === stage).sort(compareFirst);
    if (chapter.length > 0) return [chapterOf(stage, chapter)];
    const says = MISSING[stage];
    return isHarmed && says !== null
      ? [{ stage, findings: [], first: null, last: null, how: null, says }]
      : [];
  });
}

function compareFirst(a: Finding, b: Finding): number {
  const [first, second] = [a.first ?? "9", b.first ?? "9"];
  return first < second ? -1 : first > second ? 1 : 0;
}

function chapterOf(stage: Stage, chapter: readonly Finding[]): StoryStep {
  const firsts = chapter.flatMap(({ first }) => first ?? []).sort();
  const lasts = chapter.flatMap(({ last, first }) => last ?? first ?? []).sort();
  return {
    stage,
    findings: chapter.map(({ id }) => id),
    first: firsts[0] ?? null,
    last: lasts.at(-1) ?? null,
    how: howOf(chapter),
    says: chapter.map(({ summary }) => summary).join("; "),
  };
}

function howOf(chapter: readonly Finding[]): How {
  const hows = chapter.flatMap(({ basis }) => basis.map(({ how }) => how));
  return hows.includes("seen") ? "seen" : hows.includes("inferred") ? "inferred" : "assumed";
}
