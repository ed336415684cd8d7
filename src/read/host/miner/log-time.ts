/** What stands around a miner's message: its own time, and what a container engine wrote before it.
 *
 *  [2026-01-14 03:18:20.114] MESSAGE                          XMRig, xmr-stak, cpuminer, ccminer
 *  20210901 12:00:05 MESSAGE                                  T-Rex
 *  {"log":"LINE\n","stream":"stdout","time":"…Z"}             Docker, json-file logging driver
 *  2026-01-14T03:18:20.114059302Z stdout F LINE               Kubernetes, CRI
 */
import { parseIso } from "../../../bytes/time.ts";

/** `isUtc` is true where a container engine wrote the time: miners write that of their host's clock. */
export interface TimedLine {
  readonly atMicros: number | null;
  readonly isUtc: boolean;
  readonly body: string;
}

const BRACKETED = /^\[(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:[.,](\d{1,6}))?\] ?/;
const PLAIN = /^(\d{4})(\d\d)(\d\d) (\d\d:\d\d:\d\d) /;
const CRI = /^(\d{4}-\d\d-\d\dT[\d:.]{8,20}(?:Z|[+-]\d\d:\d\d)) std(?:out|err) [FP] (.*)$/s;
const COLOURS = /\u001b\[[0-9;]{0,20}[A-Za-z]/g;
const MAX_CHARS = 2_000;

/** Takes the time and the colours off a line. Errors: none; a line without a time has none, and what is cut
 *  is read as it stands. Limits: the first 2,000 characters. */
export function timedLine(line: string): TimedLine {
  const outer = containerLine(line.slice(0, MAX_CHARS));
  const inner = ownTime(outer.body.includes("\u001b") ? outer.body.replace(COLOURS, "") : outer.body);
  return outer.atMicros === null ? inner : { ...inner, atMicros: outer.atMicros, isUtc: true };
}

function containerLine(text: string): TimedLine {
  const cri = CRI.exec(text);
  if (cri !== null) return { atMicros: parseIso(cri[1] ?? ""), isUtc: true, body: cri[2] ?? "" };
  const docker = text.startsWith('{"log":"') ? dockerLine(text) : null;
  return docker ?? { atMicros: null, isUtc: false, body: text };
}

function dockerLine(text: string): TimedLine | null {
  try {
    const { log, time } = JSON.parse(text);
    if (typeof log !== "string" || typeof time !== "string") return null;
    return { atMicros: parseIso(time), isUtc: true, body: log.trimEnd() };
  } catch {
    // A line that was cut: it is read as it stands.
    return null;
  }
}

function ownTime(text: string): TimedLine {
  const bracketed = BRACKETED.exec(text);
  if (bracketed !== null) {
    const [whole, day, time, fraction = "0"] = bracketed;
    const atMicros = parseIso(`${day}T${time}.${fraction}Z`);
    return { atMicros, isUtc: false, body: text.slice(whole.length).trimStart() };
  }
  const plain = PLAIN.exec(text);
  if (plain === null) return { atMicros: null, isUtc: false, body: text };
  const [whole, year, month, day, time] = plain;
  const atMicros = parseIso(`${year}-${month}-${day}T${time}Z`);
  return { atMicros, isUtc: false, body: text.slice(whole.length) };
}
