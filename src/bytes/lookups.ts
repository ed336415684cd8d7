/** Lookups within lookups: deeper ones are left as they are. */
const MOST_ROUNDS = 16;
/** One without another inside. */
const INNERMOST = /\$\{([^{}$]{0,300})\}/g;

/** Text in which Log4j's lookups stand for what they yield, as far as that is known without the host.
 *
 *  Shape: `${lower:x}` and `${upper:x}` become x, `${anything:-x}` becomes x, others become nothing; a lookup
 *  of JNDI loses only its braces' obfuscation and stays, as `${jndi:…}`.
 *  Source: Apache Log4j 2 manual, "Lookups"; StrSubstitutor's default value delimiter ":-".
 *  Limits: values of the environment are not known, so that a name hidden in them is not found.
 */
export function lookupsResolved(text: string): string {
  let at = text;
  for (let round = 0; round < MOST_ROUNDS && at.includes("${"); round += 1) {
    const next = at.replace(INNERMOST, (_, inside: string) => yielded(inside));
    if (next === at) break;
    at = next;
  }
  return at.replaceAll(KEPT, "${jndi:");
}

/** Stands for the opening of a lookup that stays: no text of a log holds it. */
const KEPT = "\u{F0000}";

function yielded(inside: string): string {
  if (/^\s{0,8}jndi\s{0,8}:/i.test(inside)) return `${KEPT}${inside.slice(inside.indexOf(":") + 1)}`;
  const chosen = inside.indexOf(":-");
  if (chosen !== -1) return inside.slice(chosen + 2);
  const changed = /^(?:lower|upper):(.*)$/is.exec(inside);
  return changed?.[1] ?? "";
}
