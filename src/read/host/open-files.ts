/** What `lsof` prints: a line of column names, then one line a file, socket or folder that a process holds.
 *
 *  COMMAND   PID [TID TASKCMD] USER FD TYPE DEVICE SIZE/OFF NODE NAME
 *  perl        8  0  txt  REG  254,0 1265648 260104 /usr/bin/perl
 *  perl        8  0  4u  IPv4 293762      0t0  TCP 203.0.113.10:3333->10.20.0.5:57701 (ESTAB…)
 *
 *  Source: lsof(8), "OUTPUT". The command is cut at nine characters; DEVICE, SIZE/OFF, NODE may be missing.
 *  Limits: only programs (the first txt), working folders and connections are kept.
 */

import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { NOTHING_SUMMED } from "../reader.ts";
import { eachLine, factAt, type TextLine } from "../text.ts";
import { connectionTable, endpointOf, finishConnections } from "./connections.ts";
import { isOfCollector } from "./layout.ts";
import { executableOf, finishProcesses, type ProcessFacts, processTable, RANK } from "./processes.ts";

const HEADER = /^COMMAND +PID +(?:TID +TASKCMD +)?(?:PGID +|PPID +){0,2}USER +FD +TYPE +DEVICE /;
/** COMMAND, PID, USER, FD, TYPE and what follows; with tasks, their ids and names stand before the user. */
const LINE = /^(\S{1,64}) +(\d{1,10}) +\S{1,64} +(\w{1,12}) +(\w{1,10}) +(.*)$/;
const TASK_LINE = /^(\S{1,64}) +(\d{1,10}) +\d{1,10} +\S{1,64} +\S{1,64} +(\w{1,12}) +(\w{1,10}) +(.*)$/;
const CONNECTED = /(?:^| )TCP (\S{3,100})->(\S{3,100})(?: \(([A-Z_0-9]{1,16})\))?$/;
/** Names of this length are cut. */
const NAME_CHARS = 9;

export const openFiles: Reader = {
  id: "open-files",
  title: "open files (lsof)",
  sniff: (head, { path }) =>
    isOfCollector(path) && HEADER.test(Buffer.from(head.subarray(0, 200)).toString("latin1")),
  firstMicros: () => null,
  read,
  finish(desk) {
    finishProcesses(desk);
    finishConnections(desk);
  },
};

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  let hasTasks = false;
  await eachLine(source, desk, (line) => {
    if (line.number === 1) hasTasks = / TID +TASKCMD /.test(line.text);
    const match = (hasTasks ? TASK_LINE.exec(line.text) : null) ?? LINE.exec(line.text);
    if (match === null) return;
    const [, command = "", pid = "", fd = "", type = "", rest = ""] = match;
    const holder = { command, pid: Number(pid) };
    if (type === "IPv4" || type === "IPv6") noteConnection(source, { line, holder, rest }, desk);
    else if (fd === "cwd" || fd === "txt") noteFile(source, { line, holder, rest, fd }, desk);
  });
  return NOTHING_SUMMED;
}

interface Held {
  readonly line: TextLine;
  readonly holder: { readonly command: string; readonly pid: number };
  readonly rest: string;
}

function noteConnection(source: Source, { line, holder, rest }: Held, desk: Desk): void {
  const [, from = "", to = "", state] = CONNECTED.exec(rest) ?? [];
  const remote = endpointOf(to);
  if (remote === null) return;
  const { place, excerpt } = factAt(source, line);
  const sight = {
    host: source.host,
    local: endpointOf(from),
    remote,
    state: state ?? null,
    holders: [{ pid: holder.pid, process: holder.command }],
    place,
    excerpt,
  };
  connectionTable(desk).note(sight, desk);
}

function noteFile(
  source: Source,
  { line, holder, rest, fd }: Held & { readonly fd: string },
  desk: Desk,
): void {
  const slash = rest.indexOf(" /");
  if (slash === -1) return;
  const path = rest.slice(slash + 1).replace(/ \((?:path inode=\d{1,20}|(?:stat|readlink): .{1,200})\)$/, "");
  const facts: ProcessFacts = {
    ...(holder.command.length < NAME_CHARS ? { name: holder.command } : {}),
    ...(fd === "cwd" ? { cwd: path } : executableOf(path)),
  };
  const { place, excerpt } = factAt(source, line);
  const sight = { host: source.host, pid: holder.pid, rank: RANK.files, facts, place, excerpt };
  processTable(desk).note(sight, desk);
}
