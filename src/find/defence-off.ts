import type { Facts } from "../model/facts.ts";
import { grouped } from "../model/group.ts";
import type { CommandRecord, EventKind, EventRecord } from "../model/log-record.ts";
import { statementsOf } from "../tables/deeds.ts";
import { DEFENCES, type Defence, TURNS_OFF } from "../tables/defences.ts";
import type { Detector } from "./detector.ts";
import { foundDeeds } from "./intruder/deed-weight.ts";
import { type BareDeed, byHost, type Deed, deedsOf } from "./intruder/deeds.ts";
import { hasNear } from "./near.ts";
import { distinct, listed } from "./words.ts";

const ATTACK = ["T1562.001"];

/** Characters of a command line that are searched. */
const MOST_CHARS = 16_384;

/** Security software, firewall or access control turned off or removed. */
export const defenceOff: Detector = {
  id: "defence-off",
  title: "Defences turned off",
  reads: ["command", "autostart", "event", "login", "host"],
  attack: ATTACK,
  stage: "elbowing-out",
  sources: [
    "MITRE ATT&CK v18.1, T1562.001 Disable or Modify Tools, T1562.004 and T1562.012",
    "Unit 42 (2019) on Rocke, later reports on Kinsing and 8220: cloud agents are uninstalled first",
    "Installation guides of Kubernetes and Oracle Database: administrators turn off firewall and SELinux",
  ],
  blindTo: "agents that were stopped from their console, or fell silent by themselves",
  limits: {
    kinds: {
      value: 3,
      unit: "kinds",
      why: "guides turn off two kinds, firewall and access control; intruders' scripts all they know",
    },
    restartSeconds: {
      value: 600,
      unit: "seconds",
      why: "an update stops a service and starts it within minutes; what stays off was turned off",
    },
  },
  *find(facts, limit) {
    const deeds = deedsOf(facts);
    const stopped = stops(facts, limit("restartSeconds"));
    const found = [...turnedOff(facts), ...stopped].map((one) => deeds.judged(one));
    for (const [host, list] of byHost(found)) {
      const kinds = new Set(list.map(({ row }) => row.kind)).size;
      const one = foundDeeds(host, kinds >= limit("kinds") ? list.map(asTelling) : list, {
        attack: ATTACK,
        what: `turned off ${listed(distinct(list.map(({ row }) => row.says.slice(TURNED.length))), 4)}`,
        next: "Turn these on again once the host is clean, and ask its owner whether this was planned.",
      });
      if (one !== null) yield one;
    }
  },
};

const TURNED = "turned off ";

/** So many kinds are hardly ever an administrator's. */
function asTelling(deed: Deed): Deed {
  return { ...deed, row: { ...deed.row, alone: "medium" } };
}

function turnedOff(facts: Facts): BareDeed[] {
  return facts.command.flatMap((one) => {
    const guards = guardsIn(one.text);
    return guards.map((guard) => deedOf(one, guard));
  });
}

function deedOf(one: CommandRecord | EventRecord, guard: Defence): BareDeed {
  const { host, atMicros, place, excerpt, user, from } = one;
  const text = one.kind === "command" ? one.text : one.says;
  const row: BareDeed["row"] = {
    group: "defence-off",
    kind: guard.kind,
    words: [],
    pattern: /./,
    says: `${TURNED}${guard.title}${/told to leave out/.test(text) ? " for some files" : ""}`,
    // An agent that stops and stays off is more than a firewall that somebody tries without.
    alone: one.kind === "event" && guard.kind === "agent" ? "low" : "silent",
    attack: TECHNIQUES[guard.kind],
  };
  return { host, atMicros, place, excerpt, user, from, text, row };
}

const TECHNIQUES: Readonly<Record<Defence["kind"], string>> = {
  agent: "T1562.001",
  "cloud-agent": "T1562.001",
  scanner: "T1562.001",
  audit: "T1562.012",
  firewall: "T1562.004",
  "access-control": "T1562.001",
};

/** Guards that a command line turns off: the name and what is done stand in one statement. */
function guardsIn(text: string): Defence[] {
  const line = text.slice(0, MOST_CHARS);
  if (!TURNS_OFF.test(line)) return [];
  const statements = statementsOf(line)
    .filter((part) => TURNS_OFF.test(part))
    .map((part) => part.toLowerCase());
  return DEFENCES.filter(({ names }) =>
    names.some((name) => statements.some((statement) => isNamed(statement, name))),
  );
}

/** A file of such a name in a folder for temporary files is somebody's own. */
function isNamed(statement: string, name: string): boolean {
  const at = statement.indexOf(name);
  if (at < 0 || /\/(?:tmp|dev\/shm)\//.test(statement)) return false;
  const [before, after] = [statement[at - 1] ?? " ", statement[at + name.length] ?? " "];
  return !/\w/.test(before) && !/\w/.test(after);
}

/** Guards whose service was stopped and did not come back, but for a host that went down. */
function stops({ event }: Facts, restartSeconds: number): BareDeed[] {
  const reach = restartSeconds * 1e6;
  const boots = timesOf(event, "boot", ({ host }) => host);
  const starts = timesOf(event, "service-started", ({ host, subject }) => `${host} ${subject}`);
  return event.flatMap((one) => {
    if (one.what !== "service-stopped" || one.atMicros === null) return [];
    const subject = one.subject.toLowerCase();
    const guard = DEFENCES.find(({ names }) => names.some((name) => subject.includes(name)));
    if (guard === undefined) return [];
    const isBack = hasNear(starts.get(`${one.host} ${one.subject}`) ?? [], one.atMicros, reach);
    return isBack || hasNear(boots.get(one.host) ?? [], one.atMicros, reach) ? [] : deedOf(one, guard);
  });
}

/** Sorted times of events of one kind. */
function timesOf(
  events: readonly EventRecord[],
  what: EventKind,
  keyOf: (event: EventRecord) => string,
): Map<string, number[]> {
  const found = grouped(
    events.filter((one) => one.what === what && one.atMicros !== null),
    keyOf,
  );
  const timesIn = (list: readonly EventRecord[]): number[] =>
    list.flatMap(({ atMicros }) => atMicros ?? []).sort((a, b) => a - b);
  return new Map([...found].map(([key, list]) => [key, timesIn(list)]));
}
