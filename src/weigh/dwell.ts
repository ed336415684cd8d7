import type { Facts } from "../model/facts.ts";
import type { Contradiction, Dwell } from "../model/host-case.ts";

/** How long a miner showed itself on a host, and what does not fit. */
export function dwell(
  _host: string,
  _facts: Facts,
): { dwell: Dwell | null; contradictions: Contradiction[] } {
  return { dwell: null, contradictions: [] };
}
