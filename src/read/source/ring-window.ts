import { closeSync, openSync, readSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import {
  DRAIN,
  END,
  FIRST_SLOTS,
  FREE,
  type RingOrder,
  type RingResult,
  SLOT_BYTES,
  SLOT_HEAD_BYTES,
  SLOTS,
  slotStart,
} from "./ring.ts";
import type { ByteWindow } from "./window.ts";

const TURNS_BETWEEN_PAUSES = 8;

/** A window on a big file, read and hashed by another thread. */
export class RingWindow implements ByteWindow {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at = 0;
  end = 0;
  base = 0;
  readonly capacity = SLOT_HEAD_BYTES;
  failed: string | null = null;
  readonly #states = new Int32Array(new SharedArrayBuffer(4 * (SLOTS + 1)));
  readonly #worker: Worker;
  readonly #result: Promise<RingResult>;
  readonly #pulse: (bytes: number) => void;
  #slot = -1;
  #turns = 0;
  #taken = 0;
  #isOver = false;

  constructor(path: string, { hash, pulse }: { hash: boolean; pulse: (bytes: number) => void }) {
    const memory = new SharedArrayBuffer(SLOTS * (SLOT_HEAD_BYTES + SLOT_BYTES));
    this.bytes = new Uint8Array(memory);
    this.view = new DataView(memory);
    this.#pulse = pulse;
    const filled = this.#fillFirst(path);
    const workerData: RingOrder = {
      path,
      filled,
      hash,
      memory,
      states: this.#states.buffer as SharedArrayBuffer,
    };
    this.#worker = new Worker(new URL("./ring-worker.js", import.meta.url), { workerData });
    this.#result = new Promise((resolve, reject) => {
      this.#worker.once("message", resolve);
      this.#worker.once("error", reject);
    });
    // Taken up in finish(); here it only ends the waiting.
    this.#result.catch((error: Error) => {
      this.failed = error.message;
      this.#isOver = true;
    });
  }

  async more(): Promise<boolean> {
    if (this.#isOver || this.end - this.at > this.capacity) return false;
    this.#pulse(this.#taken);
    // The other thread is often ahead, so that nothing here waits: let timers and signals have their turn.
    if (++this.#turns % TURNS_BETWEEN_PAUSES === 0) await setImmediate();
    const next = (this.#slot + 1) % SLOTS;
    const filled = await this.#filled(next);
    if (filled <= 0) {
      this.#isOver = true;
      return false;
    }
    const start = slotStart(next);
    const kept = this.end - this.at;
    this.bytes.copyWithin(start - kept, this.at, this.end);
    if (this.#slot >= 0) Atomics.store(this.#states, this.#slot, FREE);
    this.#slot = next;
    this.base = this.#taken - start;
    this.#taken += filled;
    this.at = start - kept;
    this.end = start + filled;
    return true;
  }

  /** Has the rest hashed, where it is hashed at all. Errors: those of the file system. */
  async finish(): Promise<string | null> {
    Atomics.store(this.#states, SLOTS, DRAIN);
    return (await this.#result).sha256;
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await this.#worker.terminate();
  }

  #fillFirst(path: string): number[] {
    const fd = openSync(path, "r");
    try {
      return Array.from({ length: FIRST_SLOTS }, (_, slot) => {
        const filled = readSync(fd, this.bytes, slotStart(slot), SLOT_BYTES, null);
        Atomics.store(this.#states, slot, filled === 0 ? END : filled);
        return filled;
      });
    } finally {
      closeSync(fd);
    }
  }

  /** Bytes in the slot once it is filled; 0 when the thread failed, END at the end of the file. */
  async #filled(slot: number): Promise<number> {
    for (;;) {
      const filled = Atomics.load(this.#states, slot);
      if (filled !== FREE || this.#isOver) return filled;
      const wait = Atomics.waitAsync(this.#states, slot, FREE, 200);
      if (wait.async) await wait.value;
    }
  }
}
