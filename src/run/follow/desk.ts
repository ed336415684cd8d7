import { resolve } from "node:path";
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
  /** The first piece of evidence that was named: the source itself. */
  first: Evidence | null = null;
  readonly custody: ManifestEvidence[] = [];
  readonly cache: AnswerCache | null;
  readonly signal: AbortSignal | null;
  readonly #desk = new RunDesk();
  readonly #before: readonly Evidence[];
  readonly #onProgress: FollowOptions["onProgress"];
  #bytesRead = 0;
  #bytesTotal: number | null = null;

  constructor({ into, signal, onProgress }: FollowOptions, cache: AnswerCache | null) {
    this.#before = into?.case.evidence ?? [];
    this.cache = cache;
    this.signal = signal;
    this.#onProgress = onProgress;
  }

  gap(place: Place, code: GapCode, says: string): void {
    this.#desk.gap(place, code, says);
  }

  /** What the case holds already, by name and hash, keeps its id. What has no hash stands in the case and is
   *  not in the manifest: a node's block files grow while they are read, and answers of a server are nowhere
   *  on disk. */
  evidence(made: Parameters<ChainContext["evidence"]>[0], path: string | null): string {
    const { name, kind, bytes, sha256, within } = made;
    const known = this.#before.find(
      (one) => one.name === name && one.kind === kind && one.sha256 === sha256 && one.bytes === bytes,
    );
    if (known !== undefined) {
      this.first ??= known;
      return known.id;
    }
    let id = this.#desk.nextId("e");
    while (this.#before.some((one) => one.id === id)) id = this.#desk.nextId("e");
    const nothing = { compression: null, host: null, packets: null, first: null, last: null };
    const counts = { files: null, filesRead: null, custody: null };
    const read: Evidence = { id, name, kind, bytes, sha256, within, ...nothing, ...counts };
    this.evidenceRead.push(read);
    this.first ??= read;
    if (path !== null && sha256 !== null) {
      this.custody.push({
        id,
        path: resolve(path),
        bytes,
        sha256,
        before: null,
        after: null,
        unchanged: null,
      });
    }
    return id;
  }

  progress(bytesRead: number, bytesTotal: number | null): void {
    // Each source and list has a total of its own.
    this.#bytesRead = bytesTotal === this.#bytesTotal ? this.#bytesRead + bytesRead : bytesRead;
    this.#bytesTotal = bytesTotal;
    this.#onProgress?.({ bytesRead: this.#bytesRead, bytesTotal });
  }

  gaps(): readonly Gap[] {
    return this.#desk.gaps();
  }
}
