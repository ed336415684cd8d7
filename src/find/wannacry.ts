import { earliest, latest } from "../bytes/time.ts";
import type { Facts } from "../model/facts.ts";
import type { HostFact } from "../model/host-fact.ts";
import { compareIds } from "../model/order.ts";
import type { Basis } from "../model/place.ts";
import type { SmbRecord } from "../model/trace-record.ts";
import { ransomFamily } from "../tables/ransom-addresses.ts";
import type { Detector, Found } from "./detector.ts";
import { ends, marked, smbTrail } from "./smb-marks.ts";
import { seen } from "./trail.ts";
import { counted, distinct, listed, short, times } from "./words.ts";

/** Steps of one kind in a trail. */
const MOST_STEPS = 8;
/** As the table of addresses writes it. */
const FAMILY = "Wannacry";
const ENDINGS: ReadonlySet<string> = new Set([".wncry", ".wncryt", ".wcry", ".wncyr"]);

/** WannaCry by its own traces: in the network, in names, in files. */
export const wannacry: Detector = {
  id: "wannacry",
  title: "WannaCry",
  reads: ["smb", "name-query", "file", "burst", "address", "ransom-note", "host"],
  attack: ["T1210", "T1486"],
  stage: "extortion",
  sources: [
    "MITRE ATT&CK v18.1, S0366 WannaCry: T1210 Exploitation of Remote Services, T1486 Data Encrypted",
    "Mandiant, WannaCry Malware Profile (2017-05-23): kill switch, shares of fixed addresses, names of files",
    "GraphSense TagPack Ransomware: its addresses",
  ],
  blindTo:
    "variants that ask for another name and use other files; a kill switch asked for over HTTPS; " +
    "spreading that was not captured",
  limits: {
    targets: {
      value: 3,
      unit: "hosts",
      why: "a person attacks the host they want; what tries EternalBlue on three and more spreads by itself",
    },
  },
  *find(facts, limit) {
    for (const host of hostsOf(facts)) {
      const signs = signsOf(host, facts, limit("targets"));
      if (signs.some(({ tells }) => tells > 0)) yield found(host, facts, signs);
    }
  },
};

/** One kind of trace. `tells`: how much of 1 it says by itself. */
interface Sign {
  readonly what: "files" | "tree" | "name" | "spread" | "address";
  readonly says: string;
  readonly tells: number;
  readonly moments: readonly (number | null)[];
  readonly basis: readonly Basis[];
}

function hostsOf(facts: Facts): string[] {
  const kinds = [
    facts.smb,
    facts["name-query"],
    facts.file,
    facts.burst,
    facts.address,
    facts["ransom-note"],
  ];
  return [...new Set(kinds.flatMap((records) => records.map(({ host }) => host)))].sort();
}

function signsOf(host: string, facts: Facts, targets: number): Sign[] {
  const smb = of(host, facts.smb);
  const signs = [
    files(host, facts),
    tree(smb),
    name(host, facts),
    spread(smb, targets),
    address(host, facts),
  ];
  return signs.flatMap((sign) => sign ?? []);
}

/** What is of this host, in the order of time, then of place. */
function of<T extends HostFact>(host: string, records: readonly T[]): T[] {
  return records
    .filter((one) => one.host === host)
    .sort(
      (a, b) =>
        (a.atMicros ?? 0) - (b.atMicros ?? 0) ||
        compareIds(a.place.evidence, b.place.evidence) ||
        a.place.atByte - b.place.atByte,
    );
}

function files(host: string, facts: Facts): Sign | null {
  const own = of(host, facts.file).filter(({ notable }) => notable === "wannacry-file");
  const bursts = of(host, facts.burst).filter(({ ending }) => ENDINGS.has(ending.toLowerCase()));
  const records = [...own, ...bursts];
  if (records.length === 0) return null;
  const many = bursts.reduce((sum, { files: count }) => sum + count, 0);
  const names = own.map(({ path }) => short(path.slice(path.lastIndexOf("/") + 1)));
  return {
    what: "files",
    says:
      many > 0
        ? `${counted(many, "file")} with its ending were written`
        : `its files ${listed(names)} lie there`,
    // One file may be a sample that somebody keeps; several of its names, or an ending on many, are its work.
    tells: many > 0 ? 0.9 : distinct(names).length > 1 ? 0.86 : 0.7,
    moments: records.map(({ atMicros }) => atMicros),
    basis: records
      .slice(0, MOST_STEPS)
      .map((one) =>
        one.kind === "file"
          ? seen(one.place, `file ${one.path.slice(0, 200)}`, one.excerpt)
          : seen(
              one.place,
              `${counted(one.files, "file")} ending in ${one.ending.slice(0, 40)}`,
              one.excerpt,
            ),
      ),
  };
}

