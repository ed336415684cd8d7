import type { Gap } from "../../src/model/gap.ts";
import type { AnyHostRecord, HostKind } from "../../src/model/host-facts.ts";
import { READERS } from "../../src/read/index.ts";
import type { ReadSummary } from "../../src/read/reader.ts";
import { StreamWindow } from "../../src/read/source/stream-window.ts";
import { RunDesk } from "../../src/run/desk.ts";

/** What one reader lays down of one file, before hosts are told apart and times are moved. */
export interface ReadOne {
  /** Id of the first reader that knows it; null when none does. */
  readonly reader: string | null;
  readonly records: readonly AnyHostRecord[];
  readonly gaps: readonly Gap[];
  readonly summary: ReadSummary | null;
}

const HEAD_BYTES = 1 << 16;

/** Reads bytes as the pipeline would, in small chunks, so that lines and objects straddle them. */
export async function readOne(
  bytes: Uint8Array | string,
  path = "evidence",
  modifiedMicros: number | null = null,
): Promise<ReadOne> {
  const whole = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
  const desk = new RunDesk();
  const item = { path, host: "e1", modifiedMicros };
  const reader = READERS.find((one) => one.sniff(whole.subarray(0, HEAD_BYTES), item)) ?? null;
  const source = { id: "e1", name: path, ...item, window: new StreamWindow(chunks(whole)) };
  const summary = reader === null ? null : await reader.read(source, desk);
  for (const finish of new Set(READERS.map((one) => one.finish))) finish?.(desk);
  return { reader: reader?.id ?? null, records: desk.hostRecords, gaps: desk.gaps(), summary };
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 997) yield bytes.subarray(at, at + 997);
}

/** Records of one kind, in the order in which they were laid down. */
export function ofKind<K extends HostKind>(
  { records }: ReadOne,
  kind: K,
): readonly Extract<AnyHostRecord, { readonly kind: K }>[] {
  // cast: the filter keeps the records of the kind alone.
  return records.filter((one) => one.kind === kind) as Extract<AnyHostRecord, { readonly kind: K }>[];
}
