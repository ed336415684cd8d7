import { detached } from "../../../bytes/text.ts";
import type { MessageRow } from "../../../tables/dialects.ts";

/** What an answer says of the call it answers. */
export interface Verdict {
  readonly accepted: boolean;
  /** The pool's own words for a refusal; null where it gave none. */
  readonly reason: string | null;
}

/** Longest reason that is kept. */
const MAX_REASON = 200;

const ACCEPTED: Verdict = { accepted: true, reason: null };

function refused(reason: unknown): Verdict {
  return { accepted: false, reason: typeof reason === "string" ? detached(reason, MAX_REASON) : null };
}

/** The text of an error: [code, text, …], { code, message }, or the text itself. */
function errorText(error: unknown): unknown {
  if (Array.isArray(error)) return error.find((part) => typeof part === "string") ?? codeText(error[0]);
  if (typeof error !== "object" || error === null) return error;
  const { message, code } = error as Record<string, unknown>;
  return message ?? codeText(code);
}

/** Only numbers and texts: what else JSON holds may not turn into text (no `toString` of its own, too deep).
 */
function codeText(code: unknown): string | null {
  return typeof code === "number" || typeof code === "string" ? String(code) : null;
}

/** Reads an answer to a submitted share.
 *
 *  Shape: an error that is neither null nor false nor empty refuses; then `true`, { "status": "OK" } or "OK"
 *  accepts; any other result refuses, a text being the reason. With `yes: "null"` null accepts (BIP 22).
 */
export function readVerdict(json: unknown, yes: MessageRow["yes"]): Verdict {
  if (typeof json !== "object" || json === null) return refused(null);
  const { result, error } = json as Record<string, unknown>;
  if (error !== undefined && error !== null && error !== false && error !== "")
    return refused(errorText(error));
  if (result === true) return ACCEPTED;
  if (result === null || result === undefined) return yes === "null" ? ACCEPTED : refused(null);
  const { status, reject_reason: reject } =
    typeof result === "object" ? (result as Record<string, unknown>) : { status: result };
  return typeof status === "string" && status.toUpperCase() === "OK" ? ACCEPTED : refused(reject ?? status);
}

/** The id that ties an answer to its call, numbers and strings alike; null for none. */
export function rpcId(json: unknown): string | null {
  if (typeof json !== "object" || json === null) return null;
  const { id } = json as Record<string, unknown>;
  return typeof id === "number" || typeof id === "string" ? detached(String(id), 64) : null;
}
