import { auditText } from "./audit-fields.ts";
import type { AuditRecord } from "./audit-record.ts";

/** a0="sh", a1=2D63, and pieces of a long one: a2_len=9000 a2[0]="…" a2[1]="…". */
const ARGUMENT = /(?:^| )a(\d{1,5})(?:\[(\d{1,5})\])?=("[^"]*"|[^\s"]*)/g;
/** Arguments and pieces of one command line that are kept. */
const MAX_PIECES = 4_000;
const HEX = /^[0-9A-Fa-f]*$/;

/** The arguments of a command line, over the EXECVE records of one event. */
export class ArgumentList {
  /** Pieces by number of the argument. */
  readonly #pieces = new Map<number, string[]>();
  #count = 0;

  add(record: AuditRecord): void {
    if (record.isInterpreted) return this.#addWords(record.text);
    for (const match of record.text.matchAll(ARGUMENT)) {
      const [, number = "", , value = ""] = match;
      this.#put(Number(number), value);
    }
  }

  /** All arguments with spaces between. */
  text(): string {
    const numbers = [...this.#pieces.keys()].sort((a, b) => a - b);
    return numbers.map((number) => decoded(this.#pieces.get(number) ?? [])).join(" ");
  }

  /** ausearch -i leaves out quotes: an argument ends where the next number begins. */
  #addWords(text: string): void {
    const first = /(?:^| )a(\d{1,5})=/.exec(text);
    if (first === null) return;
    let number = Number(first[1]);
    let at = first.index + first[0].length;
    for (; this.#count < MAX_PIECES; number += 1) {
      const next = text.indexOf(` a${number + 1}=`, at);
      this.#put(number, `"${(next === -1 ? text : text.slice(0, next)).slice(at).trimEnd()}"`);
      if (next === -1) return;
      at = next + ` a${number + 1}=`.length;
    }
  }

  #put(number: number, value: string): void {
    if (this.#count >= MAX_PIECES) return;
    this.#count += 1;
    const known = this.#pieces.get(number);
    if (known === undefined) this.#pieces.set(number, [value]);
    else known.push(value);
  }
}

/** Pieces in hex may break inside a character, so that they are joined first. */
function decoded(pieces: readonly string[]): string {
  if (pieces.every((piece) => HEX.test(piece))) return auditText(pieces.join("")) ?? "";
  return pieces.map((piece) => (piece === '""' ? "" : (auditText(piece) ?? ""))).join("");
}
