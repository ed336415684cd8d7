/** The thread that reads big evidence: it fills a ring of slots in shared memory and hashes what it has read, so that
 *  hashing costs the parsing thread nothing. The bytes hashed are the bytes parsed: there is one read. */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { DRAIN, HASH_CHUNK_BYTES, type RingOrder, SLOT_FREE, SLOT_HEAD_BYTES, SLOT_WAITING } from "./ring.ts";

/** Fills one slot, hashing each piece while it is still in the processor's cache. */
function fillSlot(fd: number, slot: Uint8Array, hash: ReturnType<typeof createHash> | null): number {
  let filled = 0;
  while (filled < slot.length) {
    const want = Math.min(HASH_CHUNK_BYTES, slot.length - filled);
    const got = readSync(fd, slot, filled, want, null);
    if (got === 0) break;
    hash?.update(slot.subarray(filled, filled + got));
    filled += got;
  }
  return filled;
}

function run(order: RingOrder): void {
  const { path, slots, slotBytes, memory, states } = order;
  const hash = order.hash ? createHash("sha256") : null;
  const state = new Int32Array(states);
  const fd = openSync(path, "r");
  let bytes = 0;
  try {
    for (let turn = 0; ; turn++) {
      const index = turn % slots;
      while (Atomics.load(state, index) !== SLOT_FREE && Atomics.load(state, slots) !== DRAIN) {
        Atomics.wait(state, index, Atomics.load(state, index), 1000);
      }
      if (Atomics.load(state, slots) === DRAIN && hash === null) break;
      const slot = new Uint8Array(memory, index * (SLOT_HEAD_BYTES + slotBytes) + SLOT_HEAD_BYTES, slotBytes);
      const filled = fillSlot(fd, slot, hash);
      bytes += filled;
      Atomics.store(state, index, filled === 0 ? SLOT_WAITING : filled);
      Atomics.notify(state, index);
      if (filled === 0) break;
    }
  } finally {
    closeSync(fd);
  }
  parentPort?.postMessage({ bytes, sha256: hash?.digest("hex") ?? null });
}

run(workerData as RingOrder);
