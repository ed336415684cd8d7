import type { Facts } from "../model/facts.ts";
import type { CommandRecord } from "../model/log-record.ts";
import { COMPETITORS, ENDS_PROGRAMS } from "../tables/competitors.ts";
import type { DeedRow } from "../tables/deeds.ts";
import { statementsOf } from "../tables/deeds.ts";
import type { Detector } from "./detector.ts";
import { foundDeeds } from "./intruder/deed-weight.ts";
import { type BareDeed, byHost, type Deed, deedsOf } from "./intruder/deeds.ts";
import { distinct, listed } from "./words.ts";

const ATTACK = ["T1489", "T1496.001"];

/** Characters of a command line that are searched for names. */
const MOST_CHARS = 16_384;

/** Other intruders' miners ended, their pools blocked, their jobs removed. */
export const competitorKill: Detector = {
  id: "competitor-kill",
  title: "Other miners ended",
  reads: ["command", "autostart", "login", "host"],
  attack: ATTACK,
  stage: "elbowing-out",
  sources: [
    "MITRE ATT&CK v18.1, T1489 Service Stop",
    "Cowrie logs of 2021 (deroux): pkill cnrig, kswapd0, xmrig and others before the own miner starts",
    "Unit 42 on Pro-Ocean and WatchDog; Trend Micro on Kinsing and TeamTNT: lists of dozens of names",
  ],
  blindTo:
    "scripts that were run from a file, where nothing records the commands in them; names not in the list",
  limits: {
    names: {
      value: 3,
      unit: "names",
      why: "who cleans up a host ends the one or two miners found there; scripts end all they have heard of",
    },
  },
  *find(facts, limit) {
    const deeds = deedsOf(facts);
    const found = [...deeds.of("competitor-kill"), ...kills(facts).map((one) => deeds.judged(one))];
    for (const [host, list] of byHost(found)) {
      const names = distinct(list.flatMap(({ row, text }) => (row.kind === "names" ? namesIn(text) : [])));
      const isList = names.length >= limit("names");
      const one = foundDeeds(host, isList ? list.map(asTelling) : list, {
        attack: ATTACK,
        ...(names.length === 0 ? {} : { what: what(list, names) }),
        next: "Somebody else may have been here before: look for the miners that were ended, too.",
      });
      if (one !== null) yield one;
    }
  },
};

function what(deeds: readonly Deed[], names: readonly string[]): string {
  const others = distinct(deeds.flatMap(({ row }) => (row.kind === "names" ? [] : row.says)));
  const ended = `ended other intruders' programs by name (${listed(names)})`;
  return others.length === 0 ? ended : `${ended}, and ${listed(others)}`;
}

const NAMES: DeedRow = {
  group: "competitor-kill",
  kind: "names",
  words: [],
  pattern: /./,
  says: "ended other intruders' programs by name",
  alone: "silent",
};

/** Enough names make a list of it, which hardly anybody but a script has. */
function asTelling(deed: Deed): Deed {
  return deed.row.kind === "names" ? { ...deed, row: { ...NAMES, alone: "medium" } } : deed;
}

function kills(facts: Facts): BareDeed[] {
  return facts.command.filter(({ text }) => namesIn(text).length > 0).map(killOf);
}

function killOf({ host, atMicros, place, excerpt, user, from, text }: CommandRecord): BareDeed {
  return { host, atMicros, place, excerpt, user, from, text, row: NAMES };
}

/** Names of other miners that a command line ends; in a pipe the name stands before the word that does it. */
function namesIn(text: string): string[] {
  if (!text.includes("kill") && !text.includes("docker")) return [];
  const line = text.slice(0, MOST_CHARS);
  if (!ENDS_PROGRAMS.test(line)) return [];
  const lines = line.split(/[;\n]|&&/).filter((part) => ENDS_PROGRAMS.test(part));
  return COMPETITORS.filter((name) => lines.some((part) => part.includes(name) && speaksOf(part, name)));
}

/** A path that is started beside a kill is no name that is ended. */
function speaksOf(part: string, name: string): boolean {
  return statementsOf(part).some(
    (statement) =>
      statement.includes(name) && /\b(?:kill|pkill|killall5?|grep|egrep|awk|docker)\b/.test(statement),
  );
}
