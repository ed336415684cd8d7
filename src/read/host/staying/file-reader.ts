import { detached } from "../../../bytes/text.ts";
import type { HostFact } from "../../../model/host-fact.ts";
import type { AutostartRecord } from "../../../model/host-record.ts";
import { type Desk, type Item, NOTHING_SUMMED, type Reader, type Source } from "../../reader.ts";
import { eachLine, factAt, linePlace, type TextLine } from "../../text.ts";

/** Lines of one file that are looked at; /etc/passwd of a large host has a few thousand. */
const MAX_LINES = 20_000;
/** As many keys of login as lines. */
const MAX_BYTES = 16 << 20;
/** Longest command, unit line or option list that is kept. */
const MAX_COMMAND = 4_096;
/** Longest name, account or schedule. */
const MAX_NAME = 500;
const LOOKED_AT = 4_096;

/** A text file of a host, whole. `match` is what its path matched. */
export interface TextFile {
  readonly source: Source;
  readonly desk: Desk;
  readonly lines: readonly TextLine[];
  readonly match: RegExpExecArray;
}

/** What a reader of small text files is made of: they are known by their path on the host. */
export interface FileForm {
  readonly id: string;
  readonly title: string;
  /** Paths on the host, or in the collection for what a collector wrote. */
  readonly paths: readonly RegExp[];
  /** Bytes of its lines that are looked at; the rest is a gap. */
  readonly mostBytes?: number;
  /** What the content must look like besides being text. */
  readonly holds?: (head: string) => boolean;
  take(file: TextFile): void;
}

/** A reader for files that say by their path what they are.
 *
 *  Limits: a file in which every tenth byte is zero is no text; lines beyond the first 20,000, or beyond
 *  16 MB or what the form allows, are a gap.
 */
export function fileReader({ id, title, paths, holds, take, mostBytes = MAX_BYTES }: FileForm): Reader {
  return {
    id,
    title,
    sniff(head, item) {
      if (matchOf(paths, item) === null || !isText(head)) return false;
      return holds === undefined || holds(Buffer.from(head.subarray(0, LOOKED_AT)).toString("latin1"));
    },
    firstMicros: () => null,
    async read(source, desk) {
      const lines: TextLine[] = [];
      let beyond: TextLine | null = null;
      let left = mostBytes;
      await eachLine(source, desk, (line) => {
        left -= line.byteLength;
        if (lines.length < MAX_LINES && left >= 0) lines.push(line);
        else beyond ??= line;
      });
      if (beyond !== null) {
        const says =
          `${source.name} has more than ${MAX_LINES} lines or ${mostBytes} bytes: ` +
          "the others are not looked at";
        desk.gap(linePlace(source, beyond), "dropped-details", says);
      }
      const match = matchOf(paths, source);
      if (match !== null) take({ source, desk, lines, match });
      return NOTHING_SUMMED;
    },
  };
}

function matchOf(paths: readonly RegExp[], { path }: Item): RegExpExecArray | null {
  for (const pattern of paths) {
    const match = pattern.exec(path);
    if (match !== null) return match;
  }
  return null;
}

function isText(head: Uint8Array): boolean {
  const looked = head.subarray(0, LOOKED_AT);
  let zeros = 0;
  for (let at = looked.indexOf(0); at !== -1; at = looked.indexOf(0, at + 1)) zeros += 1;
  return zeros * 10 <= looked.length;
}

/** An entry that makes something start, and the line that it stands in. */
export interface Entry {
  readonly mechanism: AutostartRecord["mechanism"];
  readonly command: string;
  readonly name?: string | null;
  readonly user?: string | null;
  readonly schedule?: string | null;
}

/** Lays down an entry. Its time is that of the file's last change; a collector's list and a file by itself
 *  have none. */
export function layEntry(file: TextFile, line: TextLine, entry: Entry): void {
  const { source, desk } = file;
  desk.record({
    ...fileFact(file, line),
    kind: "autostart",
    mechanism: entry.mechanism,
    path: source.path,
    name: bounded(entry.name),
    user: bounded(entry.user),
    command: detached(entry.command, MAX_COMMAND),
    schedule: bounded(entry.schedule),
  });
}

function bounded(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : detached(text, MAX_NAME);
}

/** What stands in one line of a file; the time is that of the file's last change. */
export function fileFact({ source }: TextFile, line: TextLine): HostFact {
  const isList = source.path.startsWith("live_response/") || !source.path.includes("/");
  return factAt(source, line, { atMicros: isList ? null : source.modifiedMicros });
}

/** Counts lines that contradict the file's format as one gap. */
export class Strange {
  #first: TextLine | null = null;
  #count = 0;

  note(line: TextLine): void {
    this.#first ??= line;
    this.#count += 1;
  }

  /** @param what as in "holds lines that are no …" */
  finish({ source, desk }: TextFile, what: string): void {
    if (this.#first === null) return;
    const place = linePlace(source, this.#first);
    const says = `${source.name} holds lines that are no ${what}`;
    desk.countGap({ place, code: "malformed-line", says, count: this.#count });
  }
}

/** Lines with a backslash at their end, joined with the next one. */
export function joinedLines(
  lines: readonly TextLine[],
): { readonly line: TextLine; readonly text: string }[] {
  const out: { line: TextLine; text: string }[] = [];
  let open: { line: TextLine; text: string } | null = null;
  for (const line of lines) {
    const isOpen: boolean = line.text.endsWith("\\");
    const text = isOpen ? line.text.slice(0, -1) : line.text;
    if (open === null) open = { line, text };
    else if (open.text.length < MAX_COMMAND) open.text += ` ${text.trimStart()}`;
    if (isOpen) continue;
    out.push(open);
    open = null;
  }
  if (open !== null) out.push(open);
  return out;
}

/** The account in whose home or table a file lies; null where the path names none. */
export function accountOf(path: string): string | null {
  const home = /(?:^|\/)(?:home|Users)\/([^/]{1,255})\//.exec(path)?.[1];
  if (home !== undefined) return home;
  if (/(?:^|\/)root\//.test(path)) return "root";
  return /\/([^/]{1,255})\/\.(?:ssh|config|bash|profile|zsh)/.exec(path)?.[1] ?? null;
}
