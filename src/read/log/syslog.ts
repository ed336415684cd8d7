/** System logs, one message a line.
 *
 *  RFC 3164   [<PRI>]Jan 14 03:05:09 HOST PROGRAM[PID]: TEXT         no year, local time
 *  RFC 5424   <PRI>1 2026-01-14T03:05:09.123Z HOST PROGRAM PID MSGID [SD] TEXT
 *  ISO        2026-01-14T03:05:09.123456+00:00 HOST PROGRAM[PID]: TEXT   (rsyslog's and Debian 12's default)
 *
 *  Source: RFC 3164 § 4.1, RFC 5424 § 6, rsyslog's templates RSYSLOG_FileFormat and TraditionalFileFormat.
 */
import { parseIso } from "../../bytes/time.ts";
import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { eachLine, linePlace, type TextLine } from "../text.ts";
import { failedLogins } from "./failed-logins.ts";
import { LineClock, type LineTime } from "./line-clock.ts";
import type { LogMessage } from "./message.ts";
import { isKnownProgram, tellMessage } from "./rules/index.ts";

const RFC3164 =
  /^(?:<\d{1,3}>)?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\S{1,255}) ([^\s:[]{1,64})(?:\[(\d{1,10})\])?: ?(.*)$/s;
const RFC5424 =
  /^(?:<\d{1,3}>)1 (\S{20,35}) (\S{1,255}) (\S{1,48}) (\S{1,128}) \S{1,32} (?:-|\[.*?\]) ?(?:\uFEFF)?(.*)$/s;
const ISO =
  /^(?:<\d{1,3}>)?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)) (\S{1,255}) ([^\s:[]{1,64})(?:\[(\d{1,10})\])?: ?(.*)$/s;

/** Lines of the head that are looked at, and how many of them must be messages. */
const LOOKED_AT = 20;

export const syslog: Reader = {
  id: "syslog",
  title: "syslog (RFC 3164, RFC 5424, ISO times)",
  sniff(head) {
    const lines = Buffer.from(head.subarray(0, 16_384)).toString("latin1").split(/\r?\n/);
    const whole = lines.slice(0, LOOKED_AT).filter((line) => line !== "");
    const known = whole.filter((line) => partsOf(line) !== null).length;
    return known > 0 && known * 2 >= whole.length;
  },
  firstMicros: () => null,
  read,
  finish: (desk) => failedLogins(desk).finish(desk),
};

interface Parts {
  readonly time: LineTime;
  readonly hostname: string;
  readonly program: string;
  readonly pid: string | undefined;
  readonly text: string;
}

function partsOf(line: string): Parts | null {
  const traditional = RFC3164.exec(line);
  if (traditional !== null) {
    const [, month = "", day = "", time = "", hostname = "", program = "", pid, text = ""] = traditional;
    return { time: { month, day, time }, hostname, program, pid, text };
  }
  const iso = ISO.exec(line);
  if (iso !== null) {
    const [, at = "", hostname = "", program = "", pid, text = ""] = iso;
    return { time: { atMicros: parseIso(at) }, hostname, program, pid, text };
  }
  const modern = RFC5424.exec(line);
  if (modern === null) return null;
  const [, at = "", hostname = "", program = "", pid, text = ""] = modern;
  return { time: { atMicros: parseIso(at) }, hostname, program, pid: pid === "-" ? undefined : pid, text };
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const clock = new LineClock(source, desk);
  let strange = 0;
  let firstStrange: TextLine | null = null;
  await eachLine(source, desk, (line) => {
    if (line.text === "") return;
    const parts = partsOf(line.text);
    if (parts === null) {
      strange += 1;
      firstStrange ??= line;
      return;
    }
    const when = clock.at(parts.time, line);
    const { hostname, text, pid } = parts;
    const program = parts.program.slice(parts.program.lastIndexOf("/") + 1);
    if (!isKnownProgram(program)) return;
    const message: LogMessage = {
      host: source.host,
      hostname,
      ...when,
      program,
      pid: pid === undefined ? null : Number(pid),
      text,
      place: linePlace(source, line),
      line: line.text,
    };
    tellMessage(message, desk);
  });
  if (firstStrange !== null) {
    const says = `${source.name} holds lines that are no syslog messages`;
    desk.countGap({ place: linePlace(source, firstStrange), code: "malformed-line", says, count: strange });
  }
  return clock.summary();
}
