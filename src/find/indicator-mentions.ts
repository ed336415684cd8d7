import { urlText } from "../bytes/url-text.ts";
import { parseWallet } from "../bytes/wallet.ts";
import type { Facts } from "../model/facts.ts";
import type { HostFact } from "../model/host-fact.ts";
import type { AnyHostRecord } from "../model/host-facts.ts";
import type { Place } from "../model/place.ts";
import type { Endpoint } from "../model/record.ts";
import type { Candidate } from "./indicator-index.ts";
import { nameOf } from "./intruder/started.ts";

/** Words of one command that are looked at. */
const MOST_WORDS = 400;

/** A place in the evidence with the values that stand there. */
export interface Mention {
  readonly host: string | null;
  readonly client: string | null;
  readonly what: string;
  readonly place: Place;
  readonly excerpt: string | null;
  readonly atMicros: number | null;
  readonly candidates: readonly Candidate[];
}

const server = (value: string, port: number | null = null): Candidate => ({ kind: "name", value, port });
const at = ({ ip, port }: Endpoint): Candidate => server(ip, port);
const valued = (kind: Exclude<Candidate["kind"], "name">, value: string | null): Candidate[] =>
  value === null || value === "" ? [] : [{ kind, value, port: null }];
const file = (path: string | null): Candidate[] =>
  valued("file-name", path === null ? null : nameOf(path.replaceAll("\\", "/")).toLowerCase());

type Values = {
  readonly [K in AnyHostRecord["kind"]]?: (record: Extract<AnyHostRecord, { kind: K }>) => Candidate[];
};

/** What a record names, by kind. */
const VALUES: Values = {
  login: ({ from, key }) => [...(from === null ? [] : [server(from)]), ...valued("key", key)],
  connection: ({ remote }) => [at(remote)],
  process: ({ sha256, exe, args }) => [...valued("sha256", sha256), ...file(exe), ...wordsOf(args ?? "")],
  file: ({ sha256, path }) => [...valued("sha256", sha256), ...file(path)],
  address: ({ address }) => valued("address", address),
  "pool-url": ({ poolHost, poolPort }) => [server(poolHost, poolPort)],
  request: ({ client, target }) => [server(client), ...wordsOf(target)],
  command: ({ text, from }) => [...(from === null ? [] : [server(from)]), ...wordsOf(text)],
  autostart: ({ command }) => wordsOf(command),
  "miner-config": ({ pools }) => pools.flatMap(({ url, user }) => [...wordsOf(url), ...wordsOf(user ?? "")]),
  "miner-log": ({ pools }) => pools.flatMap(wordsOf),
  "ransom-note": ({ addresses, contacts }) => [
    ...addresses.flatMap(({ address }) => valued("address", address)),
    ...contacts.flatMap((contact) => valued("email", contact.toLowerCase())),
  ],
  "name-query": ({ name }) => [server(name)],
  smb: ({ client, server: other }) => [at(client), at(other)],
};

// cast: the keys of a table are those of its type.
const KINDS = Object.keys(VALUES) as (keyof Values)[];

/** Every place that names something an indicator may name. */
export function* mentions(facts: Facts): Generator<Mention> {
  for (const kind of KINDS) {
    // cast: the row is the one of the records' own kind.
    const values = VALUES[kind] as (record: HostFact) => Candidate[];
    for (const record of facts[kind]) {
      const { host, place, excerpt, atMicros } = record;
      yield { host, client: null, what: kind, place, excerpt, atMicros, candidates: values(record) };
    }
  }
  yield* captured(facts);
}

/** Sessions and contacts of captures. */
function* captured({ sessions, contacts }: Facts): Generator<Mention> {
  for (const { session } of sessions) {
    const place = session.trail[0]?.place;
    if (place === undefined) continue;
    const { id, client, firstMicros: atMicros, serverName, logins } = session;
    const candidates = [
      at(session.server),
      ...(serverName === null ? [] : [server(serverName.name)]),
      ...logins.flatMap(({ wallet }) => valued("address", wallet?.address ?? null)),
    ];
    const excerpt = session.trail[0]?.excerpt ?? null;
    yield { host: null, client: client.ip, what: `session ${id}`, place, excerpt, atMicros, candidates };
  }
  for (const { client, server: met, name, chain, place, firstMicros, by } of contacts) {
    const names = [...(name === null ? [] : [name]), ...chain].map((one) => server(one));
    const candidates = [...(met === null ? [] : [at(met)]), ...names];
    yield {
      host: null,
      client,
      what: `contact (${by})`,
      place,
      excerpt: null,
      atMicros: firstMicros,
      candidates,
    };
  }
}

/** Values in free text: URLs, names and addresses, payment addresses, hashes, files. */
function wordsOf(text: string): Candidate[] {
  const words = text.slice(0, 32_768).split(/[\s'"`|;&<>(){}=,]+/, MOST_WORDS);
  return words.filter((word) => word.length >= 4).flatMap(valuesIn);
}

const SCHEME = /^[a-z][a-z0-9+.-]{1,20}:\/\//i;
const HASH_KINDS: ReadonlyMap<number, "sha256" | "sha1" | "md5"> = new Map([
  [64, "sha256"],
  [40, "sha1"],
  [32, "md5"],
]);

function valuesIn(word: string): Candidate[] {
  const hash = /^[0-9a-f]+$/i.test(word) ? HASH_KINDS.get(word.length) : undefined;
  if (hash !== undefined) return valued(hash, word.toLowerCase());
  const head = word.split(/[.+/:@]/, 1)[0] ?? "";
  const wallet = head.length >= 26 && head.length <= 110 ? parseWallet(head) : null;
  if (wallet !== null) return valued("address", wallet.address);
  const bare = word.replace(SCHEME, "").replace(/^[^@/]{1,300}@/, "");
  const match = /^([^/:?#]{1,253})(?::(\d{1,5}))?(?:[/?#]|$)/.exec(bare);
  const port = match?.[2] === undefined ? null : Number(match[2]);
  const places = match?.[1]?.includes(".") === true ? [server(match[1], port)] : [];
  const url = SCHEME.test(word) || bare.includes("/") ? valued("url", urlText(bare)) : [];
  return [...places, ...url, ...file(bare)];
}
