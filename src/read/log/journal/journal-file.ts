/** The journal's own files, as journald writes them below /var/log/journal.
 *
 *  OFFSET  SIZE  MEANING
 *  0       8     "LPKSHHRH"
 *  12      4     incompatible flags: 16 compact
 *  88      8     size of the header, which the first object follows
 *  Objects, each at a multiple of 8:
 *  0       1     type: 1 data, 3 entry; all others are passed over
 *  1       1     flags: 1 XZ, 2 LZ4, 4 zstd
 *  8       8     size, with this header
 *  64 (72) –     of data: "NAME=VALUE"                                 (in brackets: compact)
 *  24      8     of an entry: microseconds since 1970
 *  64      –     of an entry: offsets of its data, 8 bytes and 8 of a hash each (4 bytes each)
 *
 *  All numbers are little-endian. Data stand before the entry that names them, so that the file is read from
 *  front to back, without its hash tables.
 *  Source: systemd, Journal File Format (systemd.io/JOURNAL_FILE_FORMAT).
 *  Limits: compressed data (512 bytes and more) are not read and are a gap.
 */
import { detached } from "../../../bytes/text.ts";
import { bytesAt, MAX_EXCERPT_CHARS } from "../../../model/place.ts";
import { type Desk, NOTHING_SUMMED, type Reader, type ReadSummary, type Source } from "../../reader.ts";
import type { LineSpot } from "../../text.ts";
import { LineClock } from "../line-clock.ts";
import { finishMessages, isKnownProgram } from "../rules/index.ts";
import { JOURNAL_FIELDS, JournalTeller } from "./journal-entry.ts";

const SIGNATURE = "LPKSHHRH";
const HEADER_BYTES = 240;
const COMPACT = 16;
const OBJECT_BYTES = 16;
const ENTRY_BYTES = 64;
const DATA = 1;
const ENTRY = 3;
const MOST_TYPE = 7;
/** A longer value is passed over. */
const MAX_DATA_BYTES = 1 << 16;
/** Fields of one entry. */
const MAX_ITEMS = 1024;
/** Values that are kept for entries to come; beyond, the older half of those that seldom come again goes. */
const MAX_KEPT = 100_000;
/** Fields whose values come again and again. */
const LASTING: ReadonlySet<string> = new Set([
  "SYSLOG_IDENTIFIER",
  "_COMM",
  "_HOSTNAME",
  "_TRANSPORT",
  "_AUDIT_TYPE_NAME",
]);

export const journalFile: Reader = {
  id: "journal-file",
  title: "systemd journal, its own files",
  sniff: (head) =>
    Buffer.from(head.subarray(0, 8)).toString("latin1") === SIGNATURE && head.length >= HEADER_BYTES,
  firstMicros: () => null,
  read: (source, desk) => new JournalFile(source, desk).read(),
  finish: finishMessages,
};

class JournalFile {
  readonly #source: Source;
  readonly #desk: Desk;
  readonly #clock: LineClock;
  readonly #teller: JournalTeller;
  readonly #lasting = new Map<number, string>();
  readonly #passing = new Map<number, string>();
  /** Offsets of values that make an entry worth reading: its program, or that it is of Linux audit. */
  readonly #telling = new Set<number>();
  #isCompact = false;
  #entries = 0;
  #compressed = 0;
  #compressedAt = 0;

  constructor(source: Source, desk: Desk) {
    this.#source = source;
    this.#desk = desk;
    this.#clock = new LineClock(source, desk);
    this.#teller = new JournalTeller(source, desk, this.#clock);
  }

