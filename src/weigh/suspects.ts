import { type Finding, SEVERITIES } from "../model/finding.ts";
import type { Place } from "../model/place.ts";

/** The places on which findings above `info` rest. */
export class Suspects {
  readonly #byEvidence = new Map<string, Place[]>();

  constructor(findings: readonly Finding[]) {
    for (const { severity, basis } of findings) {
      if (severity === SEVERITIES[0]) continue;
      for (const { place } of basis) {
        const known = this.#byEvidence.get(place.evidence);
        if (known === undefined) this.#byEvidence.set(place.evidence, [place]);
        else known.push(place);
      }
    }
  }

  /** Whether a finding rests on a place that shares bytes with this one. */
  has({ evidence, atByte, byteLength }: Place): boolean {
    const places = this.#byEvidence.get(evidence) ?? [];
    return places.some((one) => one.atByte < atByte + byteLength && atByte < one.atByte + one.byteLength);
  }

  /** null for a suspect place, else the reason given. */
  reason(place: Place, otherwise: string): string | null {
    return this.has(place) ? null : otherwise;
  }
}
