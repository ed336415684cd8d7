// Pools by name and by dated address: data/pools/*.tsv, whose README tells sources, licences and cleaning.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NameIndex } from "./name-index.ts";
import { packageRoot } from "./package-root.ts";

/** Days before and after the one on which a source saw a pool's address, within which it still counts.
 *
 *  Reason: three captures of real sessions (2016-09-22 to 2017-01-17) go to addresses that the list of
 *  2018-05-13 names, 481 to 598 days later; of the 486 addresses here, the only one that two dated lists
 *  share lies 380 days apart. Nothing seen bears out a longer life, and rented addresses change hands.
 */
export const POOL_IP_DAYS = 600;

const DAY_MICROS = 86_400e6;

/** In order of precedence where several name the same host. */
const FILES = ["browser-miners.tsv", "intel.tsv", "smashed.tsv", "maltrail.tsv"];
const COLUMNS = "host\tscope\tport\tpool\tcoin\tsource\tfirst\tlast";

/** One endpoint of the table; the ports of several lines about one host are brought together.
 *
 *  Shape: `matched` is the host name, domain or address; a `domain` stands for all names under it; `seen` is
 *  the last date (YYYY, YYYY-MM or YYYY-MM-DD; always a day for an address) on which the source saw it,
 *  `first` the first, null where the source tells one date only; `coin` is null when unknown or when it
 *  depends on the port.
 */
export interface PoolRow {
  readonly matched: string;
  readonly scope: "host" | "domain" | "ip";
  readonly ports: readonly number[];
  readonly pool: string;
  readonly coin: string | null;
  readonly source: string;
  readonly first: string | null;
  readonly seen: string;
}

export interface Pools {
  readonly rows: readonly PoolRow[];
  /** What was read, for the manifest. */
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly source: string }[];
  /** Matches the name `bytes[at … end)` (ASCII, any case, a final dot allowed): a host whole, a domain also
   *  by what stands under it, at label boundaries only. The most specific row wins. Allocates nothing. */
  matchName(bytes: Uint8Array, at: number, end: number): PoolRow | null;
  matchHost(name: string): PoolRow | null;
  /** The row for an address as text whose date is nearest to `atMicros`, if that is within `POOL_IP_DAYS`. */
  matchIp(ip: string, atMicros: number): PoolRow | null;
  /** Whether an IPv4 address (its four bytes as one big-endian number, signed or not) is in the table at any
   *  date. Allocates nothing: 6 ns. */
  mayBePoolIp4(address: number): boolean;
}

let loaded: Pools | null = null;

/** The pool table that ships with the package, read once.
 *
 *  Errors: throws when a file is missing or malformed, which means a broken installation.
 */
export function loadPools(): Pools {
  loaded ??= new PoolTable();
  return loaded;
}

class PoolTable implements Pools {
  readonly rows: readonly PoolRow[];
  readonly files: Pools["files"];
  readonly #names: NameIndex<PoolRow>;
  readonly #byIp = new Map<string, PoolRow[]>();
  readonly #ip4: Int32Array;
  readonly #scratch = new Uint8Array(256);

