/** The header of a syslog line, read from its bytes.
 *
 *  RFC 3164   [<PRI>]Jan 14 03:05:09[.123] [HOST] PROGRAM[PID]: TEXT          no year, local time
 *  BusyBox    Jan 14 03:05:09 HOST FACILITY.LEVEL PROGRAM[PID]: TEXT
 *  ISO        [<PRI>]2026-01-14T03:05:09.123456+00:00 HOST PROGRAM[PID]: TEXT
 *  RFC 5424   <PRI>1 2026-01-14T03:05:09.123Z HOST PROGRAM PID MSGID SD TEXT
 *
 *  Source: RFC 3164 § 4.1, RFC 5424 § 6, rsyslog's templates RSYSLOG_FileFormat (default of Debian 12) and
 *  TraditionalFileFormat, systemd's `journalctl -o short` and `short-iso`, BusyBox syslogd.c.
 */
import { ClockText, IsoText, monthAt, twoDigits } from "./byte-time.ts";
import type { LineTime } from "./line-clock.ts";

const SPACE = 0x20;
const NUL = 0;
const LESS = 0x3c;
const GREATER = 0x3e;
const COLON = 0x3a;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DASH = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const ONE = 0x31;
const ZERO = 0x30;
const NINE = 0x39;
const BOM = [0xef, 0xbb, 0xbf];

/** Longest host name of RFC 5424 § 6; programs are held to the same. */
const MAX_NAME_BYTES = 255;
/** Elements of structured data that are passed over. */
const MAX_ELEMENTS = 64;

/** Positions of the parts of one line; one object is used for all lines. */
export class SyslogHead {
  time: LineTime = { atMicros: null };
  /** Empty span where the line names no host. */
  hostAt = 0;
  hostEnd = 0;
  /** Without its path. */
  programAt = 0;
  programEnd = 0;
  pid: number | null = null;
  textAt = 0;
  readonly #clock = new ClockText();
  readonly #iso = new IsoText();
  #end = 0;

  /** False when `bytes[at … end)` is no message of syslog. */
  read(bytes: Uint8Array, at: number, end: number): boolean {
    let from = at;
    // A crash leaves zeros where lines were not yet on disk.
    while (from < end && bytes[from] === NUL) from += 1;
    const body = bytes[from] === LESS ? this.#afterPriority(bytes, from, end) : from;
    this.#end = end;
    this.pid = null;
    if (bytes[body] === ONE && bytes[body + 1] === SPACE && body > from) return this.#modern(bytes, body + 2);
    const afterTime = this.#timeAt(bytes, body);
    return afterTime !== null && afterTime < end && this.#names(bytes, afterTime);
  }

