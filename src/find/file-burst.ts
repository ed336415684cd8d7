import type { BurstRecord } from "../model/trace-record.ts";
import type { Detector } from "./detector.ts";
import { seen } from "./trail.ts";
import { between, counted, listed, short, shortPath } from "./words.ts";

/** Documents that got a second, odd ending, many within minutes. */
export const fileBurst: Detector = {
  id: "file-burst",
  title: "Many files renamed or rewritten at once",
  reads: ["burst", "ransom-note"],
  attack: ["T1486"],
  stage: "extortion",
  sources: [
    "MITRE ATT&CK v18.1, T1486 Data Encrypted for Impact",
    "src/tables/notable-files.ts: endings that builds, packages and backups write are none of these",
  ],
  blindTo:
    "ransomware that keeps the names of files, or gives each another ending; encryption that goes slowly; " +
    "files whose times were set back",
  limits: {
    files: {
      value: 100,
      unit: "files",
      why: "a person who renames, or a program's export, touches dozens; ransomware writes hundreds a minute",
    },
    perMinute: {
      value: 5,
      unit: "files a minute",
      why: "work that goes on all day (scans, a camera, a mail store) writes fewer of one ending a minute",
    },
  },
  *find(facts, limit) {
    const inOrder = [...facts.burst].sort(
      (a, b) => (a.atMicros ?? 0) - (b.atMicros ?? 0) || (a.ending < b.ending ? -1 : 1),
    );
    for (const burst of inOrder) {
      if (burst.files < limit("files") || perMinute(burst) < limit("perMinute")) continue;
      const { host, ending, files, examples, atMicros, lastMicros, place, excerpt } = burst;
      const hasNote = facts["ransom-note"].some((note) => note.host === host);
      const when = between(atMicros ?? lastMicros, lastMicros);
      yield {
        host,
        severity: "high",
        likelihood: hasNote ? 0.97 : 0.75,
        confidence: hasNote ? "high" : "moderate",
        about: [ending.slice(0, 40)],
        summary:
          `${counted(files, "document")} got the ending ${short(ending)} ${when}, ` +
          `such as ${listed(examples.map(shortPath))}${hasNote ? "; a text demands ransom there" : ""}`,
        next: "Look what ran in these minutes, and whether the files' content can still be read.",
        firstMicros: atMicros,
        lastMicros,
        basis: [
          seen(place, `the first of ${counted(files, "file")} ending in ${ending.slice(0, 40)}`, excerpt),
        ],
      };
    }
  },
};

/** Over at least one minute. */
function perMinute({ files, atMicros, lastMicros }: BurstRecord): number {
  return files / Math.max(1, (lastMicros - (atMicros ?? lastMicros)) / 60e6);
}
