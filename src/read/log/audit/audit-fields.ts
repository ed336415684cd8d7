import { hexToBytes } from "../../../bytes/hex.ts";

/** What stands between the fields of the kernel and those that auditd adds in words
 *  (`log_format=ENRICHED`). */
const ENRICHED = "\x1d";
/** Fields of one record; the longest EXECVE record of the kernel holds 7,500 bytes. */
const MAX_FIELDS = 2_000;
const HEX = /^(?:[0-9A-Fa-f]{2})+$/;

/** Fields that are read; the others, two thirds of a SYSCALL record, are passed over. */
const WANTED: ReadonlySet<string> = new Set(
  [
    "arch syscall success pid ppid auid uid ses comm exe acct addr hostname id op res grantors cmd cmdline",
    "unit name audit_enabled old proctitle saddr user audit_user AUID UID ID SYSCALL SADDR",
  ].flatMap((names) => names.split(" ")),
);

/** One record's fields by name, as written: quoted text keeps its quotes. Enriched names are in upper case. A
 *  name that comes twice keeps its first value.
 *
 *  Shape: `name=value` with spaces between; a value is quoted with " or ' or runs to the next space. Fields
 *  inside msg='…' are fields too.
 *  Source: Linux audit, "Event format" (github.com/linux-audit/audit-documentation, SPEC-Writing-Good-
 *  Events).
 */
export function auditFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  let at = 0;
  for (let left = MAX_FIELDS; left > 0 && at < text.length; left--) {
    const equals = text.indexOf("=", at);
    if (equals === -1) break;
    const name = nameBefore(text, at, equals);
    const quote = text[equals + 1];
    // msg='op=login acct="root"': what is inside are fields.
    if (quote === "'") {
      at = equals + 2;
      continue;
    }
    const end = quote === '"' ? closing(text, equals + 2) : bareEnd(text, equals + 1);
    if (WANTED.has(name) && !fields.has(name)) fields.set(name, text.slice(equals + 1, end));
    at = end;
  }
  return fields;
}

/** From the last space, or from where the value before ended. */
function nameBefore(text: string, from: number, equals: number): string {
  let start = Math.max(from, text.lastIndexOf(" ", equals) + 1);
  while (start < equals && BETWEEN.has(text[start] ?? "")) start += 1;
  return text.slice(start, equals);
}

const BETWEEN: ReadonlySet<string> = new Set(["'", ENRICHED, ","]);

function closing(text: string, at: number): number {
  const quote = text.indexOf('"', at);
  return quote === -1 ? text.length : quote + 1;
}

function bareEnd(text: string, at: number): number {
  const space = text.indexOf(" ", at);
  const value = text.slice(at, space === -1 ? text.length : space);
  const quote = value.indexOf("'");
  const enriched = value.indexOf(ENRICHED);
  if (quote === -1 && enriched === -1) return at + value.length;
  return at + Math.min(...[quote, enriched].filter((end) => end !== -1));
}

/** A text as a record writes it: quoted, or in hex where it holds spaces, quotes or bytes that are not
 *  printable. null for "?", "(null)" and a missing field; what is neither quoted nor hex stays.
 *
 *  Source: Linux, kernel/audit.c, audit_log_untrustedstring.
 */
export function auditText(value: string | undefined): string | null {
  if (value === undefined || value === "" || value === "?" || value === "(null)" || value === "(none)")
    return null;
  if (value.startsWith('"')) return value.slice(1, value.endsWith('"') ? -1 : undefined);
  const bytes = HEX.test(value) ? hexToBytes(value) : null;
  return bytes === null ? value : Buffer.from(bytes).toString("utf8");
}

/** Arguments between zero bytes, joined by spaces. */
export function joinedArguments(text: string): string {
  // Not by an expression: each run of zeros but the last would be searched to its end from every zero.
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  return text.slice(0, end).replaceAll("\0", " ");
}
