/** Where /proc/<pid>/exe and /proc/<pid>/cwd lead, as `ls -l` prints it:
 *
 *  lrwxrwxrwx 1 deploy deploy 0 Nov 22 17:43 /proc/11/exe -> /tmp/c/x (deleted)
 *
 *  Source: UAC 3.3.0, running_processes_full_paths.txt and ls_-l_proc_pid_cwd.txt; proc_pid_exe(5).
 */

import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { NOTHING_SUMMED } from "../reader.ts";
import { eachLine, factAt } from "../text.ts";
import { isOfCollector } from "./layout.ts";
import { executableOf, finishProcesses, processTable, RANK } from "./processes.ts";

const LINK = /\/proc\/(\d{1,10})\/(exe|cwd) -> (.{1,4096})$/;
/** Links that may not be read come first in some lists. */
const LOOKED_AT = 200;

export const processLinks: Reader = {
  id: "process-links",
  title: "executables and folders of processes (ls -l /proc)",
  sniff(head, { path }) {
    if (!isOfCollector(path)) return false;
    const lines = Buffer.from(head.subarray(0, 32_768)).toString("latin1").split("\n", LOOKED_AT);
    return lines.some((line) => line.startsWith("l") && LINK.test(line));
  },
  firstMicros: () => null,
  read,
  finish: finishProcesses,
};

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  await eachLine(source, desk, (line) => {
    const match = LINK.exec(line.text);
    if (match === null) return;
    const [, pid = "", which, target = ""] = match;
    const facts = which === "exe" ? executableOf(target) : { cwd: target };
    const { place, excerpt } = factAt(source, line);
    const sight = { host: source.host, pid: Number(pid), rank: RANK.kernel, facts, place, excerpt };
    processTable(desk).note(sight, desk);
  });
  return NOTHING_SUMMED;
}
