import type { ShareRecord } from "../../../model/record.ts";
import type { MessageRow } from "../../../tables/dialects.ts";
import type { WireMessage } from "../wire.ts";
import { type Open, Requests } from "./requests.ts";
import { readVerdict, rpcId } from "./verdict.ts";

/** A submitted share before its answer. */
export type Draft = Omit<
  ShareRecord,
  "kind" | "session" | "outcome" | "reason" | "answeredMicros" | "answerPlace" | "seen"
>;

/** What an open call was: a share, or something else of a login. */
export interface Call {
  readonly share: Draft | null;
  readonly yes: MessageRow["yes"];
  /** Index of the login that the call made, null for any other call. */
  readonly login: number | null;
}

/** What became of a share. */
export interface Settled {
  readonly share: Omit<ShareRecord, "session">;
  readonly answer: WireMessage | null;
}

/** An answer that came before its call is kept up to this length; one to a share is far shorter. */
const MAX_EARLY_CHARS = 4096;

const isShare = (call: Call) => call.share !== null;
const isNoShare = (call: Call) => call.share === null;

/** Joins shares to their answers and lays down each as soon as it is settled. */
export class Shares {
  readonly #requests: Requests<Call, WireMessage>;
  readonly #settled: (settled: Settled) => void;
  readonly #http: boolean;

  constructor(http: boolean, settled: (settled: Settled) => void) {
    this.#http = http;
    this.#settled = settled;
    this.#requests = new Requests((open) => this.#settle(open, null));
  }

  /** Calls without an answer so far. */
  get open(): number {
    return this.#requests.count;
  }

  /** A call of the client. Over HTTP a call ends the wait for the one before it: nobody pipelines. */
  call(message: WireMessage, about: Call): void {
    if (this.#http) this.#requests.close();
    const open = { id: rpcId(message.json), atMicros: message.atMicros, about };
    const early = this.#requests.add(open);
    if (early !== null) this.#settle(open, early);
  }

  /** An answer that a row of the table explained, so that it is none to a share; returns the call. */
  explained(message: WireMessage): Call | null {
    return this.#requests.answered(this.#key(message), isNoShare)?.about ?? null;
  }

  /** Any other answer; returns the call. */
  answer(message: WireMessage): Call | null {
    const open = this.#requests.answered(this.#key(message), () => true);
    if (open !== null) this.#settle(open, message);
    else if (!this.#http && message.text.length <= MAX_EARLY_CHARS)
      this.#requests.keepEarly(rpcId(message.json), message.atMicros, message);
    return open?.about ?? null;
  }

  /** A message without an id that accepts the oldest open share. */
  accepted(message: WireMessage): void {
    const open = this.#requests.nameless(isShare);
    if (open !== null) this.#settle(open, { ...message, json: { result: true } });
  }

  close(): void {
    this.#requests.close();
  }

  #key(message: WireMessage): { id: string | null; atMicros: number } {
    return { id: this.#http ? null : rpcId(message.json), atMicros: message.atMicros };
  }

  #settle({ about: { share, yes } }: Open<Call>, answer: WireMessage | null): void {
    if (share === null) return;
    const verdict = answer === null ? null : readVerdict(answer.json, yes);
    this.#settled({
      share: {
        kind: "share",
        ...share,
        outcome: verdict === null ? "unanswered" : verdict.accepted ? "accepted" : "rejected",
        reason: verdict?.reason ?? null,
        answeredMicros: answer?.atMicros ?? null,
        answerPlace: answer?.place ?? null,
        seen: 1,
      },
      answer,
    });
  }
}
