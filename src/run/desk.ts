import { GAP_CODES, type Gap, type GapCode } from "../model/gap.ts";
import type { AnyHostRecord } from "../model/host-facts.ts";
import { bytesAt, type Place } from "../model/place.ts";
import type { ContactRecord, EvidenceRecord, SessionRecord, ShareRecord } from "../model/record.ts";
import type { Desk } from "../read/reader.ts";

/** Gaps of one code in one piece of evidence that are told apart; further ones are counted together. */
const MAX_TOLD_APART = 20;

/** Records kept in one run; a share takes about half a KB. Evidence that holds more is read in parts. */
const MAX_SHARES = 500_000;
const MAX_SESSIONS = 100_000;
/** Records of hosts of one kind. */
const MAX_OF_KIND = 200_000;

/** Collects what readers lay down in one run. */
export class RunDesk implements Desk {
  readonly sessions: SessionRecord[] = [];
  readonly shares: ShareRecord[] = [];
  readonly contacts: ContactRecord[] = [];
  readonly hostRecords: AnyHostRecord[] = [];
  /** Records and gaps laid down so far. */
  noted = 0;
  readonly #redact: (record: AnyHostRecord) => AnyHostRecord;
  readonly #ofKind = new Map<string, number>();
  readonly #gaps = new Map<string, { gap: Gap; count: number }>();
  readonly #kinds = new Map<string, number>();
  readonly #ids = new Map<string, number>();
  readonly #states = new Map<string, unknown>();

  /** @param redact takes secrets out of a record's texts: nothing of them is kept anywhere */
  constructor(redact: (record: AnyHostRecord) => AnyHostRecord = (record) => record) {
    this.#redact = redact;
  }

  record(record: EvidenceRecord): void {
    this.noted += 1;
    if (record.kind === "contact") this.contacts.push(record);
    else if (record.kind === "share") {
      if (this.shares.length < MAX_SHARES) this.shares.push(record);
      else this.#refuse(record.place, `${MAX_SHARES} shares`);
    } else if (record.kind === "session") {
      if (this.sessions.length < MAX_SESSIONS) this.sessions.push(record);
      else this.#refuse(record.trail[0]?.place ?? bytesAt("", 0, 0), `${MAX_SESSIONS} sessions`);
    } else this.#hostRecord(record);
  }

  #hostRecord(record: AnyHostRecord): void {
    const count = (this.#ofKind.get(record.kind) ?? 0) + 1;
    this.#ofKind.set(record.kind, count);
    if (count <= MAX_OF_KIND) this.hostRecords.push(this.#redact(record));
    else {
      const says = `More than ${MAX_OF_KIND} facts of the kind ${record.kind}: read the evidence in parts`;
      this.gap(record.place, "dropped-details", says);
    }
  }

  /** Bounds the memory: what is beyond is counted, and missing in every sum. */
  #refuse(place: Place, most: string): void {
    this.gap(
      place,
      "dropped-details",
      `Mining beyond the first ${most} is not in any sum: read the evidence in parts`,
    );
  }

  gap(place: Place, code: GapCode, says: string): void {
    this.countGap({ place, code, says, count: 1 });
  }

  countGap(gap: Gap): void {
    this.noted += 1;
    const kind = `${gap.place.evidence} ${gap.code}`;
    const known = this.#gaps.get(`${kind} ${gap.says}`);
    if (known !== undefined) {
      known.count += gap.count;
      return;
    }
    const told = this.#kinds.get(kind) ?? 0;
    if (told < MAX_TOLD_APART) {
      this.#kinds.set(kind, told + 1);
      this.#gaps.set(`${kind} ${gap.says}`, { gap, count: gap.count });
      return;
    }
    const rest = this.#gaps.get(kind);
    if (rest !== undefined) rest.count += gap.count;
    else this.#gaps.set(kind, { gap: { ...gap, says: `more of: ${GAP_CODES[gap.code]}` }, count: gap.count });
  }

  nextId(prefix: string): string {
    const next = (this.#ids.get(prefix) ?? 0) + 1;
    this.#ids.set(prefix, next);
    return `${prefix}${next}`;
  }

  /** Takes back the id given out last: nothing refers to it. */
  returnId(prefix: string): void {
    this.#ids.set(prefix, (this.#ids.get(prefix) ?? 1) - 1);
  }

  state<T>(key: string, make: () => T): T {
    if (!this.#states.has(key)) this.#states.set(key, make());
    // cast: each key is made and read by one reader, which knows its type.
    return this.#states.get(key) as T;
  }

  gaps(): Gap[] {
    return [...this.#gaps.values()].map(({ gap, count }) => ({ ...gap, count }));
  }
}
