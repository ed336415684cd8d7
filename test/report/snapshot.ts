import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkoutRoot } from "../kit/data.ts";

/** Compares a text with `NAME.snap` in test/report/snapshots; with UPDATE=1 it writes the file. */
export function matchesSnapshot(name: string, text: string): void {
  const folder = join(checkoutRoot(), "test", "report", "snapshots");
  const path = join(folder, `${name}.snap`);
  if (process.env["UPDATE"] === "1") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
  }
  assert.ok(existsSync(path), `no snapshot ${name}: run with UPDATE=1 and review it`);
  assert.equal(text, readFileSync(path, "utf8"));
}
