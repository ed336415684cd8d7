/** Rounds in which what was encoded again is decoded: attackers encode twice, filters decode once. */
const MOST_ROUNDS = 3;
const RUN = /(?:%[0-9a-f]{2}){1,65536}/gi;
const WIDE = /%u([0-9a-f]{4})/gi;
const ESCAPED = /\\x([0-9a-f]{2})|\\(["\\])/gi;

/** Text of a URL without its percent-encoding, also where it was encoded up to three times.
 *
 *  Shape: bytes are taken for UTF-8; those that are none become U+FFFD. `%uXXXX` of IIS is decoded too.
 *  Errors: none; a percent sign that begins nothing stays.
 *  Source: RFC 3986 § 2.1.
 *  Limits: a plus stays a plus: only a query's is a space.
 */
export function percentDecoded(text: string): string {
  let at = text;
  for (let round = 0; round < MOST_ROUNDS && at.includes("%"); round += 1) {
    const next = at
      .replace(RUN, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString())
      .replace(WIDE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    if (next === at) break;
    at = next;
  }
  return at;
}

/** Text as it was before a web server escaped it for its log: `\x22` and `\"` are a quote.
 *  Source: Apache mod_log_config "Format Notes", nginx log_format escape=default. */
export function logUnescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(ESCAPED, (_, hex: string | undefined, mark: string | undefined) =>
    hex === undefined ? (mark ?? "") : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
