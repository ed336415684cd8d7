import { GAP_CODES, type Gap, type GapCode } from "../model/gap.ts";
import { bytesAt, type Place } from "../model/place.ts";
import type { ContactRecord, EvidenceRecord, SessionRecord, ShareRecord } from "../model/record.ts";
import type { Desk } from "../read/reader.ts";

/** Gaps of one code in one piece of evidence that are told apart; further ones are counted together. */
const MAX_TOLD_APART = 20;

/** Records kept in one run; a share takes about half a KB. Evidence that holds more is read in parts. */
const MAX_SHARES = 500_000;
const MAX_SESSIONS = 100_000;

/** Collects what readers lay down in one run. */
export class RunDesk implements Desk {
  readonly sessions: SessionRecord[] = [];
  readonly shares: ShareRecord[] = [];
  readonly contacts: ContactRecord[] = [];
  readonly #gaps = new Map<string, { gap: Gap; count: number }>();
  readonly #kinds = new Map<string, number>();
  readonly #ids = new Map<string, number>();
  readonly #states = new Map<string, unknown>();

  record(record: EvidenceRecord): void {
    if (record.kind === "contact") this.contacts.push(record);
    else if (record.kind === "share" && this.shares.length < MAX_SHARES) this.shares.push(record);
    else if (record.kind === "session" && this.sessions.length < MAX_SESSIONS) this.sessions.push(record);
    else this.#refuse(record);
  }

  /** Bounds the memory: what is beyond is counted, and missing in every sum. */
  #refuse(record: SessionRecord | ShareRecord): void {
    const place = record.kind === "share" ? record.place : (record.trail[0]?.place ?? bytesAt("", 0, 0));
    const most = record.kind === "share" ? `${MAX_SHARES} shares` : `${MAX_SESSIONS} sessions`;
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

  state<T>(key: string, make: () => T): T {
    if (!this.#states.has(key)) this.#states.set(key, make());
    // cast: each key is made and read by one reader, which knows its type.
    return this.#states.get(key) as T;
  }

  gaps(): Gap[] {
    return [...this.#gaps.values()].map(({ gap, count }) => ({ ...gap, count }));
  }
}
