import { earliest, latest } from "../bytes/time.ts";
import type { Facts } from "../model/facts.ts";
import type { AddressRecord } from "../model/trace-record.ts";
import { RANSOM_ADDRESSES_SOURCE, ransomFamily } from "../tables/ransom-addresses.ts";
import type { Detector, Found } from "./detector.ts";
import { seen } from "./trail.ts";
import { distinct, listed, short, shortPath } from "./words.ts";

const MOST_STEPS = 12;

/** A payment address that is known to be ransomware's stands in the evidence. */
export const knownRansomAddress: Detector = {
  id: "known-ransom-address",
  title: "An address that ransom was paid to",
  reads: ["address", "ransom-note"],
  attack: ["T1657"],
  stage: "extortion",
  sources: [
    "MITRE ATT&CK v18.1, T1657 Financial Theft",
    `${RANSOM_ADDRESSES_SOURCE}: 7,178 addresses of 37 families, up to 2017`,
  ],
  blindTo: "families that make an address for each victim, as nearly all do today; addresses since 2017",
  limits: {
    listAddresses: {
      value: 6,
      unit: "addresses",
      why: "no family of the table but Locky gives a victim more than three ; six are a list",
    },
  },
  *find(facts, limit) {
    const ofPath = new Map<string, Set<string>>();
    for (const one of facts.address) {
      const key = keyOf(one);
      ofPath.set(key, (ofPath.get(key) ?? new Set()).add(one.address));
    }
    const known = knownOf(facts);
    const isListed = (one: Known): boolean => (ofPath.get(keyOf(one))?.size ?? 0) >= limit("listAddresses");
    for (const [, members] of grouped(known, ({ host, family }) => `${host}\0${family}`)) {
      const alone = members.filter((one) => !isListed(one));
      if (alone.length > 0) yield found(alone, false);
    }
    const told = new Set(known.filter((one) => !isListed(one)).map(({ host }) => host));
    for (const [host, members] of grouped(known.filter(isListed), (one) => one.host)) {
      if (!told.has(host)) yield found(members, true);
    }
  },
};

type Known = AddressRecord & { readonly family: string };

const keyOf = ({ host, path }: AddressRecord): string => `${host}\0${path}`;

/** Known addresses without those that a ransom note tells better. */
function knownOf(facts: Facts): Known[] {
  const notes = new Set(facts["ransom-note"].map(({ host, path }) => `${host}\0${path}`));
  return facts.address
    .flatMap((record): Known[] => {
      const family = ransomFamily(record.address);
      return family === null || notes.has(keyOf(record)) ? [] : [{ ...record, family }];
    })
    .sort(inOrder);
}

function grouped(records: readonly Known[], keyed: (one: Known) => string): [string, Known[]][] {
  const groups = new Map<string, Known[]>();
  for (const record of records) {
    const known = groups.get(keyed(record));
    if (known === undefined) groups.set(keyed(record), [record]);
    else known.push(record);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

function inOrder(a: AddressRecord, b: AddressRecord): number {
  return a.address < b.address ? -1 : a.address > b.address ? 1 : a.path < b.path ? -1 : 1;
}

function found(records: readonly Known[], isList: boolean): Found {
  const addresses = distinct(records.map(({ address }) => address));
  const paths = distinct(records.map(({ path }) => path));
  const moments = records.flatMap(({ atMicros }) => atMicros ?? []);
  const count = addresses.length;
  const families = listed(distinct(records.map(({ family }) => family)));
  const what = `${count === 1 ? "An address" : `${count} addresses`} of the ransomware ${families}`;
  return {
    host: records[0]?.host ?? "",
    severity: isList ? "info" : "low",
    likelihood: isList ? 0.05 : 0.5,
    confidence: "moderate",
    about: addresses.slice(0, MOST_STEPS),
    summary: isList
      ? `${what} in ${listed(paths.map(shortPath))}, beside many others: a list, not a demand`
      : `${what} (${listed(addresses.map(short))}) in ${listed(paths.map(shortPath))}`,
    next: isList ? null : "Read the file that names the address: a demand for ransom, or a text about one.",
    firstMicros: earliest(moments),
    lastMicros: latest(moments),
    basis: records
      .slice(0, MOST_STEPS)
      .map((one) =>
        seen(one.place, `${one.address} (${one.family}) in ${one.path.slice(0, 200)}`, one.excerpt),
      ),
  };
}
