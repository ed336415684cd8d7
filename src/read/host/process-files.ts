/** /proc/<pid>/{status,stat,cmdline}, as the kernel writes them and as UAC keeps them with ".txt" behind.
 *
 *  status   "Name:\tbash", "PPid:\t1", one field a line
 *  stat     PID (NAME) STATE PPID … field 22: start, in clock ticks after the host's
 *  cmdline  arguments, each ended by a NUL; UAC's went through `strings`: one a line, and arguments of three
 *           characters and less ("-o", "-u", "x") are missing
 *
 *  Source: proc_pid_stat(5), proc_pid_status(5), proc_pid_cmdline(5); UAC 3.3.0, procfs_information.yaml.
 */
import { detached } from "../../bytes/text.ts";
import { MAX_EXCERPT_CHARS } from "../../model/place.ts";
import type { Desk, Item, Reader, ReadSummary, Source } from "../reader.ts";
import { NOTHING_SUMMED } from "../reader.ts";
import { placeAt, wholeText } from "../text.ts";
import { finishProcesses, type ProcessFacts, processTable, RANK } from "./processes.ts";

const PATH =
  /^(?:\/|(?:[^/]+\/)?(?:live_response\/process\/)?)proc\/(\d{1,10})\/(status|stat|cmdline)(\.txt)?$/;
/** The kernel's own limit for arguments is a quarter of the stack, 2 MiB; miners need a few hundred bytes. */
const MAX_BYTES = 1 << 16;

export const processFiles: Reader = {
  id: "process-files",
  title: "/proc/<pid> files",
  sniff(head, item) {
    const which = partsOf(item)?.which;
    const text = Buffer.from(head.subarray(0, 64)).toString("latin1");
    if (which === "status") return text.startsWith("Name:");
    return which === "cmdline" || (which === "stat" && /^\d{1,10} \(/.test(text));
  },
  firstMicros: () => null,
  read,
  finish: finishProcesses,
};

function partsOf({ path }: Pick<Item, "path">) {
  const match = PATH.exec(path);
  return match === null
    ? null
    : { pid: Number(match[1]), which: match[2], isStrings: match[3] !== undefined };
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const parts = partsOf(source);
  const text = await wholeText(source, desk, MAX_BYTES);
  if (parts === null || text === "") return NOTHING_SUMMED;
  const { pid, which, isStrings } = parts;
  const facts =
    which === "status"
      ? statusFacts(text)
      : which === "stat"
        ? statFacts(text)
        : cmdlineFacts(text, isStrings);
  const rank = which === "cmdline" && isStrings ? RANK.strings : RANK.kernel;
  const place = placeAt(source, { atByte: 0, byteLength: Buffer.byteLength(text), line: null });
  const excerpt = detached(text.replaceAll("\0", " ").trim(), MAX_EXCERPT_CHARS);
  processTable(desk).note({ host: source.host, pid, rank, facts, place, excerpt }, desk);
  return NOTHING_SUMMED;
}

function statusFacts(text: string): ProcessFacts {
  const name = /^Name:\t([^\n]{1,64})$/m.exec(text)?.[1];
  const ppid = /^PPid:\t(\d{1,10})$/m.exec(text)?.[1];
  return { ...(name === undefined ? {} : { name }), ...(ppid === undefined ? {} : { ppid: Number(ppid) }) };
}

/** What /proc/<pid>/stat tells; nothing where it is damaged. The name may hold spaces and parentheses. */
export function statFacts(text: string): ProcessFacts & { readonly ticks?: number } {
  const open = text.indexOf("(");
  const close = text.lastIndexOf(")");
  if (open === -1 || close < open) return {};
  const fields = text.slice(close + 2).split(" ");
  const [ppid, user, system, start] = [1, 11, 12, 19].map((index) => numberOf(fields[index]));
  return {
    name: text.slice(open + 1, close),
    ...(ppid === undefined ? {} : { ppid }),
    ...(start === undefined ? {} : { startTicks: start }),
    ...(user === undefined || system === undefined ? {} : { ticks: user + system }),
  };
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** A command line of /proc, arguments apart by NULs (or by line ends, as `strings` leaves them). */
export function cmdlineFacts(text: string, isStrings = false): ProcessFacts {
  const args = text
    .split(isStrings ? /\r?\n/ : "\0")
    .join(" ")
    .trim();
  return args === "" ? {} : { args };
}
