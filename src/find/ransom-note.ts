import { earliest, latest } from "../bytes/time.ts";
import type { Facts } from "../model/facts.ts";
import type { RansomNoteRecord } from "../model/trace-record.ts";
import { ransomFamily } from "../tables/ransom-addresses.ts";
import type { Detector, Found } from "./detector.ts";
import { seen } from "./trail.ts";
import { counted, distinct, listed, short, shortPath } from "./words.ts";

const MOST_STEPS = 12;

/** Texts that demand ransom, brought together by host. */
export const ransomNote: Detector = {
  id: "ransom-note",
  title: "A text that demands ransom",
  reads: ["ransom-note", "burst", "file"],
  attack: ["T1486", "T1657"],
  stage: "extortion",
  sources: [
    "MITRE ATT&CK v18.1, T1486 Data Encrypted for Impact, T1657 Financial Theft",
    "src/tables/ransom-words.ts: what notes of many families have in common",
    "GraphSense TagPack Ransomware: known addresses",
  ],
  blindTo:
    "notes as pictures or in dialogues; languages beyond those of the table; notes without any usual words",
  limits: {
    copies: {
      value: 3,
      unit: "notes",
      why: "one note may be a sample that somebody keeps; ransomware leaves the same one in every folder",
    },
  },
  *find(facts, limit) {
    const byHost = new Map<string, RansomNoteRecord[]>();
    for (const note of facts["ransom-note"]) {
      const known = byHost.get(note.host);
      if (known === undefined) byHost.set(note.host, [note]);
      else known.push(note);
    }
    for (const host of [...byHost.keys()].sort()) {
      const notes = [...(byHost.get(host) ?? [])].sort((a, b) =>
        a.path < b.path ? -1 : a.path > b.path ? 1 : 0,
      );
      yield found(host, notes, supportOf(host, notes, { facts, copies: limit("copies") }));
    }
  },
};

interface Support {
  readonly addresses: readonly string[];
  readonly families: readonly string[];
  readonly isSpread: boolean;
  /** Files were renamed or rewritten, too. */
  readonly isHarmed: boolean;
}

interface Around {
  readonly facts: Facts;
  readonly copies: number;
}

function supportOf(host: string, notes: readonly RansomNoteRecord[], { facts, copies }: Around): Support {
  const addresses = distinct(notes.flatMap((note) => note.addresses.map(({ address }) => address)));
  const harmed = ["ransom-ending", "wannacry-file"];
  return {
    addresses,
    families: distinct(addresses.flatMap((address) => ransomFamily(address) ?? [])),
    isSpread: notes.length >= copies,
    isHarmed:
      facts.burst.some((one) => one.host === host) ||
      facts.file.some((one) => one.host === host && harmed.includes(one.notable)),
  };
}

function found(host: string, notes: readonly RansomNoteRecord[], support: Support): Found {
  const { addresses, families, isSpread, isHarmed } = support;
  const amounts = distinct(notes.flatMap((note) => note.amounts));
  const contacts = distinct(notes.flatMap((note) => note.contacts));
  const moments = notes.flatMap(({ atMicros }) => atMicros ?? []);
  const strong = [families.length > 0, isSpread, isHarmed].filter((one) => one).length;
  const asks = [
    ...(amounts.length > 0 ? [`asks for ${listed(amounts.map(short))}`] : []),
    ...(addresses.length > 0 ? [`to be paid to ${listed(addresses.map(short))}`] : []),
    ...(families.length > 0 ? [`known of ${listed(families)}`] : []),
    ...(contacts.length > 0 ? [`contact ${listed(contacts.map(short))}`] : []),
  ];
  const what = notes.length === 1 ? "A text demands" : `${counted(notes.length, "text")} demand`;
  return {
    host,
    severity: strong > 0 || addresses.length > 0 ? "high" : "medium",
    likelihood: strong > 1 ? 0.97 : strong === 1 ? 0.93 : addresses.length > 0 ? 0.8 : 0.7,
    confidence: strong > 0 ? "high" : "moderate",
    about: [...addresses, ...contacts].slice(0, MOST_STEPS),
    summary:
      `${what} ransom in ${listed(notes.map(({ path }) => shortPath(path)))}` +
      (asks.length === 0 ? "" : `: ${asks.join(", ")}`) +
      (isHarmed ? "; files were renamed or rewritten, too" : ""),
    next:
      "Cut the host off, keep its memory and one encrypted file with its original, and ask " +
      "nomoreransom.org for a decryptor before anything is paid.",
    firstMicros: earliest(moments),
    lastMicros: latest(moments),
    basis: notes.slice(0, MOST_STEPS).map((note) => {
      const [demand] = note.demands;
      const says = demand === undefined ? "a demand" : `"${demand.slice(0, 200)}"`;
      return seen(note.place, `${note.path.slice(0, 200)}: ${says}`, note.excerpt);
    }),
  };
}
