import type { Facts } from "../../model/facts.ts";
import { grouped } from "../../model/group.ts";
import type { CommandRecord, RequestRecord } from "../../model/log-record.ts";
import { compareIds } from "../../model/order.ts";
import type { Basis } from "../../model/place.ts";
import { isIntrudersFirst, OPEN_INTERFACES, WEB_USERS } from "../../tables/service-users.ts";
import { firstAfter } from "../near.ts";
import { seen } from "../trail.ts";
import { short } from "../words.ts";

/** An exploit's command runs at once; five minutes allow for a second stage to be fetched. */
export const FOLLOW_SECONDS = 300;

/** A request that tried to break in through a web server, and what followed it. */
export interface WebHit {
  readonly request: RequestRecord;
  readonly follower: Follower;
}

/** What of the facts shows such. */
export type WebFacts = Pick<Facts, "request" | "command" | "process" | "connection">;

/** Requests to web servers' programs, but for interfaces that are meant to be asked so. */
export function webRequests({ request }: WebFacts): RequestRecord[] {
  return request.filter(({ exploit }) => !OPEN_INTERFACES.has(exploit)).sort(compareRequests);
}

/** Attempts that something followed which the server does not do by itself, in the order of time. */
export function webHits(facts: WebFacts, reachMicros: number): WebHit[] {
  const requests = webRequests(facts);
  if (requests.length === 0) return [];
  const followers = followersOf(facts);
  return requests.flatMap((request) => {
    const follower = followerOf(request, followers, reachMicros);
    return follower === null ? [] : [{ request, follower }];
  });
}

function compareRequests(a: RequestRecord, b: RequestRecord): number {
  return (
    (a.atMicros ?? Number.MAX_SAFE_INTEGER) - (b.atMicros ?? Number.MAX_SAFE_INTEGER) ||
    compareIds(a.place.evidence, b.place.evidence) ||
    a.place.atByte - b.place.atByte
  );
}

/** Something that a web server does not do by itself. */
export interface Follower {
  readonly at: number;
  readonly basis: Basis;
  readonly says: string;
  /** The account that did it. */
  readonly user: string | null;
}

/** Commands of web servers' accounts that no server runs by itself, by host, in the order of time; each text
 *  once, since several logs tell of one command. */
export function strangeCommands(facts: WebFacts): ReadonlyMap<string, readonly Follower[]> {
  const met = new Set<string>();
  const strange = facts.command.filter(({ host, user, text, by }) => {
    if (!WEB_USERS.has(user ?? "") || by === "history" || !isIntrudersFirst(text)) return false;
    const isNew = !met.has(`${host} ${text}`);
    met.add(`${host} ${text}`);
    return isNew;
  });
  return inOrder(
    grouped(
      strange.map((one) => ({ host: one.host, ...ran(one) })),
      ({ host }) => host,
    ),
  );
}

interface Followers {
  /** By host, in the order of time. */
  readonly commands: ReadonlyMap<string, readonly Follower[]>;
  /** Connections by host and remote address. */
  readonly connections: ReadonlyMap<string, readonly Follower[]>;
}

function followersOf(facts: WebFacts): Followers {
  const commands = facts.command
    .filter((one) => one.atMicros !== null && WEB_USERS.has(one.user ?? "") && isIntrudersFirst(one.text))
    .map((one) => ({ host: one.host, ...ran(one) }));
  const processes = facts.process
    .filter(
      ({ user, exe, startedMicros }) =>
        startedMicros !== null &&
        WEB_USERS.has(user ?? "") &&
        /^\/(?:tmp|var\/tmp|dev\/shm)\//.test(exe ?? ""),
    )
    .map(({ host, user, exe, startedMicros, place, excerpt }) => {
      const says = `${who(user)} ran ${short(exe ?? "")} from a folder for temporary files`;
      return { host, user, at: startedMicros ?? 0, says, basis: seen(place, says, excerpt) };
    });
  const connections = facts.connection
    .filter(({ atMicros }) => atMicros !== null)
    .map(({ host, atMicros, remote, place, excerpt }) => {
      const to = `${short(remote.ip)} port ${remote.port}`;
      const says = `the host connected to ${to}, which the request had named`;
      const key = `${host} ${remote.ip}`;
      return { key, user: null, at: atMicros ?? 0, says, basis: seen(place, says, excerpt) };
    });
  return {
    commands: inOrder(grouped([...commands, ...processes], ({ host }) => host)),
    connections: inOrder(grouped(connections, ({ key }) => key)),
  };
}

function inOrder<T extends Follower>(lists: ReadonlyMap<string, T[]>): ReadonlyMap<string, readonly T[]> {
  for (const list of lists.values()) list.sort((a, b) => a.at - b.at || compareIds(a.says, b.says));
  return lists;
}

function who(user: string | null): string {
  return `${WEB_USERS.get(user ?? "") ?? "the server"} (account ${short(user ?? "?")})`;
}

function ran({ atMicros, text, user, place, excerpt }: CommandRecord): Follower {
  const says = `${who(user)} ran: ${short(text)}`;
  return { user, at: atMicros ?? 0, says, basis: seen(place, says, excerpt === "" ? text : excerpt) };
}

/** Addresses that a request names, to which an exploit makes the server connect. */
const NAMED = /\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g;

/** Characters of a request that are searched for addresses. */
const MOST_CHARS = 2_000;

function followerOf(request: RequestRecord, all: Followers, reach: number): Follower | null {
  const { host, atMicros, lastMicros, target, agent } = request;
  if (atMicros === null) return null;
  const until = Math.max(atMicros, lastMicros ?? atMicros) + reach;
  const command = firstAfter(all.commands.get(host) ?? [], atMicros, until);
  if (command !== null) return command;
  const text = `${target} ${agent ?? ""} ${request.excerpt}`.slice(0, MOST_CHARS);
  for (const [address] of text.matchAll(NAMED)) {
    if (address === request.client && !target.includes(address)) continue;
    const found = firstAfter(all.connections.get(`${host} ${address}`) ?? [], atMicros, until);
    if (found !== null) return found;
  }
  return null;
}
