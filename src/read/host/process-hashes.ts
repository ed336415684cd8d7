/** SHA-256 of executables, of those that ran and of all that UAC met:
 *
 *  a5edacb4…61b42b  /proc/11/exe
 *  82ceae86…156083  /etc/init.d/procps
 *
 *  Source: sha256sum(1); UAC 3.3.0, hash_running_processes.sha256 and hash_executables.sha256.
 */

import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { NOTHING_SUMMED } from "../reader.ts";
import { eachLine, factAt } from "../text.ts";
import { isOfCollector } from "./layout.ts";
import { finishProcesses, processTable, RANK } from "./processes.ts";

const NAME = /(?:^|\/)hash_(?:running_processes|executables)\.(?:sha256|txt)$/;
const LINE = /^\\?([0-9a-f]{64}) [ *](\/.{1,4096})$/;
const RUNNING = /^\/proc\/(\d{1,10})\/exe$/;

export const processHashes: Reader = {
  id: "process-hashes",
  title: "hashes of executables (UAC)",
  sniff(head, { path }) {
    const first = Buffer.from(head.subarray(0, 8192)).toString("latin1").split(/\r?\n/, 1)[0] ?? "";
    const file = LINE.exec(first)?.[2];
    return file !== undefined && isOfCollector(path) && (NAME.test(path) || RUNNING.test(file));
  },
  firstMicros: () => null,
  read,
  finish: finishProcesses,
};

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const table = processTable(desk);
  await eachLine(source, desk, (line) => {
    const [, sha256 = "", path = ""] = LINE.exec(line.text) ?? [];
    const pid = RUNNING.exec(path)?.[1];
    if (pid === undefined) {
      if (path !== "") table.noteHash(source.host, path, sha256);
      return;
    }
    const { place, excerpt } = factAt(source, line);
    const sight = {
      host: source.host,
      pid: Number(pid),
      rank: RANK.kernel,
      facts: { sha256 },
      place,
      excerpt,
    };
    table.note(sight, desk);
  });
  return NOTHING_SUMMED;
}
