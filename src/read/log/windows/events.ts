import type { HostFact } from "../../../model/host-fact.ts";
import { Span } from "../../json.ts";
import type { Desk } from "../../reader.ts";
import { AlikeCommands } from "../alike-commands.ts";
import type { WindowsEvent } from "./event.ts";
import { MEANINGS } from "./meanings.ts";
import { SysmonNetwork } from "./network.ts";

/** Events whose numbers are remembered, so that one that several rules of a hunt hit is told once. */
const MAX_REMEMBERED = 200_000;

/** Turns the events of one file into records. */
export class WindowsEvents {
  readonly span = new Span();
  readonly #desk: Desk;
  readonly #commands = new AlikeCommands();
  readonly #network = new SysmonNetwork();
  readonly #seen = new Set<string>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** @param fact where it stands; its time and host are those of the event */
  take(event: WindowsEvent, fact: HostFact): void {
    const { log, eventId, computer, atMicros, recordId } = event;
    this.span.note(atMicros);
    if (this.#isRepeated(`${computer} ${log} ${recordId}`, recordId)) return;
    const told = { event, fact };
    if (log === "sysmon" && eventId === 3) this.#network.connection(told, this.#desk);
    else if (log === "sysmon" && eventId === 22) this.#network.name(told, this.#desk);
    else MEANINGS.get(`${log} ${eventId}`)?.(told, { desk: this.#desk, commands: this.#commands });
  }

  /** Lays down what was counted; once. */
  finish(): void {
    this.#commands.finish(this.#desk);
  }

  #isRepeated(key: string, recordId: string | null): boolean {
    if (recordId === null) return false;
    if (this.#seen.has(key)) return true;
    if (this.#seen.size < MAX_REMEMBERED) this.#seen.add(key);
    return false;
  }
}
