import type { CountedSession } from "../model/facts.ts";
import type { Login } from "../model/record.ts";
import type { Detector, Found } from "./detector.ts";
import { payeeOf } from "./miner/stint.ts";
import { compareSessions, groups } from "./order.ts";
import { inferred, seen, sessionsTrail } from "./trail.ts";
import { between, distinct, listed, serverOf, short } from "./words.ts";

const MAX_STEPS = 36;

interface Shared {
  readonly counted: CountedSession;
  readonly rigs: number;
  readonly logins: readonly string[];
}

/** Several rigs behind one connection: the host collects the work of others. */
export const miningProxy: Detector = {
  id: "mining-proxy",
  title: "Several rigs behind one connection",
  reads: ["sessions"],
  attack: ["T1496.001", "T1090"],
  sources: [
    "XMRig Proxy, NiceHash mode: one upstream connection, each rig its own fixed byte of the nonce",
    "Pastrana & Suarez-Tangil (2019), IMC: proxies hide the number of victims from pools",
  ],
  blindTo: "proxies that open a connection a rig; rigs that share nonce bytes",
  limits: {
    rigs: {
      value: 2,
      unit: "rigs",
      why: "nonce prefixes are a lower bound, so that two mean more than one rig",
    },
    logins: { value: 2, unit: "logins", why: "a miner logs in once a connection, under one name" },
  },
  *find({ sessions }, limit) {
    const shared = sessions
      .filter(({ duplicateOf }) => duplicateOf === null)
      .sort(compareSessions)
      .map((counted) => ({
        counted,
        rigs: counted.session.rigsAtLeast ?? 0,
        logins: distinct(counted.session.logins.map(nameOf)),
      }))
      .filter(({ rigs, logins }) => rigs >= limit("rigs") || logins.length >= limit("logins"));
    const byHost = groups(shared, ({ counted }) => ({ client: counted.session.client.ip, key: "" }));
    for (const { client, members } of byHost) yield found(client, members);
  },
};

/** Payee, worker and rig of a login: what tells two of them apart. */
function nameOf(login: Login): string {
  return [payeeOf(login).name, login.worker, login.rigId]
    .filter((part) => part !== null && part !== "")
    .join("/");
}

function found(client: string, members: readonly Shared[]): Found {
  const sessions = members.map((shared) => shared.counted);
  const rigs = members.reduce((most, shared) => Math.max(most, shared.rigs), 0);
  const names = distinct(members.flatMap((shared) => shared.logins)).filter((name) => name !== "");
  const first = sessions[0]?.session.firstMicros ?? 0;
  const last = sessions.reduce((latest, { session }) => Math.max(latest, session.lastMicros), first);
  const servers = distinct(sessions.map(({ session }) => serverOf(session)));
  const signs = [
    rigs > 1 ? `nonces of at least ${rigs} rigs on one connection` : "",
    members.some((shared) => shared.logins.length > 1)
      ? `${names.length} logins (${listed(names.map(shortName))})`
      : "",
  ].filter((sign) => sign !== "");
  return {
    severity: "medium",
    likelihood: rigs > 1 ? 0.9 : 0.7,
    confidence: rigs > 1 ? "moderate" : "low",
    about: [client, ...sessions.map(({ session }) => session.id)],
    summary:
      `${client} worked as a proxy of several rigs or logins towards ${listed(servers)} ` +
      `${between(first, last)}: ${signs.join("; ")}. ` +
      (rigs > 1 ? "The rigs behind it mined too" : "It may also be a miner that gives its author a part"),
    next: "Look for connections into this host: they lead to the machines that did the hashing.",
    basis: [...members.flatMap(proofs), ...sessionsTrail(sessions)].slice(0, MAX_STEPS),
  };
}

function proofs({ counted: { session, shares }, rigs }: Shared) {
  const place = shares[0]?.place ?? session.trail[0]?.place;
  const nonces =
    rigs > 1 && place !== undefined
      ? [inferred(place, `${session.id}: distinct fixed nonce bytes in the shares, at least ${rigs}`)]
      : [];
  const logins = session.logins.flatMap((login) =>
    login.place === null ? [] : [seen(login.place, `${session.id}: login ${shortName(nameOf(login))}`, null)],
  );
  return [...nonces, ...(session.logins.length > 1 ? logins.slice(0, 12) : [])];
}

function shortName(name: string): string {
  return name.split("/").map(short).join("/");
}
