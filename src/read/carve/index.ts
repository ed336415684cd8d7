import type { Desk } from "../reader.ts";
import type { Tap } from "../source/tapped-window.ts";
import { EVERYTHING, type Wanted } from "./families.ts";
import { type CarvedPiece, Hits } from "./hits.ts";
import { AHEAD, BEHIND } from "./region.ts";
import { Search } from "./search.ts";

/** Bytes of the end of what was searched that are needed again when more comes. */
const KEPT = BEHIND + AHEAD;
/** Chunks from this size on are searched where they lie; smaller ones are gathered first. */
const IN_PLACE = 1 << 15;
const GATHERED = 1 << 16;
/** Bytes that are searched at a time, so that every pass finds them in the processor's second cache. */
const STEP = 1 << 17;

/** Searches the bytes of one piece of evidence for payment addresses, pool URLs and secrets.
 *
 *  Shape: what is found is laid on the desk by `finish`, in the order of its first places: records `address`,
 *  `pool-url` and `secret`; each different one once, with how often it stands there.
 *  Errors: none; more than `MAX_DISTINCT` different ones are a gap.
 *  Limits: see docs/limits.md, "Carving".
 */
export class Carving implements Tap {
  readonly #desk: Desk;
  readonly #hits: Hits;
  readonly #search: Search;
  readonly #spare: Uint8Array[];
  #gathered: Uint8Array | null = null;
  #filled = 0;
  /** Offset in the evidence of the first gathered byte. */
  #base = 0;
  /** What begins before this index of the gathered bytes has been looked for. */
  #from = 0;

  constructor(piece: CarvedPiece, desk: Desk, wanted: Wanted = EVERYTHING) {
    this.#desk = desk;
    this.#hits = new Hits(piece);
    this.#search = new Search(this.#hits, wanted);
    this.#spare = desk.state<Uint8Array[]>("carve", () => []);
  }

  push(
    bytes: Uint8Array,
    span: { readonly at: number; readonly end: number; readonly atByte: number },
  ): void {
    const { at, end, atByte } = span;
    if (this.#gathered === null) this.#base = atByte;
    if (end - at < IN_PLACE) return this.#gather(bytes, at, end);
    // The seam to what came before, then the chunk itself, then what the next seam needs.
    this.#gather(bytes, at, at + KEPT);
    this.#flush(this.#filled - AHEAD);
    this.#inPlace(bytes, { from: at + BEHIND, limit: end - AHEAD, end, base: atByte - at });
    this.#filled = 0;
    this.#base = atByte + (end - at) - KEPT;
    this.#from = BEHIND;
    this.#gather(bytes, end - KEPT, end);
  }

  /** Lays down what was found. */
  finish(): void {
    this.#flush(this.#filled);
    if (this.#gathered !== null) this.#spare.push(this.#gathered);
    this.#gathered = null;
    this.#hits.finish(this.#desk);
  }

  #inPlace(
    bytes: Uint8Array,
    { from, limit, end, base }: { from: number; limit: number; end: number; base: number },
  ): void {
    for (let at = from; at < limit; at += STEP) {
      const next = Math.min(limit, at + STEP);
      const region = {
        bytes,
        from: at,
        limit: next,
        end: Math.min(end, next + AHEAD),
        base,
        stride: 1,
      } as const;
      this.#search.region(region);
    }
  }

  #gather(bytes: Uint8Array, at: number, end: number): void {
    this.#gathered ??= this.#spare.pop() ?? new Uint8Array(GATHERED + KEPT);
    for (let from = at; from < end; ) {
      const take = Math.min(end - from, this.#gathered.length - this.#filled);
      this.#gathered.set(bytes.subarray(from, from + take), this.#filled);
      this.#filled += take;
      from += take;
      if (this.#filled === this.#gathered.length) this.#flush(this.#filled - AHEAD);
    }
  }

  /** Looks for what begins before `limit`, and keeps what is needed to go on. */
  #flush(limit: number): void {
    const bytes = this.#gathered;
    if (bytes === null || limit <= this.#from) return;
    const end = this.#filled;
    this.#search.region({ bytes, from: this.#from, limit, end, base: this.#base, stride: 1 });
    const gone = Math.max(0, limit - BEHIND);
    bytes.copyWithin(0, gone, end);
    this.#base += gone;
    this.#filled = end - gone;
    this.#from = limit - gone;
  }
}
