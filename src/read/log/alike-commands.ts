import type { CommandRecord } from "../../model/log-record.ts";
import type { Desk } from "../reader.ts";

/** Alike commands of one host that are kept one by one. A honeypot is told the same thing by thousands. */
const MOST_ALIKE = 20;
/** Texts that are told apart; longer ones by their beginning. */
const MAX_TEXTS = 50_000;
const MAX_KEY_CHARS = 1_000;

/** Lays down the first commands of each text, and counts the others as left out. */
export class AlikeCommands {
  readonly #times = new Map<string, number>();

  take(command: CommandRecord, desk: Desk): void {
    const { host, hostname, text, place } = command;
    const key = `${host}\0${hostname}\0${text.length}\0${text.slice(0, MAX_KEY_CHARS)}`;
    const times = (this.#times.get(key) ?? 0) + 1;
    if (times > 1 || this.#times.size < MAX_TEXTS) this.#times.set(key, times);
    if (times <= MOST_ALIKE) desk.record(command);
    else {
      const says = `Only the first ${MOST_ALIKE} of alike commands of one host are kept`;
      desk.gap(place, "dropped-details", says);
    }
  }
}