function tree(smb: readonly SmbRecord[]): Sign | null {
  const asked = marked(smb, "wannacry-tree");
  if (asked.length === 0) return null;
  const hosts = ends(asked, "server").length;
  return {
    what: "tree",
    says: `it asked ${counted(hosts, "host")} for the shares whose addresses stand fixed in the worm`,
    tells: 0.9,
    moments: asked.flatMap(({ atMicros, lastMicros }) => [atMicros, lastMicros]),
    basis: smbTrail(asked).slice(0, MOST_STEPS),
  };
}

function name(host: string, facts: Facts): Sign | null {
  const asked = of(host, facts["name-query"]).filter(({ family }) => family === "wannacry");
  if (asked.length === 0) return null;
  const many = asked.reduce((sum, one) => sum + one.times, 0);
  return {
    what: "name",
    says: `it asked for the worm's kill switch ${times(many)}`,
    tells: 0.6,
    moments: asked.map(({ atMicros }) => atMicros),
    basis: asked
      .slice(0, MOST_STEPS)
      .map((one) => seen(one.place, `asked for ${one.name.slice(0, 100)}, ${times(one.times)}`, one.excerpt)),
  };
}

function spread(smb: readonly SmbRecord[], targets: number): Sign | null {
  const attacks = marked(smb, "eternalblue-groom", "eternalblue-overwrite", "eternalblue-refused");
  const hosts = ends(attacks, "server").length;
  if (hosts < targets) return null;
  return {
    what: "spread",
    says: `it attacked ${counted(hosts, "host")} with EternalBlue`,
    tells: 0.5,
    moments: attacks.flatMap(({ atMicros, lastMicros }) => [atMicros, lastMicros]),
    basis: smbTrail(attacks).slice(0, MOST_STEPS),
  };
}

/** An address stands in lists and articles, too, and tells nothing by itself; in a demand it does. */
function address(host: string, facts: Facts): Sign | null {
  const own = of(host, facts.address).filter(({ address: one }) => ransomFamily(one) === FAMILY);
  const notes = of(host, facts["ransom-note"]).filter(({ addresses }) =>
    addresses.some((one) => ransomFamily(one.address) === FAMILY),
  );
  if (own.length + notes.length === 0) return null;
  const where = notes.length > 0 ? "in a demand for ransom" : "there";
  return {
    what: "address",
    says: `one of its payment addresses stands ${where}`,
    tells: notes.length > 0 ? 0.8 : 0,
    moments: notes.map(({ atMicros }) => atMicros),
    basis: [
      ...notes.map((one) => seen(one.place, `a demand for ransom in ${one.path.slice(0, 200)}`, one.excerpt)),
      ...own.map((one) => seen(one.place, `${one.address} in ${one.path.slice(0, 200)}`, one.excerpt)),
    ].slice(0, MOST_STEPS),
  };
}

function found(host: string, facts: Facts, signs: readonly Sign[]): Found {
  const moments = signs.flatMap((sign) => sign.moments.flatMap((moment) => moment ?? []));
  const doubt = signs.reduce((product, { tells }) => product * (1 - tells), 1);
  const isSure = doubt < 0.15;
  const [smb] = of(host, facts.smb);
  const [asked] = of(host, facts["name-query"]);
  const ip = smb?.client.ip ?? asked?.client ?? null;
  const where = ip === null ? "the host" : short(ip);
  const name = isSure ? "WannaCry" : "Perhaps WannaCry";
  const kinds = signs.map(({ what }) => what);
  const attack = [
    ...(kinds.includes("files") ? ["T1486"] : []),
    ...(kinds.some((kind) => kind === "tree" || kind === "spread") ? ["T1210"] : []),
  ];
  return {
    host,
    severity: isSure ? "high" : "medium",
    likelihood: Math.min(0.98, Math.round((1 - doubt) * 100) / 100),
    confidence: signs.length > 1 ? "high" : "moderate",
    about: [ip ?? host],
    attack: attack.length === 0 ? ["T1486"] : attack,
    summary: `${name} on ${where}: ${signs.map(({ says }) => says).join("; ")}`,
    next: "Cut the host off, look for hosts that it attacked, and keep its memory and files.",
    firstMicros: earliest(moments),
    lastMicros: latest(moments),
    basis: signs.flatMap(({ basis }) => basis),
  };
}
