import type { Gap, GapCode } from "../../model/gap.ts";
import { type PacketRef, placeOf } from "./packet-ref.ts";

/** Counts faults by kind, so that a million malformed packets are one gap with a count and the place of the
 *  first. */
export class Tally {
  readonly #gaps = new Map<string, { first: Omit<Gap, "count">; count: number }>();

  add(code: GapCode, says: string, ref: PacketRef): void {
    const key = `${ref.evidence} ${code} ${says}`;
    const known = this.#gaps.get(key);
    if (known !== undefined) known.count++;
    else this.#gaps.set(key, { first: { place: placeOf(ref), code, says }, count: 1 });
  }

  /** The gaps so far; starts anew. */
  take(): Gap[] {
    const gaps = [...this.#gaps.values()].map(({ first, count }) => ({ ...first, count }));
    this.#gaps.clear();
    return gaps;
  }
}
