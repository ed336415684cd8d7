/** What last(1), lastb(1) and lastlog(8) print, as collectors keep it.
 *
 *  last -F      deploy   pts/0        198.51.100.23    Wed Jan 14 03:14:07 2026 - Wed Jan 14 03:22:51 2026 …
 *  last -a -F   deploy   pts/0        Wed Jan 14 03:14:07 2026 - … (00:08)     198.51.100.23
 *  lastlog      deploy   pts/0    198.51.100.23        Wed Jan 14 03:14:07 +0000 2026
 *
 *  Times of last are the host's local ones. Without -F they have no year and no seconds and are not read:
 *  what they are made of, wtmp and btmp, lies beside them in a collection.
 *  Source: util-linux 2.40, login-utils/last.c; shadow 4.13, src/lastlog.c.
 */
import type { LoginRecord } from "../../model/log-record.ts";
import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { eachLine, factAt, type TextLine } from "../text.ts";
import { failedLogins } from "./failed-logins.ts";
import { LineClock, type LineTime } from "./line-clock.ts";
import { finishMessages } from "./rules/index.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LAST = new RegExp(
  /^(\S{0,64}) {1,64}(system boot|\S{1,64}) {1,64}(\S{0,255}) {0,255}/.source +
    /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d) (\d{4})\b(.{0,400})$/.source,
);
const BEGINS = /^\S{1,64} begins /;
const LASTLOG = new RegExp(
  /^(\S{1,64}) {1,64}(\S{1,64}) {1,64}(\S{0,255}) {0,255}/.source +
    /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})$/.source,
);
const LASTLOG_HEAD = /^Username {1,40}Port {1,40}From {1,60}Latest/;
/** What follows a time with -a: how it ended, and the host. */
const ENDING = /(?:\([^)]{1,20}\)|still logged in|still running|gone - no logout) {1,60}(\S{1,255})$/;

export const last: Reader = {
  id: "last",
  title: "output of last -F, lastb -F and lastlog",
  sniff(head) {
    const [first = ""] = Buffer.from(head.subarray(0, 1024)).toString("latin1").split(/\r?\n/);
    return LAST.test(first) || LASTLOG_HEAD.test(first);
  },
  firstMicros: () => null,
  read,
  finish: finishMessages,
};

interface Entry {
  readonly time: LineTime;
  readonly user: string;
  readonly line: string;
  readonly from: string | null;
  readonly log: "wtmp" | "lastlog";
}

function entryOf(text: string): Entry | null {
  const lastlog = LASTLOG.exec(text);
  if (lastlog !== null) {
    const [, user = "", line = "", host = "", month = "", day = "", clock = "", zone = "", year = ""] =
      lastlog;
    const atMicros = micros({ year, month, day, clock: `${clock}${zone.slice(0, 3)}:${zone.slice(3)}` });
    return { time: { atMicros }, user, line, from: host === "" ? null : host, log: "lastlog" };
  }
  const match = BEGINS.test(text) ? null : LAST.exec(text);
  if (match === null) return null;
  const [, user = "", line = "", host = "", month = "", day = "", clock = "", year = "", rest = ""] = match;
  const localMicros = micros({ year, month, day, clock: `${clock}Z` });
  const from = host === "" ? (ENDING.exec(rest)?.[1] ?? null) : host;
  return { time: { localMicros }, user, line, from, log: "wtmp" };
}

function micros(parts: Readonly<Record<"year" | "month" | "day" | "clock", string>>): number | null {
  const month = String(MONTHS.indexOf(parts.month) + 1).padStart(2, "0");
  const at = Date.parse(`${parts.year}-${month}-${parts.day.trim().padStart(2, "0")}T${parts.clock}`);
  return Number.isSafeInteger(at * 1000) ? at * 1000 : null;
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const clock = new LineClock(source, desk);
  const isFailed = /(?:^|\/)lastb/.test(source.path);
  // The newest stands first, so that the clock sees the lines from the end.
  const lines: { readonly entry: Entry; readonly line: TextLine }[] = [];
  await eachLine(source, desk, (line) => {
    const entry = entryOf(line.text);
    if (entry !== null && lines.length < MAX_LINES) lines.push({ entry, line });
  });
  for (const { entry, line } of lines.reverse()) {
    const fact = factAt(source, line, clock.at(entry.time, line));
    if (entry.line === "system boot" || entry.user === "reboot") {
      const says = `The host started${entry.from === null ? "" : ` with the kernel ${entry.from}`}`;
      desk.record({ ...fact, kind: "event", what: "boot", subject: "start", user: null, from: null, says });
    } else if (isFailed) {
      failedLogins(desk).take({ ...fact, ...loginOf(entry, "btmp"), outcome: "failed" }, desk);
    } else if (!NO_LOGINS.has(entry.user) && !/^(?::|tmux\()/.test(entry.from ?? "")) {
      desk.record({ ...fact, ...loginOf(entry, entry.log), outcome: "accepted" });
    }
  }
  return clock.summary();
}

/** Lines of one file that are kept until its end. */
const MAX_LINES = 200_000;
/** What last prints in place of a user. */
const NO_LOGINS: ReadonlySet<string> = new Set(["shutdown", "runlevel", "date", "{", "|", "LOGIN"]);

type LoginParts = Omit<LoginRecord, "outcome" | keyof ReturnType<typeof factAt>>;

function loginOf({ user, line, from }: Entry, log: "wtmp" | "btmp" | "lastlog"): LoginParts {
  return {
    kind: "login",
    user: user === "" ? null : user,
    from,
    method: from === null ? "console" : null,
    service: line.startsWith("ssh:") ? "sshd (btmp)" : `login (${log})`,
    key: null,
    times: 1,
    lastMicros: null,
  };
}
