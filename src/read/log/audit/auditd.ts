/** Logs of Linux audit; `audit-record.ts` lists the forms of a line. */
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { decodedLine, eachRawLine, linePlace, type RawLine } from "../../text.ts";
import { ByteNames } from "../byte-names.ts";
import { LineClock } from "../line-clock.ts";
import { finishMessages } from "../rules/index.ts";
import { AUDIT_TYPES, auditEvents, finishAudit } from "./audit-events.ts";
import { type AuditRecord, auditRecord } from "./audit-record.ts";

const SPACE = 0x20;
const EQUALS = 0x3d;
const LINE = /^(?:node=\S{1,255} )?type=[^\s]{0,64} (?:msg=)?audit\(\d/;
const LOOKED_AT = 20;
/** Types whose records are read; those that an old auditd or ausearch gives as numbers are looked at, too. */
const KNOWN = new ByteNames(AUDIT_TYPES);
const UNKNOWN = 0x55;
const TITLE = "type=PROCTITLE ";

export const auditd: Reader = {
  id: "auditd",
  title: "Linux audit (raw, enriched, ausearch -i)",
  sniff(head) {
    const lines = linesOf(head);
    return lines.some((line) => LINE.test(line)) && lines.every((line) => LINE.test(line) || isBetween(line));
  },
  firstMicros(head) {
    const seconds = /audit\((\d{9,10})\.(\d{3}):/.exec(linesOf(head).join("\n"));
    return seconds === null ? null : Number(seconds[1]) * 1e6 + Number(seconds[2]) * 1000;
  },
  read,
  finish(desk) {
    finishAudit(desk);
    finishMessages(desk);
  },
};

function linesOf(head: Uint8Array): string[] {
  const text = Buffer.from(head.subarray(0, 16_384)).toString("latin1");
  const lines = text.split(/\r?\n/);
  // The last one may be cut.
  return (lines.length > 1 ? lines.slice(0, -1) : lines).slice(0, LOOKED_AT);
}

/** ausearch puts "----" and "time->…" between events; what is damaged does not hide the rest. */
function isBetween(line: string): boolean {
  return line === "" || line === "----" || line.startsWith("time->") || /\b(?:type|msg)=/.test(line);
}

/** Cost: a record of a type that is not read takes about a fifth of a microsecond (measured on 2 GHz). */
async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const events = auditEvents(desk);
  const clock = new LineClock(source, desk);
  let strange = 0;
  let firstStrange: RawLine | null = null;
  let previous: AuditRecord | null = null;
  await eachRawLine(source, desk, (line) => {
    if (line.at === line.end || isPassedOver(line) || isNeedlessTitle(line, previous)) return;
    const record = auditRecord(messageOf(source, line));
    if (record === null) {
      if (isBetweenEvents(line)) return;
      strange += 1;
      firstStrange ??= line;
      return;
    }
    // The records of one event have one time, and are mixed with those of others.
    if (previous?.event !== record.event) {
      clock.at(
        record.clock === "utc" ? { atMicros: record.atMicros } : { localMicros: record.atMicros },
        line,
      );
    }
    previous = record;
    events.take(record, desk);
  });
  events.finish(desk);
  if (firstStrange !== null) {
    const says = `${source.name} holds lines that are no records of Linux audit`;
    desk.countGap({ place: linePlace(source, firstStrange), code: "malformed-line", says, count: strange });
  }
  return clock.summary();
}

/** Whether the line is a record of a type that is not read. */
function isPassedOver({ bytes, at, end }: RawLine): boolean {
  let from = at;
  // "type=", or "node=HOST type=".
  if (bytes[from] === 0x6e) {
    const space = bytes.indexOf(SPACE, from);
    if (space === -1 || space >= end) return false;
    from = space + 1;
  }
  if (bytes[from] !== 0x74 || bytes[from + 4] !== EQUALS) return false;
  const typeAt = from + 5;
  let stop = typeAt;
  while (stop < end && stop - typeAt < 64 && bytes[stop] !== SPACE) stop += 1;
  return stop > typeAt && bytes[typeAt] !== UNKNOWN && !KNOWN.has(bytes, typeAt, stop);
}

/** The title of a process whose whole command line was just read. */
function isNeedlessTitle({ bytes, at, end }: RawLine, previous: AuditRecord | null): boolean {
  if (previous?.type !== "EXECVE" || bytes.toString("latin1", at, at + TITLE.length) !== TITLE) return false;
  return bytes.toString("latin1", at, Math.min(end, at + 80)).includes(previous.event);
}

function isBetweenEvents(line: RawLine): boolean {
  const { text } = decodedLine(line);
  return text === "----" || text.startsWith("time->");
}

function messageOf(source: Source, raw: RawLine) {
  const { text } = decodedLine(raw);
  return {
    host: source.host,
    hostname: null,
    atMicros: null,
    atHow: null,
    clock: "utc" as const,
    program: "auditd",
    pid: null,
    text,
    place: linePlace(source, raw),
    line: text,
  };
}
