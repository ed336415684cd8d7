import assert from "node:assert/strict";

/** Passes when a check found no fault, else fails with all of them, one a line. */
export function none(faults: readonly string[]): void {
  assert.ok(faults.length === 0, `\n${faults.join("\n")}`);
}
