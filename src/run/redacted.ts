import { withoutBegunKey } from "../bytes/secret-keys.ts";
import { REDACTED, redactText } from "../bytes/secrets.ts";
import type { AnyHostRecord } from "../model/host-facts.ts";
import { MAX_EXCERPT_CHARS } from "../model/place.ts";
import { MAX_SAYS_CHARS } from "../read/log/message.ts";

/** Shortest text that can hold a secret with its name. */
const LEAST_CHARS = 9;

/** A record without the secrets in its texts, at any depth. */
export function redacted(record: AnyHostRecord): AnyHostRecord {
  return withoutSecrets(record);
}

/** Lengths to which texts are cut: a secret at the end may have lost what tells it. */
const CUTS: ReadonlySet<number> = new Set([MAX_EXCERPT_CHARS, MAX_SAYS_CHARS]);

function shown(text: string): string {
  const whole = redactText(text);
  return CUTS.has(text.length) ? withoutBegunKey(whole, REDACTED) : whole;
}

function withoutSecrets<T>(value: T): T {
  // cast: the shape stays, only texts are replaced.
  return replaced(value) as T;
}

function replaced(value: unknown): unknown {
  if (typeof value === "string") return value.length < LEAST_CHARS ? value : shown(value);
  if (Array.isArray(value)) return value.map(replaced);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one)]));
}
