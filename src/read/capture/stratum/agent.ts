import type { Agent } from "../../../model/record.ts";

/** Longest agent that is kept. */
const MAX_AGENT = 512;

/** NAME, then "/" or a blank, then a version that begins with a digit, then the platform in brackets. */
const AGENT = /^([^/\s(]{1,64})(?:[/ ]v?(\d[^\s(/]{0,63}))?[^(]{0,128}(?:\(([^)]{1,200})\))?/;

/** Splits what a miner says of itself, "XMRig/6.12.1 (Linux x86_64) libuv/1.40.0", into program, version
 *  and system.
 *
 *  Errors: null for empty text; a part that is not there is null.
 */
export function splitAgent(text: string): Agent | null {
  const kept = text.trim().slice(0, MAX_AGENT);
  if (kept === "") return null;
  const parts = AGENT.exec(kept);
  return { text: kept, miner: parts?.[1] ?? null, version: parts?.[2] ?? null, os: parts?.[3] ?? null };
}
