import type { Facts } from "../model/facts.ts";
import type { Cluster, Observable } from "../model/host-case.ts";

/** What the case holds by which hosts and cases can be recognised. */
export function observables(_facts: Facts): Observable[] {
  return [];
}

/** Hosts that share what only one operator has. */
export function clusters(_observables: readonly Observable[]): Cluster[] {
  return [];
}
