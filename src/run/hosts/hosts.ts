import { compareText } from "../../bytes/text.ts";
import { earliest, latest } from "../../bytes/time.ts";
import type { Evidence } from "../../model/evidence.ts";
import { grouped } from "../../model/group.ts";
import type { CaseHost } from "../../model/host-case.ts";
import { type AnyHostRecord, HOST_KINDS, type HostFacts, type HostKind } from "../../model/host-facts.ts";
import type { HostRecord } from "../../model/host-record.ts";
import { compareIds } from "../../model/order.ts";
import { withHostnames } from "./hostnames.ts";
import { once } from "./once.ts";
import { withUserNames } from "./user-names.ts";
import { isZone, utcOf } from "./zone.ts";

/** A host as the records tell of it, before its story is told. */
export interface KnownHost
  extends Pick<CaseHost, "id" | "name" | "addresses" | "os" | "machineId" | "zone" | "clock" | "collector"> {
  /** Loose files that name no host: whose they are is not known. */
  readonly isUnknown: boolean;
  readonly collectedFirstMicros: number | null;
  readonly collectedLastMicros: number | null;
}

export interface Resolved {
  readonly hosts: readonly KnownHost[];
  readonly facts: HostFacts;
  /** Id of the host that a key of the reading stands for. */
  hostOf(scope: string): string | null;
}

/** Names that every host answers to. */
const NO_NAMES: ReadonlySet<string> = new Set(["localhost", "localhost.localdomain", "(none)", "-", ""]);

/** Tells which records are of one host, gives the hosts ids, puts every time in UTC and takes each fact once.
 *
 *  Shape: a collection is one host; loose files of one folder are one host unless their lines name several.
 *  Hosts of one name are one, as long as their machine ids do not contradict that.
 */
export function resolveHosts(found: readonly AnyHostRecord[], scopes: ReadonlyMap<string, string>): Resolved {
  const records = withHostnames(found);
  const keys = new HostKeys(records, scopes);
  const byKey = grouped(records, (record) => keys.of(record));
  const order = [...byKey.keys()].sort((a, b) => compareText(a, b));
  const ids = new Map(order.map((key, index) => [key, `h${index + 1}`]));
  const hosts: KnownHost[] = [];
  const resolved: AnyHostRecord[] = [];
  for (const key of order) {
    const members = byKey.get(key) ?? [];
    const id = ids.get(key) ?? key;
    const host = knownHost(id, keys.nameOf(key), members);
    const moved = withUserNames(members.map((member) => inUtc(member, host)));
    const kept = new Set(once(moved));
    const originals: AnyHostRecord[] = [];
    moved.forEach((record, index) => {
      const original = members[index];
      if (original === undefined || !kept.has(record)) return;
      originals.push(original);
      resolved.push(record);
    });
    hosts.push({ ...host, clock: clockNotes(originals, host.zone) });
  }
  return {
    hosts,
    facts: byKind(resolved),
    hostOf: (scope) => ids.get(keys.ofScope(scope)) ?? null,
  };
}

/** The key of the host that a record belongs to: its name where one is known, else its scope. */
class HostKeys {
  readonly #scopes: ReadonlyMap<string, string>;
  /** Name that a scope's own profile gives. */
  readonly #profiled = new Map<string, string>();
  /** Names in the lines of a scope. */
  readonly #named = new Map<string, Set<string>>();
  readonly #spelled = new Map<string, string>();
  readonly #addressed = new Map<string, string>();

