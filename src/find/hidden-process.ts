import type { Facts } from "../model/facts.ts";
import type { EventRecord } from "../model/log-record.ts";
import type { DeedRow } from "../tables/deeds.ts";
import { ROOTKIT_PRELOADS, USUAL_PRELOADS } from "../tables/preload-libraries.ts";
import { ROOTKIT_MODULES } from "../tables/rootkit-modules.ts";
import type { Detector } from "./detector.ts";
import { foundDeeds, type Weight, weightOf } from "./intruder/deed-weight.ts";
import { type BareDeed, byHost, type Deed, deedsOf } from "./intruder/deeds.ts";
import { short, shortPath } from "./words.ts";

const ATTACK = ["T1014", "T1564"];

/** Processes kept out of the list of processes. One list that lacks a process is never enough. */
export const hiddenProcess: Detector = {
  id: "hidden-process",
  title: "Hidden processes",
  reads: ["command", "autostart", "event", "process", "connection", "login", "host"],
  attack: ATTACK,
  stage: "covering-up",
  sources: [
    "MITRE ATT&CK v18.1, T1014 Rootkit, T1574.006 Dynamic Linker Hijacking, T1564.013 Bind Mounts",
    "github.com/gianlucaborello/libprocesshider; UAC 3.3.0, hidden_pids_for_ps_command.txt",
    "Two collections of hosts without a rootkit, each with one short-lived process in UAC's list",
  ],
  blindTo: "a rootkit in the kernel that hides from /proc, too; a live look shows only what the kernel shows",
  limits: {
    livedSeconds: {
      value: 60,
      unit: "seconds",
      why: "what begins or ends while ps and /proc are compared (some seconds) is in only one",
    },
  },
  *find(facts, limit) {
    const deeds = deedsOf(facts);
    const found = [
      ...deeds.of("hidden-process"),
      ...loaded(facts).map((one) => deeds.judged(one)),
      ...hidden(facts, limit("livedSeconds")).map((one) => deeds.judged(one)),
    ];
    for (const [host, list] of byHost(found)) {
      const one = foundDeeds(host, list, {
        attack: ATTACK,
        next:
          "Do not trust the list of processes of this host: compare it with /proc, with its network " +
          "connections and with a memory image.",
        ...weight(list),
      });
      if (one !== null) yield one;
    }
  },
};

/** A program made to hide processes has no other use once it is in place; two signs of it leave no doubt. */
function weight(deeds: readonly Deed[]): { readonly weight?: Weight } {
  const kinds = new Set(deeds.map(({ row }) => row.kind));
  const known = weightOf(deeds);
  if (known === null || known.severity === "info" || known.severity === "high") return {};
  const because = known.because.startsWith(";") ? "" : known.because;
  if (kinds.has("loaded") || kinds.size > 1) {
    return { weight: { severity: "high", likelihood: 0.9, confidence: "high", because } };
  }
  return kinds.has("hidden")
    ? { weight: { severity: "medium", likelihood: 0.65, confidence: "moderate", because } }
    : {};
}

function row(kind: string, says: string, attack: string): DeedRow {
  return { group: "hidden-process", kind, words: [], pattern: /./, says, alone: "medium", attack };
}

/** Libraries and modules that hide, as the host loads them. */
function loaded(facts: Facts): BareDeed[] {
  const preloads = facts.autostart.filter(({ mechanism }) => mechanism === "ld-preload");
  const libraries = preloads.flatMap((one) => {
    const family = rootkitOf(one.command);
    if (family === null) return [];
    const library = `${shortPath(one.command)} (${family})`;
    const says = `had ${library}, which hides processes, loaded into every program`;
    return { ...one, from: null, text: one.command, row: row("loaded", says, "T1574.006") };
  });
  const started = facts.autostart.filter(({ mechanism }) => mechanism === "kernel-module");
  const modules = [
    ...started.map((one) => ({
      ...one,
      from: null,
      text: one.command,
      names: [one.name ?? "", one.command],
    })),
    ...facts.event
      .filter(({ what }) => what === "module-loaded")
      .map((one) => ({ ...one, text: one.says, names: [one.subject] })),
  ].flatMap(({ names, ...one }) => {
    const known = ROOTKIT_MODULES.find(({ name }) =>
      names.some((text) => moduleName(text) === name.replaceAll("_", "-")),
    );
    if (known === undefined) return [];
    const says = `loaded the kernel module ${known.name}, which hides processes`;
    return { ...one, row: row("loaded", says, "T1014") };
  });
  return [...libraries, ...modules].map(bare);
}

function bare({ host, atMicros, user, from, text, place, excerpt, row: kind }: BareDeed): BareDeed {
  return { host, atMicros, user, from, text, place, excerpt, row: kind };
}

function rootkitOf(library: string): string | null {
  const name = library.slice(library.lastIndexOf("/") + 1).toLowerCase();
  return ROOTKIT_PRELOADS.find((known) => name.includes(known.name))?.family ?? null;
}

function moduleName(text: string): string {
  const name = text.trim().slice(text.trim().lastIndexOf("/") + 1);
  return name.replace(/\.ko(?:\.\w{1,4})?$/, "").replaceAll("_", "-");
}

/** Processes that ps lacks and that something else shows to have lived long, or to be hidden by a library
 *  that no ordinary product loads. */
function hidden(facts: Facts, livedSeconds: number): BareDeed[] {
  const unusual = new Set(
    facts.autostart
      .filter(({ mechanism, command }) => mechanism === "ld-preload" && !isUsual(command))
      .map(({ host }) => host),
  );
  return facts.event
    .filter(({ what }) => what === "process-hidden")
    .flatMap((event) => {
      const second = secondSign(facts, event, livedSeconds) ?? (unusual.has(event.host) ? PRELOADED : null);
      if (second === null) return [];
      const says = `kept process ${short(event.subject)} out of the list of processes, though ${second}`;
      return bare({ ...event, text: event.says, row: row("hidden", says, "T1564") });
    });
}

const PRELOADED = "a library that no ordinary product loads is loaded into every program";

function isUsual(library: string): boolean {
  const name = library.slice(library.lastIndexOf("/") + 1);
  return USUAL_PRELOADS.some((known) => name.startsWith(known.name));
}

/** What shows that the process was there all along. */
function secondSign(facts: Facts, event: EventRecord, livedSeconds: number): string | null {
  const isIt = (one: { readonly host: string; readonly pid: number | null }): boolean =>
    one.host === event.host && String(one.pid) === event.subject;
  if (facts.connection.some(isIt)) return "it held a network connection";
  const at = event.atMicros;
  const process = facts.process.find(
    (one) =>
      isIt(one) && at !== null && one.startedMicros !== null && at - one.startedMicros >= livedSeconds * 1e6,
  );
  return process === undefined ? null : "it had been running all along";
}
