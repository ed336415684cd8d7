import type { Gap } from "../../src/model/gap.ts";
import type { AnyHostRecord } from "../../src/model/host-facts.ts";
import type { EvidenceRecord } from "../../src/model/record.ts";
import type { AddressRecord, PoolUrlRecord, SecretRecord } from "../../src/model/trace-record.ts";
import { EVERYTHING, type Wanted } from "../../src/read/carve/families.ts";
import { Carving } from "../../src/read/carve/index.ts";

/** What carving laid down. */
export interface Carved {
  readonly records: readonly EvidenceRecord[];
  readonly addresses: readonly AddressRecord[];
  readonly pools: readonly PoolUrlRecord[];
  readonly secrets: readonly SecretRecord[];
  readonly gaps: readonly Gap[];
}

const UNALIGNED = 3;

/** Carves chunks, each pushed from a buffer that is used again and then overwritten. */
export function carved(chunks: Iterable<Uint8Array>, wanted: Wanted = EVERYTHING): Carved {
  const records: AnyHostRecord[] = [];
  const gaps: Gap[] = [];
  const piece = { id: "e1", name: "image.raw", path: "image.raw", host: "h1", modifiedMicros: null };
  const carving = new Carving(
    piece,
    {
      record: (record) => {
        // cast: carving lays down facts of hosts alone.
        records.push(record as AnyHostRecord);
      },
      gap: (place, code, says) => gaps.push({ place, code, says, count: 1 }),
      countGap: (gap) => gaps.push(gap),
      nextId: () => "e2",
      state: (_key, make) => make(),
    },
    wanted,
  );
  let atByte = 0;
  for (const chunk of chunks) {
    const buffer = new Uint8Array(UNALIGNED + chunk.length);
    buffer.set(chunk, UNALIGNED);
    carving.push(buffer, { at: UNALIGNED, end: buffer.length, atByte });
    buffer.fill(0x41);
    atByte += chunk.length;
  }
  carving.finish();
  return {
    records,
    gaps,
    addresses: records.flatMap((one) => (one.kind === "address" ? [one] : [])),
    pools: records.flatMap((one) => (one.kind === "pool-url" ? [one] : [])),
    secrets: records.flatMap((one) => (one.kind === "secret" ? [one] : [])),
  };
}

/** The same for a text as a whole. */
export function carvedText(text: string, encoding: BufferEncoding = "utf8"): Carved {
  return carved([Buffer.from(text, encoding)]);
}
