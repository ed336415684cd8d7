import { withoutArguments } from "./secret-arguments.ts";
import { withoutKeys } from "./secret-keys.ts";

/** What stands in place of a secret. */
export const REDACTED = "[redacted]";

const NAME =
  "(?:pass(?:word|wd|phrase)?|[_-]pwd|\\bpw|secret|token|(?:api|access|encryption|private)[_-]?key)";
/** Between a name and its value, in a file, a command line or JSON, also where that is a text of JSON. */
const IS = `\\\\?["']?\\s{0,4}[=:]\\s{0,4}\\\\?`;
/** In quotes up to their end, unless a command stands there; else up to what ends a word. */
const VALUE = `(?:"[^"\\\\$\`\\n]{4,400}(?=\\\\?")|'[^'\\\\\\n]{4,400}(?=\\\\?')|["']?[^\\s"',;&]{4,400})`;

/** Secrets in text, each with the part to keep in front of it. Every expression is linear. */
const SECRETS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: "private key",
    pattern: /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)(?:[A-Za-z0-9+/=\s\\:,]|-(?!-)){1,20000}/g,
  },
  { what: "first line of OpenSSH's private key", pattern: /(\bb3BlbnNzaC1rZXktdjE)[A-Za-z0-9+/=]{1,20000}/g },
  { what: "password in a URL", pattern: /(:\/\/[^\s:/@]{0,200}:)[^\s/@]{1,200}(?=@)/g },
  { what: "named secret", pattern: new RegExp(`(${NAME}${IS})${VALUE}`, "gi") },
  {
    // An argument of its own behind the flag that names it, in a command line or in a list of arguments.
    what: "secret behind its flag",
    pattern: new RegExp(`(--[a-z-]{0,30}${NAME}["']?[,\\s]{1,4}["']?)(?![-"'])[^\\s"',;&]{4,400}`, "gi"),
  },
  { what: "authorization", pattern: /(\b(?:Bearer|Basic) )[A-Za-z0-9+/=._~-]{8,2000}/g },
  {
    what: "authorization of another scheme",
    pattern: /(\bauthorization["']?\s{0,4}[=:]\s{0,4}["']?[a-z]{1,20}\s{1,4})[^\s"',;&]{8,2000}/gi,
  },
  {
    // Prefixes as their makers document them: GitHub, GitLab, Slack, Stripe, npm.
    what: "token of a known form",
    pattern: /(\b(?:gh[oprsu]_|github_pat_|glpat-|xox[abeoprs]-|[rs]k_live_|npm_))[A-Za-z0-9_-]{16,255}/g,
  },
  { what: "JSON Web Token (RFC 7519)", pattern: /(\beyJ)[\w-]{10,2000}\.eyJ[\w-]{5,4000}\.[\w-]{10,2000}/g },
  { what: "hash of crypt(5)", pattern: /(\$(?:[1567y]|2[abxy]|gy|apr1)\$)[./A-Za-z0-9$=,+-]{8,300}/g },
];

/** Text without its secrets: each is replaced by `REDACTED`, what names it stays.
 *
 *  Errors: none. Limits: by pattern, place and checksum; a secret without any of these stays.
 */
export function redactText(text: string): string {
  let out = text;
  for (const { pattern } of SECRETS) out = out.replace(pattern, hidden);
  return withoutKeys(withoutArguments(out, REDACTED), REDACTED);
}

function hidden(whole: string, kept: string): string {
  const quote = whole[kept.length];
  return `${kept}${quote === '"' || quote === "'" ? quote : ""}${REDACTED}`;
}
