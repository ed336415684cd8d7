import type { Manners } from "../../../src/read/chain/remote/server.ts";
import type { AnswerCache, ChainContext } from "../../../src/read/chain/source.ts";

export interface KitContext extends ChainContext {
  /** "code: says" */
  readonly gaps: string[];
  /** "kind name" */
  readonly made: string[];
}

/** What a source is given in a test: it keeps what is laid down. */
export function sourceContext(given: Partial<Pick<ChainContext, "cache" | "signal">> = {}): KitContext {
  const gaps: string[] = [];
  const made: string[] = [];
  return {
    gaps,
    made,
    gap: (_, code, says) => gaps.push(`${code}: ${says}`),
    evidence: ({ name, kind }) => `e${made.push(`${kind} ${name}`)}`,
    cache: given.cache ?? null,
    signal: given.signal ?? null,
    progress: () => {},
  };
}

/** Answers in memory. */
export function memoryCache(): AnswerCache & { readonly size: number } {
  const kept = new Map<string, Uint8Array>();
  return {
    get size() {
      return kept.size;
    },
    get: async (key) => kept.get(key) ?? null,
    put: async (key, answer) => void kept.set(key, answer),
  };
}

/** For servers on this machine that fail on purpose: nothing waits long between two tries, and a machine that
 *  has much else to do is waited for. */
export const HASTY: Manners = {
  silenceMillis: 20_000,
  answerMillis: 20_000,
  mostBytes: 1 << 20,
  gapMillis: 0,
  tries: 3,
  waitMillis: 5,
  mostWaitMillis: 100,
};