  #afterPriority(bytes: Uint8Array, at: number, end: number): number {
    const close = bytes.indexOf(GREATER, at);
    return close === -1 || close > at + 4 || close >= end ? at : close + 1;
  }

  #timeAt(bytes: Uint8Array, at: number): number | null {
    const month = monthAt(bytes, at);
    if (month === 0) {
      if (!this.#iso.read(bytes, at) || bytes[this.#iso.end] !== SPACE) return null;
      this.time = this.#iso.hasZone ? { atMicros: this.#iso.micros } : { localMicros: this.#iso.micros };
      return this.#iso.end + 1;
    }
    if (bytes[at + 3] !== SPACE) return null;
    const dayAt = bytes[at + 4] === SPACE ? at + 5 : at + 4;
    const two = twoDigits(bytes, dayAt);
    const day = two >= 0 ? two : (bytes[dayAt] ?? 0) - ZERO;
    const clockAt = dayAt + (two >= 0 ? 3 : 2);
    if (day < 1 || day > 31 || bytes[clockAt - 1] !== SPACE || !this.#clock.read(bytes, clockAt)) return null;
    this.time = { month, day, clockMicros: this.#clock.micros };
    return bytes[this.#clock.end] === SPACE ? this.#clock.end + 1 : null;
  }

  /** Host and program; a line of the kernel's own may lack the host. */
  #names(bytes: Uint8Array, at: number): boolean {
    const hostEnd = this.#wordEnd(bytes, at);
    if (hostEnd === at || hostEnd >= this.#end) return false;
    this.hostAt = at;
    this.hostEnd = hostEnd;
    if (bytes[hostEnd - 1] === COLON) {
      this.hostEnd = at;
      return this.#program(bytes, at);
    }
    if (this.#program(bytes, hostEnd + 1)) return true;
    const levelEnd = this.#wordEnd(bytes, hostEnd + 1);
    const dot = bytes.indexOf(DOT, hostEnd + 1);
    return dot !== -1 && dot < levelEnd && levelEnd < this.#end && this.#program(bytes, levelEnd + 1);
  }

  #program(bytes: Uint8Array, at: number): boolean {
    const end = this.#end;
    let from = at;
    let stop = at;
    for (; stop < end && stop - at <= MAX_NAME_BYTES; stop++) {
      const byte = bytes[stop];
      if (byte === COLON || byte === OPEN) break;
      if (byte === SPACE) return false;
      if (byte === SLASH) from = stop + 1;
    }
    if (stop === at || stop >= end || stop - at > MAX_NAME_BYTES) return false;
    this.programAt = from;
    this.programEnd = stop;
    const colon = bytes[stop] === OPEN ? this.#afterPid(bytes, stop + 1) : stop;
    if (colon === null) return false;
    this.#textFrom(bytes, colon + 1);
    return true;
  }

  #afterPid(bytes: Uint8Array, at: number): number | null {
    let pid = 0;
    let stop = at;
    for (; stop < this.#end && bytes[stop] !== CLOSE; stop++) {
      const byte = bytes[stop] ?? 0;
      if (stop - at > 20 || byte === SPACE) return null;
      pid = byte >= ZERO && byte <= NINE ? 10 * pid + byte - ZERO : Number.NaN;
    }
    this.pid = stop > at && Number.isSafeInteger(pid) ? pid : null;
    return bytes[stop + 1] === COLON && stop + 1 < this.#end ? stop + 1 : null;
  }

  #modern(bytes: Uint8Array, at: number): boolean {
    const timeEnd = this.#wordEnd(bytes, at);
    if (this.#iso.read(bytes, at)) this.time = { atMicros: this.#iso.hasZone ? this.#iso.micros : null };
    else if (bytes[at] === DASH && timeEnd === at + 1) this.time = { atMicros: null };
    else return false;
    this.hostAt = timeEnd + 1;
    this.hostEnd = this.#wordEnd(bytes, this.hostAt);
    this.programAt = this.hostEnd + 1;
    this.programEnd = this.#wordEnd(bytes, this.programAt);
    const slash = bytes.subarray(this.programAt, this.programEnd).lastIndexOf(SLASH);
    if (slash !== -1) this.programAt += slash + 1;
    const pidAt = this.programEnd + 1;
    const pidEnd = this.#wordEnd(bytes, pidAt);
    const messageIdEnd = this.#wordEnd(bytes, pidEnd + 1);
    if (messageIdEnd >= this.#end) return false;
    const pid = Number(Buffer.from(bytes.subarray(pidAt, Math.min(pidEnd, pidAt + 20))).toString("latin1"));
    this.pid = Number.isSafeInteger(pid) ? pid : null;
    const dataEnd = this.#dataEnd(bytes, messageIdEnd + 1);
    if (dataEnd === null) return false;
    this.#textFrom(bytes, BOM.every((byte, i) => bytes[dataEnd + 1 + i] === byte) ? dataEnd + 4 : dataEnd);
    return true;
  }

  /** "-" or elements in brackets, whose values escape `"`, `\` and `]` (RFC 5424 § 6.3.3). */
  #dataEnd(bytes: Uint8Array, at: number): number | null {
    if (bytes[at] === DASH) return at + 1;
    let stop = at;
    for (let left = MAX_ELEMENTS; bytes[stop] === OPEN && left > 0; left--) {
      let isQuoted = false;
      for (; stop < this.#end && (isQuoted || bytes[stop] !== CLOSE); stop++) {
        if (bytes[stop] === BACKSLASH) stop += 1;
        else if (bytes[stop] === QUOTE) isQuoted = !isQuoted;
      }
      stop += 1;
    }
    return stop === at || stop > this.#end ? null : stop;
  }

  #textFrom(bytes: Uint8Array, at: number): void {
    let from = at;
    while (from < this.#end && bytes[from] === SPACE) from += 1;
    this.textAt = Math.min(from, this.#end);
  }

  #wordEnd(bytes: Uint8Array, at: number): number {
    const most = Math.min(this.#end, at + MAX_NAME_BYTES + 1);
    let stop = at;
    while (stop < most && bytes[stop] !== SPACE) stop += 1;
    return stop;
  }
}
