/** Logins as Linux keeps them: utmp (now), wtmp (all), btmp (failed); records of one length.
 *
 *  OFFSET      SIZE  MEANING
 *  0           2     type: 1 run level, 2 boot, 3 new time, 4 old time, 6 login asked, 7 user, 8 ended
 *  4           4     process
 *  8           32    line: "pts/0", "ssh:notty"
 *  40          4     id
 *  44          32    user
 *  76          256   host; the kernel's version where type is 2
 *  332         4     exit
 *  336 (336)   4 (8) session
 *  340 (344)   4 (8) seconds since 1970
 *  344 (352)   4 (8) microseconds
 *  348 (360)   16    address, IPv4 in its first four bytes
 *  384 (400)         next record
 *
 *  In brackets: arm64, riscv64, s390x and others that have no 32-bit programs to share the files with. The
 *  byte order is the host's.
 *  Source: glibc 2.39, bits/types/struct_utmp.h (x86: __WORDSIZE_TIME64_COMPAT32) and utmp(5); OpenSSH 9.9,
 *  loginrec.c; util-linux 2.40, login.c, for what btmp holds.
 */
import { formatIpv4, formatIpv6 } from "../../bytes/ip.ts";
import type { EventRecord, LoginRecord } from "../../model/log-record.ts";
import { bytesAt } from "../../model/place.ts";
import {
  type Desk,
  type Item,
  NOTHING_SUMMED,
  type Reader,
  type ReadSummary,
  type Source,
} from "../reader.ts";
import { failedLogins } from "./failed-logins.ts";
import { finishMessages } from "./rules/index.ts";

interface Layout {
  readonly bytes: number;
  readonly secondsAt: number;
  readonly isWide: boolean;
  readonly microsAt: number;
  readonly addressAt: number;
  readonly isLittle: boolean;
}

const NARROW = { bytes: 384, secondsAt: 340, isWide: false, microsAt: 344, addressAt: 348 };
const WIDE = { bytes: 400, secondsAt: 344, isWide: true, microsAt: 352, addressAt: 360 };
const LAYOUTS: readonly Layout[] = [
  { ...NARROW, isLittle: true },
  { ...WIDE, isLittle: true },
  { ...NARROW, isLittle: false },
  { ...WIDE, isLittle: false },
];
const TYPE = { runLevel: 1, boot: 2, newTime: 3, oldTime: 4, asked: 6, user: 7, most: 9 } as const;
/** Records of the head that decide; a file of another kind is not so orderly for long. */
const LOOKED_AT = 8;
/** 1990 to 2100. */
const FIRST_SECONDS = 631_152_000;
const LAST_SECONDS = 4_102_444_800;

interface Entry {
  readonly type: number;
  readonly line: string;
  readonly user: string;
  readonly host: string;
  readonly address: string | null;
  readonly atMicros: number;
}

export const utmp: Reader = {
  id: "utmp",
  title: "utmp, wtmp, btmp",
  sniff: (head) => layoutOf(head) !== null,
  firstMicros(head) {
    const layout = layoutOf(head);
    return layout === null ? null : entryAt(head, 0, layout).atMicros;
  },
  read,
  finish: finishMessages,
};

function layoutOf(head: Uint8Array): Layout | null {
  return LAYOUTS.find((layout) => isOrderly(head, layout)) ?? null;
}

/** Every record makes sense, and one at least says something. */
function isOrderly(head: Uint8Array, layout: Layout): boolean {
  const count = Math.min(LOOKED_AT, Math.floor(head.length / layout.bytes));
  let told = 0;
  for (let index = 0; index < count; index++) {
    const at = index * layout.bytes;
    if (isZero(head, at, layout.bytes)) continue;
    const entry = entryAt(head, at, layout);
    const seconds = entry.atMicros / 1e6;
    const isTimely = seconds >= FIRST_SECONDS && seconds < LAST_SECONDS;
    if (entry.type < 0 || entry.type > TYPE.most || !isTimely || !hasTexts(head, at)) return false;
    if (entry.type > 0) told += 1;
  }
  return told > 0;
}

