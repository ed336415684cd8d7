import { DETECTORS } from "../find/index.ts";

/** A detector as the command line and the documentation list it. */
export interface ListedDetector {
  readonly id: string;
  readonly title: string;
  readonly attack: readonly string[];
  readonly blindTo: string;
  readonly limits: readonly ListedLimit[];
}

export interface ListedLimit {
  /** As `--set` takes it: `detector.name`. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly why: string;
}

/** Every detector, in the order of the report. */
export function listDetectors(): readonly ListedDetector[] {
  return DETECTORS.map(({ id, title, attack, blindTo, limits }) => ({
    id,
    title,
    attack,
    blindTo,
    limits: Object.entries(limits).map(([name, { value, unit, why }]) => ({
      name: `${id}.${name}`,
      value,
      unit,
      why,
    })),
  }));
}
