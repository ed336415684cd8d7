import type { Facts } from "../model/facts.ts";
import type { DeedRow } from "../tables/deeds.ts";
import type { Detector } from "./detector.ts";
import { foundDeeds, type Weight, weightOf } from "./intruder/deed-weight.ts";
import { type BareDeed, byHost, type Deed, deedsOf } from "./intruder/deeds.ts";
import { intrusionsOf } from "./intruder/intrusion.ts";

const ATTACK = ["T1005", "T1657"];

/** Wallet files and keys to exchanges, looked for, read, packed or sent away. */
export const walletTheft: Detector = {
  id: "wallet-theft",
  title: "Wallet files or exchange keys taken",
  reads: ["command", "autostart", "file", "login", "host"],
  attack: ATTACK,
  stage: "theft",
  sources: [
    "MITRE ATT&CK v18.1, T1005 Data from Local System, T1552.001 Credentials In Files, T1657 Financial Theft",
    "Default folders of wallets and exchange bots, named in src/tables/deeds-theft.ts",
    "proc(5) and mount(8), relatime: a file's time of access is renewed once a day at most",
  ],
  blindTo:
    "wallets in files of another name; programs that read them without a command line; " +
    "times of access on file systems mounted noatime",
  limits: {
    readSeconds: {
      value: 3_600,
      unit: "seconds",
      why: "an hour from the login bounds a sitting; later in the day, backups read every file, too",
    },
  },
  *find(facts, limit) {
    const deeds = deedsOf(facts);
    const found = [
      ...deeds.of("wallet-theft"),
      ...touched(facts, limit("readSeconds")).map((one) => deeds.judged(one)),
    ];
    for (const [host, list] of byHost(found)) {
      const one = foundDeeds(host, list, {
        attack: ATTACK,
        next:
          "Move the coins of these wallets to new ones made elsewhere, at once, and revoke the keys to " +
          "exchanges; look for payments since then.",
        weight: isSearch(list) ? sought(list) : weightOf(list),
      });
      if (one !== null) yield one;
    }
  },
};

/** Who only looked for wallets, or into settings, has not taken any: one step less. */
function isSearch(deeds: readonly Deed[]): boolean {
  return deeds.every(({ row }) => row.kind === "sought" || row.kind === "settings");
}

function sought(deeds: readonly Deed[]): Weight | null {
  const weight = weightOf(deeds);
  if (weight === null || weight.severity === "info" || weight.severity === "low") return weight;
  return weight.severity === "high"
    ? { ...weight, severity: "medium", likelihood: 0.6 }
    : { ...weight, severity: "low", likelihood: 0.35 };
}

/** Wallets by their paths, where a collection's list of files holds them. */
const WALLETS = /\/wallet\.dat$|\.keys$|\/\.electrum\/wallets\/|\/keystore\/UTC--|\/exodus\.wallet\//;

const READ: DeedRow = {
  group: "wallet-theft",
  kind: "touched",
  words: [],
  pattern: /./,
  says: "opened a wallet's file",
  alone: "silent",
  attack: "T1005",
};

/** Wallet files that were read within the hour after an intruder's login. */
function touched(facts: Facts, readSeconds: number): BareDeed[] {
  const intrusions = intrusionsOf(facts);
  return facts.file.flatMap(({ host, path, notable, accessedMicros, place, excerpt }) => {
    if (accessedMicros === null || !(notable.includes("wallet") || WALLETS.test(path))) return [];
    const isTheirs = intrusions
      .on(host)
      .some(
        ({ fromMicros }) => accessedMicros >= fromMicros && accessedMicros - fromMicros <= readSeconds * 1e6,
      );
    if (!isTheirs) return [];
    return { host, atMicros: accessedMicros, user: null, from: null, text: path, place, excerpt, row: READ };
  });
}
