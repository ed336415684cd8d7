import type { Chain } from "../../model/chain.ts";
import type { Evidence } from "../../model/evidence.ts";
import type { GapCode } from "../../model/gap.ts";
import type { Place } from "../../model/place.ts";

/** Answers that were fetched before, kept on disk so that nothing is asked twice. */
export interface AnswerCache {
  get(key: string): Promise<Uint8Array | null>;
  /** Written whole or not at all. */
  put(key: string, answer: Uint8Array): Promise<void>;
}

/** What a source lays down while it is read, and what it may use. */
export interface ChainContext {
  gap(place: Place, code: GapCode, says: string): void;
  /** Makes a piece of evidence known and returns its id; `path` is null for what is no file. */
  evidence(
    made: Pick<Evidence, "name" | "kind" | "bytes" | "sha256" | "within">,
    path: string | null,
  ): string;
  /** null: nothing is kept. */
  readonly cache: AnswerCache | null;
  readonly signal: AbortSignal | null;
  /** Bytes read or fetched since the last call, of so many in all (null: not known). */
  progress(bytesRead: number, bytesTotal: number | null): void;
}

/** One way of naming a source: `id` is the word before the colon of --chain.
 *
 *  Errors of `open`: `PaydirtError` "bad-source", naming the source without any password, for one that cannot
 *  be used at all.
 */
export interface ChainScheme {
  readonly id: "blocks" | "rpc" | "esplora" | "slice";
  readonly title: string;
  /** What stands behind the colon. */
  readonly takes: string;
  open(where: string, context: ChainContext): Promise<Chain>;
}
