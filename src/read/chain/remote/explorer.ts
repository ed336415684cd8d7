import type { AnswerCache } from "../source.ts";
import { badSource, begin } from "./failures.ts";
import type { Server } from "./server.ts";

/** How one kind of answer is read. */
export interface Reading<T> {
  /** A text says what is wrong with it, as a clause. */
  read(value: unknown): T | string;
  /** Whether the chain cannot change it any more: such answers are kept. */
  isSettled(value: T): boolean;
  /** Under what it is kept, where that is not its path. */
  readonly keptAs?: string;
}

/** An explorer that speaks Esplora's HTTP API: what it answers is checked before it is used or kept. */
export class Explorer {
  readonly shown: string;
  readonly #server: Server;
  readonly #cache: AnswerCache | null;

  constructor(server: Server, cache: AnswerCache | null) {
    this.shown = server.shown;
    this.#server = server;
    this.#cache = cache;
  }

  /** What it has at a path; null for nothing (status 404).
   *  Errors: `PaydirtError` "bad-source" for no answer, or one that makes no sense. */
  async ask<T extends object>(path: string, reading: Reading<T>): Promise<T | null> {
    const { read, isSettled, keptAs = path } = reading;
    const kept = await this.kept(keptAs, read);
    if (kept !== null) return kept;
    const answer = await this.#server.ask({ path, body: null, name: path, expected: [404] });
    if (answer.status === 404) return null;
    const value = read(parsed(answer.body));
    if (typeof value === "string") throw this.nonsense(path, value, answer.body);
    if (isSettled(value)) await this.keep(keptAs, answer.body);
    return value;
  }

  /** What was kept of a path, if that still makes sense. */
  async kept<T extends object>(path: string, read: (value: unknown) => T | string): Promise<T | null> {
    const bytes = (await this.#cache?.get(`${this.shown}${path}`)) ?? null;
    const value = bytes === null ? null : read(parsed(Buffer.from(bytes)));
    return typeof value === "string" ? null : value;
  }

  async keep(path: string, answer: Uint8Array): Promise<void> {
    await this.#cache?.put(`${this.shown}${path}`, answer);
  }

  /** A block's hash, which comes as plain text. */
  async hash(path: string): Promise<string> {
    const { body } = await this.#server.ask({ path, body: null, name: path, expected: [] });
    const text = body.toString("latin1", 0, 100).trim();
    if (!/^[0-9a-f]{64}$/.test(text)) throw this.nonsense(path, "it is no hash of a block", body);
    return text;
  }

  nonsense(path: string, says: string, sent: Uint8Array | null): Error {
    const begins = sent === null ? "" : `; it begins ${begin(sent)}`;
    return badSource(this.shown, path, `its answer makes no sense: ${says}${begins}`);
  }

  close(): void {
    this.#server.close();
  }
}

/** undefined for what is no JSON: no reading takes it for anything. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
