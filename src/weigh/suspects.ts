import { type Finding, SEVERITIES } from "../model/finding.ts";
import { grouped } from "../model/group.ts";
import type { Place } from "../model/place.ts";

/** The places on which findings above `info` rest. */
export class Suspects {
  readonly #byEvidence: ReadonlyMap<string, readonly Place[]>;

  constructor(findings: readonly Finding[]) {
    const told = findings.filter(({ severity }) => severity !== SEVERITIES[0]);
    const places = told.flatMap(({ basis }) => basis.map(({ place }) => place));
    this.#byEvidence = grouped(places, ({ evidence }) => evidence);
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
