import type { Verdict } from "../../model/case.ts";
import type { FollowedParts } from "./parts.ts";

export function followVerdict({ traces }: FollowedParts): Verdict {
  return { severity: "info", headline: `${traces.length} traces`, says: [], wouldChange: [] };
}
