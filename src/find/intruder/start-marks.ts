import { FAMILY_MARKS, KERNEL_THREADS, OPEN_PLACES, USUAL_HIDDEN } from "../../tables/suspect-paths.ts";
import { shortHost } from "../words.ts";
import { isFetch, nameOf, type Started, startedBy } from "./started.ts";

/** Why something that starts by itself does not look like a package's or an administrator's. */
export type MarkId =
  | "open-place"
  | "hidden"
  | "kernel-name"
  | "fetched"
  | "encoded"
  | "control-characters"
  | "family";

export interface Mark {
  readonly id: MarkId;
  readonly says: string;
  /** The program that `says` begins with; null where it speaks of the line. */
  readonly of: string | null;
  /** A family of intruders that is known by it. */
  readonly family: string | null;
}

/** Characters that make a terminal show something else than what stands there: a carriage return, an escape
 *  sequence, backspaces. Tabs are ordinary. */
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f]/;

/** Marks of what a command line starts. None for a packaged system's cron jobs and units: see the twins. */
export function startMarks(line: string): Mark[] {
  const started = startedBy(line);
  const marks = started.flatMap(({ program }) => (program === null ? [] : programMarks(program)));
  if (isFetchRun(started)) marks.push(mark("fetched", "it runs what it fetches, without keeping it"));
  if (isEncoded(started)) marks.push(mark("encoded", "what it runs is encoded"));
  if (CONTROL.test(line.trim())) {
    marks.push(mark("control-characters", "control characters hide it from a terminal"));
  }
  return distinctMarks(marks);
}

/** Marks of the path of a program. */
export function programMarks(program: string): Mark[] {
  const path = program.replace(/^["']|["']$/g, "");
  const shown = shortHost(path);
  const marks: Mark[] = [];
  const place = OPEN_PLACES.find((one) => path.startsWith(one.path));
  if (place !== undefined) marks.push(mark("open-place", `${shown} lies in ${place.why}`, shown));
  const hidden = hiddenPart(path);
  if (hidden !== null) marks.push(mark("hidden", `${shown} lies in a hidden folder or is hidden`, shown));
  if (isKernelName(nameOf(path))) {
    marks.push(mark("kernel-name", `${shown} is named like a part of Linux itself`, shown));
  }
  const family = FAMILY_MARKS.find(({ text }) => path.includes(text));
  if (family !== undefined) {
    const says = `${shown} is named as by the family ${family.family} (${family.source})`;
    marks.push({ id: "family", says, of: shown, family: family.family });
  }
  return marks;
}

function mark(id: MarkId, says: string, of: string | null = null): Mark {
  return { id, says, of, family: null };
}

/** Marks as one sentence, in which a program is named once. */
export function saidTogether(marks: readonly Mark[]): string {
  return marks
    .map(({ says, of }, at) =>
      of !== null && marks[at - 1]?.of === of ? `it${says.slice(of.length)}` : says,
    )
    .join("; ");
}

/** One mark of each kind is enough for a sentence. */
export function distinctMarks(marks: readonly Mark[]): Mark[] {
  const met = new Map<MarkId, Mark>();
  for (const one of marks) if (!met.has(one.id)) met.set(one.id, one);
  return [...met.values()];
}

/** The first part of a path that begins with a dot and is no usual folder of a tool; null where there is
 *  none. A usual one does not hide what lies hidden below it. */
function hiddenPart(path: string): string | null {
  const parts = path.split("/").filter((part) => part !== "");
  return (
    parts.find((part) => part.startsWith(".") && part !== "." && part !== ".." && !USUAL_HIDDEN.has(part)) ??
    null
  );
}

/** Whether a name is one that a kernel thread has, in brackets or with a few characters behind it. */
export function isKernelName(name: string): boolean {
  const bare = name.replace(/^\[|\]$/g, "").toLowerCase();
  return KERNEL_THREADS.some((thread) => bare.startsWith(thread) && bare.length <= thread.length + 12);
}

/** A fetched text that goes straight into an interpreter: a pipe or a substitution. */
function isFetchRun(started: readonly Started[]): boolean {
  return started.some((one, index) => {
    const other = started.slice(Math.max(0, index - 3), index + 3);
    return one.runs !== "file" && one.by !== "" && other.some(isFetch) && isFed(one, started, index);
  });
}

/** Whether an interpreter gets its program from a neighbour: by a pipe before it, or a substitution in it. */
function isFed(one: Started, started: readonly Started[], index: number): boolean {
  if (one.runs === "input" && one.command.joint === "|") return true;
  return started.slice(index + 1, index + 3).some(({ command }) => command.joint === "(");
}

const DECODES = /(?:base64|openssl|xxd)/;

/** `base64 -d | sh` and the same inside an interpreter's text. */
function isEncoded(started: readonly Started[]): boolean {
  return started.some(({ runs, command, by }, index) => {
    if (runs === "text") return /b64decode|base64[_.]?decode|decode_base64/i.test(command.words.join(" "));
    if (runs !== "input" || command.joint !== "|") return false;
    const before = started[index - 1];
    const decodes = before !== undefined && DECODES.test(before.by);
    return decodes && by !== "" && before.command.words.some((word) => /^-(?:d|D|-decode)/.test(word));
  });
}
