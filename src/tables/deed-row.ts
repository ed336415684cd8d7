/** What a detector asks of command lines; each id is a detector's, but "harm" and "mining", which only lend
 *  weight to others. */
export type DeedGroup =
  | "log-clearing"
  | "immutable-files"
  | "hidden-process"
  | "renamed-tools"
  | "competitor-kill"
  | "defence-off"
  | "wallet-theft"
  | "exposed-service"
  | "harm"
  | "mining";

/** A deed as a command line shows it.
 *
 *  Shape: one of `words` stands in every text that `pattern` matches, so that most texts are passed over
 *  quickly. `alone` is what the deed is worth where nothing joins it to a break-in: "silent" where
 *  administrators do it every day, "low" where they do it now and then, "medium" where hardly ever. `kind`
 *  tells apart what counts once: deeds of one kind are one sign.
 *  Limits: patterns are linear, and see the first `MOST_CHARS` characters.
 */
export interface DeedRow {
  readonly group: DeedGroup;
  readonly kind: string;
  readonly words: readonly string[];
  readonly pattern: RegExp;
  /** What must follow, in this order, in the same statement; in the same line where `spans` is set. */
  readonly followedBy?: readonly RegExp[];
  readonly spans?: true;
  /** As a verb in the past: "emptied a login log". */
  readonly says: string;
  readonly alone: "silent" | "low" | "medium";
  /** ATT&CK technique, where it is another than the detector's first. */
  readonly attack?: string;
}

/** An expression that is longer than a line. */
export function joined(parts: readonly string[], flags = ""): RegExp {
  return new RegExp(parts.join(""), flags);
}

/** Characters of a command line that are looked at: a script in one line is longer, its deeds come early. */
export const MOST_CHARS = 8_192;

/** Commands that only speak of what they name: nothing is done. */
export const ONLY_SPEAKS = joined([
  String.raw`^\s{0,9}(?:sudo\s{1,9})?(?:man|grep|egrep|rg|less|more|apropos|which|whatis|vi|vim|`,
  String.raw`nano|emacs|apt|apt-get|dnf|yum|git)\s[^;&|]{0,400}$`,
]);
