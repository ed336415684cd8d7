/** The thread that reads big evidence and hashes what it has read, so that both cost the parsing thread
 *  nothing and the bytes hashed are the bytes parsed: there is one read. */
import { createHash, type Hash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import {
  DRAIN,
  END,
  FREE,
  PIECE_BYTES,
  type RingOrder,
  type RingResult,
  SLOT_BYTES,
  SLOTS,
  slotStart,
} from "./ring.ts";

/** How long the thread sleeps when the ring is full. It looks for itself: being woken for each slot cost the
 *  parsing thread 0.2 s a GB (measured). */
const NAP_MILLIS = 1;

/** Fills a slot, hashing each piece while it is in the processor's cache. */
function fill(fd: number, slot: Uint8Array, hash: Hash | null): number {
  let filled = 0;
  while (filled < slot.length) {
    const got = readSync(fd, slot, filled, Math.min(PIECE_BYTES, slot.length - filled), null);
    if (got === 0) break;
    hash?.update(slot.subarray(filled, filled + got));
    filled += got;
  }
  return filled;
}

function run({ path, hash: wanted, memory, states }: RingOrder): RingResult {
  const state = new Int32Array(states);
  const hash = wanted ? createHash("sha256") : null;
  const fd = openSync(path, "r");
  try {
    for (let slot = 0; ; slot = (slot + 1) % SLOTS) {
      while (Atomics.load(state, slot) !== FREE && Atomics.load(state, SLOTS) !== DRAIN) {
        Atomics.wait(state, slot, Atomics.load(state, slot), NAP_MILLIS);
      }
      if (hash === null && Atomics.load(state, SLOTS) === DRAIN) break;
      const filled = fill(fd, new Uint8Array(memory, slotStart(slot), SLOT_BYTES), hash);
      Atomics.store(state, slot, filled === 0 ? END : filled);
      Atomics.notify(state, slot);
      if (filled === 0) break;
    }
  } finally {
    closeSync(fd);
  }
  return { sha256: hash?.digest("hex") ?? null };
}

parentPort?.postMessage(run(workerData as RingOrder));