  constructor() {
    const folder = join(packageRoot(), "data", "pools");
    const rows: PoolRow[] = [];
    this.files = FILES.map((name) => {
      const bytes = readFileSync(join(folder, name));
      rows.push(...parseRows(name, bytes.toString("utf8")));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return { name: `pools/${name}`, sha256, source: [...sourcesOf(rows, name)].join("; ") };
    });
    this.rows = rows;
    this.#names = new NameIndex(
      rows.filter((row) => row.scope !== "ip"),
      (row) => row.matched,
    );
    for (const row of rows) {
      if (row.scope === "ip") this.#byIp.set(row.matched, [...(this.#byIp.get(row.matched) ?? []), row]);
    }
    this.#ip4 = ip4Set([...this.#byIp.keys()]);
  }

  matchName(bytes: Uint8Array, at: number, end: number): PoolRow | null {
    return this.#names.match(bytes, at, end);
  }

  matchHost(name: string): PoolRow | null {
    if (name.length > this.#scratch.length) return null;
    for (let i = 0; i < name.length; i++) {
      const code = name.charCodeAt(i);
      if (code > 127) return null;
      this.#scratch[i] = code;
    }
    return this.#names.match(this.#scratch, 0, name.length);
  }

  matchIp(ip: string, atMicros: number): PoolRow | null {
    let best: PoolRow | null = null;
    let nearest = POOL_IP_DAYS * DAY_MICROS;
    for (const row of this.#byIp.get(ip) ?? []) {
      const distance = microsFrom(row, atMicros);
      if (distance > nearest || (best !== null && distance === nearest)) continue;
      nearest = distance;
      best = row;
    }
    return best;
  }

  mayBePoolIp4(address: number): boolean {
    const key = address | 0;
    const set = this.#ip4;
    const mask = set.length - 1;
    let slot = Math.imul(key, HASH_FACTOR) & mask;
    for (;;) {
      const held = set[slot];
      if (held === key) return key !== 0;
      if (held === 0) return false;
      slot = (slot + 1) & mask;
    }
  }
}

const HASH_FACTOR = 0x9e3779b1;

/** Open addressing, at most a quarter full, so that a probe always ends;
 *  0 (the address 0.0.0.0) marks a free slot. */
function ip4Set(ips: readonly string[]): Int32Array {
  let size = 16;
  while (size < 4 * ips.length) size *= 2;
  const set = new Int32Array(size);
  for (const ip of ips) {
    const key = ip.split(".").reduce((sum, part) => (sum << 8) | Number(part), 0);
    let slot = Math.imul(key, HASH_FACTOR) & (size - 1);
    while (set[slot] !== 0 && set[slot] !== key) slot = (slot + 1) & (size - 1);
    set[slot] = key;
  }
  return set;
}

/** Microseconds between a moment and the days on which the source saw the address; 0 within. */
function microsFrom(row: PoolRow, atMicros: number): number {
  const first = Date.parse(row.first ?? row.seen) * 1000;
  const last = Date.parse(row.seen) * 1000 + DAY_MICROS;
  return Math.max(first - atMicros, atMicros - last, 0);
}

function sourcesOf(rows: readonly PoolRow[], file: string): Set<string> {
  const sources = rows.map((row) => row.source);
  return file === "browser-miners.tsv" ? new Set(sources) : new Set(sources.slice(-1));
}

function parseRows(file: string, text: string): PoolRow[] {
  const lines = text.trimEnd().split("\n");
  if (lines[0] !== COLUMNS) throw new Error(`Cannot read ${file}: line 1 is not the heading`);
  const byKey = new Map<string, PoolRow>();
  for (const [index, line] of lines.slice(1).entries()) {
    const row = parseRow(line);
    if (row === null) throw new Error(`Cannot read ${file}: line ${index + 2} is not a row`);
    const key = `${row.scope} ${row.matched}`;
    const before = byKey.get(key);
    byKey.set(key, before === undefined ? row : merge(before, row));
  }
  return [...byKey.values()];
}

function parseRow(line: string): PoolRow | null {
  const [matched, scope, port, pool, coin, source, first, seen, ...more] = line.split("\t");
  if (!matched || !pool || !source || !seen || more.length > 0) return null;
  if (scope !== "host" && scope !== "domain" && scope !== "ip") return null;
  const ports = port ? [Number(port)] : [];
  return { matched, scope, ports, pool, coin: coin || null, source, first: first || null, seen };
}

function merge(a: PoolRow, b: PoolRow): PoolRow {
  const ports = [...new Set([...a.ports, ...b.ports])].sort((x, y) => x - y);
  const first = [a.first ?? a.seen, b.first ?? b.seen].sort()[0] ?? null;
  const seen = [a.seen, b.seen].sort()[1] ?? a.seen;
  return { ...a, ports, first: first === seen ? null : first, seen, coin: a.coin === b.coin ? a.coin : null };
}
