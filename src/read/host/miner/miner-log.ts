/** Logs of miners, one message a line, colours and all: one record for the whole of a log.
 *
 *  Times are those of the host's clock, without a zone, but for logs of containers. Their forms stand in
 *  log-time.ts, those of the messages in log-forms.ts.
 */
import type { HostFact } from "../../../model/host-fact.ts";
import { LineClock } from "../../log/line-clock.ts";
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { eachLine, factAt, linePlace, type TextLine } from "../../text.ts";
import { logLine } from "./log-forms.ts";
import { LogTally, MAX_RATES } from "./log-tally.ts";
import { timedLine } from "./log-time.ts";

/** One of these stands in every miner's log: cheaper than looking at each line. */
const MAY_BE = /[Hh](?:ash)?\/s|use pool|new job from|by the pool|accepted|Stratum/;
/** Lines of the head that must be a miner's: a page that quotes a log has prose around it, and reports
 *  of xmr-stak have eight lines of table for one message. */
const LEAST_SHARE = 0.1;
const LOOKED_AT = 400;

export const minerLog: Reader = {
  id: "miner-log",
  title: "logs of XMRig, xmrig-proxy, xmr-stak, cpuminer, ccminer, T-Rex",
  sniff(head) {
    const text = Buffer.from(head).toString("latin1");
    if (!MAY_BE.test(text)) return false;
    const lines = text.split(/\r?\n/, LOOKED_AT).filter((line) => line !== "");
    let known = 0;
    let timed = 0;
    for (const line of lines) {
      const { atMicros, body } = timedLine(line);
      if (logLine(body) === null) continue;
      known += 1;
      if (atMicros !== null) timed += 1;
    }
    return timed > 0 && known >= Math.min(2, lines.length) && known >= lines.length * LEAST_SHARE;
  },
  firstMicros: () => null,
  read,
};

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const clock = new LineClock(source, desk);
  const tally = new LogTally();
  let first: TextLine | null = null;
  let now: Moment = { atMicros: null, isUtc: false };
  await eachLine(source, desk, (line) => {
    const { atMicros, isUtc, body } = timedLine(line.text);
    if (atMicros !== null) now = { atMicros: clock.at({ atMicros }, line).atMicros, isUtc };
    const said = logLine(body);
    if (said === null) return;
    first ??= line;
    const tuned = tally.take(said, now.atMicros, linePlace(source, line));
    if (tuned !== null) noteTuned(tuned, factAt(source, line, whenOf(now)), desk);
  });
  const summary = clock.summary();
  const { isUtc } = now;
  if (first !== null) lay({ source, desk, first, tally, summary, isUtc });
  return summary;
}

interface Moment {
  readonly atMicros: number | null;
  readonly isUtc: boolean;
}

function whenOf({ atMicros, isUtc }: Moment): Pick<HostFact, "atMicros" | "atHow" | "clock"> {
  return { atMicros, atHow: atMicros === null ? null : "seen", clock: isUtc ? "utc" : "local" };
}

function noteTuned(subject: string, fact: HostFact, desk: Desk): void {
  const says = `the miner's log says that it got ${subject}`;
  desk.record({ ...fact, kind: "event", what: "huge-pages", subject, user: null, from: null, says });
}

interface Whole {
  readonly source: Source;
  readonly desk: Desk;
  readonly first: TextLine;
  readonly tally: LogTally;
  readonly summary: ReadSummary;
  readonly isUtc: boolean;
}

function lay({ source, desk, first, tally, summary, isUtc }: Whole): void {
  const { firstMicros, lastMicros } = summary;
  const fact = factAt(source, first, whenOf({ atMicros: firstMicros, isUtc }));
  desk.record({ ...fact, kind: "miner-log", path: source.path, firstMicros, lastMicros, ...tally.sums() });
  if (tally.stride === 1) return;
  const says =
    `${source.name} holds more than ${MAX_RATES} hash rates: one of ${tally.stride} is kept, ` +
    "shares are counted whole";
  desk.gap(linePlace(source, first), "dropped-details", says);
}
