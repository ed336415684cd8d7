/** Tables of cron.
 *
 *  /etc/crontab, /etc/cron.d/NAME           M H DOM MON DOW USER COMMAND   or   @WHEN USER COMMAND
 *  /var/spool/cron/crontabs/USER and kin    M H DOM MON DOW COMMAND        or   @WHEN COMMAND
 *  /etc/anacrontab                          PERIOD DELAY JOB COMMAND
 *  output of `crontab -l`                   as a table of its user
 *
 *  A line is what ends with a line feed: cron runs what a terminal shows as overwritten behind a carriage
 *  return. Commands are kept with such characters.
 *  Source: crontab(5) of cron 3.0 (Debian 12) and cronie 1.6 (RHEL 9), anacrontab(5).
 */
import type { TextLine } from "../../text.ts";
import { accountOf, fileReader, layEntry, Strange, type TextFile } from "./file-reader.ts";

const FIELD = "[0-9A-Za-z*,/~?-]{1,100}";
const NAMED = "@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly|every\\w{0,20})";
const WHEN = `(${NAMED}|(?:${FIELD}[ \\t]+){4}${FIELD})`;
/** "-" before the minute keeps SUSE's cron from logging the job. */
const OWN = new RegExp(`^[ \\t]*-?${WHEN}[ \\t]+(\\S.*)$`, "s");
const SYSTEM = new RegExp(`^[ \\t]*-?${WHEN}[ \\t]+(\\S{1,100})[ \\t]+(\\S.*)$`, "s");
const ANACRON = /^[ \t]*(\d{1,5}|@\w{1,20})[ \t]+(\d{1,5})[ \t]+(\S{1,200})[ \t]+(\S.*)$/s;
const SETTING = /^[ \t]*["']?[A-Za-z_]\w{0,100}["']?[ \t]*=/;

export const cronTables = fileReader({
  id: "cron-tables",
  title: "crontabs of the system and of users, anacrontab, output of crontab -l",
  paths: [
    /(?:^|\/)etc\/(anacrontab)$/,
    /(?:^|\/)etc\/(?:crontab|cron\.d\/(?!\.placeholder$)[^/]{1,255})$/,
    /(?:^|\/)var\/spool\/cron\/(?:crontabs\/|tabs\/)?([^/]{1,255})$/,
    /(?:^|\/)(?:var\/cron\/tabs|usr\/lib\/cron\/tabs|etc\/crontabs)\/([^/]{1,255})$/,
    /^(?:live_response\/(?:\w{1,40}\/)?)?[\w.-]{0,80}crontab[\w.-]{0,80}$/,
  ],
  take,
});

interface Table {
  readonly file: TextFile;
  /** Account of the table; null where each line names its own. */
  readonly user: string | null;
  readonly isSystem: boolean;
  /** How the file begins, where it is a dump of Redis: cron takes what it can read of such for its own. */
  readonly dump: string | null;
}

const REDIS_DUMP = /^REDIS\d{4}/;

function take(file: TextFile): void {
  const { path } = file.source;
  const strange = new Strange();
  if (file.match[1] === "anacrontab") takeAnacron(file, strange);
  else {
    const isSystem = /(?:^|\/)etc\/(?:crontab$|cron\.d\/)/.test(path) || namesUsers(file.lines);
    const dump = REDIS_DUMP.exec(file.lines[0]?.text ?? "")?.[0] ?? null;
    const table = { file, isSystem, user: isSystem ? null : userOf(file), dump };
    for (const line of file.lines) takeLine(table, line, strange);
  }
  strange.finish(file, "entries of a crontab");
}

/** A table by itself, without its path: the sixth word of some line is root, as in no table of a user. */
function namesUsers(lines: readonly TextLine[]): boolean {
  return lines.some(({ text }) => SYSTEM.exec(text)?.[2] === "root");
}

/** From the path, or from the file name that a collector gave to `crontab -l -u USER`. */
function userOf({ source, match }: TextFile): string | null {
  const output = /crontab_+(?:-l_+-u_+|-u_+|-l_+)?([a-z_][\w-]{0,31}?)(?:_-l)?\.txt$/.exec(source.path)?.[1];
  return match[1] ?? output ?? accountOf(source.path);
}

function takeLine({ file, user, isSystem, dump }: Table, read: TextLine, strange: Strange): void {
  const { text } = read;
  const line = dump === null ? read : { ...read, text: `${dump} … ${text}` };
  if (isNothing(text)) return;
  const system = isSystem ? SYSTEM.exec(text) : null;
  if (system !== null) {
    const [, schedule = "", account = "", command = ""] = system;
    layEntry(file, line, { mechanism: "cron", schedule: spaced(schedule), user: account, command });
    return;
  }
  const own = isSystem ? null : OWN.exec(text);
  if (own !== null) {
    const [, schedule = "", command = ""] = own;
    layEntry(file, line, { mechanism: "cron", schedule: spaced(schedule), user, command });
  } else if (!SETTING.test(text)) strange.note(line);
}

/** Blank, a comment, or what `crontab -l` says of an account without a table. A comment is one to its end:
 *  what stands behind a carriage return in it does not run. */
function isNothing(text: string): boolean {
  return /^\s*(?:#|$)/.test(text) || /^no crontab for /.test(text);
}

function spaced(schedule: string): string {
  return schedule.replace(/[ \t]+/g, " ");
}

function takeAnacron(file: TextFile, strange: Strange): void {
  for (const line of file.lines) {
    if (isNothing(line.text) || SETTING.test(line.text)) continue;
    const match = ANACRON.exec(line.text);
    if (match === null) strange.note(line);
    else {
      const [, period = "", , name = "", command = ""] = match;
      const schedule = period.startsWith("@") ? period : `every ${period} days`;
      layEntry(file, line, { mechanism: "cron", schedule, user: "root", name, command });
    }
  }
}
