import { compareText } from "../bytes/text.ts";
import { parseWallet } from "../bytes/wallet.ts";
import type { Facts } from "../model/facts.ts";
import type { Finding } from "../model/finding.ts";
import type { Gap } from "../model/gap.ts";
import { grouped } from "../model/group.ts";
import { OBSERVABLE_KINDS, type Observable, type ObservableKind } from "../model/host-case.ts";
import { compareIds } from "../model/order.ts";
import { bytesAt, type Place } from "../model/place.ts";
import {
  commonAccount,
  commonAddress,
  commonDomain,
  commonProgram,
  commonWallet,
} from "../tables/common-values.ts";
import { loadPools } from "../tables/pools.ts";
import { Suspects } from "./suspects.ts";

/** A file with more addresses than this is a list of them, not somebody's wallet: real configurations hold a
 *  handful, clippers up to a few dozen. */
const MOST_IN_ONE_FILE = 100;

/** Observables of one kind that the case lists. */
const MOST_OF_KIND = 5_000;

const NO_SUSPICION = "nothing else on the host makes it suspect";

interface Seen {
  readonly kind: ObservableKind;
  readonly value: string;
  readonly host: string;
  readonly common: string | null;
  readonly place: Place;
}

/** What the case holds by which hosts and cases can be recognised as one operator's.
 *
 *  Shape: one for each kind and value, hosts sorted. Wallets and pool accounts link by themselves; keys,
 *  hashes, start-up texts, addresses and login sources only where they stand in the trail of a finding,
 *  because clean hosts share those of their owners.
 */
export function observables(facts: Facts, findings: readonly Finding[]): Observable[] {
  const suspects = new Suspects(findings);
  const seen = [
    ...walletsSeen(facts),
    ...accountsSeen(facts),
    ...keysSeen(facts, suspects),
    ...hashesSeen(facts, suspects),
    ...startsSeen(facts, suspects),
    ...peersSeen(facts, suspects),
    ...domainsSeen(facts),
  ];
  return joined(seen);
}

function joined(seen: readonly Seen[]): Observable[] {
  const byValue = grouped(seen, ({ kind, value }) => `${kind} ${value}`);
  const all = [...byValue.values()].flatMap((of): Observable[] => {
    // Seen once without a reason against it is enough.
    const best = of.find(({ common }) => common === null) ?? of[0];
    if (best === undefined) return [];
    const { kind, value, common } = best;
    // Where it is common (a program of the system), its host shares nothing.
    const told = of.filter((one) => one.common === common);
    const placeOf = new Map<string, Place>();
    for (const { host, place } of told) if (!placeOf.has(host)) placeOf.set(host, place);
    const hosts = [...placeOf.keys()].sort(compareIds);
    const places = hosts.flatMap((host) => placeOf.get(host) ?? []);
    return [{ kind, value, hosts, common, places }];
  });
  return OBSERVABLE_KINDS.flatMap((kind) =>
    all.filter((one) => one.kind === kind).sort((a, b) => compareText(a.value, b.value)),
  );
}

/** What the case lists of them; a gap says how many were left out. */
export interface Listed {
  readonly observables: readonly Observable[];
  readonly gaps: readonly Gap[];
}

/** A bounded number of each kind, those that several hosts have first. */
export function listed(all: readonly Observable[]): Listed {
  const observables = OBSERVABLE_KINDS.flatMap((kind) => {
    const own = all.filter((one) => one.kind === kind);
    if (own.length <= MOST_OF_KIND) return own;
    const met = own.filter(({ hosts }) => hosts.length > 1);
    const single = own.filter(({ hosts }) => hosts.length === 1);
    return [...met, ...single].slice(0, MOST_OF_KIND).sort((a, b) => compareText(a.value, b.value));
  });
  const count = all.length - observables.length;
  if (count === 0) return { observables, gaps: [] };
  const says =
    `The case lists ${MOST_OF_KIND} observables of a kind, those of several hosts first; ` +
    `${count} are left out, and were compared all the same`;
  return { observables, gaps: [{ place: bytesAt("", 0, 0), code: "dropped-details", says, count }] };
}

