import type { Desk, Item } from "../reader.ts";
import type { Tap } from "../source/tapped-window.ts";

/** Searches the bytes of one piece of evidence for payment addresses, pool URLs and secrets. */
export class Carving implements Tap {
  constructor(_piece: Item & { readonly id: string; readonly name: string }, _desk: Desk) {}
  push(): void {}
  /** Lays down what was found. */
  finish(): void {}
}