  constructor(records: readonly AnyHostRecord[], scopes: ReadonlyMap<string, string>) {
    this.#scopes = scopes;
    for (const record of records) {
      if (record.kind !== "host" || record.name === null || NO_NAMES.has(record.name.toLowerCase())) continue;
      if (!this.#profiled.has(record.host)) this.#profiled.set(record.host, this.#spell(record.name));
    }
    for (const record of records) {
      const name = record.hostname;
      if (name === null || NO_NAMES.has(name.toLowerCase())) continue;
      const scope = this.#outer(record.host);
      const names = this.#named.get(scope) ?? new Set();
      this.#named.set(scope, names.add(this.#spell(name)));
    }
    for (const record of records) {
      if (record.kind !== "host") continue;
      for (const address of record.addresses) this.#addressed.set(address, this.of(record));
    }
  }

  of(record: AnyHostRecord): string {
    const scope = this.#outer(record.host);
    const own = this.#profiled.get(scope);
    const name = record.hostname;
    if (name !== null && !NO_NAMES.has(name.toLowerCase())) {
      const key = this.#spell(name);
      return own !== undefined && isSameName(own, key) ? `name ${own}` : `name ${key}`;
    }
    return this.ofScope(scope);
  }

  ofScope(key: string): string {
    const scope = this.#outer(key);
    const own = this.#profiled.get(scope);
    if (own !== undefined) return `name ${own}`;
    const names = [...(this.#named.get(scope) ?? [])];
    if (names.length === 1) return `name ${names[0]}`;
    return this.#addressed.get(scope) ?? `scope ${scope}`;
  }

  nameOf(key: string): string | null {
    return key.startsWith("name ") ? (this.#spelled.get(key.slice(5)) ?? null) : null;
  }

  #spell(name: string): string {
    const folded = name.toLowerCase();
    if (!this.#spelled.has(folded)) this.#spelled.set(folded, name);
    return folded;
  }

  /** The scope that says whose it is, from the inside out. */
  #outer(scope: string): string {
    let at = scope;
    while (!this.#profiled.has(at)) {
      const outer = this.#scopes.get(at);
      if (outer === undefined) return at;
      at = outer;
    }
    return at;
  }
}

/** "web01" and "web01.example.org" are one. */
function isSameName(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

function knownHost(id: string, name: string | null, members: readonly AnyHostRecord[]): KnownHost {
  const profiles = members.filter((record): record is HostRecord => record.kind === "host");
  const first = <K extends keyof HostRecord>(key: K): HostRecord[K] | null =>
    profiles.map((profile) => profile[key]).find((value) => value !== null) ?? null;
  const zone = first("zone");
  const starts = profiles.flatMap(({ collectedFirstMicros: at }) => at ?? []);
  const ends = profiles.flatMap(({ collectedLastMicros: at }) => at ?? []);
  return {
    id,
    name,
    addresses: [...new Set(profiles.flatMap(({ addresses }) => addresses))].sort(),
    os: first("os"),
    machineId: first("machineId"),
    zone,
    clock: [],
    isUnknown: name === null && profiles.length === 0,
    collector: first("collector"),
    collectedFirstMicros: earliest(starts),
    collectedLastMicros: latest(ends),
  };
}

function clockNotes(members: readonly AnyHostRecord[], zone: string | null): string[] {
  const notes: string[] = [];
  const local = members.filter(({ clock, atMicros }) => clock === "local" && atMicros !== null).length;
  if (local > 0) {
    notes.push(
      zone !== null && isZone(zone)
        ? `${local} times without a zone are taken for local time in ${zone}, the host's own setting`
        : `${local} times without a zone are taken for UTC: the host's zone is not known`,
    );
  }
  const inferred = members.filter(({ atHow }) => atHow === "inferred").length;
  if (inferred > 0) {
    notes.push(
      `${inferred} times without a year got the latest one that is not after their file was last written`,
    );
  }
  return notes;
}

function inUtc(record: AnyHostRecord, { id, zone }: KnownHost): AnyHostRecord {
  if (record.clock === "utc" || zone === null || !isZone(zone)) return { ...record, host: id, clock: "utc" };
  const moved: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    if (key.endsWith("Micros") && typeof value === "number") moved[key] = utcOf(value, zone);
    if (key === "rates") {
      // cast: only a miner's log has rates.
      const rates = value as readonly { readonly atMicros: number }[];
      moved[key] = rates.map((rate) => ({ ...rate, atMicros: utcOf(rate.atMicros, zone) }));
    }
  }
  return { ...record, ...moved, host: id, clock: "utc" };
}

function byKind(records: readonly AnyHostRecord[]): HostFacts {
  const kinds = new Map<HostKind, AnyHostRecord[]>(HOST_KINDS.map((kind) => [kind, []]));
  for (const record of [...records].sort(compareRecords)) kinds.get(record.kind)?.push(record);
  // cast: each list was made of the records of its kind.
  return Object.fromEntries(kinds) as unknown as HostFacts;
}

function compareRecords(a: AnyHostRecord, b: AnyHostRecord): number {
  const byTime = (a.atMicros ?? Number.POSITIVE_INFINITY) - (b.atMicros ?? Number.POSITIVE_INFINITY);
  return (
    (Number.isNaN(byTime) ? 0 : byTime) ||
    compareIds(a.place.evidence, b.place.evidence) ||
    a.place.atByte - b.place.atByte
  );
}

/** Which host each piece of evidence tells of. */
export function withHosts(evidence: readonly Evidence[], { hostOf }: Resolved): Evidence[] {
  return evidence.map((one) => ({ ...one, host: one.host === null ? null : hostOf(one.host) }));
}
