import type { Facts } from "../model/facts.ts";
import type { HostFact } from "../model/host-fact.ts";
import { ROOTKIT_MODULES } from "../tables/rootkit-modules.ts";
import type { Detector } from "./detector.ts";
import { type Intrusions, intrusionsOf } from "./intruder/intrusion.ts";
import { programMarks, saidTogether } from "./intruder/start-marks.ts";
import { nameOf, startedBy } from "./intruder/started.ts";
import { findingsOfSigns, type Sign } from "./signs.ts";
import { shortHost } from "./words.ts";

/** Programs whose argument is the file of a module. */
const LOADERS: ReadonlySet<string> = new Set(["insmod", "modprobe"]);

/** Kernel modules of rootkits, and modules from where no module belongs. */
export const modulePersistence: Detector = {
  id: "module-persistence",
  title: "A kernel module hides or keeps an intruder's programs",
  reads: ["autostart", "command", "event", "host", "login"],
  attack: ["T1547.006", "T1014"],
  stage: "staying",
  sources: [
    "MITRE ATT&CK v18.1, T1547.006 Kernel Modules and Extensions, T1014 Rootkit",
    "The modules in src/tables/rootkit-modules.ts, each with its project or report",
    "depmod(8): modules of a system lie below /lib/modules",
  ],
  blindTo: "a rootkit whose module has another name and hides itself from the list; code that uses eBPF",
  limits: {
    likelihood: {
      value: 0.5,
      unit: "probability",
      why:
        "drivers built on the host lie outside /lib/modules for a while; a rootkit's name or a " +
        "hiding place is more",
    },
  },
  *find(facts, limit) {
    const intrusions = intrusionsOf(facts);
    const signs = modulesOf(facts).flatMap((one) => signOf(one, intrusions) ?? []);
    yield* findingsOfSigns(
      signs.filter(({ likelihood }) => likelihood >= limit("likelihood")),
      "further module",
      "Do not trust what the running host lists: take memory and disk from outside, and keep the " +
        "module's file.",
    );
  },
};

interface Loaded {
  readonly fact: HostFact;
  /** Name or path, as the evidence says. */
  readonly module: string;
  readonly user: string | null;
  readonly from: string | null;
}

function modulesOf({ autostart, event, command }: Facts): Loaded[] {
  return [
    ...autostart
      .filter(({ mechanism }) => mechanism === "kernel-module")
      .map((fact) => ({ fact, module: fact.command.trim() || (fact.name ?? ""), user: null, from: null })),
    ...event
      .filter(({ what }) => what === "module-loaded")
      .map((fact) => ({ fact, module: fact.subject, user: fact.user, from: fact.from })),
    ...command.flatMap((fact) =>
      startedBy(fact.text)
        .filter(({ program }) => LOADERS.has(nameOf(program ?? "")))
        .flatMap(({ command: { words } }) => words.filter((word) => word.endsWith(".ko")).slice(0, 8))
        .map((module) => ({ fact, module, user: fact.user, from: fact.from })),
    ),
  ];
}

function signOf({ fact, module, user, from }: Loaded, intrusions: Intrusions): Sign | null {
  const shown = shortHost(module);
  const name = nameOf(module)
    .replace(/\.ko(?:\.[a-z]{2,4})?$/, "")
    .toLowerCase();
  const { host, atMicros } = fact;
  const { standing } = intrusions.standing({ host, atMicros, user, from });
  const isTrap = standing === "honeypot";
  const base = { fact, about: [shown], attack: ["T1547.006"] };
  const rootkit = ROOTKIT_MODULES.find((one) => one.name === name);
  if (rootkit !== undefined) {
    const did = isTrap ? "was to be loaded on a honeypot" : "is loaded or started";
    const summary = `The rootkit ${shown}, which hides programs and files, ${did}`;
    const says = `${shown} is the module of ${rootkit.source}`;
    const severity = isTrap ? "low" : "high";
    return {
      ...base,
      attack: ["T1547.006", "T1014"],
      severity,
      likelihood: 0.9,
      confidence: "high",
      summary,
      says,
    };
  }
  const marks = programMarks(module).filter(({ id }) => id !== "kernel-name");
  if (marks.length > 0) {
    const summary = `The kernel module ${shown} (code with all rights) lies where no module belongs`;
    const says = saidTogether(marks);
    const severity = isTrap ? "low" : "high";
    return { ...base, severity, likelihood: 0.8, confidence: "moderate", summary, says };
  }
  if (standing !== "intruder" && standing !== "taken-account") return null;
  const summary = `The one who broke in loaded the kernel module ${shown}`;
  return { ...base, severity: "medium", likelihood: 0.6, confidence: "moderate", summary, says: summary };
}
