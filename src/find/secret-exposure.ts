import { grouped } from "../model/group.ts";
import { compareIds } from "../model/order.ts";
import type { SecretRecord } from "../model/trace-record.ts";
import type { Detector, Found } from "./detector.ts";
import { type Intrusions, intrusionsOf } from "./intruder/intrusion.ts";
import { seen } from "./trail.ts";
import { distinct, listed, short, shortPath } from "./words.ts";

/** Steps of a trail. */
const MOST_STEPS = 24;

/** Keys to coins that lay open on a host into which somebody broke. */
export const secretExposure: Detector = {
  id: "secret-exposure",
  title: "Keys lay open to an intruder",
  reads: ["secret", "login", "host", "miner-log", "miner-config"],
  attack: ["T1552.001"],
  stage: "theft",
  sources: [
    "MITRE ATT&CK v18.1, T1552.001 Credentials In Files and T1552.004 Private Keys",
    "BIP 32 (extended keys), BIP 39 (seed phrases), Bitcoin's wallet import format",
  ],
  blindTo: "keys in encrypted files and databases; whether anybody read them",
  limits: {
    keys: {
      value: 1,
      unit: "keys",
      why: "one key is all that a wallet has; its checksum or its words show that it is no chance",
    },
  },
  *find(facts, limit) {
    const intrusions = intrusionsOf(facts);
    const mined = new Set([...facts["miner-log"], ...facts["miner-config"]].map(({ host }) => host));
    const isOpen = ({ what, host }: SecretRecord): boolean =>
      what in COINS && !intrusions.isHoneypot(host) && (intrusions.on(host).length > 0 || mined.has(host));
    const hosts = grouped(facts.secret.filter(isOpen), ({ host }) => host);
    for (const [host, secrets] of [...hosts].sort(([a], [b]) => compareIds(a, b))) {
      const keys = secrets.reduce((sum, { times }) => sum + times, 0);
      if (keys >= limit("keys")) yield found(host, secrets.sort(compareSecrets), intrusions);
    }
  },
};

/** Secrets that pay, one and several. Keys of SSH and of the web's servers are on every host. */
const COINS: Readonly<Partial<Record<SecretRecord["what"], readonly [string, string]>>> = {
  wif: ["a private key of Bitcoin", "private keys of Bitcoin"],
  "extended-key": ["a master key of a wallet", "master keys of wallets"],
  "seed-phrase": [
    "a list of words from which a wallet is made",
    "lists of words from which wallets are made",
  ],
};

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function compareSecrets(a: SecretRecord, b: SecretRecord): number {
  return compareIds(a.place.evidence, b.place.evidence) || a.place.atByte - b.place.atByte;
}

function found(host: string, secrets: readonly SecretRecord[], intrusions: Intrusions): Found {
  const [intrusion] = intrusions.on(host);
  const kinds = [...new Set(secrets.map(({ what }) => what))].sort().map((kind) => {
    const times = secrets.reduce((sum, { what, times }) => sum + (what === kind ? times : 0), 0);
    const [one, several] = COINS[kind] ?? ["", ""];
    return times === 1 ? one : `${times} ${several}`;
  });
  const paths = distinct(secrets.map(({ path }) => shortPath(path)));
  const who =
    intrusion === undefined ? "whoever installed the miner" : `the intruder from ${short(intrusion.from)}`;
  return {
    host,
    severity: "low",
    likelihood: null,
    confidence: "moderate",
    about: paths.slice(0, 20),
    summary:
      `${capital(listed(kinds))} stood readable in ${listed(paths)} on a host that ${who} could search: ` +
      "who has such a key has the coins. Nothing shows that it was read; the values are not kept here",
    next: "Move the coins to wallets made elsewhere and ask the owner what else these keys open.",
    firstMicros: intrusion?.fromMicros ?? null,
    lastMicros: intrusion?.untilMicros ?? null,
    basis: secrets
      .slice(0, MOST_STEPS)
      .map(({ place, what, path }) => seen(place, `${COINS[what]?.[0] ?? what} in ${shortPath(path)}`, null)),
  };
}
