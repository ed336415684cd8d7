/** Files that are not as their package installed them: what `dpkg -V` and `rpm -Va` print, one a line.
 *
 *  0   9   tests: S size, M mode, 5 digest, D device, L link, U user, G group, T time, P capabilities;
 *          "." passed, "?" not made; or "missing  "
 *  9   …   spaces, then "c" for a file of settings (also d, g, l, r) or a space
 *  …   …   path
 *
 *  Source: dpkg(1) 1.22, --verify-format rpm; rpm(8), VERIFY OPTIONS; UAC 3.3.0, live_response/packages.
 *  Limits: settings are passed over, since everyone changes them; only a digest that differs, and a file that
 *  is missing, say something of a program.
 */
import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { NOTHING_SUMMED } from "../reader.ts";
import { eachLine, factAt } from "../text.ts";
import { isOfCollector } from "./layout.ts";
import { hostLooks } from "./looks.ts";

const LINE =
  /^(missing {0,2}|[S.?][M.?][5.?][D.?][L.?][U.?][G.?][T.?][P.?]) {1,4}(?:([cdglr]) )? {0,2}(\/.{1,4095})$/;

export const packageVerify: Reader = {
  id: "package-verify",
  title: "files that differ from their package (dpkg -V, rpm -Va)",
  sniff: (head, { path }) => isOfCollector(path) && isVerified(head),
  firstMicros: () => null,
  read,
};

function isVerified(head: Uint8Array): boolean {
  const [first = ""] = Buffer.from(head.subarray(0, 4_200)).toString("latin1").split("\n", 1);
  return LINE.test(first);
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const when = hostLooks(desk).of(source.host, "looked");
  await eachLine(source, desk, (line) => {
    const [, tests = "", sort, path = ""] = LINE.exec(line.text) ?? [];
    const isMissing = tests.startsWith("missing");
    if (path === "" || sort !== undefined || !(isMissing || tests[2] === "5")) return;
    desk.record({
      ...factAt(source, line, when ?? {}),
      kind: "file",
      path,
      notable: isMissing ? "package-file-missing" : "package-file-changed",
      bytes: null,
      mode: null,
      modifiedMicros: null,
      accessedMicros: null,
      changedMicros: null,
      sha256: null,
    });
  });
  return NOTHING_SUMMED;
}
