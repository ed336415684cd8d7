/** APT's history: what was asked for, and what was done for it, in paragraphs.
 *
 *  Start-Date: 2019-07-10  16:38:08       in the host's zone
 *  Commandline: apt-get install screen
 *  Requested-By: ann (1000)               when sudo was used
 *  Install: screen:amd64 (4.5.0-6), libx:amd64 (1.0, automatic)
 *  Remove: …, Purge: …, Upgrade: …, End-Date: …
 *
 *  Taken: what was asked for, installed or removed; left out: what came along, and upgrades.
 *  Source: apt's pkgDPkgPM::OpenLog and WriteHistoryTag; a sample of plaso.
 */
import { parseIso } from "../../../bytes/time.ts";
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { eachLine, factAt } from "../../text.ts";
import { LineClock, type When } from "../line-clock.ts";
import { type PackageChange, PackageRuns } from "./runs.ts";

const START = /^Start-Date: (\d{4}-\d\d-\d\d) {1,4}(\d\d:\d\d:\d\d)$/;
const REQUESTED = /^Requested-By: (\S{1,64})/;
const DONE = /^(Install|Remove|Purge): (.*)$/s;
const CHANGES: ReadonlyMap<string, PackageChange> = new Map([
  ["Install", "package-installed"],
  ["Remove", "package-removed"],
  ["Purge", "package-removed"],
]);
/** "screen:amd64 (4.5.0-6)"; commas stand between packages and before "automatic". */
const PACKAGE = /([a-z0-9][a-z0-9+.-]{0,100})(?::[a-z0-9-]{1,20})? \(([^()]{0,200})\)/g;

export const aptHistory: Reader = {
  id: "apt-history",
  title: "APT history",
  sniff(head) {
    const text = Buffer.from(head.subarray(0, 8_192)).toString("latin1");
    return /^\s{0,8}Start-Date: \d{4}-\d\d-\d\d /.test(text);
  },
  firstMicros: () => null,
  read,
};

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const clock = new LineClock(source, desk);
  const runs = new PackageRuns(desk);
  let when: When | null = null;
  let user: string | null = null;
  await eachLine(source, desk, (line) => {
    const start = START.exec(line.text);
    if (start !== null) {
      when = clock.at({ localMicros: parseIso(`${start[1]}T${start[2]}Z`) }, line);
      user = null;
      return;
    }
    user = REQUESTED.exec(line.text)?.[1] ?? user;
    const done = DONE.exec(line.text);
    if (done === null) return;
    const what = CHANGES.get(done[1] ?? "") ?? "package-installed";
    for (const name of asked(done[2] ?? "")) {
      runs.take(what, { fact: factAt(source, line, when ?? {}), name }, user);
    }
    runs.finish();
  });
  return clock.summary();
}

/** Names of the packages that did not only come along. */
function asked(list: string): string[] {
  return [...list.matchAll(PACKAGE)].flatMap(([, name = "", about = ""]) =>
    about.endsWith("automatic") ? [] : name,
  );
}
