import { compareText } from "../bytes/text.ts";
import type { YaraRecord } from "../model/trace-record.ts";
import type { Detector, Found } from "./detector.ts";
import { inKeyOrder } from "./group.ts";
import { intrusionsOf } from "./intruder/intrusion.ts";
import { seen } from "./trail.ts";
import { counted, distinct, listed, short, shortHost } from "./words.ts";

const MAX_STEPS = 24;

/** A file that a rule of the user's describes. */
export const yaraMatch: Detector = {
  id: "yara-match",
  title: "A YARA rule of the user's matches a file",
  reads: ["yara", "host", "login"],
  attack: ["T1588"],
  sources: ["The files given with --yara", "YARA-X by VirusTotal, which runs them"],
  blindTo: "files over 64 MB beyond that; what a rule's author did not think of; captures",
  limits: {
    files: {
      value: 1,
      unit: "files",
      why: "the user asked for these very rules; a rule that matches everything is raised above its count",
    },
  },
  *find(facts, limit) {
    const intrusions = intrusionsOf(facts);
    for (const [, records] of inKeyOrder(facts.yara, ({ host, rule }) => `${host} ${rule}`)) {
      const paths = distinct(records.map(({ path }) => path));
      if (paths.length < limit("files")) continue;
      const [first] = records;
      if (first !== undefined) yield found(records, paths, intrusions.isHoneypot(first.host));
    }
  },
};

function found(records: readonly YaraRecord[], paths: readonly string[], isTrap: boolean): Found {
  const sorted = [...records].sort(
    (a, b) => compareText(a.path, b.path) || a.place.atByte - b.place.atByte || compareText(a.host, b.host),
  );
  const { rule = "", host = "" } = sorted[0] ?? {};
  const where = listed(paths.map(shortHost));
  return {
    host,
    attack: [],
    severity: isTrap ? "low" : "medium",
    likelihood: 0.7,
    confidence: "moderate",
    about: [host, short(rule)],
    summary: `The rule ${shortHost(rule)} matches ${counted(paths.length, "file")}: ${where}`,
    next: "Read what the rule looks for; compare the file's hash with what its author saw.",
    basis: sorted
      .slice(0, MAX_STEPS)
      .map(({ place, path, excerpt }) =>
        seen(place, `${shortHost(rule)} matches ${shortHost(path)}`, excerpt),
      ),
  };
}
