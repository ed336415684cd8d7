import type { Detector } from "./detector.ts";

/** How a detector asks for its thresholds: the value as changed by the user, else its own.
 *
 *  Shape: `changed` is keyed `detector.name`, as `--set` takes it.
 *  Errors: TypeError when a detector asks for a limit that it does not declare.
 */
export function limitReader(
  detector: Detector,
  changed: ReadonlyMap<string, number>,
): (name: string) => number {
  return (name) => {
    const limit = Object.hasOwn(detector.limits, name) ? detector.limits[name] : undefined;
    if (limit === undefined) throw new TypeError(`Cannot read a limit: ${detector.id} has no ${name}`);
    return changed.get(`${detector.id}.${name}`) ?? limit.value;
  };
}
