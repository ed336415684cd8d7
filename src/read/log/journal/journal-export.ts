/** The journal of systemd as `journalctl -o export` writes it, the form that also travels between hosts.
 *
 *  NAME=VALUE LF                           a field of text
 *  NAME LF, 8 bytes length (LE), DATA LF   a field of any bytes
 *  LF                                      ends an entry
 *
 *  Source: systemd, Journal Export Formats (systemd.io/JOURNAL_EXPORT_FORMATS).
 */
import { detached } from "../../../bytes/text.ts";
import { bytesAt, MAX_EXCERPT_CHARS } from "../../../model/place.ts";
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { LineClock } from "../line-clock.ts";
import { finishMessages } from "../rules/index.ts";
import { JOURNAL_FIELDS, JournalTeller } from "./journal-entry.ts";

const LF = 10;
const EQUALS = 0x3d;
/** Longest name of a field that the journal takes (journal-file.c), and more. */
const MAX_NAME_BYTES = 1_024;
/** A longer value is passed over: a core dump, a log line of nobody. */
const MAX_VALUE_BYTES = 1 << 16;
const LENGTH_BYTES = 8;

export const journalExport: Reader = {
  id: "journal-export",
  title: "systemd journal, export format",
  sniff(head) {
    const text = Buffer.from(head.subarray(0, 4096)).toString("latin1");
    return /^(?:__CURSOR|__REALTIME_TIMESTAMP|_BOOT_ID|MESSAGE|[A-Z_][A-Z0-9_]{0,62})=/.test(text.trimStart())
      ? /^__REALTIME_TIMESTAMP=\d{10,16}$/m.test(text)
      : false;
  },
  firstMicros(head) {
    const text = Buffer.from(head.subarray(0, 4096)).toString("latin1");
    const micros = /^__REALTIME_TIMESTAMP=(\d{10,15}|[1-8]\d{15})$/m.exec(text)?.[1];
    return micros === undefined ? null : Number(micros);
  },
  async read(source, desk) {
    const parser = new ExportParser(source, desk);
    return parser.read();
  },
  finish: finishMessages,
};

class ExportParser {
  readonly #source: Source;
  readonly #desk: Desk;
  readonly #clock: LineClock;
  readonly #teller: JournalTeller;
  readonly #fields = new Map<string, string>();
  #excerpt: string[] = [];
  #entryAt: number | null = null;
  #number = 0;
  #strange = 0;
  #strangeAt: number | null = null;

  constructor(source: Source, desk: Desk) {
    this.#source = source;
    this.#desk = desk;
    this.#clock = new LineClock(source, desk);
    this.#teller = new JournalTeller(source, desk, this.#clock);
  }

  async read(): Promise<ReadSummary> {
    const { window } = this.#source;
    do {
      while (this.#field(false));
    } while (await window.more());
    while (window.at < window.end && this.#field(true));
    window.at = window.end;
    this.#endEntry();
    if (this.#strangeAt !== null) {
      const says = `${this.#source.name} holds lines that are no fields of a journal`;
      const place = bytesAt(this.#source.id, this.#strangeAt, 0);
      this.#desk.countGap({ place, code: "malformed-line", says, count: this.#strange });
    }
    return this.#clock.summary();
  }

  /** Takes one field; false when the window holds no whole one. At the end, what is left counts. */
  #field(isEnd: boolean): boolean {
    const { window } = this.#source;
    const { bytes, at, end } = window;
    const found = bytes.indexOf(LF, at);
    let stop = found === -1 || found >= end ? -1 : found;
    // A line that the window cannot hold, and the last one without an end.
    if (stop === -1 && (isEnd || end - at > MAX_VALUE_BYTES + MAX_NAME_BYTES)) stop = end;
    if (stop === -1 || at >= end) return false;
    if (stop === at) {
      this.#endEntry();
      window.at = at + 1;
      return true;
    }
    this.#entryAt ??= window.base + at;
    const equals = bytes.indexOf(EQUALS, at);
    if (equals !== -1 && equals < stop) {
      this.#put(textOf(bytes, at, Math.min(equals, at + MAX_NAME_BYTES)), {
        bytes,
        from: equals + 1,
        to: stop,
      });
      window.at = Math.min(stop + 1, end);
      return true;
    }
    return this.#binary(stop, isEnd);
  }

  #binary(nameEnd: number, isEnd: boolean): boolean {
    const { window } = this.#source;
    const { bytes, at, end, view } = window;
    const name = textOf(bytes, at, Math.min(nameEnd, at + MAX_NAME_BYTES));
    const dataAt = nameEnd + 1 + LENGTH_BYTES;
    if (dataAt > end) return this.#skip(isEnd, end);
    const length = Number(view.getBigUint64(nameEnd + 1, true));
    if (!/^[A-Z_][A-Z0-9_]*$/.test(name) || length > window.capacity) {
      return this.#skip(true, Math.min(nameEnd + 1, end));
    }
    if (dataAt + length >= end) return this.#skip(isEnd, end);
    this.#put(name, { bytes, from: dataAt, to: dataAt + length });
    window.at = dataAt + length + 1;
    return true;
  }

  /** Waits for more, or passes over what makes no sense. */
  #skip(isLost: boolean, to: number): boolean {
    if (!isLost) return false;
    const { window } = this.#source;
    this.#strange += 1;
    this.#strangeAt ??= window.base + window.at;
    window.at = to;
    return true;
  }

  #put(name: string, { bytes, from, to }: { bytes: Uint8Array; from: number; to: number }): void {
    if (!JOURNAL_FIELDS.has(name) || to - from > MAX_VALUE_BYTES) return;
    const value = textOf(bytes, from, to);
    if (!this.#fields.has(name)) this.#fields.set(name, value);
    this.#excerpt.push(`${name}=${value}`);
  }

  #endEntry(): void {
    const { window, id: _ } = this.#source;
    if (this.#entryAt === null) return;
    this.#number += 1;
    const byteLength = window.base + window.at - this.#entryAt;
    const spot = { atByte: this.#entryAt, byteLength, number: this.#number };
    const text = detached(this.#excerpt.join("\n"), MAX_EXCERPT_CHARS);
    this.#teller.tell({ fields: this.#fields, spot, text });
    this.#fields.clear();
    this.#excerpt = [];
    this.#entryAt = null;
  }
}

function textOf(bytes: Uint8Array, at: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString("utf8");
}
