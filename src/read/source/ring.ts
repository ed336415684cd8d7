import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { ByteWindow } from "./window.ts";

/** Room before each slot's data for the unread rest of the slot before, so that no record straddles two slots. It
 *  bounds the largest record: libpcap's largest snap length is 256 KiB. */
export const SLOT_HEAD_BYTES = 1 << 19;
/** SHA-256 runs at 0.81 s a GB on pieces of 64–128 KiB and at 1.16 s on 256 KiB and more (measured). */
export const HASH_CHUNK_BYTES = 1 << 17;
const SLOT_BYTES = 1 << 21;
const SLOTS = 8;

/** Slot states: free, the end of the file, else the number of bytes in it. */
export const SLOT_FREE = 0;
export const SLOT_WAITING = -1;
/** In the last cell: nobody reads any more, only hash the rest. */
export const DRAIN = 1;

export interface RingOrder {
  readonly path: string;
  readonly hash: boolean;
  readonly slots: number;
  readonly slotBytes: number;
  readonly memory: SharedArrayBuffer;
  readonly states: SharedArrayBuffer;
}

export interface RingResult {
  readonly bytes: number;
  readonly sha256: string | null;
}

/** A window on a big file, read and hashed by another thread. */
export class RingWindow implements ByteWindow {
  bytes: Uint8Array;
  view: DataView;
  at = 0;
  end = 0;
  base = 0;
  readonly capacity = SLOT_HEAD_BYTES;
  failed: string | null = null;
  readonly #memory = new SharedArrayBuffer(SLOTS * (SLOT_HEAD_BYTES + SLOT_BYTES));
  readonly #states = new Int32Array(new SharedArrayBuffer(4 * (SLOTS + 1)));
  readonly #worker: Worker;
  readonly #result: Promise<RingResult>;
  #turn = -1;
  #slotOffset = 0;
  #ended = false;

  readonly #pulse: (bytes: number) => void;

  constructor(path: string, { hash, pulse }: { hash: boolean; pulse: (bytes: number) => void }) {
    this.#pulse = pulse;
    this.bytes = new Uint8Array(this.#memory);
    this.view = new DataView(this.#memory);
    const workerData: RingOrder = {
      path,
      hash,
      slots: SLOTS,
      slotBytes: SLOT_BYTES,
      memory: this.#memory,
      states: this.#states.buffer as SharedArrayBuffer,
    };
    this.#worker = new Worker(new URL("./ring-worker.js", import.meta.url), { workerData });
    this.#result = new Promise((resolve, reject) => {
      this.#worker.once("message", resolve);
      this.#worker.once("error", reject);
    });
    // An error is taken up in more() or result(), whichever is awaited next.
    this.#result.catch(() => {
      this.#ended = true;
    });
  }

  async more(): Promise<boolean> {
    if (this.#ended || this.end - this.at > this.capacity) return false;
    const next = (this.#turn + 1) % SLOTS;
    this.#pulse(this.#slotOffset);
    // The thread is often ahead, so that nothing here waits: let timers and signals have their turn now and then.
    if (next === 0) await setImmediate();
    while (Atomics.load(this.#states, next) === SLOT_FREE && !this.#ended) {
      const wait = Atomics.waitAsync(this.#states, next, SLOT_FREE, 200);
      if (wait.async) await wait.value;
    }
    const filled = Atomics.load(this.#states, next);
    if (filled <= 0) return await this.#finish();
    const start = next * (SLOT_HEAD_BYTES + SLOT_BYTES) + SLOT_HEAD_BYTES;
    const kept = this.end - this.at;
    this.bytes.copyWithin(start - kept, this.at, this.end);
    this.#release();
    this.#turn++;
    this.base = this.#slotOffset - start;
    this.#slotOffset += filled;
    this.at = start - kept;
    this.end = start + filled;
    return true;
  }

  /** Lets the thread hash what is left unread and gives the whole file's size and hash. */
  async result(): Promise<RingResult> {
    Atomics.store(this.#states, SLOTS, DRAIN);
    for (let slot = 0; slot < SLOTS; slot++) Atomics.notify(this.#states, slot);
    return await this.#result;
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#worker.terminate();
  }

  #release(): void {
    if (this.#turn < 0) return;
    const slot = this.#turn % SLOTS;
    Atomics.store(this.#states, slot, SLOT_FREE);
    Atomics.notify(this.#states, slot);
  }

  async #finish(): Promise<false> {
    this.#ended = true;
    await this.#result.catch((error: Error) => {
      this.failed = error.message;
    });
    return false;
  }
}
