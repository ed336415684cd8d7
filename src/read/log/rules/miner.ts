import { detached } from "../../../bytes/text.ts";
import { MAX_EXCERPT_CHARS } from "../../../model/place.ts";
import { MINERS } from "../../../tables/miners.ts";
import { logLine } from "../../host/miner/log-forms.ts";
import { LogTally } from "../../host/miner/log-tally.ts";
import { timedLine } from "../../host/miner/log-time.ts";
import type { Desk } from "../../reader.ts";
import { factOf, type LogMessage, type MessageRule } from "../message.ts";

/** Miners of different hosts and names in the logs of one run. */
const MOST = 500;

interface Running {
  readonly first: LogMessage;
  readonly tally: LogTally;
  firstMicros: number | null;
  lastMicros: number | null;
}

/** A miner that a unit runs writes to the system's log; all of its lines there are one record.
 *
 *  Limits: by the miner's own name only; a renamed one shows in a log of its own (`miner-log`) or not at all.
 */
export const miner: MessageRule = {
  id: "miner",
  programs: MINERS.flatMap(({ names }) => names),
  source: "the miners' own logs: src/read/host/miner/log-forms.ts",
  take(message, desk) {
    const { atMicros: own, body } = timedLine(message.text);
    const said = logLine(body);
    const miners = minersOf(desk);
    const key = [message.host, message.hostname, message.program, message.clock].join("\0");
    if (said === null || (!miners.has(key) && miners.size >= MOST)) return;
    const atMicros = message.atMicros ?? own;
    const running = miners.get(key) ?? startedWith(message);
    miners.set(key, running);
    if (atMicros !== null) {
      running.firstMicros = Math.min(running.firstMicros ?? atMicros, atMicros);
      running.lastMicros = Math.max(running.lastMicros ?? atMicros, atMicros);
    }
    const subject = running.tally.take(said, atMicros, message.place);
    if (subject === null) return;
    const says = `the miner's messages say that it got ${subject}`;
    desk.record({
      ...factOf(message),
      kind: "event",
      what: "huge-pages",
      subject,
      user: null,
      from: null,
      says,
    });
  },
  finish(desk) {
    const miners = minersOf(desk);
    for (const { first, tally, firstMicros, lastMicros } of miners.values()) {
      const path = `messages of ${first.program} in the system's log`;
      const fact = { ...factOf(first), atMicros: firstMicros };
      desk.record({ ...fact, kind: "miner-log", path, firstMicros, lastMicros, ...tally.sums() });
    }
    miners.clear();
  },
};

function startedWith(message: LogMessage): Running {
  const first = { ...message, line: detached(message.line, MAX_EXCERPT_CHARS) };
  return { first, tally: new LogTally(), firstMicros: null, lastMicros: null };
}

function minersOf(desk: Desk): Map<string, Running> {
  return desk.state("miners-in-system-logs", () => new Map<string, Running>());
}
