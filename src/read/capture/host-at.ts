import type { HostRecord } from "../../model/host-record.ts";
import type { Place } from "../../model/place.ts";

/** A host of which a capture shows the address and nothing else.
 *
 *  Limits: an address that two networks use is taken for one host.
 */
export function hostAt(ip: string, place: Place): HostRecord {
  return {
    kind: "host",
    host: ip,
    hostname: null,
    atMicros: null,
    atHow: null,
    clock: "utc",
    place,
    excerpt: "",
    name: null,
    addresses: [ip],
    os: null,
    machineId: null,
    zone: null,
    collector: null,
    collectedFirstMicros: null,
    collectedLastMicros: null,
  };
}
