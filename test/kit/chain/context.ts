import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Gap } from "../../../src/model/gap.ts";
import type { ChainContext } from "../../../src/read/chain/source.ts";
import { RunDesk } from "../../../src/run/desk.ts";

/** A context for reading a source, and what was laid down on it. */
export interface TestChainContext extends ChainContext {
  gaps(): Gap[];
  /** Paths of evidence, in the order of their ids "e1", "e2" … */
  readonly paths: string[];
}

export function chainContext(): TestChainContext {
  const desk = new RunDesk();
  const paths: string[] = [];
  return {
    gap: (place, code, says) => desk.gap(place, code, says),
    evidence: (_made, path) => {
      paths.push(path ?? "");
      return `e${paths.length}`;
    },
    cache: null,
    signal: null,
    progress: () => {},
    gaps: () => desk.gaps(),
    paths,
  };
}

/** A file of this name and content, which the test takes away again. */
export function madeFile(test: TestContext, name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-chain-"));
  test.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
