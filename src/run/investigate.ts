import { resolve } from "node:path";
import { isoMicros } from "../bytes/time.ts";
import type { Case } from "../model/case.ts";
import { PaydirtError } from "../model/error.ts";
import type { Evidence } from "../model/evidence.ts";
import type { CountedSession } from "../model/facts.ts";
import type { FileStamp, ManifestEvidence } from "../model/manifest.ts";
import { bytesAt } from "../model/place.ts";
import { hostPath } from "../read/host/layout.ts";
import { liveMembers } from "../read/host/live.ts";
import { treeMembers } from "../read/host/tree.ts";
import { READERS } from "../read/index.ts";
import { UnpackBudget } from "../read/source/budget.ts";
import {
  type Finished,
  type OpenEvidence,
  type OpenOptions,
  openEvidence,
  type Stamp,
} from "../read/source/open.ts";
import type { ChainSlice } from "../report/index.ts";
import type { OpenedCase } from "../store/index.ts";
import { assemble } from "./assemble.ts";
import { type Candidate, collect, LIVE } from "./collect.ts";
import { withCustody } from "./custody.ts";
import { RunDesk } from "./desk.ts";
import { loadIndicators } from "./indicators.ts";
import type { InvestigateOptions } from "./options.ts";
import { Pace } from "./pace.ts";
import { NOTHING_READ, type Piece, type PieceRead, Reading } from "./reading.ts";
import { redacted } from "./redacted.ts";
import { loadYara } from "./yara.ts";

/** A finished investigation: the case, what its tables are made of, and the chain of custody. */
export interface Investigation {
  readonly case: Case;
  readonly counted: readonly CountedSession[];
  readonly custody: readonly ManifestEvidence[];
  /** What was followed, to be followed again without its source; missing where nothing was. */
  readonly slice?: ChainSlice;
  /** The case that this one takes the place of and goes on from: what is not in a case.json is kept. */
  readonly older?: OpenedCase;
  /** Block of the older case's trace that what was followed went on from; missing where it began anew. */
  readonly wentOnFrom?: number;
}

/** Reads evidence and makes a case of it. Writes nothing.
 *
 *  Errors: `PaydirtError` "no-evidence" when nothing that was named could be read, "interrupted" when the
 *  signal says so. Evidence that cannot be read beside other evidence becomes a gap.
 */
export async function investigate(options: InvestigateOptions): Promise<Investigation> {
  const desk = new RunDesk(options.showSecrets ? undefined : redacted);
  const pace = new Pace(options);
  const { hash, root } = options;
  const { indicators, tables } = await loadIndicators(options.ioc);
  const yara = await loadYara(options.yara);
  const given = [...tables, ...(yara?.tables ?? [])];
  const candidates = await collect(options.evidence, { hash, root, pulse: pace.pulse });
  if (candidates.length === 0) {
    throw new PaydirtError(
      "no-evidence",
      `Cannot find evidence: ${options.evidence.join(", ")} holds no files`,
    );
  }
  pace.begin(candidates);
  const reading = new Reading(desk, { hash, yara, pulse: () => pace.pulse(0) });
  const evidence: Evidence[] = [];
  const custody: ManifestEvidence[] = [];
  for (const candidate of candidates) {
    pace.file(candidate.name);
    const id = desk.nextId("e");
    const read = await readOne({ candidate, id, desk, reading, pace, hash });
    evidence.push(read.evidence, ...reading.members.splice(0));
    custody.push(read.custody);
  }
  pace.stage("find");
  for (const finish of new Set(READERS.map((reader) => reader.finish))) finish?.(desk);
  if (evidence.every(({ kind, bytes }) => kind === "unreadable" || bytes === 0)) {
    throw nothingRead(desk, candidates);
  }
  pace.stage("count");
  const checked = await withCustody({ evidence, manifest: custody, desk, hash });
  return {
    ...assemble({ desk, indicators, given, evidence: checked, scopes: reading.scopes, options }),
    custody,
  };
}