  async read(): Promise<ReadSummary> {
    const { window, name, id } = this.#source;
    if (!(await this.#fill(HEADER_BYTES))) return NOTHING_SUMMED;
    this.#isCompact = (window.view.getUint32(window.at + 12, true) & COMPACT) !== 0;
    await this.#skip(Number(window.view.getBigUint64(window.at + 88, true)));
    while ((await this.#fill(OBJECT_BYTES)) && (await this.#object()));
    if (this.#compressed > 0) {
      const says = `${name} holds values of 512 bytes and more that are compressed and were not read`;
      const place = bytesAt(id, this.#compressedAt, 0);
      this.#desk.countGap({ place, code: "dropped-details", says, count: this.#compressed });
    }
    while (window.at < window.end || (await window.more())) window.at = window.end;
    return this.#clock.summary();
  }

  /** False where the objects end: zeros that were laid out for more of them, or damage. */
  async #object(): Promise<boolean> {
    const { window, id, name } = this.#source;
    const type = window.view.getUint8(window.at);
    const size = Number(window.view.getBigUint64(window.at + 8, true));
    if (type === 0 && size === 0) return false;
    if (type > MOST_TYPE || size < OBJECT_BYTES || !Number.isSafeInteger(size)) {
      const place = bytesAt(id, window.base + window.at, OBJECT_BYTES);
      this.#desk.gap(
        place,
        "malformed-record",
        `${name} holds an object that makes no sense; the rest is not read`,
      );
      return false;
    }
    const isRead = (type === DATA && size <= MAX_DATA_BYTES) || type === ENTRY;
    if (isRead && size <= ENTRY_BYTES + 16 * MAX_ITEMS + MAX_DATA_BYTES) {
      if (!(await this.#fill(size))) return this.#truncated();
      if (type === DATA) this.#data(size);
      else this.#entry(size);
    }
    await this.#skip(Math.ceil(size / 8) * 8);
    return true;
  }

  #truncated(): boolean {
    const { window, id, name } = this.#source;
    const says = `${name} ends inside an object`;
    this.#desk.gap(bytesAt(id, window.base + window.at, window.end - window.at), "truncated-file", says);
    return false;
  }

  #data(size: number): void {
    const { window } = this.#source;
    const flags = window.view.getUint8(window.at + 1);
    if (flags !== 0) {
      this.#compressed += 1;
      if (this.#compressed === 1) this.#compressedAt = window.base + window.at;
      return;
    }
    const from = window.at + (this.#isCompact ? 72 : 64);
    const text = Buffer.from(window.bytes.subarray(from, window.at + size));
    const equals = text.indexOf("=");
    const name = text.toString("latin1", 0, Math.max(equals, 0));
    if (!JOURNAL_FIELDS.has(name)) return;
    const kept = LASTING.has(name) ? this.#lasting : this.#passing;
    if (kept.size >= MAX_KEPT) {
      // Half at once: taking the first of a Map many times over is slow.
      for (const at of kept === this.#passing ? [...kept.keys()].slice(0, MAX_KEPT / 2) : []) kept.delete(at);
      if (kept.size >= MAX_KEPT) return;
    }
    const offset = window.base + window.at;
    const value = text.toString("utf8");
    kept.set(offset, value);
    const isProgram = name === "SYSLOG_IDENTIFIER" || name === "_COMM";
    if (isProgram ? isKnownProgram(value.slice(equals + 1)) : value === "_TRANSPORT=audit") {
      this.#telling.add(offset);
    }
  }

  #entry(size: number): void {
    const { window } = this.#source;
    const { view, at, base } = window;
    const step = this.#isCompact ? 4 : 16;
    const count = Math.min(MAX_ITEMS, Math.floor((size - ENTRY_BYTES) / step));
    const offsets: number[] = [];
    for (let index = 0; index < count; index++) {
      const item = at + ENTRY_BYTES + index * step;
      offsets.push(this.#isCompact ? view.getUint32(item, true) : Number(view.getBigUint64(item, true)));
    }
    this.#entries += 1;
    const spot = { atByte: base + at, byteLength: size, number: this.#entries };
    const received = String(view.getBigUint64(at + 24, true));
    if (offsets.some((offset) => this.#telling.has(offset))) this.#tell(offsets, { spot, received });
    else this.#teller.pass(received, spot);
  }

  #tell(
    offsets: readonly number[],
    { spot, received }: { readonly spot: LineSpot; readonly received: string },
  ): void {
    const fields = new Map<string, string>();
    for (const offset of offsets) {
      const text = this.#lasting.get(offset) ?? this.#passing.get(offset);
      if (text === undefined) continue;
      const equals = text.indexOf("=");
      const name = text.slice(0, equals);
      if (!fields.has(name)) fields.set(name, text.slice(equals + 1));
    }
    fields.set("__REALTIME_TIMESTAMP", received);
    const program = fields.get("SYSLOG_IDENTIFIER") ?? fields.get("_COMM") ?? "";
    const pid = fields.get("_PID");
    const line = `${program}${pid === undefined ? "" : `[${pid}]`}: ${fields.get("MESSAGE") ?? ""}`;
    this.#teller.tell({ fields, spot, text: detached(line, MAX_EXCERPT_CHARS) });
  }

  async #fill(bytes: number): Promise<boolean> {
    const { window } = this.#source;
    while (window.end - window.at < bytes) if (!(await window.more())) return false;
    return true;
  }

  async #skip(bytes: number): Promise<void> {
    const { window } = this.#source;
    let left = bytes;
    for (;;) {
      const step = Math.min(left, window.end - window.at);
      window.at += step;
      left -= step;
      if (left === 0 || !(await window.more())) return;
    }
  }
}
