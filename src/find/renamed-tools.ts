import type { FileRecord } from "../model/trace-record.ts";
import type { DeedRow } from "../tables/deeds.ts";
import { SYSTEM_TOOLS } from "../tables/system-tools.ts";
import type { Detector } from "./detector.ts";
import { foundDeeds } from "./intruder/deed-weight.ts";
import { type BareDeed, byHost, deedsOf } from "./intruder/deeds.ts";

const ATTACK = ["T1036.003"];

/** System tools that were renamed, replaced or made unusable. */
export const renamedTools: Detector = {
  id: "renamed-tools",
  title: "System tools renamed or replaced",
  reads: ["command", "autostart", "file", "login", "host"],
  attack: ATTACK,
  stage: "covering-up",
  sources: [
    "MITRE ATT&CK v18.1, T1036.003 Rename Legitimate Utilities and T1554 Compromise Host Software Binary",
    "dpkg(1) and rpm(8), verification of installed files; makers of container images change some, too",
    "Reports on TeamTNT, Kinsing and WatchDog: curl, wget and chattr renamed, ps and top replaced",
  ],
  blindTo: "tools that were replaced where neither a command nor a check of the packages was kept",
  limits: {},
  *find(facts) {
    const deeds = deedsOf(facts);
    const files = facts.file.flatMap(changedDeed).map((one) => deeds.judged(one));
    for (const [host, list] of byHost([...deeds.of("renamed-tools"), ...files])) {
      const one = foundDeeds(host, list, {
        attack: ATTACK,
        next:
          "Do not trust what ps, top, ls or ss show on this host; examine it with tools from elsewhere " +
          "(dpkg -V or rpm -Va name changed ones).",
      });
      if (one !== null) yield one;
    }
  },
};

/** Words for what a verification of packages says of a tool. */
const CHANGED: Readonly<Record<string, string>> = {
  "package-file-changed": "put another program in place of",
  "package-file-missing": "took away",
};

/** A tool that is not as its package installed it. When that was done is not known. */
function changedDeed({ host, path, notable, place, excerpt }: FileRecord): BareDeed[] {
  const did = CHANGED[notable];
  const name = path.slice(path.lastIndexOf("/") + 1);
  const role = SYSTEM_TOOLS.get(name);
  if (did === undefined || role === undefined || !/^(?:\/usr)?\/s?bin\/[^/]{1,40}$/.test(path)) return [];
  const row: DeedRow = {
    group: "renamed-tools",
    kind: notable,
    words: [],
    pattern: /./,
    says: `${did} the system tool ${name}`,
    alone: role === "serves" ? "low" : "medium",
    attack: notable === "package-file-changed" ? "T1554" : "T1036.003",
  };
  return [{ host, atMicros: null, user: null, from: null, row, text: path, place, excerpt }];
}
