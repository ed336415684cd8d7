import { setTimeout as sleep } from "node:timers/promises";
import { PaydirtError } from "../../../model/error.ts";
import type { ChainContext } from "../source.ts";
import type { Endpoint } from "./endpoint.ts";
import { badSource, begin, type Failure, failureOfCode, failureOfStatus } from "./failures.ts";
import { type Answer, NoAnswer, openWire, type WireLimits } from "./http.ts";

/** How a server is treated. */
export interface Manners extends WireLimits {
  /** Between the beginnings of two questions; doubled each time that it says it is asked too often. */
  readonly gapMillis: number;
  readonly tries: number;
  /** Before the second try; doubled before each further one. */
  readonly waitMillis: number;
  /** A server that asks for a longer wait is not waited for. */
  readonly mostWaitMillis: number;
}

/** A megabyte a second is slow for a node in the same network, and the largest answer (a full block with all
 *  that it spends, about 60 MB) still arrives. */
const LIMITS = { silenceMillis: 30_000, answerMillis: 120_000, mostBytes: 1 << 27 };

/** One's own server. */
export const AT_HOME: Manners = {
  ...LIMITS,
  gapMillis: 0,
  tries: 5,
  waitMillis: 250,
  mostWaitMillis: 60_000,
};

/** Somebody else's: three questions a second. Public explorers enforce limits that they do not publish;
 *  users of blockstream.info found that it bears one in 250 ms (Blockstream/esplora issue 449). */
export const AS_GUEST: Manners = {
  ...LIMITS,
  gapMillis: 334,
  tries: 6,
  waitMillis: 1_000,
  mostWaitMillis: 120_000,
};

const MOST_GAP_MILLIS = 10_000;

/** How the user wants a server to be treated, or else how such servers are. */
export function mannersFor({ isOwn, rate }: Endpoint): Manners {
  const manners = isOwn ? AT_HOME : AS_GUEST;
  return rate === null ? manners : { ...manners, gapMillis: 1_000 / rate };
}

export interface Server {
  readonly shown: string;
  /** Asks until there is an answer of status 200, or of one that is `expected`.
   *  Errors: `PaydirtError` "bad-source"; "interrupted" after the context's signal. */
  ask(wanted: Wanted): Promise<Answer>;
  close(): void;
}

export interface Wanted {
  readonly path: string;
  readonly body: string | null;
  /** What it is, for a message. */
  readonly name: string;
  readonly expected: readonly number[];
}

/** A server that is asked politely: spaced, again after a failure that may pass, and not without end. */
export function openServer(endpoint: Endpoint, context: ChainContext, manners: Manners): Server {
  const wire = openWire(endpoint, manners);
  const { signal } = context;
  const turns = new Turns(manners.gapMillis);
  let isKnown = false;

  async function once(wanted: Wanted): Promise<Answer | Trouble> {
    await turns.next(signal);
    try {
      const answer = await wire.ask({ path: wanted.path, body: wanted.body, signal });
      context.progress(answer.body.length, null);
      isKnown = true;
      if (answer.status === 200 || wanted.expected.includes(answer.status)) return answer;
      const failure = failureOfStatus(answer.status, answer.location);
      if (answer.status === 429) turns.slower();
      const waitMillis = askedWait(answer.retryAfter);
      return { failure, waitMillis, sent: answer.body.length === 0 ? "" : `: ${begin(answer.body)}` };
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { failure: failureOfCode(error.code), waitMillis: null, sent: "" };
    }
  }

  async function again(wanted: Wanted): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const came = await once(wanted);
      if ("body" in came) return came;
      const { failure, waitMillis } = came;
      const isOver = tries >= manners.tries || (waitMillis ?? 0) > manners.mostWaitMillis;
      const mayPass = failure.again === "always" || (failure.again === "known" && isKnown);
      if (isOver || !mayPass) throw badSource(endpoint.shown, wanted.name, told(came, tries));
      await sleep(waitMillis ?? manners.waitMillis * 2 ** (tries - 1), undefined, asOptions(signal));
    }
  }

  async function ask(wanted: Wanted): Promise<Answer> {
    try {
      signal?.throwIfAborted();
      return await again(wanted);
    } catch (error) {
      throw signal?.aborted === true ? new PaydirtError("interrupted", "Interrupted", error) : error;
    }
  }

  return { shown: endpoint.shown, ask, close: () => wire.close() };
}

interface Trouble {
  readonly failure: Failure;
  /** What the server asked for. */
  readonly waitMillis: number | null;
  readonly sent: string;
}

function told({ failure, waitMillis, sent }: Trouble, tries: number): string {
  const often = tries === 1 ? "" : `, ${tries} times in a row`;
  const wait = waitMillis === null ? "" : `; it wants a wait of ${Math.ceil(waitMillis / 1000)} s`;
  return `${failure.says}${often}${sent}${wait}${failure.advice === "" ? "" : `; ${failure.advice}`}`;
}

/** Seconds, or a date. Source: RFC 9110 §10.2.3. */
function askedWait(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

function asOptions(signal: AbortSignal | null): { signal?: AbortSignal } {
  return signal === null ? {} : { signal };
}

/** Spaces questions, also such that are asked at the same time. */
class Turns {
  #gapMillis: number;
  #free = 0;

  constructor(gapMillis: number) {
    this.#gapMillis = gapMillis;
  }

  async next(signal: AbortSignal | null): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, this.#free);
    this.#free = at + this.#gapMillis;
    if (at > now) await sleep(at - now, undefined, asOptions(signal));
  }

  slower(): void {
    this.#gapMillis = Math.min(MOST_GAP_MILLIS, Math.max(100, this.#gapMillis * 2));
  }
}
