import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { isoMicros } from "../bytes/time.ts";
import type { Custody, Evidence } from "../model/evidence.ts";
import type { CustodyRecord } from "../model/host-record.ts";
import type { ManifestEvidence } from "../model/manifest.ts";
import { bytesAt } from "../model/place.ts";
import { fileChunks } from "../read/source/file-chunks.ts";
import type { RunDesk } from "./desk.ts";

interface Read {
  readonly evidence: readonly Evidence[];
  /** Where each piece lies on disk. */
  readonly manifest: readonly ManifestEvidence[];
  readonly desk: RunDesk;
  /** false: nothing is hashed. */
  readonly hash: boolean;
}

type Algorithm = keyof CustodyRecord["hashes"];
/** The strongest hash of a log is the one that counts: the others add nothing to it. */
const ALGORITHMS: readonly Algorithm[] = ["sha256", "sha1", "md5"];

/** What collectors' logs say of the evidence that was read in the same run, and whether its hashes agree. A
 *  hash that does not agree is a gap: the evidence is not, or no longer, what was collected. */
export async function withCustody(read: Read): Promise<Evidence[]> {
  const { evidence, desk } = read;
  const logs = desk.hostRecords.filter((one): one is CustodyRecord => one.kind === "custody");
  const found = new Map<string, Custody>();
  for (const log of logs) {
    const one = collectedBy(log, read);
    if (one === null || found.has(one.id)) continue;
    const custody = await custodyOf(log, one, read);
    found.set(one.id, custody);
    if (custody.agrees === false) {
      const hash = `${custody.algorithm} ${custody.hash}`;
      const says = `${one.name} is not what its collector wrote down: the log has ${hash}`;
      desk.gap(bytesAt(one.id, 0, one.bytes), "custody-mismatch", says);
    }
  }
  return evidence.map((one) => ({ ...one, custody: found.get(one.id) ?? one.custody }));
}

/** The evidence of the name that the log gives: the one in the log's own folder when there are several. */
function collectedBy({ file, place }: CustodyRecord, { evidence, manifest }: Read): Evidence | null {
  const named = evidence.filter(({ id, name }) => basename(name) === basename(file) && id !== place.evidence);
  if (named.length === 1) return named[0] ?? null;
  const log = evidence.find(({ id }) => id === place.evidence);
  const folderOf = (one: Evidence | undefined): string => {
    const path = manifest.find(({ id }) => id === one?.id)?.path ?? one?.name ?? "";
    return `${one?.within} ${dirname(path)}`;
  };
  const near = named.filter((one) => folderOf(one) === folderOf(log));
  return near.length === 1 ? (near[0] ?? null) : null;
}

async function custodyOf(log: CustodyRecord, collected: Evidence, read: Read): Promise<Custody> {
  const algorithm = ALGORITHMS.find((one) => log.hashes[one] !== undefined) ?? null;
  const expected = algorithm === null ? null : (log.hashes[algorithm] ?? null);
  const own = algorithm === null ? null : await hashOf(collected, algorithm, read);
  return {
    tool: log.tool,
    caseNumber: log.caseNumber,
    evidenceNumber: log.evidenceNumber,
    examiner: log.examiner,
    started: log.startedMicros === null ? null : isoMicros(log.startedMicros),
    finished: log.finishedMicros === null ? null : isoMicros(log.finishedMicros),
    algorithm,
    hash: expected,
    agrees: own === null || expected === null ? null : own === expected,
    place: log.place,
  };
}

/** The run's own SHA-256; another only where the log has no better one, by reading the file again. */
async function hashOf(one: Evidence, algorithm: Algorithm, { manifest, hash }: Read): Promise<string | null> {
  if (algorithm === "sha256") return one.sha256;
  const path = manifest.find(({ id }) => id === one.id)?.path;
  if (!hash || one.within !== null || path === undefined || path === "-") return null;
  try {
    const file = await open(path, "r");
    try {
      const digest = createHash(algorithm);
      for await (const chunk of fileChunks(file, one.bytes)) digest.update(chunk);
      return digest.digest("hex");
    } finally {
      await file.close();
    }
  } catch {
    // It was readable a moment ago; what cannot be compared is told as such.
    return null;
  }
}
