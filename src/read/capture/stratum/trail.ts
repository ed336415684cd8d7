import { detached } from "../../../bytes/text.ts";
import { MAX_EXCERPT_CHARS, type Place } from "../../../model/place.ts";
import type { TrailStep } from "../../../model/record.ts";
import type { WireMessage } from "../wire.ts";

/** Steps of a trail; each name below is there once. */
const MAX_STEPS = 12;

export type StepName =
  | "subscribe"
  | "login"
  | "answer to the login"
  | "first job"
  | "first difficulty"
  | "first share"
  | "answer to the first share"
  | "first rejected share"
  | "redirect"
  | "last share";

/** The few messages of a conversation that an analyst checks. */
export class Trail {
  readonly #steps = new Map<string, TrailStep>();

  /** Keeps the first message of a name. */
  first(what: StepName, message: WireMessage): void {
    if (!this.#steps.has(what)) this.#set(what, message);
  }

  /** Keeps the latest message of a name. */
  last(what: StepName, message: WireMessage): void {
    this.#set(what, message);
  }

  /** The steps in the order of time. A lone share is its own first and last: it stands once. */
  steps(): TrailStep[] {
    const first = this.#steps.get("first share")?.place;
    const isFirst = ({ evidence, atByte }: Place): boolean =>
      evidence === first?.evidence && atByte === first.atByte;
    return [...this.#steps.values()]
      .filter((step) => step.what !== "last share" || !isFirst(step.place))
      .sort((a, b) => a.atMicros - b.atMicros || a.place.atByte - b.place.atByte)
      .slice(0, MAX_STEPS);
  }

  #set(what: StepName, message: WireMessage): void {
    const { atMicros, place, text } = message;
    this.#steps.set(what, { what, atMicros, place, excerpt: detached(text, MAX_EXCERPT_CHARS) });
  }
}
