import { HOST_KINDS, type HostFacts, type HostKind } from "../../src/model/host-facts.ts";
import type { Place } from "../../src/model/place.ts";

/** 2021-04-16 08:00:00 UTC. */
export const START_MICROS = 1_618_560_000_000_000;
export const SECOND = 1_000_000;

/** "at" is seconds after `START_MICROS`, "times" repeats nothing: it is the record's own field. */
export type HostFixture = { readonly kind: HostKind; readonly at?: number } & Readonly<
  Record<string, unknown>
>;

/** Hands out places that differ. */
export class Places {
  #next = 0;
  next(): Place {
    this.#next++;
    return { evidence: "e1", atByte: this.#next * 100, byteLength: 80, packet: this.#next, line: null };
  }
}

/** What a fixture may leave out of a record, by kind. */
const HOST_DEFAULTS: { readonly [K in HostKind]?: Readonly<Record<string, unknown>> } = {
  host: { name: null, addresses: [], os: null, machineId: null, zone: null, collector: null },
  login: {
    outcome: "accepted",
    user: "deploy",
    from: null,
    method: "password",
    service: "sshd",
    key: null,
    times: 1,
    lastMicros: null,
  },
  command: { user: null, exe: null, pid: null, ppid: null, from: null, by: "history" },
  process: {
    ppid: null,
    user: null,
    name: null,
    exe: null,
    isDeleted: false,
    args: null,
    cwd: null,
    cpuPercent: null,
    startedMicros: null,
    sha256: null,
    places: [],
  },
  connection: { pid: null, process: null, local: null, state: null },
  autostart: { name: null, user: null, schedule: null },
  account: { uid: null, shell: null, home: null },
  "miner-config": { software: "xmrig", path: "/tmp/config.json", pools: [], logFile: null },
  "miner-log": {
    software: "xmrig",
    path: "/tmp/miner.log",
    firstMicros: null,
    lastMicros: null,
    rates: [],
    accepted: null,
    rejected: null,
    acceptedHashes: null,
    pools: [],
    algorithm: null,
  },
  request: { method: "GET", status: 200, agent: null, times: 1, lastMicros: null },
  event: { user: null, from: null, says: "it happened" },
  file: {
    bytes: null,
    mode: null,
    modifiedMicros: null,
    accessedMicros: null,
    changedMicros: null,
    sha256: null,
  },
  burst: { examples: [] },
  address: { form: "standard", checked: true, times: 1, path: "/tmp/a" },
  "pool-url": { poolPort: null, pool: null, times: 1, path: "/tmp/a" },
  secret: { times: 1, path: "/tmp/a" },
  "ransom-note": { addresses: [], amounts: [], deadlines: [], contacts: [], demands: [] },
  smb: { times: 1 },
  "name-query": { times: 1 },
};

/** Host records of a fixture, by kind. */
export function hostFacts(fixtures: readonly HostFixture[], places: Places): HostFacts {
  const records = fixtures.map(({ at, ...fixture }) => {
    const atMicros = at === undefined ? null : START_MICROS + at * SECOND;
    const place = places.next();
    const base = {
      host: "h1",
      hostname: null,
      atMicros,
      atHow: at === undefined ? null : "seen",
      clock: "utc",
      place,
      excerpt: "",
    };
    return { ...base, ...HOST_DEFAULTS[fixture.kind], ...fixture };
  });
  const byKind = HOST_KINDS.map((kind) => [kind, records.filter((record) => record.kind === kind)]);
  return Object.fromEntries(byKind) as HostFacts;
}
