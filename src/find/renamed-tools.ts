import { foundDeeds } from "./deed-weight.ts";
import { byHost, deedsOf } from "./deeds.ts";
import type { Detector } from "./detector.ts";

const ATTACK = ["T1036.003"];

/** System tools that were renamed, replaced or made unusable. */
export const renamedTools: Detector = {
  id: "renamed-tools",
  title: "System tools renamed or replaced",
  reads: ["command", "autostart", "login", "host"],
  attack: ATTACK,
  stage: "covering-up",
  sources: [
    "MITRE ATT&CK v18.1, T1036.003 Rename Legitimate Utilities and T1554 Compromise Host Software Binary",
    "Reports on TeamTNT, Kinsing and WatchDog: curl, wget and chattr renamed, ps and top replaced",
  ],
  blindTo: "tools replaced by a program that leaves no command; checksums of packages",
  limits: {},
  *find(facts) {
    for (const [host, list] of byHost(deedsOf(facts).of("renamed-tools"))) {
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
