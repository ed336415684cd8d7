/** Logs of miners, one message a line, colours and all.
 *
 *  XMRig, cpuminer, ccminer  [2026-01-14 03:18:20.114]  net      use pool pool.example:3333
 *  xmr-stak                  [2018-08-17 13:47:03] : Result accepted by the pool.
 *  T-Rex                     20210901 12:00:05 [ OK ] 1/1 - 25.01 MH/s
 *
 *  Times are those of the host's clock, without a zone. Wording: see log-forms.ts.
 */
import { parseIso } from "../../../bytes/time.ts";
import type { HostFact } from "../../../model/host-fact.ts";
import { LineClock } from "../../log/line-clock.ts";
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { eachLine, factAt, linePlace, type TextLine } from "../../text.ts";
import { logLine } from "./log-forms.ts";
import { LogTally, MAX_RATES } from "./log-tally.ts";

const BRACKETED = /^\[(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:[.,](\d{1,6}))?\] ?/;
const PLAIN = /^(\d{4})(\d\d)(\d\d) (\d\d:\d\d:\d\d) /;
const COLOURS = /\u001b\[[0-9;]{0,20}[A-Za-z]/g;

/** Lines of the head that must be a miner's: a page that quotes a log has prose around it, and reports
 *  of xmr-stak have eight lines of table for one message. */
const LEAST_SHARE = 0.1;
const LOOKED_AT = 400;

export const minerLog: Reader = {
  id: "miner-log",
  title: "logs of XMRig, xmrig-proxy, xmr-stak, cpuminer, ccminer, T-Rex",
  sniff(head) {
    const lines = Buffer.from(head)
      .toString("latin1")
      .split(/\r?\n/, LOOKED_AT)
      .filter((line) => line !== "");
    let known = 0;
    let timed = 0;
    for (const line of lines) {
      const { time, body } = timeOf(line);
      if (logLine(body) === null) continue;
      known += 1;
      if (time !== null) timed += 1;
    }
    return timed > 0 && known >= Math.min(2, lines.length) && known >= lines.length * LEAST_SHARE;
  },
  firstMicros: () => null,
  read,
};

interface Timed {
  /** ISO 8601 as if the clock were UTC. */
  readonly time: string | null;
  readonly body: string;
}

function timeOf(line: string): Timed {
  const text = line.includes("\u001b") ? line.slice(0, 2_000).replace(COLOURS, "") : line.slice(0, 2_000);
  const bracketed = BRACKETED.exec(text);
  if (bracketed !== null) {
    const [whole, day, time, fraction = "0"] = bracketed;
    return { time: `${day}T${time}.${fraction}Z`, body: text.slice(whole.length).trimStart() };
  }
  const plain = PLAIN.exec(text);
  if (plain === null) return { time: null, body: text };
  const [whole, year, month, day, time] = plain;
  return { time: `${year}-${month}-${day}T${time}Z`, body: text.slice(whole.length) };
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const clock = new LineClock(source, desk);
  const tally = new LogTally();
  let first: TextLine | null = null;
  let atMicros: number | null = null;
  await eachLine(source, desk, (line) => {
    const { time, body } = timeOf(line.text);
    if (time !== null) {
      const at = parseIso(time);
      if (at !== null) atMicros = clock.at({ atMicros: at }, line).atMicros;
    }
    const said = logLine(body);
    if (said === null) return;
    first ??= line;
    const tuned = tally.take(said, atMicros, linePlace(source, line));
    if (tuned !== null) noteTuned(tuned, { ...factAt(source, line, local(atMicros)) }, desk);
  });
  if (first !== null) lay({ source, desk, first, tally, summary: clock.summary() });
  return clock.summary();
}

function local(atMicros: number | null): Pick<HostFact, "atMicros" | "atHow" | "clock"> {
  return { atMicros, atHow: atMicros === null ? null : "seen", clock: "local" };
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
}

function lay({ source, desk, first, tally, summary }: Whole): void {
  const { firstMicros, lastMicros } = summary;
  const fact = factAt(source, first, local(firstMicros));
  desk.record({ ...fact, kind: "miner-log", path: source.path, firstMicros, lastMicros, ...tally.sums() });
  if (tally.stride === 1) return;
  const says =
    `${source.name} holds more than ${MAX_RATES} hash rates: one of ${tally.stride} is kept, ` +
    "shares are counted whole";
  desk.gap(linePlace(source, first), "dropped-details", says);
}
