import type { CommandRecord } from "../../model/log-record.ts";
import type { Desk } from "../reader.ts";
import { Repeats } from "./repeats.ts";

/** Commands are told apart by this much of their text, and by its length. */
const MAX_KEY_CHARS = 1_000;

/** Alike commands of one host, told when first and when last seen: a honeypot is told the same thing by
 *  thousands, and a Windows host starts the same programs all day. */
export class AlikeCommands {
  readonly #repeats = new Repeats();

  take(command: CommandRecord, desk: Desk): void {
    const { host, hostname, text, user, from, exe, by, atMicros } = command;
    const words = [host, hostname, user, from, exe, by, text.length, text.slice(0, MAX_KEY_CHARS)];
    this.#repeats.take({ key: words.join("\0"), atMicros, make: () => command }, desk);
  }

  /** Lays down what was taken; once. */
  finish(desk: Desk): void {
    this.#repeats.finish(desk);
  }
}
