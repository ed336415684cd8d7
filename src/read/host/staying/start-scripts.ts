/** Scripts that the system runs by the folder in which they lie: each is one entry, and so is each of their
 *  lines that starts something as a shell's profile would not.
 *  Source: run-parts(8), cron(8), init.d(7), update-motd(5), runsv(8). */
import { detached } from "../../../bytes/text.ts";
import { fileReader, layEntry, type TextFile } from "./file-reader.ts";
import { doesMore } from "./started-lines.ts";

interface Folder {
  readonly path: RegExp;
  readonly mechanism: "cron" | "rc" | "profile";
  readonly schedule: string | null;
}

const NAME = "([^/]{1,255})$";
const every = (folder: string): Folder => ({
  path: new RegExp(`(?:^|/)etc/(?:cron\\.${folder}|periodic/${folder})/(?!\\.placeholder)${NAME}`),
  mechanism: "cron",
  schedule: `@${folder}`,
});

const FOLDERS: readonly Folder[] = [
  ...["hourly", "daily", "weekly", "monthly", "yearly"].map(every),
  { path: new RegExp(`(?:^|/)etc/(?:rc\\.d/)?init\\.d/${NAME}`), mechanism: "rc", schedule: null },
  { path: /(?:^|\/)etc\/sv\/([^/]{1,255})\/run$/, mechanism: "rc", schedule: null },
  { path: new RegExp(`(?:^|/)etc/local\\.d/${NAME}`), mechanism: "rc", schedule: null },
  { path: new RegExp(`(?:^|/)etc/update-motd\\.d/${NAME}`), mechanism: "profile", schedule: null },
];

/** Lines of one script that are entries by themselves. */
const MOST_LINES = 100;

export const startScripts = fileReader({
  id: "start-scripts",
  title: "scripts of cron.daily and kin, init.d, runit and update-motd.d",
  paths: FOLDERS.map(({ path }) => path),
  // The longest of Debian's has 20 KB.
  mostBytes: 1 << 18,
  take(file) {
    const folder = FOLDERS.find(({ path }) => path.test(file.source.path));
    const first = file.lines.find(({ text }) => !/^\s*(?:#|$)/.test(text)) ?? file.lines[0];
    if (folder === undefined || first === undefined) return;
    const { mechanism, schedule } = folder;
    const name = file.match[1] ?? null;
    const entry = { mechanism, schedule, name, user: mechanism === "profile" ? null : "root" };
    layEntry(file, first, { ...entry, command: file.source.path });
    for (const line of startingLines(file)) layEntry(file, line, { ...entry, command: line.text.trim() });
  },
});

function startingLines({ lines }: TextFile): TextFile["lines"] {
  return lines.filter(({ text }) => doesMore(detached(text, 8_192))).slice(0, MOST_LINES);
}