function nothingRead(desk: RunDesk, candidates: readonly Candidate[]): PaydirtError {
  const reasons = desk.gaps().map(({ says }) => says);
  const empty = candidates.filter(({ walked, refused }) => walked && refused === null).length;
  if (empty > 0) reasons.push(`Cannot find evidence: ${empty} of the files have 0 bytes`);
  for (const { name, container } of candidates) {
    if (container === null) continue;
    reasons.push(`Cannot find evidence: none of the files of ${name} is of a kind that is read`);
  }
  return new PaydirtError("no-evidence", reasons.join("\n"));
}

interface ReadOrder {
  readonly candidate: Candidate;
  readonly id: string;
  readonly desk: RunDesk;
  readonly reading: Reading;
  readonly pace: Pace;
  readonly hash: boolean;
}

interface ReadOne {
  readonly evidence: Evidence;
  readonly custody: ManifestEvidence;
}

async function readOne(order: ReadOrder): Promise<ReadOne> {
  const { candidate, id, desk, pace, hash } = order;
  const { name, path, peek, container } = candidate;
  if (container !== null) return readContainer(order);
  const opened = await tryOpen(order, { hash, pulse: pace.pulse });
  let read: PieceRead = NOTHING_READ;
  let finished: Finished = { bytes: peek?.stamp.bytes ?? 0, sha256: null, after: null };
  const before = desk.noted;
  if (opened !== null) {
    try {
      read = await order.reading.piece(pieceOf(order, opened));
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
  const found = desk.noted > before;
  if (read.kind === null && opened !== null && !found) noteUnrecognised(order, finished.bytes);
  const { bytes, sha256 } = finished;
  const kind = read.kind ?? (opened === null ? "unreadable" : found ? "searched" : "unrecognised");
  return {
    evidence: evidenceOf(order, { read, kind, bytes, sha256 }),
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

function pieceOf({ candidate, id }: ReadOrder, { window, budget }: OpenEvidence): Piece {
  const { name, path, peek, scope } = candidate;
  return {
    id,
    name,
    path: hostPath(name),
    host: scope,
    modifiedMicros: peek?.stamp.modifiedMicros ?? null,
    window,
    budget,
    depth: 0,
    diskPath: peek === null || peek.codec !== null ? null : path,
  };
}

interface Outcome {
  readonly read: PieceRead;
  readonly kind: string;
  readonly bytes: number;
  readonly sha256: string | null;
}

function evidenceOf({ candidate, id }: ReadOrder, { read, kind, bytes, sha256 }: Outcome): Evidence {
  const { firstMicros, lastMicros, packets } = read.summary;
  return {
    id,
    name: candidate.name,
    kind,
    compression: candidate.peek?.codec?.id ?? read.compression,
    within: null,
    host: read.files === null ? candidate.scope : id,
    bytes,
    sha256,
    packets,
    first: firstMicros === null ? null : isoMicros(firstMicros),
    last: lastMicros === null ? null : isoMicros(lastMicros),
    files: read.files,
    filesRead: read.filesRead,
    custody: null,
  };
}

/** The root of a host as a folder, or the running host: its files are evidence each, it has no hash. */
async function readContainer(order: ReadOrder): Promise<ReadOne> {
  const { candidate, id, desk, reading } = order;
  const { name, path, container } = candidate;
  const tree = { id, name, path };
  const members = container === "live" ? liveMembers(tree, desk) : treeMembers(tree, desk);
  const budget = new UnpackBudget(() => 0);
  const counts = await reading.container({ id, name, host: id, budget, depth: 0, members });
  const bytes = reading.members.reduce((sum, member) => sum + (member.within === id ? member.bytes : 0), 0);
  const read = { ...NOTHING_READ, kind: container, ...counts };
  // The case of a running host has to lie somewhere on it.
  const at = container === "live" && resolve(path) === "/" ? LIVE : resolve(path);
  return {
    evidence: evidenceOf(order, { read, kind: container ?? "tree", bytes, sha256: null }),
    custody: { id, path: at, bytes, sha256: null, before: null, after: null, unchanged: null },
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
    const says =
      `Cannot read ${name}: its first bytes (offset 0) are those of no format that is read; ` +
      "it was searched, and holds no payment address";
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
  return { bytes, modified: isoOf(modifiedMicros), changed: isoOf(changedMicros), inode };
}

function isoOf(atMicros: number | null): string | null {
  return atMicros === null ? null : isoMicros(atMicros);
}
