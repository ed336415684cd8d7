import type { Gap, GapCode } from "../model/gap.ts";
import type { Place } from "../model/place.ts";
import type { EvidenceRecord } from "../model/record.ts";
import type { ByteWindow } from "./source/window.ts";

/** One piece of evidence, opened for reading and recognised by a reader. */
export interface Source {
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
  /** Looks at the first bytes (at most 64 KiB, decompressed). */
  sniff(head: Uint8Array): boolean;
  /** Microseconds of the first record, by which evidence is ordered; null when the head does not say. */
  firstMicros(head: Uint8Array): number | null;
  read(source: Source, desk: Desk): Promise<ReadSummary>;
  /** Called once, after the last piece of evidence. */
  finish?(desk: Desk): void;
}
