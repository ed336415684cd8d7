import type { ByteWindow } from "./window.ts";

/** Sees every byte of a window once, in order, before the reader of the window takes it. */
export interface Tap {
  /** `bytes[at … end)`; the byte at index `at` lies at `atByte` in the evidence. Not to be kept. */
  push(bytes: Uint8Array, span: { readonly at: number; readonly end: number; readonly atByte: number }): void;
}

/** A window that shows its bytes to a tap as they arrive: carving beside parsing, in one pass. */
export class TappedWindow implements ByteWindow {
  readonly #inner: ByteWindow;
  readonly #tap: Tap;
  #tapped: number;

  constructor(inner: ByteWindow, tap: Tap) {
    this.#inner = inner;
    this.#tap = tap;
    this.#tapped = inner.base + inner.at;
    this.#show();
  }

  get bytes(): Uint8Array {
    return this.#inner.bytes;
  }
  get view(): DataView {
    return this.#inner.view;
  }
  get at(): number {
    return this.#inner.at;
  }
  set at(at: number) {
    this.#inner.at = at;
  }
  get end(): number {
    return this.#inner.end;
  }
  get base(): number {
    return this.#inner.base;
  }
  get capacity(): number {
    return this.#inner.capacity;
  }
  get failed(): string | null {
    return this.#inner.failed;
  }

  async more(): Promise<boolean> {
    const grew = await this.#inner.more();
    if (grew) this.#show();
    return grew;
  }

  #show(): void {
    const { bytes, base, end } = this.#inner;
    const at = this.#tapped - base;
    if (at < end) this.#tap.push(bytes, { at, end, atByte: this.#tapped });
    this.#tapped = base + end;
  }
}
