/** Process ids that were in /proc and not in the list of `ps`, one a line.
 *
 *  A rootkit makes such; so does every process that starts or ends while UAC compares the two, on clean hosts
 *  too: a fact, and no opinion.
 *  Source: UAC 3.3.0, hidden_pids_for_ps_command.txt; own measurement: two hosts without a rootkit, one each.
 */

import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { NOTHING_SUMMED } from "../reader.ts";
import { eachLine, factAt } from "../text.ts";
import { isOfCollector } from "./layout.ts";
import { hostLooks } from "./looks.ts";

export const hiddenProcesses: Reader = {
  id: "hidden-processes",
  title: "process ids that ps does not list (UAC)",
  sniff: (head, { path }) =>
    isOfCollector(path) &&
    /(?:^|\/)hidden_pids_for_ps_command\.txt$/.test(path) &&
    (head.length === 0 || isDigit(head[0])),
  firstMicros: () => null,
  read,
};

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const when = hostLooks(desk).of(source.host, "looked");
  await eachLine(source, desk, (line) => {
    const pid = line.text.trim();
    if (!/^\d{1,10}$/.test(pid)) return;
    desk.record({
      ...factAt(source, line, when ?? {}),
      kind: "event",
      what: "process-hidden",
      subject: pid,
      user: null,
      from: null,
      says: `process id ${pid} was in /proc and not in ps's list, as those are that begin or end just then`,
    });
  });
  return NOTHING_SUMMED;
}
