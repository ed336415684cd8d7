/** Files whose lines the system runs when it starts.
 *
 *  rc.local         a command a line                             systemd-rc-local-generator(8)
 *  inittab          ID:RUNLEVELS:ACTION:COMMAND                  inittab(5) of sysvinit and busybox
 *  init/NAME.conf   "start on EVENTS", "exec COMMAND", "script"  init(5) of upstart
 */
import type { TextLine } from "../../text.ts";
import { fileReader, joinedLines, layEntry, type TextFile } from "./file-reader.ts";

export const rcFiles = fileReader({
  id: "rc-files",
  title: "rc.local, inittab, jobs of upstart",
  paths: [
    /(?:^|\/)etc\/(?:rc\.d\/|init\.d\/)?(rc\.local)$/,
    /(?:^|\/)etc\/(inittab)$/,
    /(?:^|\/)etc\/init\/([^/]{1,255})\.conf$/,
  ],
  take(file) {
    const kind = file.match[1];
    if (kind === "rc.local") takeRcLocal(file);
    else if (kind === "inittab") for (const line of file.lines) takeInittab(file, line);
    else takeUpstart(file, kind ?? null);
  },
});

const ONLY_SHELL =
  /^(?:exit(?: \d+)?|set [-+]\w+|\.\s|fi|then|else|done|do|esac|\{|\}|:|touch \/var\/lock\/subsys\/local)/;

function takeRcLocal(file: TextFile): void {
  for (const { line, text } of joinedLines(file.lines)) {
    const command = text.trim();
    if (command === "" || command.startsWith("#") || ONLY_SHELL.test(command)) continue;
    layEntry(file, line, { mechanism: "rc", user: "root", command });
  }
}

function takeInittab(file: TextFile, line: TextLine): void {
  const match = /^([^:#\s]{0,20}):([\w]{0,20}):(\w{1,20}):(\S.*)$/s.exec(line.text);
  if (match === null) return;
  const [, name = "", , action = "", command = ""] = match;
  layEntry(file, line, { mechanism: "rc", name: name || null, user: "root", schedule: action, command });
}

function takeUpstart(file: TextFile, name: string | null): void {
  const start = file.lines.find(({ text }) => /^\s*start on\s/.test(text))?.text.trim() ?? null;
  let inScript = false;
  for (const { line, text } of joinedLines(file.lines)) {
    const bare = text.trim();
    if (/^(?:pre-start |post-start |pre-stop |post-stop )?script$/.test(bare)) inScript = true;
    else if (bare === "end script") inScript = false;
    else if (bare !== "" && !bare.startsWith("#")) {
      const command = inScript ? bare : /^(?:[\w-]{1,20} )?exec (\S.*)$/s.exec(bare)?.[1];
      if (command !== undefined && !ONLY_SHELL.test(command)) {
        layEntry(file, line, { mechanism: "rc", name, user: "root", schedule: start, command });
      }
    }
  }
}
