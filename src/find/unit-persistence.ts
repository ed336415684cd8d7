import type { Detector } from "./detector.ts";
import { markedStarts, START_LIMITS, shownStart, startFinding, type Telling } from "./intruder/autostarts.ts";
import { short, shortHost } from "./words.ts";

const WORDS: Readonly<Record<string, string>> = {
  systemd: "The system service",
  rc: "The script run at boot",
  profile: "The login script",
  "windows-service": "The service",
  "windows-run-key": "The run key",
};

const TELLING: Telling = {
  says: (record) => {
    const { mechanism, name, path, user } = record;
    const whose = user === null ? "" : ` as ${short(user)}`;
    const what = shortHost(name ?? path);
    return `${WORDS[mechanism] ?? mechanism} ${what} starts ${shownStart(record)}${whose}`;
  },
  next:
    "Keep the file and what it starts before disabling either; see when it was made and by which " +
    "account, and " +
    "look for the same text on other hosts.",
};

/** Units, start scripts, and login scripts that start what no package would. */
export const unitPersistence: Detector = {
  id: "unit-persistence",
  title: "A service or start script keeps an intruder's program running",
  reads: ["autostart"],
  attack: ["T1543.002"],
  stage: "staying",
  sources: [
    "MITRE ATT&CK v18.1, T1543.002 Systemd Service, T1037.004 RC Scripts, T1546.004 Unix Shell " +
      "Configuration " +
      "Modification",
    "Filesystem Hierarchy Standard 3.0, for the folders in which no package puts programs",
    "The stock units and start scripts of Debian 12, Ubuntu 24.04 and RHEL 9 as twins",
  ],
  blindTo: "units that start an ordinary program which was replaced, generators, units in containers",
  limits: START_LIMITS,
  *find({ autostart }, limit) {
    const mechanisms = ["systemd", "rc", "profile", "windows-service", "windows-run-key"] as const;
    for (const [host, marked] of markedStarts(autostart, mechanisms)) {
      const kinds = new Set(marked.map(({ record }) => record.mechanism));
      const attack = [
        ...(kinds.has("systemd") ? ["T1543.002"] : []),
        ...(kinds.has("rc") ? ["T1037.004"] : []),
        ...(kinds.has("profile") ? ["T1546.004"] : []),
        ...(kinds.has("windows-service") ? ["T1543.003"] : []),
        ...(kinds.has("windows-run-key") ? ["T1547.001"] : []),
        ...(marked.some(({ marks }) => marks.some(({ id }) => id === "kernel-name")) ? ["T1036.004"] : []),
      ];
      for (const found of startFinding(host, marked, { telling: TELLING, limit })) yield { ...found, attack };
    }
  },
};
