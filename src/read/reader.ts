import type { Gap, GapCode } from "../model/gap.ts";
import type { Place } from "../model/place.ts";
import type { EvidenceRecord } from "../model/record.ts";
import type { ByteWindow } from "./source/window.ts";

/** Where a file lay and when it was written, as far as its container tells. */
export interface Item {
  /** As the file lay on the host ("/etc/passwd", "C:/Users/…") where the layout of the collection tells, else
   *  as it lies in its container ("live_response/process/ps_-ef.txt"), else the file's name. */
  readonly path: string;
  /** The host's key while reading; facts carry it as `host`. */
  readonly host: string;
  /** When it was last written: the newest that its lines can be. */
  readonly modifiedMicros: number | null;
}

/** One piece of evidence, opened for reading and recognised by a reader. */
export interface Source extends Item {
  /** Its id in the case, "e1", "e2" … */
  readonly id: string;
  readonly name: string;
  readonly window: ByteWindow;
}

/** What a reader found out about a whole piece of evidence. */
export interface ReadSummary {
  readonly packets: number | null;
  readonly firstMicros: number | null;
  readonly lastMicros: number | null;
}

export const NOTHING_SUMMED: ReadSummary = { packets: null, firstMicros: null, lastMicros: null };

/** Where readers lay down what they find; one per run. */
export interface Desk {
  record(record: EvidenceRecord): void;
  gap(place: Place, code: GapCode, says: string): void;
  /** The same for alike gaps that were counted already. */
  countGap(gap: Gap): void;
  /** Next free id with this prefix: "s1", "s2" … */
  nextId(prefix: string): string;
  /** State that outlives one piece of evidence (a session over several files), made at the first call. */
  state<T>(key: string, make: () => T): T;
}

/** A format of evidence. Readers never throw because of what the evidence holds: that is a gap. */
export interface Reader {
  readonly id: string;
  readonly title: string;
  /** Looks at the first bytes (at most 64 KiB, decompressed), and at the path where the content of such a
   *  file says too little (a crontab, a list of accounts). */
  sniff(head: Uint8Array, item: Item): boolean;
  /** Microseconds of the first record, by which evidence is ordered; null when the head does not say. */
  firstMicros(head: Uint8Array): number | null;
  read(source: Source, desk: Desk): Promise<ReadSummary>;
  /** Called once, after the last piece of evidence. */
  finish?(desk: Desk): void;
}
