/** Jobs of at(1): a shell script each, its time in its name.
 *
 *  NAME  queue (1 letter), job (5 hex digits), minutes since 1970 UTC (8 hex digits)
 *  TEXT  "# atrun uid=0 gid=0", "# mail root 0", umask, the environment, cd … || { … }, then the commands
 *
 *  Source: at 3.2.5, at.c writefile() and atd.c. The environment is not told: it holds secrets.
 */
import { isoMicros } from "../../../bytes/time.ts";
import type { TextLine } from "../../text.ts";
import { fileReader, layEntry } from "./file-reader.ts";

const MOST_LINES = 50;

export const atJobs = fileReader({
  id: "at-jobs",
  title: "jobs of at",
  paths: [/(?:^|\/)var\/spool\/(?:cron\/)?at(?:jobs|spool)?\/([a-zA-Z=])[0-9a-f]{5}([0-9a-f]{8})$/],
  take(file) {
    const minutes = Number.parseInt(file.match[2] ?? "0", 16);
    const schedule = `at ${isoMicros(minutes * 60e6).slice(0, 16)}Z`;
    const user = mailedTo(file.lines);
    // The block that gives up when the folder is gone is the last thing that at itself writes.
    const own = file.lines.findIndex(({ text }) => text.trim() === "}");
    for (const line of file.lines.slice(own + 1, own + 1 + MOST_LINES)) {
      const command = line.text.trim();
      const isOwn = own === -1 && /^(?:#|umask\b|\w{1,100}=.*; export|cd )/.test(command);
      if (command === "" || isOwn) continue;
      layEntry(file, line, { mechanism: "cron", user, schedule, command });
    }
  },
});

function mailedTo(lines: readonly TextLine[]): string | null {
  for (const { text } of lines.slice(0, 5)) {
    const user = /^# mail +([\w.-]{1,64})/.exec(text)?.[1];
    if (user !== undefined) return user;
  }
  return null;
}
