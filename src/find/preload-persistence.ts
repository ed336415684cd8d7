import type { AutostartRecord } from "../model/host-record.ts";
import { ROOTKIT_PRELOADS, USUAL_PRELOADS } from "../tables/preload-libraries.ts";
import type { Detector } from "./detector.ts";
import { intrusionsOf } from "./intruder/intrusion.ts";
import { programMarks, saidTogether } from "./intruder/start-marks.ts";
import { nameOf } from "./intruder/started.ts";
import { findingsOfSigns, type Sign } from "./signs.ts";
import { short, shortHost } from "./words.ts";

/** Libraries in one setting that are looked at. */
const MOST_LIBRARIES = 32;
const SETTING = /\bLD_PRELOAD=["']?([^"';\s]{1,4096})/g;

/** A library that is loaded into every program, as rootkits of user space do. */
export const preloadPersistence: Detector = {
  id: "preload-persistence",
  title: "A library is forced into every program",
  reads: ["autostart", "host", "login"],
  attack: ["T1574.006"],
  stage: "staying",
  sources: [
    "MITRE ATT&CK v18.1, T1574.006 Dynamic Linker Hijacking",
    "ld.so(8): /etc/ld.so.preload holds for every program of the host",
    "The libraries in src/tables/preload-libraries.ts, each with its product or family",
  ],
  blindTo:
    "a dynamic linker that was itself changed; a rootkit that hides /etc/ld.so.preload from the collector",
  limits: {
    likelihood: {
      value: 0.3,
      unit: "probability",
      why:
        "a library that no list names lies in the system's folders on some hosts with products of " +
        "their own",
    },
  },
  *find(facts, limit) {
    const intrusions = intrusionsOf(facts);
    const signs = facts.autostart.flatMap((record) =>
      librariesOf(record).flatMap((library) => {
        const isTaken = intrusions.standing(record).standing !== "unknown";
        return signOf(record, library, isTaken) ?? [];
      }),
    );
    yield* findingsOfSigns(
      signs.filter(({ likelihood }) => likelihood >= limit("likelihood")),
      "further setting",
      "Keep the library; list processes and files with a program that is linked statically, since what the " +
        "host's own tools show may leave things out.",
    );
  },
};

function librariesOf({ mechanism, command }: AutostartRecord): string[] {
  const texts =
    mechanism === "ld-preload"
      ? [command.replace(/^\s*LD_PRELOAD=/, "")]
      : [...command.matchAll(SETTING)].map((match) => match[1] ?? "");
  const libraries = texts.flatMap((text) => text.split(/[\s:"']+/)).filter((text) => text !== "");
  return libraries.slice(0, MOST_LIBRARIES);
}

function signOf(record: AutostartRecord, library: string, isTaken: boolean): Sign | null {
  const name = nameOf(library).toLowerCase();
  const shown = shortHost(library);
  const where = shortHost(record.path);
  const base = { fact: record, about: [short(library)], attack: ["T1574.006"] };
  const family = ROOTKIT_PRELOADS.find((one) => name.includes(one.name))?.family;
  if (family !== undefined) {
    const summary = `${where} forces ${shown} into every program, a library of the rootkit ${family}`;
    const says = `${shown} is named as the library of ${family}`;
    const attack = ["T1574.006", "T1014"];
    return { ...base, attack, summary, says, severity: "high", likelihood: 0.95, confidence: "high" };
  }
  if (USUAL_PRELOADS.some((one) => name.startsWith(one.name))) return null;
  const marks = programMarks(library);
  if (marks.length > 0) {
    const why = saidTogether(marks);
    const summary = `${where} forces ${shown} into every program, from a place for no library`;
    return { ...base, summary, says: why, severity: "high", likelihood: 0.9, confidence: "moderate" };
  }
  const says = `${shown} is of no product that is known to be loaded in this way`;
  const summary = `${where} forces ${shown} into every program`;
  return isTaken
    ? { ...base, summary, says, severity: "high", likelihood: 0.8, confidence: "moderate" }
    : { ...base, summary, says, severity: "low", likelihood: 0.3, confidence: "low" };
}
