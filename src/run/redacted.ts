import { redactText } from "../bytes/secrets.ts";
import type { AnyHostRecord } from "../model/host-facts.ts";

/** Shortest text that can hold a secret with its name. */
const LEAST_CHARS = 9;

/** A record without the secrets in its texts, at any depth. */
export function redacted(record: AnyHostRecord): AnyHostRecord {
  return withoutSecrets(record);
}

function withoutSecrets<T>(value: T): T {
  // cast: the shape stays, only texts are replaced.
  return replaced(value) as T;
}

function replaced(value: unknown): unknown {
  if (typeof value === "string") return value.length < LEAST_CHARS ? value : redactText(value);
  if (Array.isArray(value)) return value.map(replaced);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one)]));
}
