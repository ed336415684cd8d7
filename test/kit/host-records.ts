import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Gap } from "../../src/model/gap.ts";
import type { AnyHostRecord } from "../../src/model/host-facts.ts";
import { treeMembers } from "../../src/read/host/tree.ts";
import { READERS } from "../../src/read/index.ts";
import { UnpackBudget } from "../../src/read/source/budget.ts";
import { openEvidence, peek } from "../../src/read/source/open.ts";
import { RunDesk } from "../../src/run/desk.ts";
import { Reading } from "../../src/run/reading.ts";

/** What readers lay down of these files, before hosts are told apart: with gaps, for those who ask. */
export async function hostRecords(paths: readonly string[], gaps: Gap[] = []): Promise<AnyHostRecord[]> {
  const desk = new RunDesk();
  const reading = new Reading(desk, { hash: false, yara: null, pulse: () => {} });
  for (const path of paths) {
    const peeked = await peek(path);
    const opened = await openEvidence(peeked, { hash: false, pulse: () => {} });
    const id = desk.nextId("e");
    const name = path.slice(path.lastIndexOf("/") + 1);
    const { window, budget } = opened;
    const modifiedMicros = peeked.stamp.modifiedMicros;
    const piece = {
      id,
      name,
      path: name,
      host: id,
      modifiedMicros,
      window,
      budget,
      depth: 0,
      diskPath: path,
    };
    await reading.piece({ ...piece, diskPath: peeked.codec === null ? path : null });
    await opened.finish();
  }
  return finished(desk, gaps);
}

/** What readers lay down of a collection whose files are given as texts by their paths. */
export async function collectionRecords(
  files: Readonly<Record<string, string | Uint8Array>>,
  gaps: Gap[] = [],
): Promise<AnyHostRecord[]> {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-test-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const desk = new RunDesk();
    const reading = new Reading(desk, { hash: false, yara: null, pulse: () => {} });
    const id = desk.nextId("e");
    const members = treeMembers({ id, name: "tree", path: folder }, desk);
    await reading.container({
      id,
      name: "tree",
      host: id,
      budget: new UnpackBudget(() => 0),
      depth: 0,
      members,
    });
    return finished(desk, gaps);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function finished(desk: RunDesk, gaps: Gap[]): AnyHostRecord[] {
  for (const finish of new Set(READERS.map((reader) => reader.finish))) finish?.(desk);
  gaps.push(...desk.gaps());
  return desk.hostRecords;
}
