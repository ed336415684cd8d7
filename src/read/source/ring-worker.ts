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

function hashPieces(hash: Hash, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) hash.update(bytes.subarray(at, at + PIECE_BYTES));
}

/** Fills a slot from this place in the file, hashing each piece while it is in the processor's cache. */
function fill(from: { fd: number; position: number }, slot: Uint8Array, hash: Hash | null): number {
  let filled = 0;
  while (filled < slot.length) {
    const wanted = Math.min(PIECE_BYTES, slot.length - filled);
    const got = readSync(from.fd, slot, filled, wanted, from.position);
    if (got === 0) break;
    hash?.update(slot.subarray(filled, filled + got));
    filled += got;
    from.position += got;
  }
  return filled;
}

function readAhead({ path, filled: first, memory, states }: RingOrder, hash: Hash | null): void {
  const state = new Int32Array(states);
  const from = { fd: openSync(path, "r"), position: first.reduce((sum, bytes) => sum + bytes, 0) };
  try {
    for (let slot = first.length; ; slot = (slot + 1) % SLOTS) {
      while (Atomics.load(state, slot) !== FREE && Atomics.load(state, SLOTS) !== DRAIN) {
        Atomics.wait(state, slot, Atomics.load(state, slot), NAP_MILLIS);
      }
      if (hash === null && Atomics.load(state, SLOTS) === DRAIN) break;
      const filled = fill(from, new Uint8Array(memory, slotStart(slot), SLOT_BYTES), hash);
      Atomics.store(state, slot, filled === 0 ? END : filled);
      Atomics.notify(state, slot);
      if (filled === 0) break;
    }
  } finally {
    closeSync(from.fd);
  }
}

function run(order: RingOrder): RingResult {
  const hash = order.hash ? createHash("sha256") : null;
  // Nobody overwrites the first slots but this thread, so that their bytes are still there to be hashed.
  order.filled.forEach((bytes, slot) => {
    if (hash !== null) hashPieces(hash, new Uint8Array(order.memory, slotStart(slot), bytes));
  });
  if (!order.filled.includes(0)) readAhead(order, hash);
  return { sha256: hash?.digest("hex") ?? null };
}

// cast: the window that starts the thread hands it a RingOrder.
parentPort?.postMessage(run(workerData as RingOrder));
