/** Units of systemd and their drop-ins.
 *
 *  [Service] ExecStart=, ExecStartPre= …   what is started, a record each; User=, Restart=
 *  [Timer]   OnCalendar=, OnBootSec= …     when; Unit= names what, else the service of the same name
 *  [Path]    PathExists= …                 when; as a timer
 *  [Install] WantedBy=                     by what it is started at boot
 *
 *  Source: systemd.syntax(7), systemd.service(5), systemd.exec(5), systemd.timer(5), systemd.path(5),
 *  systemd.unit(5) "UNIT FILE LOAD PATH"; systemd 252.
 *  Limits: links that enable a unit are not followed; specifiers (%i) stay as written.
 */
import { createHash } from "node:crypto";
import type { TextLine } from "../../text.ts";
import { accountOf, fileReader, joinedLines, layEntry, type TextFile } from "./file-reader.ts";

const FOLDER = "(?:etc|run|usr\\/lib|usr\\/local\\/lib|lib|usr\\/share|\\.config|\\.local\\/share)\\/systemd";
const KIND = "[^/]{1,255}\\.(?:service|timer|path)";

export const systemdUnits = fileReader({
  id: "systemd-units",
  title: "units and timers of systemd, with their drop-ins",
  paths: [
    new RegExp(`(?:^|/)${FOLDER}/(?:[^/]{1,60}/){1,2}(${KIND})$`),
    new RegExp(`(?:^|/)${FOLDER}/(?:[^/]{1,60}/){1,2}(${KIND})\\.d/[^/]{1,255}\\.conf$`),
    new RegExp(`^(${KIND})$`),
  ],
  holds: (head) => /^[ \t]{0,40}\[[A-Z][A-Za-z]{1,30}\]/m.test(head),
  take,
});

const STARTS: ReadonlySet<string> = new Set(
  ["ExecStart", "ExecStartPre", "ExecStartPost", "ExecCondition", "ExecReload", "ExecStop"].concat(
    "ExecStopPost",
  ),
);
const TIMES =
  /^(?:On(?:Calendar|Boot|Startup|UnitActive|UnitInactive|Active)(?:Sec)?|Path\w{1,30}|DirectoryNotEmpty)$/;

/** Settings of when and by what that are told of one unit. */
const MOST_TIMES = 12;

interface Setting {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly line: TextLine;
}

function take(file: TextFile): void {
  const settings = settingsOf(file);
  if (isKnownCopy(file, settings)) return;
  const unit = file.match[1] ?? null;
  const value = (name: string) => settings.findLast(({ key }) => key === name)?.value || null;
  const user =
    value("User") ?? (file.source.path.includes("/systemd/user/") ? accountOf(file.source.path) : null);
  const facts = { name: unit, user };
  const byWhat = startedBy(settings);
  for (const { key, value: command, line, section } of settings) {
    if (section === "Service" && STARTS.has(key) && command !== "") {
      const schedule = key === "ExecStart" ? byWhat : key;
      layEntry(file, line, { ...facts, mechanism: "systemd", schedule, command: withoutPrefix(command) });
    }
    if (key === "Environment" && /\bLD_PRELOAD=/.test(command)) {
      const library = /LD_PRELOAD=([^"'\s]{1,4096})/.exec(command)?.[1] ?? "";
      layEntry(file, line, { ...facts, mechanism: "ld-preload", command: library });
    }
  }
  const times = settings.filter(({ section, key }) => /^(?:Timer|Path)$/.test(section) && TIMES.test(key));
  const [first] = times;
  if (first === undefined) return;
  const schedule = times
    .slice(0, MOST_TIMES)
    .map(({ key, value: when }) => `${key}=${when}`)
    .join("; ");
  const command = value("Unit") ?? (unit ?? "").replace(/\.(?:timer|path)$/, ".service");
  const mechanism = first.section === "Timer" ? "timer" : "systemd";
  layEntry(file, first.line, { ...facts, mechanism, schedule, command });
}

/** As written: "WantedBy=multi-user.target; Restart=always". */
function startedBy(settings: readonly Setting[]): string | null {
  const words = settings.filter(({ key }) => key === "WantedBy" || key === "RequiredBy" || key === "Restart");
  return words.length === 0
    ? null
    : words
        .slice(0, MOST_TIMES)
        .map(({ key, value }) => `${key}=${value}`)
        .join("; ");
}

function settingsOf({ lines }: TextFile): Setting[] {
  const settings: Setting[] = [];
  let section = "";
  for (const { line, text } of joinedLines(lines)) {
    const bare = text.trim();
    if (bare === "" || bare.startsWith("#") || bare.startsWith(";")) continue;
    const heading = /^\[([^\]]{1,60})\]$/.exec(bare)?.[1];
    if (heading !== undefined) section = heading;
    const equals = bare.indexOf("=");
    if (heading !== undefined || equals <= 0) continue;
    settings.push({
      section,
      key: bare.slice(0, equals).trimEnd(),
      value: bare.slice(equals + 1).trim(),
      line,
    });
  }
  return settings;
}

/** "-", "@", ":", "+" and "!" before a path say how it is run, not what. */
function withoutPrefix(command: string): string {
  return command.replace(/^[-@:+!|]{1,6}/, "");
}

/** /lib is /usr/lib on systems of today, and collectors walk both: the same text under one name again. */
function isKnownCopy({ source, desk }: TextFile, settings: readonly Setting[]): boolean {
  const seen = desk.state("systemd-unit-copies", () => new Set<string>());
  const hash = createHash("sha256");
  for (const { section, key, value } of settings) hash.update(`${section}.${key}=${value}\n`);
  const path = source.path.replace(/^\/usr\/lib\//, "/lib/");
  const key = `${source.host}\0${path}\0${hash.digest("base64")}`;
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}
