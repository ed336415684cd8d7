import { PaydirtError } from "../model/error.ts";
import type { Candidate } from "./collect.ts";
import type { InvestigateOptions, Progress } from "./options.ts";

/** Keeps the caller informed and stops the run when the signal says so. */
export class Pace {
  readonly #options: InvestigateOptions;
  #stage: Progress["stage"] = "open";
  #before = 0;
  #total: number | null = null;
  #file: string | null = null;

  constructor(options: InvestigateOptions) {
    this.#options = options;
  }

  readonly pulse = (bytes: number): void => {
    if (this.#options.signal?.aborted) throw new PaydirtError("interrupted", "Interrupted");
    const { onProgress } = this.#options;
    if (onProgress === null) return;
    onProgress({
      stage: this.#stage,
      bytesRead: this.#before + bytes,
      bytesTotal: this.#total,
      file: this.#file,
    });
  };

  begin(candidates: readonly Candidate[]): void {
    this.#stage = "read";
    const sizes = candidates.map(({ opened, peek }) => (opened === null ? (peek?.stamp.bytes ?? 0) : null));
    this.#total = sizes.reduce<number | null>(
      (sum, size) => (sum === null || size === null ? null : sum + size),
      0,
    );
  }

  file(name: string): void {
    this.#file = name;
    this.pulse(0);
  }

  done(bytes: number): void {
    this.#before += bytes;
  }

  stage(stage: Progress["stage"]): void {
    this.#stage = stage;
    this.pulse(0);
  }
}
