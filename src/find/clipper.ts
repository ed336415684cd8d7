import { compareText } from "../bytes/text.ts";
import type { Facts } from "../model/facts.ts";
import { grouped } from "../model/group.ts";
import { compareIds } from "../model/order.ts";
import type { Basis } from "../model/place.ts";
import type { AddressRecord } from "../model/trace-record.ts";
import type { Detector, Found } from "./detector.ts";
import { seen } from "./trail.ts";
import { counted, distinct, listed, short, shortPath } from "./words.ts";

/** Steps of a trail. */
const MOST_STEPS = 24;

/** A program that watches the clipboard and puts its own addresses in place of copied ones. */
export const clipper: Detector = {
  id: "clipper",
  title: "Clipboard replacement of payment addresses",
  reads: ["address", "process", "autostart", "command"],
  attack: ["T1115", "T1657"],
  stage: "theft",
  sources: [
    "MITRE ATT&CK v18.1, T1115 Clipboard Data and T1657 Financial Theft",
    "ESET on KryptoCibule (2020) and Casbaneiro: one address a coin, in the program or a file beside it",
    "Lists of indicators (MISP, STIX) and pages that ask for donations: as many coins, no clipboard",
  ],
  blindTo: "addresses that are packed or fetched when needed; a program that shows no word of the clipboard",
  limits: {
    coins: {
      value: 3,
      unit: "coins",
      why: "a miner or a shop names one or two; to replace what people copy, one needs every common coin",
    },
  },
  *find(facts, limit) {
    const held = facts.address.filter(({ path }) => !isDocument(path));
    const files = grouped(held, ({ host, path }) => `${host} ${path}`);
    for (const [, addresses] of [...files].sort(([a], [b]) => compareText(a, b))) {
      const coins = distinct(addresses.map(({ coin }) => short(coin)));
      if (coins.length < limit("coins")) continue;
      const signs = signsOf(facts, addresses);
      if (signs.length > 0) yield found(addresses.sort(compareAddresses), coins, signs);
    }
  },
};

/** Files that people or other tools read: pages, reports, lists of indicators, tables, mails. */
const DOCUMENT = new RegExp(
  String.raw`\.(?:html?|md|adoc|rst|pdf|docx?|odt|rtf|csv|tsv|xlsx?|xml|stix2?|misp|ioc|eml|mbox|rules?|` +
    String.raw`yara?|ya?ml|log(?:\.\d{1,3})?)$|(?:^|/)(?:misp|stix|iocs?|indicators?|blocklists?)[-_/.]`,
  "i",
);

function isDocument(path: string): boolean {
  return DOCUMENT.test(path);
}

/** Programs and functions by which the clipboard is read and written. */
const CLIPBOARD =
  /\b(?:clipboard|xclip|xsel|wl-paste|wl-copy|pbpaste|pbcopy|pyperclip)\b|(?:Get|Set|Open)-?Clipboard/i;

interface Sign extends Basis {
  /** The program runs, or is started by the host. */
  readonly isActive: boolean;
}

function signsOf(facts: Facts, addresses: readonly AddressRecord[]): Sign[] {
  const [first] = addresses;
  if (first === undefined) return [];
  const inFile = addresses
    .filter(({ excerpt }) => CLIPBOARD.test(excerpt))
    .slice(0, 1)
    .map((one) => ({
      ...seen(one.place, "the file speaks of the clipboard beside an address", one.excerpt),
      isActive: false,
    }));
  const name = first.path.slice(first.path.lastIndexOf("/") + 1);
  const texts = [
    ...facts.process.map((one) => ({ one, text: `${one.exe ?? ""} ${one.args ?? ""}` })),
    ...facts.autostart.map((one) => ({ one, text: one.command })),
  ].filter(({ one, text }) => one.host === first.host && namesFile(text, first.path, name));
  const isAboutClipboard = inFile.length > 0;
  const active = texts
    .filter(({ text }) => isAboutClipboard || CLIPBOARD.test(text))
    .slice(0, MOST_STEPS / 2)
    .map(({ one, text }) => ({
      ...seen(one.place, `${HOW[one.kind]}: ${short(text.trim())}`, one.excerpt),
      isActive: true,
    }));
  return [...inFile, ...active];
}

const HOW = { process: "it runs", autostart: "the host starts it" } as const;

/** A name of a few letters, such as "a", stands in any command line. */
function namesFile(text: string, path: string, name: string): boolean {
  return text.includes(path) || (name.length >= 6 && text.includes(name));
}

function compareAddresses(a: AddressRecord, b: AddressRecord): number {
  return compareIds(a.place.evidence, b.place.evidence) || a.place.atByte - b.place.atByte;
}

function found(addresses: readonly AddressRecord[], coins: readonly string[], signs: readonly Sign[]): Found {
  const [first] = addresses;
  const isActive = signs.some((sign) => sign.isActive);
  const each = distinct(addresses.map(({ address }) => address));
  return {
    host: first?.host ?? "",
    severity: isActive ? "high" : "medium",
    likelihood: isActive ? 0.85 : 0.6,
    confidence: "moderate",
    about: each.slice(0, 20),
    summary:
      `${shortPath(first?.path ?? "")} holds ${each.length} addresses of ${counted(coins.length, "coin")} ` +
      `(${listed(coins, 6)}) and watches the clipboard${isActive ? ", and it runs" : ""}: ` +
      "such a program puts its own address in place of the one that a person copies, " +
      "so that the payment goes to the thief",
    next: "Ask who paid from this computer, and to which addresses; these addresses belong to the thief.",
    firstMicros: null,
    lastMicros: null,
    basis: [
      ...signs.map(({ isActive: _active, ...step }) => step),
      ...addresses
        .slice(0, MOST_STEPS - signs.length)
        .map(({ place, coin, address, excerpt }) => seen(place, `${short(coin)} ${short(address)}`, excerpt)),
    ],
  };
}
