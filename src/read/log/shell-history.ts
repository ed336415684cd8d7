/** Histories of shells: what was typed, a command a line.
 *
 *  bash, sh     COMMAND, with HISTTIMEFORMAT each below "#SECONDS"
 *  zsh          COMMAND, with EXTENDED_HISTORY ": SECONDS:DURATION;COMMAND"; lines of one end in a backslash
 *  fish         "- cmd: COMMAND" and "  when: SECONDS"; \n and \\ are escaped
 *  PowerShell   COMMAND (PSReadLine's ConsoleHost_history.txt); lines of one end in a backtick
 *
 *  Whose it is stands in the path alone, and so does that it is one, where no times are kept.
 *  Source: bash(1) HISTORY, zshoptions(1) EXTENDED_HISTORY, fish's history file of version 2 and later,
 *  PSReadLine's HistorySaveStyle; samples of plaso.
 */
import { boundedMicros } from "../../bytes/time.ts";
import { Span } from "../json.ts";
import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { eachLine, factAt, type TextLine } from "../text.ts";

const NAMES = new RegExp(
  [
    String.raw`(?:^|[/\\])(?:\.?(?:bash|zsh|ash|sh|ksh|mksh|fish)_history|\.z?history`,
    String.raw`|ConsoleHost_history\.txt)(?:[-.~_]\w{0,20})?$`,
  ].join(""),
  "i",
);
const POWERSHELL = /ConsoleHost_history/i;
const EPOCH = /^#(\d{9,11})$/;
const ZSH = /^: {0,4}(\d{9,11}):\d{1,9};(.*)$/s;
const FISH_COMMAND = /^- cmd: (.*)$/s;
const FISH_WHEN = /^ {2}when: (\d{9,11})$/;
/** Lines that one command may span; beyond, it is a quote that was never closed. */
const MAX_JOINED = 50;
const HOME = /^(?:[A-Z]:)?\/(?:home|Users|export\/home|var\/home)\/([^/]{1,64})\//i;

export const shellHistory: Reader = {
  id: "shell-history",
  title: "shell history (bash, zsh, fish, PowerShell)",
  sniff(head, { path }) {
    // Zeros further on are what a crash leaves of a history.
    if (head.subarray(0, 16).includes(0)) return false;
    if (NAMES.test(path)) return true;
    const [first = "", second = ""] = Buffer.from(head.subarray(0, 4096)).toString("latin1").split("\n");
    return EPOCH.test(first) || ZSH.test(first) || (FISH_COMMAND.test(first) && FISH_WHEN.test(second));
  },
  firstMicros: () => null,
  read,
};

/** Whose history lies at a path; null when it does not tell. */
function userOf(path: string): string | null {
  if (/^(?:\/var)?\/root\//.test(path)) return "root";
  return HOME.exec(path)?.[1] ?? null;
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const history = new History(source, desk);
  await eachLine(source, desk, (line) => history.take(line));
  return history.finish();
}

interface Open {
  readonly first: TextLine;
  readonly lines: string[];
  readonly atMicros: number | null;
}

/** Brings the lines of one command together, and gives it the time that stands above, in or below it. */
class History {
  readonly #source: Source;
  readonly #desk: Desk;
  readonly #span = new Span();
  readonly #user: string | null;
  readonly #goesOn: (text: string) => boolean;
  #open: Open | null = null;
  #aboveMicros: number | null = null;
  #isFish = false;

  constructor(source: Source, desk: Desk) {
    this.#source = source;
    this.#desk = desk;
    this.#user = userOf(source.path);
    this.#goesOn = POWERSHELL.test(source.path) ? (text) => text.endsWith("`") : isContinued;
  }

  take(line: TextLine): void {
    const { text } = line;
    if (text === "") return;
    const epoch = EPOCH.exec(text);
    if (epoch !== null) {
      this.#close();
      this.#aboveMicros = boundedMicros(Number(epoch[1]) * 1e6);
      return;
    }
    const fish = FISH_COMMAND.exec(text);
    if (fish !== null) {
      this.#close();
      this.#isFish = true;
      this.#open = { first: line, lines: [fishText(fish[1] ?? "")], atMicros: null };
      return;
    }
    if (this.#isFish && text.startsWith("  ")) return this.#fishDetail(text);
    const zsh = ZSH.exec(text);
    if (zsh !== null) {
      this.#close();
      return this.#begin(line, zsh[2] ?? "", boundedMicros(Number(zsh[1]) * 1e6));
    }
    if (this.#open === null) return this.#begin(line, text, this.#aboveMicros);
    this.#open.lines.push(text);
    this.#closeWhenWhole();
  }

  finish(): ReadSummary {
    this.#close();
    return this.#span.summary();
  }

  #begin(first: TextLine, text: string, atMicros: number | null): void {
    this.#open = { first, lines: [text], atMicros };
    this.#closeWhenWhole();
  }

  #fishDetail(text: string): void {
    const when = FISH_WHEN.exec(text);
    if (when === null || this.#open === null) return;
    this.#open = { ...this.#open, atMicros: boundedMicros(Number(when[1]) * 1e6) };
    this.#close();
  }

  #closeWhenWhole(): void {
    const { lines } = this.#open ?? { lines: [] };
    if (lines.length >= MAX_JOINED || !this.#goesOn(lines.join("\n"))) this.#close();
  }

  #close(): void {
    if (this.#open === null) return;
    const { first, lines, atMicros } = this.#open;
    this.#open = null;
    this.#aboveMicros = null;
    this.#span.note(atMicros);
    const text = lines.join("\n");
    this.#desk.record({
      ...factAt(this.#source, { ...first, text }, { atMicros }),
      kind: "command",
      text,
      user: this.#user,
      exe: null,
      pid: null,
      ppid: null,
      from: null,
      by: "history",
    });
  }
}

/** Whether a command goes on in the next line: a backslash at its end, or a double quote left open. An
 *  apostrophe says too little: it stands in comments and words. */
function isContinued(text: string): boolean {
  return text.endsWith("\\") || (text.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;
}

function fishText(text: string): string {
  return text.replace(/\\([n\\])/g, (_, mark: string) => (mark === "n" ? "\n" : "\\"));
}
