import type { BlockLayout } from "../../../bytes/bitcoin-layout.ts";
import { uint32le } from "../../../bytes/little-endian.ts";
import type { OutpointTable } from "./table.ts";

/** A block's bytes and where its transactions lie in them. */
export interface LaidOut {
  readonly bytes: Uint8Array;
  readonly layout: BlockLayout;
}

/** Position of the next transaction, from this one on, that spends an output of the table; -1: none does.
 *
 *  The hot loop of a trace: it looks at every input of a chain and hashes nothing. It takes 3 bytes and a bit
 *  of a bitmap for nearly all of them.
 */
export function nextSpender({ bytes, layout }: LaidOut, from: number, table: OutpointTable): number {
  const { inputAt, inputFirst, txCount } = layout;
  const { bitmap, bitmapMask } = table;
  const end = inputFirst[txCount] ?? 0;
  for (let input = inputFirst[from] ?? end; input < end; input += 1) {
    const at = inputAt[input] ?? 0;
    const first = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
    const bit = first & bitmapMask;
    if ((((bitmap[bit >>> 3] ?? 0) >>> (bit & 7)) & 1) === 0) continue;
    if (table.find(bytes, at, uint32le(bytes, at + 32)) === -1) continue;
    let tx = from;
    while ((inputFirst[tx + 1] ?? end) <= input) tx += 1;
    return tx;
  }
  return -1;
}

/** For each input of a transaction the slot of what it spends, -1 where that is not in the table. */
export function slotsOf({ bytes, layout }: LaidOut, index: number, table: OutpointTable): number[] {
  const slots: number[] = [];
  const end = layout.inputFirst[index + 1] ?? 0;
  for (let input = layout.inputFirst[index] ?? end; input < end; input += 1) {
    const at = layout.inputAt[input] ?? 0;
    slots.push(table.find(bytes, at, uint32le(bytes, at + 32)));
  }
  return once(slots);
}

/** What a transaction names twice it spends once. */
export function once(slots: readonly number[]): number[] {
  const seen = new Set<number>();
  return slots.map((slot) => {
    if (slot === -1 || seen.has(slot)) return -1;
    seen.add(slot);
    return slot;
  });
}
