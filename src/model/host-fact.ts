import type { How, Place } from "./place.ts";

/** What every fact of a host has in common.
 *
 *  Shape: `host` is an id of `Case.hosts`; `atMicros` is microseconds since 1970 UTC, null when the evidence
 *  gives no time. `atHow` is "inferred" when the year or the zone was not written and had to be inferred.
 *  `clock` is "local" while a time of day without a zone waits for the zone of its host; `hostname` is the
 *  name that a log line gives of its own host, null where none is written.
 */
export interface HostFact {
  readonly host: string;
  readonly hostname: string | null;
  readonly atMicros: number | null;
  readonly atHow: How | null;
  readonly clock: "utc" | "local";
  readonly place: Place;
  /** The line or bytes as text, cut at `MAX_EXCERPT_CHARS`; secrets are redacted. */
  readonly excerpt: string;
}
