/** Lists of processes as `ps` and `top` print them: a line of column names, then one line a process.
 *
 *  PID USER LSTART ARGS …      columns in any order; what a name means is in the table below
 *  STARTED                     one word, or "Sun Nov 22 17:43:13 2026" (lstart)
 *  the last column             the rest of the line
 *
 *  Source: procps-ng 4.0, ps(1) "Standard format specifiers" and top(1); UAC 3.3.0, artifacts/live_response.
 *  Limits: a program name with spaces in a column that is not the last shifts what follows it.
 */

import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { NOTHING_SUMMED } from "../reader.ts";
import { eachLine, factAt, type TextLine } from "../text.ts";
import { isOfCollector } from "./layout.ts";
import { finishProcesses, type ProcessFacts, processTable, RANK } from "./processes.ts";
import { parseDate } from "./wall-clock.ts";

type Column = "pid" | "ppid" | "user" | "cpu" | "started" | "elapsed" | "command" | "other";

const COLUMNS: Readonly<Record<string, Column>> = {
  PID: "pid",
  PPID: "ppid",
  USER: "user",
  RUSER: "user",
  EUSER: "user",
  UID: "user",
  "%CPU": "cpu",
  C: "cpu",
  STARTED: "started",
  ELAPSED: "elapsed",
  COMMAND: "command",
  CMD: "command",
  ARGS: "command",
};

/** top tells of the system in six lines first. */
const HEADER_WITHIN_LINES = 12;
const LSTART = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}/;
const ELAPSED = /^(?:(?:(\d{1,6})-)?(\d{1,2}):)?(\d{1,2}):(\d{2})$/;

export const processList: Reader = {
  id: "process-list",
  title: "list of processes (ps, top)",
  sniff(head, { path }) {
    if (!isOfCollector(path)) return false;
    const lines = Buffer.from(head.subarray(0, 8192)).toString("latin1").split(/\r?\n/);
    const within = lines[0]?.startsWith("top - ") === true ? HEADER_WITHIN_LINES : 1;
    return lines.slice(0, within).some((line) => headerOf(line) !== null);
  },
  firstMicros: () => null,
  read,
  finish: finishProcesses,
};

interface Header {
  readonly columns: readonly Column[];
  /** The last column is the kernel's short name and no command line. */
  readonly isShort: boolean;
  readonly rank: number;
}

function headerOf(line: string): Header | null {
  const names = line.trim().split(/ +/);
  if (names.length < 3 || names.length > 40 || !names.every((name) => /^[A-Z%+/]{1,16}$/.test(name)))
    return null;
  const columns = names.map((name) => COLUMNS[name] ?? "other");
  if (!columns.slice(0, 6).includes("pid") || columns.at(-1) !== "command") return null;
  const isShort = names.includes("TIME+") || names.join(" ").startsWith("PID TTY TIME ");
  const rank = isShort ? RANK.short : names.includes("%CPU") ? RANK.list : RANK.lesser;
  return { columns, isShort, rank };
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  let header: Header | null = null;
  let strange: TextLine | null = null;
  let count = 0;
  await eachLine(source, desk, (line) => {
    if (header === null) {
      if (line.number <= HEADER_WITHIN_LINES) header = headerOf(line.text);
      return;
    }
    if (line.text.trim() === "") return;
    if (!noteRow(source, { line, header }, desk)) {
      strange ??= line;
      count += 1;
    }
  });
  if (strange !== null) {
    const { place } = factAt(source, strange);
    const says = `${source.name} holds lines that are no processes`;
    desk.countGap({ place, code: "malformed-line", says, count });
  }
  return NOTHING_SUMMED;
}

interface Row {
  readonly line: TextLine;
  readonly header: Header;
}

function noteRow(source: Source, { line, header }: Row, desk: Desk): boolean {
  const cells = cellsOf(line.text, header.columns);
  const pid = numberOf(cells.pid);
  if (cells.command === undefined || pid === null || pid === 0) return false;
  const { place, excerpt } = factAt(source, line);
  const facts = factsOf(cells, header);
  processTable(desk).note({ host: source.host, pid, rank: header.rank, facts, place, excerpt }, desk);
  return true;
}

type Cells = Partial<Record<Column, string>>;

function cellsOf(text: string, columns: readonly Column[]): Cells {
  const cells: Cells = {};
  let rest = text.trimStart();
  columns.forEach((column, index) => {
    const isLast = index === columns.length - 1;
    const lstart = column === "started" ? LSTART.exec(rest)?.[0] : undefined;
    const stop = isLast ? rest.length : (lstart?.length ?? wordEnd(rest));
    const cell = rest.slice(0, stop);
    rest = isLast ? "" : rest.slice(stop).trimStart();
    if (cell !== "") cells[column] = cell;
  });
  return cells;
}

function wordEnd(text: string): number {
  const space = text.indexOf(" ");
  return space === -1 ? text.length : space;
}

function factsOf(
  { ppid, user, cpu, started, elapsed, command = "" }: Cells,
  { isShort }: Header,
): ProcessFacts {
  const parent = numberOf(ppid);
  const date = parseDate(started ?? "");
  const seconds = elapsedSeconds(elapsed ?? "");
  // `ps f` draws the tree of processes in front of the command.
  const text = command.replace(/^[ |]{0,400}\\_ /, "").trim();
  return {
    ...(parent === null ? {} : { ppid: parent }),
    // A name that ends in "+" is cut.
    ...(user === undefined || user.endsWith("+") ? {} : { user }),
    ...(cpu !== undefined && /^\d{1,6}(?:[.,]\d)?$/.test(cpu)
      ? { cpuPercent: Number(cpu.replace(",", ".")) }
      : {}),
    ...(date === null ? {} : { startedMicros: date.localMicros }),
    ...(seconds === null ? {} : { elapsedSeconds: seconds }),
    ...(isShort ? (text.endsWith("+") ? {} : { name: text }) : { args: text }),
  };
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : null;
}

/** [[days-]hours:]minutes:seconds */
function elapsedSeconds(text: string): number | null {
  const match = ELAPSED.exec(text);
  if (match === null) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
