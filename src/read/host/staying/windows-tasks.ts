/** Scheduled tasks of Windows, as they lie below C:\Windows\System32\Tasks: XML, mostly UTF-16LE with a mark.
 *
 *  Task/Actions/Exec/Command, Arguments   what is started, an entry each
 *  Task/Triggers/*                        by what; told by their names
 *  Task/Principals/Principal/UserId       as whom
 *  Task/RegistrationInfo/URI              the task's name
 *
 *  Source: [MS-TSCH] 2.5 and its schema (Task Scheduler 1.2 to 1.6). Only the elements named above are looked
 *  for; tasks that call into a library (ComHandler) start no command.
 */
import { detached } from "../../../bytes/text.ts";
import { type Desk, NOTHING_SUMMED, type Reader, type ReadSummary, type Source } from "../../reader.ts";
import { placeAt } from "../../text.ts";

/** Longest task that is read; Windows' own have at most some 10 KB. */
const MAX_BYTES = 1 << 19;
const MOST_ACTIONS = 32;
const MAX_COMMAND = 8_192;

const ROOT = /<Task\s[^>]{0,400}xmlns="http:\/\/schemas\.microsoft\.com\/windows\/2004\/02\/mit\/task"/;

export const windowsTasks: Reader = {
  id: "windows-tasks",
  title: "scheduled tasks of Windows as XML",
  sniff: (head) => (head[0] === 0xff || head[0] === 0x3c || head[0] === 0xef) && ROOT.test(textOf(head)),
  firstMicros: () => null,
  read,
};

function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return isWide ? buffer.subarray(2).toString("utf16le") : buffer.toString("utf8");
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const { window } = source;
  while (window.end - window.at < MAX_BYTES && (await window.more()));
  const bytes = window.bytes.slice(window.at, Math.min(window.end, window.at + MAX_BYTES));
  window.at = window.end;
  const task = taskIn(textOf(bytes));
  const place = placeAt(source, { atByte: 0, byteLength: bytes.length, line: null });
  for (const command of task.commands) {
    desk.record({
      host: source.host,
      hostname: null,
      atMicros: source.modifiedMicros,
      atHow: source.modifiedMicros === null ? null : "seen",
      clock: "utc",
      place,
      excerpt: detached(command, 2_000),
      kind: "autostart",
      mechanism: "windows-task",
      path: source.path,
      name: task.name,
      user: task.user,
      command,
      schedule: task.schedule,
    });
  }
  if (!task.isWhole) {
    desk.gap(place, "malformed-record", `${source.name} breaks off: actions behind that are not known`);
  }
  return NOTHING_SUMMED;
}

interface Task {
  readonly name: string | null;
  readonly user: string | null;
  readonly schedule: string | null;
  readonly commands: readonly string[];
  readonly isWhole: boolean;
}

function taskIn(text: string): Task {
  const triggers = between(text, "<Triggers>", "</Triggers>") ?? "";
  const names = new Set([...triggers.matchAll(/<(\w{1,40}Trigger)[\s/>]/g)].map(([, name]) => name ?? ""));
  return {
    name: element(text, "URI"),
    user: element(text, "UserId") ?? element(text, "GroupId"),
    schedule: names.size === 0 ? null : [...names].join(", "),
    commands: commandsIn(text),
    isWhole: text.includes("</Task>"),
  };
}

function commandsIn(text: string): string[] {
  const actions = text.split("<Exec", MOST_ACTIONS + 1).slice(1);
  return actions.flatMap((action) => {
    const command = element(action, "Command");
    if (command === null) return [];
    const inside = action.split("</Exec>", 1)[0] ?? "";
    const args = element(inside, "Arguments");
    return [detached(args === null ? command : `${command} ${args}`, MAX_COMMAND)];
  });
}

/** The text of the first element of a name. */
function element(text: string, name: string): string | null {
  const inside = between(text, `<${name}>`, `</${name}>`);
  return inside === null ? null : plain(inside).trim() || null;
}

function between(text: string, open: string, close: string): string | null {
  const from = text.indexOf(open);
  const stop = from === -1 ? -1 : text.indexOf(close, from);
  return stop === -1 ? null : text.slice(from + open.length, stop);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
