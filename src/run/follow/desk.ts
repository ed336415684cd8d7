import type { Evidence } from "../../model/evidence.ts";
import type { Gap, GapCode } from "../../model/gap.ts";
import type { ManifestEvidence } from "../../model/manifest.ts";
import type { Place } from "../../model/place.ts";
import type { AnswerCache, ChainContext } from "../../read/chain/source.ts";
import { RunDesk } from "../desk.ts";
import type { FollowOptions } from "./options.ts";

/** Collects what sources, tags and swaps lay down while money is followed. Ids of evidence go on behind
 *  those of the case that the trace is added to. */
export class FollowDesk implements ChainContext {
  readonly evidenceRead: Evidence[] = [];
  readonly custody: ManifestEvidence[] = [];
  readonly cache: AnswerCache | null;
  readonly signal: AbortSignal | null;
  readonly #desk = new RunDesk();
  readonly #taken: ReadonlySet<string>;
  readonly #onProgress: FollowOptions["onProgress"];
  #bytesRead = 0;

  constructor({ into, signal, onProgress }: FollowOptions, cache: AnswerCache | null) {
    const before: readonly Evidence[] = into?.case.evidence ?? [];
    this.#taken = new Set(before.map(({ id }) => id));
    this.cache = cache;
    this.signal = signal;
    this.#onProgress = onProgress;
  }

  gap(place: Place, code: GapCode, says: string): void {
    this.#desk.gap(place, code, says);
  }

  /** What has no hash is named in the case and is not in the manifest: a node's block files grow while they
   *  are read, and answers of a server are nowhere on disk. */
  evidence(made: Parameters<ChainContext["evidence"]>[0], path: string | null): string {
    let id = this.#desk.nextId("e");
    while (this.#taken.has(id)) id = this.#desk.nextId("e");
    const { name, kind, bytes, sha256, within } = made;
    const nothing = { compression: null, host: null, packets: null, first: null, last: null };
    this.evidenceRead.push({
      id,
      name,
      kind,
      bytes,
      sha256,
      within,
      ...nothing,
      files: null,
      filesRead: null,
      custody: null,
    });
    if (path !== null && sha256 !== null) {
      this.custody.push({ id, path, bytes, sha256, before: null, after: null, unchanged: null });
    }
    return id;
  }

  progress(bytesRead: number, bytesTotal: number | null): void {
    this.#bytesRead += bytesRead;
    this.#onProgress?.({ bytesRead: this.#bytesRead, bytesTotal });
  }

  gaps(): readonly Gap[] {
    return this.#desk.gaps();
  }
}
