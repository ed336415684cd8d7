import { resolve } from "node:path";
import { isoMicros } from "../bytes/time.ts";
import type { Case } from "../model/case.ts";
import { PaydirtError } from "../model/error.ts";
import type { Evidence } from "../model/evidence.ts";
import type { CountedSession } from "../model/facts.ts";
import type { FileStamp, ManifestEvidence } from "../model/manifest.ts";
import { bytesAt } from "../model/place.ts";
import { READERS } from "../read/index.ts";
import type { ReadSummary } from "../read/reader.ts";
import {
  type Finished,
  type OpenEvidence,
  type OpenOptions,
  openEvidence,
  type Stamp,
} from "../read/source/open.ts";
import { assemble } from "./assemble.ts";
import { type Candidate, collect } from "./collect.ts";
import { RunDesk } from "./desk.ts";
import type { InvestigateOptions } from "./options.ts";
import { Pace } from "./pace.ts";

/** A finished investigation: the case, what its tables are made of, and the chain of custody. */
export interface Investigation {
  readonly case: Case;
  readonly counted: readonly CountedSession[];
  readonly custody: readonly ManifestEvidence[];
}

const NOTHING_READ: ReadSummary = { packets: null, firstMicros: null, lastMicros: null };

/** Reads evidence and makes a case of it. Writes nothing.
 *
 *  Errors: `PaydirtError` "no-evidence" when nothing that was named could be read, "interrupted" when the
 *  signal says so. Evidence that cannot be read beside other evidence becomes a gap.
 */
export async function investigate(options: InvestigateOptions): Promise<Investigation> {
  const desk = new RunDesk();
  const pace = new Pace(options);
  const candidates = await collect(options.evidence, { hash: options.hash, pulse: pace.pulse });
  if (candidates.length === 0) {
    throw new PaydirtError(
      "no-evidence",
      `Cannot find evidence: ${options.evidence.join(", ")} holds no files`,
    );
  }
  pace.begin(candidates);
  const evidence: Evidence[] = [];
  const custody: ManifestEvidence[] = [];
  let index = 0;
  for (const candidate of candidates) {
    pace.file(candidate.name);
    const id = `e${++index}`;
    const read = await readOne({ candidate, id, desk, pace, hash: options.hash });
    evidence.push(read.evidence);
    custody.push(read.custody);
  }
  pace.stage("find");
  for (const finish of new Set(READERS.map((reader) => reader.finish))) finish?.(desk);
  if (candidates.every(({ reader }) => reader === null)) throw nothingRead(desk, candidates);
  pace.stage("count");
  return { ...assemble({ desk, evidence, options }), custody };
}

function nothingRead(desk: RunDesk, candidates: readonly Candidate[]): PaydirtError {
  const reasons = desk.gaps().map(({ says }) => says);
  const folders = new Map<string, number>();
  for (const { name, walked, refused } of candidates) {
    const folder = name.slice(0, name.indexOf("/"));
    if (walked && refused === null) folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  for (const [folder, files] of folders) {
    const held = files === 1 ? "its 1 file is" : `its ${files} files are`;
    reasons.push(`Cannot find evidence in ${folder}: ${held} of no kind that is read`);
  }
  return new PaydirtError("no-evidence", reasons.join("\n"));
}

interface ReadOrder {
  readonly candidate: Candidate;
  readonly id: string;
  readonly desk: RunDesk;
  readonly pace: Pace;
  readonly hash: boolean;
}

async function readOne(order: ReadOrder): Promise<{ evidence: Evidence; custody: ManifestEvidence }> {
  const { candidate, id, desk, pace, hash } = order;
  const { name, path, reader, peek } = candidate;
  const opened = await tryOpen(order, { hash, pulse: pace.pulse });
  let summary = NOTHING_READ;
  let finished: Finished = { bytes: peek?.stamp.bytes ?? 0, sha256: null, after: null };
  if (opened !== null) {
    try {
      if (reader !== null) summary = await reader.read({ id, name, window: opened.window }, desk);
      finished = await opened.finish();
    } catch (error) {
      await opened.abandon();
      if (error instanceof PaydirtError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      const says = `Cannot read ${name} to its end: ${reason}`;
      desk.gap(bytesAt(id, 0, 0), "unreadable", says);
    }
  }
  pace.done(finished.bytes);
  const unchanged = compareStamps(order, finished.after);
  if (reader === null && opened !== null) noteUnrecognised(order, finished.bytes);
  const { firstMicros, lastMicros, packets } = summary;
  const { bytes, sha256 } = finished;
  return {
    evidence: {
      id,
      name,
      kind: reader?.id ?? (opened === null ? "unreadable" : "unrecognised"),
      compression: peek?.compression ?? null,
      bytes,
      sha256,
      packets,
      first: firstMicros === null ? null : isoMicros(firstMicros),
      last: lastMicros === null ? null : isoMicros(lastMicros),
    },
    custody: {
      id,
      path: path === "-" ? path : resolve(path),
      bytes,
      sha256,
      before: peek === null ? null : fileStamp(peek.stamp),
      after: finished.after === null ? null : fileStamp(finished.after),
      unchanged,
    },
  };
}

async function tryOpen(
  { candidate, id, desk }: ReadOrder,
  options: OpenOptions,
): Promise<OpenEvidence | null> {
  const { name, peek, opened, refused } = candidate;
  if (refused !== null) {
    desk.gap(bytesAt(id, 0, 0), "unreadable", `Cannot read ${name}: ${refused}`);
    return null;
  }
  if (opened !== null || peek === null) return opened;
  try {
    return await openEvidence(peek, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    desk.gap(bytesAt(id, 0, 0), "unreadable", `Cannot read ${name}: ${reason}`);
    return null;
  }
}

/** A file that was named is expected to be evidence;
 *  one found in a folder is only listed with what was read. */
function noteUnrecognised({ candidate, id, desk }: ReadOrder, bytes: number): void {
  const { name, walked } = candidate;
  if (walked) return;
  if (bytes === 0) desk.gap(bytesAt(id, 0, 0), "empty", `Cannot read ${name}: it has 0 bytes`);
  else {
    const says = `Cannot read ${name}: its first bytes (offset 0) are those of no format that is read`;
    desk.gap(bytesAt(id, 0, Math.min(bytes, 16)), "unrecognised", says);
  }
}

function compareStamps({ candidate, id, desk }: ReadOrder, after: Stamp | null): boolean | null {
  const before = candidate.peek?.stamp;
  if (before === undefined || after === null) return null;
  const isSame =
    before.bytes === after.bytes &&
    before.modifiedMicros === after.modifiedMicros &&
    before.inode === after.inode;
  if (isSame) return true;
  const sizes = `${before.bytes} bytes before, ${after.bytes} after`;
  const says = `${candidate.name} changed while it was read: ${sizes}`;
  desk.gap(bytesAt(id, 0, 0), "changed", says);
  return false;
}

function fileStamp({ bytes, modifiedMicros, changedMicros, inode }: Stamp): FileStamp {
  return { bytes, modified: isoMicros(modifiedMicros), changed: isoMicros(changedMicros), inode };
}