function walletsSeen(facts: Facts): Seen[] {
  const hostAt = hostsByAddress(facts);
  const inFile = new Map<string, number>();
  for (const { place } of facts.address) inFile.set(place.evidence, (inFile.get(place.evidence) ?? 0) + 1);
  const carved = facts.address.map(({ coin, address, host, place, checked }): Seen => {
    const many = inFile.get(place.evidence) ?? 0;
    const list = many > MOST_IN_ONE_FILE ? `it stands in a list of ${many} addresses` : null;
    const unsure = checked ? null : "its form has no checksum";
    const value = coin === "eth" ? address.toLowerCase() : address;
    return { kind: "wallet", value, host, common: commonWallet(address) ?? unsure ?? list, place };
  });
  const loggedIn = facts.sessions.flatMap(({ session }) =>
    session.logins.flatMap(({ wallet, place }): Seen[] => {
      if (wallet === null || place === null) return [];
      const value = wallet.coin === "eth" ? wallet.address.toLowerCase() : wallet.address;
      const common = commonWallet(wallet.address);
      return [
        { kind: "wallet", value, host: hostAt.get(session.client.ip) ?? session.client.ip, common, place },
      ];
    }),
  );
  return [...carved, ...loggedIn];
}

/** Hosts by their addresses; of an address that several have, the first. */
function hostsByAddress({ host }: Facts): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { addresses, host: id } of host) {
    for (const one of addresses) if (!found.has(one)) found.set(one, id);
  }
  return found;
}

function accountsSeen(facts: Facts): Seen[] {
  const hostAt = hostsByAddress(facts);
  const configured = facts["miner-config"].flatMap(({ pools, host, place }) =>
    pools.flatMap(({ user }): Seen[] => {
      if (user === null || parseWallet(user) !== null) return [];
      return [{ kind: "pool-account", value: user, host, common: commonAccount(user), place }];
    }),
  );
  const loggedIn = facts.sessions.flatMap(({ session }) =>
    session.logins.flatMap(({ account, place }): Seen[] => {
      if (account === null || place === null) return [];
      const host = hostAt.get(session.client.ip) ?? session.client.ip;
      return [{ kind: "pool-account", value: account, host, common: commonAccount(account), place }];
    }),
  );
  return [...configured, ...loggedIn];
}

function keysSeen(facts: Facts, suspects: Suspects): Seen[] {
  const installed = facts.autostart.flatMap(({ mechanism, command, host, place }): Seen[] => {
    const key = mechanism === "authorized-key" ? /SHA256:\S{20,64}/.exec(command)?.[0] : undefined;
    if (key === undefined) return [];
    return [{ kind: "login-key", value: key, host, common: suspects.reason(place, NO_SUSPICION), place }];
  });
  const used = facts.login.flatMap(({ key, host, place }): Seen[] =>
    key === null
      ? []
      : [{ kind: "login-key", value: key, host, common: suspects.reason(place, NO_SUSPICION), place }],
  );
  return [...installed, ...used];
}

function hashesSeen(facts: Facts, suspects: Suspects): Seen[] {
  const programs = facts.process.map(({ exe, isDeleted, ...one }) => ({
    ...one,
    path: isDeleted ? null : exe,
  }));
  return [...programs, ...facts.file].flatMap(({ sha256, host, place, path }): Seen[] => {
    if (sha256 === null) return [];
    const common = commonProgram(path) ?? suspects.reason(place, NO_SUSPICION);
    return [{ kind: "file-hash", value: sha256, host, common, place }];
  });
}

function startsSeen(facts: Facts, suspects: Suspects): Seen[] {
  return facts.autostart.flatMap(({ mechanism, command, host, place }): Seen[] => {
    if (mechanism === "authorized-key" || !suspects.has(place)) return [];
    const value = `${mechanism}: ${command.replace(/\s+/g, " ").trim().slice(0, 500)}`;
    return [{ kind: "autostart-text", value, host, common: null, place }];
  });
}

function peersSeen(facts: Facts, suspects: Suspects): Seen[] {
  const pools = loadPools();
  const peers = facts.connection.flatMap(({ remote, host, place, atMicros }): Seen[] => {
    if (!suspects.has(place)) return [];
    const isPool = pools.matchIp(remote.ip, atMicros ?? 0) !== null;
    const common = commonAddress(remote.ip) ?? (isPool ? "an address of a public pool" : null);
    return [{ kind: "address", value: remote.ip, host, common, place }];
  });
  const sources = facts.login.flatMap(({ from, host, place }): Seen[] =>
    from === null || !suspects.has(place)
      ? []
      : [{ kind: "login-source", value: from, host, common: commonAddress(from), place }],
  );
  return [...peers, ...sources];
}

function domainsSeen(facts: Facts): Seen[] {
  const pools = loadPools();
  return facts["pool-url"].flatMap(({ poolHost, host, place, pool }): Seen[] => {
    const isName = /[a-z]/i.test(poolHost) && !poolHost.includes(":");
    const isPublic = pool !== null || pools.matchHost(poolHost) !== null;
    const common = isPublic ? "a public pool" : (commonDomain(poolHost) ?? commonAddress(poolHost));
    return [{ kind: isName ? "domain" : "address", value: poolHost.toLowerCase(), host, common, place }];
  });
}