/** Texts are printable and end in zeros. */
function hasTexts(bytes: Uint8Array, at: number): boolean {
  for (const [from, size] of [
    [8, 32],
    [44, 32],
    [76, 256],
  ] as const) {
    let hasEnded = false;
    for (let i = at + from; i < at + from + size; i++) {
      const byte = bytes[i] ?? 0;
      if (byte === 0) hasEnded = true;
      // What an older and longer text left behind its zero may stand there.
      else if (!hasEnded && (byte < 0x20 || byte === 0x7f)) return false;
    }
  }
  return true;
}

function isZero(bytes: Uint8Array, at: number, length: number): boolean {
  for (let i = at; i < at + length; i++) if (bytes[i] !== 0) return false;
  return true;
}

function entryAt(bytes: Uint8Array, at: number, layout: Layout): Entry {
  const { isLittle, isWide, secondsAt, microsAt, addressAt } = layout;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, layout.bytes);
  const low = isWide && !isLittle ? 4 : 0;
  const seconds = view.getUint32(secondsAt + low, isLittle);
  const micros = view.getUint32(microsAt + low, isLittle);
  return {
    type: view.getInt16(0, isLittle),
    line: textAt(bytes, at + 8, 32),
    user: textAt(bytes, at + 44, 32),
    host: textAt(bytes, at + 76, 256),
    address: addressOf(bytes.subarray(at + addressAt, at + addressAt + 16)),
    // Programs that do not fill in the fraction leave anything there.
    atMicros: seconds * 1e6 + (micros < 1e6 ? micros : 0),
  };
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  const text = Buffer.from(bytes.subarray(at, at + length));
  const end = text.indexOf(0);
  return text.toString("utf8", 0, end === -1 ? length : end);
}

function addressOf(bytes: Uint8Array): string | null {
  if (isZero(bytes, 0, 16)) return null;
  if (!isZero(bytes, 4, 12)) return formatIpv6(bytes).replace(/^::ffff:(?=\d{1,3}\.)/, "");
  return formatIpv4(new DataView(bytes.buffer, bytes.byteOffset, 16).getUint32(0));
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const { window, name } = source;
  while (window.end - window.at < LOOKED_AT * WIDE.bytes && (await window.more()));
  const layout = layoutOf(window.bytes.subarray(window.at, window.end));
  if (layout === null) return NOTHING_SUMMED;
  const teller = new Teller(source, desk);
  do {
    while (window.end - window.at >= layout.bytes) {
      const place = bytesAt(source.id, window.base + window.at, layout.bytes);
      if (isZero(window.bytes, window.at, layout.bytes)) teller.wiped(place);
      else teller.tell(entryAt(window.bytes, window.at, layout), place);
      window.at += layout.bytes;
    }
  } while (await window.more());
  const rest = window.end - window.at;
  if (rest > 0) {
    const says = `${name} ends with ${rest} bytes of a record of ${layout.bytes}`;
    desk.gap(bytesAt(source.id, window.base + window.at, rest), "truncated-file", says);
    window.at = window.end;
  }
  return teller.summary();
}

type Where = ReturnType<typeof bytesAt>;

/** Tells of the records of one file. */
class Teller {
  readonly #source: Source;
  readonly #desk: Desk;
  readonly #isFailed: boolean;
  readonly #isHistory: boolean;
  #first: number | null = null;
  #last: number | null = null;
  #before: number | null = null;
  #strange = 0;
  #wiped = 0;

  constructor(source: Source, desk: Desk) {
    this.#source = source;
    this.#desk = desk;
    this.#isFailed = /^btmp\b/.test(fileName(source));
    this.#isHistory = /^[bw]tmp\b/.test(fileName(source));
  }

