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
  if (typeof value === "string") return (value.length < LEAST_CHARS ? value : redactText(value)) as T;
  if (Array.isArray(value)) return value.map(withoutSecrets) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutSecrets(one)])) as T;
}
