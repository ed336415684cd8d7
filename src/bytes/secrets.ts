/** What stands in place of a secret. */
export const REDACTED = "[redacted]";

const NAME = "(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key)";

/** Secrets in text, each with the part to keep in front of it. Every expression is linear. */
const SECRETS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "private key", pattern: /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)[A-Za-z0-9+/=\s]{1,20000}/g },
  { what: "password in a URL", pattern: /(:\/\/[^\s:/@]{1,200}:)[^\s/@]{1,200}(?=@)/g },
  {
    what: "named secret",
    pattern: new RegExp(`(${NAME}["']?\\s{0,4}[=:]\\s{0,4}["']?)[^\\s"',;&]{4,400}`, "gi"),
  },
  {
    // An argument of its own behind the flag that names it, in a command line or in a list of arguments.
    what: "secret behind its flag",
    pattern: new RegExp(`(--[a-z-]{0,30}${NAME}["']?[,\\s]{1,4}["']?)(?![-"'])[^\\s"',;&]{4,400}`, "gi"),
  },
  { what: "authorization", pattern: /(\b(?:Bearer|Basic) )[A-Za-z0-9+/=._~-]{8,2000}/g },
];

/** Text without its secrets: each is replaced by `REDACTED`, what names it stays. */
export function redactText(text: string): string {
  let out = text;
  for (const { pattern } of SECRETS) out = out.replace(pattern, `$1${REDACTED}`);
  return out;
}