  summary(): ReadSummary {
    if (this.#strange > 0) {
      const says = `${this.#source.name} holds records that make no sense`;
      const place = bytesAt(this.#source.id, 0, 0);
      this.#desk.countGap({ place, code: "malformed-record", says, count: this.#strange });
    }
    return { ...NOTHING_SUMMED, firstMicros: this.#first, lastMicros: this.#last };
  }

  /** Tools that take logins out of wtmp put zeros in their place; utmp has empty records of its own. */
  wiped(place: Where): void {
    this.#wiped += 1;
    if (!this.#isHistory || this.#wiped > 1) return;
    const says = "A record of zeros stands among logins: tools that remove traces leave such";
    this.#event(place, { what: "log-cleared", subject: this.#source.path, says, atMicros: null });
  }

  tell(entry: Entry, place: Where): void {
    const { type, user, atMicros } = entry;
    const seconds = atMicros / 1e6;
    if (type < 0 || type > TYPE.most || seconds < 0 || seconds >= LAST_SECONDS) {
      this.#strange += 1;
      return;
    }
    if (seconds >= FIRST_SECONDS) {
      this.#first = Math.min(this.#first ?? atMicros, atMicros);
      this.#last = Math.max(this.#last ?? atMicros, atMicros);
    }
    if (type === TYPE.user) this.#login(entry, place);
    else if (type === TYPE.asked && user !== "" && user !== "LOGIN") this.#failure(entry, place);
    else if (type === TYPE.boot) this.#boot(entry, place, "start");
    else if (type === TYPE.runLevel && user === "shutdown") this.#boot(entry, place, "stop");
    else if (type === TYPE.oldTime) this.#before = atMicros;
    else if (type === TYPE.newTime) this.#newTime(entry, place);
  }

  #login(entry: Entry, place: Where): void {
    if (this.#isFailed) return this.#failure(entry, place);
    // A window of screen or tmux is no login.
    if (/^(?::|tmux\()/.test(entry.host)) return;
    this.#desk.record({ ...this.#loginOf(entry, place), outcome: "accepted" });
  }

  #failure(entry: Entry, place: Where): void {
    failedLogins(this.#desk).take(this.#loginOf(entry, place), this.#desk);
  }

  #loginOf({ line, user, host, address, atMicros }: Entry, place: Where): LoginRecord {
    const from = address ?? (host === "" ? null : host);
    return {
      ...this.#fact(place, atMicros, `${user} ${line} ${host}`),
      kind: "login",
      outcome: "failed",
      user: user === "" ? null : user,
      from,
      method: from === null ? "console" : null,
      service: line.startsWith("ssh:") ? "sshd (btmp)" : `login (${this.#isFailed ? "btmp" : "wtmp"})`,
      key: null,
      times: 1,
      lastMicros: null,
    };
  }

  #boot({ atMicros, host }: Entry, place: Where, subject: "start" | "stop"): void {
    const says = subject === "start" ? `The host started with the kernel ${host}` : "The host went down";
    this.#event(place, { what: "boot", subject, says, atMicros });
  }

  #newTime({ atMicros }: Entry, place: Where): void {
    const step = this.#before === null ? null : Math.round((atMicros - this.#before) / 1e6);
    this.#before = null;
    const says = step === null ? "The clock was set" : `The clock was set by ${step} seconds`;
    this.#event(place, { what: "clock-changed", subject: "clock", says, atMicros });
  }

  #event(
    place: Where,
    { atMicros, ...parts }: Pick<EventRecord, "what" | "subject" | "says" | "atMicros">,
  ): void {
    const fact = this.#fact(place, atMicros, parts.says);
    this.#desk.record({ ...fact, kind: "event", ...parts, user: null, from: null });
  }

  #fact(place: Where, atMicros: number | null, excerpt: string) {
    const { host } = this.#source;
    const atHow = atMicros === null ? null : ("seen" as const);
    return { host, hostname: null, atMicros, atHow, clock: "utc" as const, place, excerpt };
  }
}

function fileName({ path }: Item): string {
  return path.slice(path.lastIndexOf("/") + 1).toLowerCase();
}
