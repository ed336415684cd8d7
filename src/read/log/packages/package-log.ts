/** Logs of package managers, a change a line.
 *
 *  dpkg    2016-08-06 17:35:39 install base-passwd:amd64 <none> 3.5.33     in the host's zone
 *  yum     Jan 14 03:05:09 Installed: screen-4.1.0-0.27.el7.x86_64         no year, in the host's zone
 *  dnf     2026-01-14T03:05:09+0000 SUBDEBUG Installed: screen-4.8.0-6.el9.x86_64
 *  pacman  [2026-01-14T03:05:09+0000] [ALPM] installed screen (4.9.1-2)
 *
 *  Upgrades are left out.
 *  Source: dpkg(1) --log, yum's and dnf's loggers, pacman's ALPM log; a sample of plaso for dpkg.
 */
import { parseIso } from "../../../bytes/time.ts";
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { eachLine, factAt } from "../../text.ts";
import { LineClock, type LineTime } from "../line-clock.ts";
import { type PackageChange, PackageRuns } from "./runs.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const ISO_TIME = String.raw`(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d{4}))`;

/** A manager's lines: the whole line, its time, what was done, and to which package. */
interface Format {
  readonly line: RegExp;
  readonly time: (match: RegExpExecArray) => LineTime;
}

const FORMATS: readonly Format[] = [
  {
    line: /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (\S{1,40}) (\S{1,200})/,
    time: ([, at = ""]) => ({ localMicros: parseIso(`${at}Z`) }),
  },
  {
    line: /^([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) (Installed|Erased|Updated|Obsoleting): (\S{1,200})/,
    time: ([, at = ""]) => yearless(at),
  },
  {
    line: new RegExp(
      `^${ISO_TIME} [A-Z]{3,9} (Installed|Erase|Erased|Upgrade|Upgraded|Cleanup): (\\S{1,200})`,
    ),
    time: ([, at = ""]) => ({ atMicros: parseIso(at) }),
  },
  {
    line: new RegExp(`^\\[${ISO_TIME}\\] \\[ALPM\\] (\\S{1,40}) (\\S{1,200})`),
    time: ([, at = ""]) => ({ atMicros: parseIso(at) }),
  },
];
/** dpkg's first words, by which its lines are told from other logs. */
const DPKG_WORDS: ReadonlySet<string> = new Set([
  "startup",
  "install",
  "upgrade",
  "remove",
  "purge",
  "configure",
  "status",
  "trigproc",
  "conffile",
]);

const CHANGES: ReadonlyMap<string, PackageChange> = new Map([
  ["install", "package-installed"],
  ["installed", "package-installed"],
  ["Installed", "package-installed"],
  ["remove", "package-removed"],
  ["purge", "package-removed"],
  ["removed", "package-removed"],
  ["Erase", "package-removed"],
  ["Erased", "package-removed"],
]);

export const packageLog: Reader = {
  id: "package-log",
  title: "package manager's log (dpkg, yum, dnf, pacman)",
  sniff(head) {
    const lines = Buffer.from(head.subarray(0, 16_384)).toString("latin1").split(/\r?\n/).slice(0, 10);
    const whole = lines.filter((line) => line !== "");
    const known = whole.filter((line) => matchOf(line) !== null).length;
    return known > 0 && known * 2 >= whole.length;
  },
  firstMicros: () => null,
  read,
};

function matchOf(line: string): { readonly format: Format; readonly match: RegExpExecArray } | null {
  for (const [index, format] of FORMATS.entries()) {
    const match = format.line.exec(line);
    if (match !== null && (index > 0 || DPKG_WORDS.has(match[2] ?? ""))) return { format, match };
  }
  return null;
}

/** "Jan 14 03:05:09". */
function yearless(at: string): LineTime {
  const [month = "", day = "", time = ""] = at.split(/ {1,2}/);
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  const clockMicros = ((hours * 60 + minutes) * 60 + seconds) * 1e6;
  return { month: MONTHS.indexOf(month) + 1, day: Number(day), clockMicros };
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const clock = new LineClock(source, desk);
  const runs = new PackageRuns(desk);
  await eachLine(source, desk, (line) => {
    const found = matchOf(line.text);
    if (found === null) return;
    const { format, match } = found;
    const when = clock.at(format.time(match), line);
    const what = CHANGES.get(match[2] ?? "");
    const name = (match[3] ?? "").replace(/:[a-z0-9-]{1,20}$/, "");
    if (what !== undefined) runs.take(what, { fact: factAt(source, line, when), name });
  });
  runs.finish();
  return clock.summary();
}
