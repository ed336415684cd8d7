import type { Case, CaseContact, CaseLogin, CaseSession } from "../model/case.ts";
import type { CountedSession } from "../model/facts.ts";
import type { TimelineEntry } from "../model/host-case.ts";
import type { ShareRecord } from "../model/record.ts";
import { endpointText } from "../model/record.ts";
import { pieces } from "./csv.ts";
import { evidenceName } from "./figures.ts";
import { followEvents } from "./follow-events.ts";
import { isoOfMicros } from "./numbers.ts";
import { cut, visible, visibleJson } from "./visible.ts";
import { hostNamed } from "./words.ts";

/** One moment of the case. Fields are flat, as Timesketch indexes them. */
interface Event {
  /** ISO 8601 with microseconds and "Z". */
  readonly at: string;
  readonly desc: string;
  readonly type: string;
  readonly message: string;
  readonly extra: Readonly<Record<string, string | number | null>>;
}

/** timeline.jsonl in pieces: one JSON object a line, in order of time.
 *
 *  Shape: `message`, `datetime` (ISO 8601), `timestamp_desc` are mandatory; `timestamp` is microseconds since
 *  1970, `data_type` "paydirt:mining:…"; further columns where they apply, unknown ones left out.
 *  Source: Timesketch, "Import data from JSON or CSV"; values above 32,766 bytes lose their keyword index.
 */
export function timelineJsonl(c: Case, counted: readonly CountedSession[]): Iterable<string> {
  return pieces(lines(c, counted));
}

function* lines(c: Case, counted: readonly CountedSession[]): Iterable<string> {
  const few = [
    ...c.sessions.flatMap(sessionEvents),
    ...c.contacts.flatMap(contactEvents),
    ...c.timeline.map((entry) => hostEvent(c, entry)),
    ...followEvents(c),
  ]
    .map((event) => ({ micros: microsOf(event.at), event }))
    .sort((a, b) => a.micros - b.micros);
  const shares = counted
    .filter((s) => s.duplicateOf === null)
    .flatMap((s) => s.shares.map((share) => ({ share, counted: s })))
    .sort((a, b) => a.share.atMicros - b.share.atMicros);
  let at = 0;
  for (const { share, counted: of } of shares) {
    for (let next = few[at]; next !== undefined && next.micros <= share.atMicros; next = few[at]) {
      yield line(next.event, next.micros);
      at += 1;
    }
    yield line(shareEvent(share, of), share.atMicros);
  }
  for (const { event, micros } of few.slice(at)) yield line(event, micros);
}

function line({ at, desc, type, message, extra }: Event, micros: number): string {
  const fields: [string, string | number | null][] = [
    ["message", visible(cut(message, 2000))],
    ["datetime", at.replace(/Z$/, "+00:00")],
    ["timestamp", micros],
    ["timestamp_desc", desc],
    ["data_type", `paydirt:${type}`],
    ...Object.entries(extra),
  ];
  const known = fields.filter(([, value]) => value !== null);
  return `{${known.map(([key, value]) => `"${key}": ${json(value)}`).join(", ")}}\n`;
}

const json = (value: string | number | null): string =>
  typeof value === "string" ? visibleJson(cut(value, 8000)) : JSON.stringify(value);

function microsOf(iso: string): number {
  return (
    Date.parse(`${iso.slice(0, 19)}Z`) * 1000 + Number(iso.slice(20, 26).padEnd(6, "0").replace(/\D/g, "0"))
  );
}

function who(s: CaseSession): Event["extra"] {
  return {
    session: s.id,
    src_ip: s.client.ip,
    src_port: s.client.port,
    dst_ip: s.server.ip,
    dst_port: s.server.port,
    dst_name: s.serverName?.name ?? null,
    dialect: s.dialect,
    coin: s.coin,
    wallet: s.wallet,
    account: s.account,
    worker: s.worker,
    agent: s.agent,
  };
}

function pairOf({ client, server }: Pick<CaseSession, "client" | "server">): string {
  return `${endpointText(client)} to ${endpointText(server)}`;
}

function loginName({ wallet, account, worker }: CaseLogin): string {
  const name = wallet?.address ?? account ?? "an unnamed account";
  return worker === null ? name : `${name}, worker ${worker}`;
}

function sessionEvents(s: CaseSession): readonly Event[] {
  const pair = pairOf(s);
  const again = s.duplicateOf === null ? "" : ` (shows the shares of ${s.duplicateOf} again)`;
  const took = `${s.shares.accepted} of ${s.shares.submitted}`;
  const [first] = s.trail;
  return [
    {
      at: s.first,
      desc: "Mining session start",
      type: "mining:session",
      message: `Mining session ${s.id} begins: ${pair}, ${s.dialect}${again}`,
      extra: { ...who(s), ...placeFields(first?.place ?? null) },
    },
    ...s.logins.map((login) => ({
      at: login.at,
      desc: "Mining login",
      type: "mining:login",
      message: `Login in ${s.id} as ${loginName(login)}: ${pair}`,
      extra: {
        ...who(s),
        wallet: login.wallet?.address ?? null,
        account: login.account,
        worker: login.worker,
        agent: login.agent?.text ?? null,
      },
    })),
    ...s.redirects.map((to) => ({
      at: to.at,
      desc: "Mining redirect",
      type: "mining:redirect",
      message: `Pool sends ${s.id} to ${to.host ?? "the same host"}, port ${to.port ?? "unchanged"}: ${pair}`,
      extra: who(s),
    })),
    {
      at: s.last,
      desc: "Mining session end",
      type: "mining:session",
      message: `Mining session ${s.id} ends: ${pair}, ${took} shares accepted${again}`,
      extra: { ...who(s), shares_accepted: s.shares.accepted, shares_submitted: s.shares.submitted },
    },
  ];
}

function contactEvents(k: CaseContact): readonly Event[] {
  const what = k.name ?? (k.server === null ? "an address" : endpointText(k.server));
  const event = (at: string, desc: string): Event => ({
    at,
    desc,
    type: "mining:contact",
    message: `Contact with a known pool (not mining): ${k.client}, ${what}, by ${k.by}, pool ${k.pool.pool}`,
    extra: {
      src_ip: k.client,
      dst_ip: k.server?.ip ?? null,
      dst_port: k.server?.port ?? null,
      dst_name: k.name,
      pool: k.pool.pool,
      by: k.by,
      times: k.times,
      ja3: k.ja3,
      ja4: k.ja4,
    },
  });
  const first = event(k.first, "First contact with pool");
  return k.first === k.last ? [first] : [first, event(k.last, "Last contact with pool")];
}

function shareEvent(share: ShareRecord, { session: s }: CountedSession): Event {
  const login = s.logins[share.login];
  const reason = share.reason === null ? "" : ` (${share.reason})`;
  return {
    at: isoOfMicros(share.atMicros),
    desc: "Share submitted",
    type: "mining:share",
    message: `Share ${share.outcome}${reason} in ${s.id}: ${pairOf(s)}`,
    extra: {
      session: s.id,
      src_ip: s.client.ip,
      dst_ip: s.server.ip,
      dst_port: s.server.port,
      worker: login?.worker ?? null,
      job: share.jobId,
      nonce: share.nonce,
      outcome: share.outcome,
      reason: share.reason,
      expected_hashes: share.expectedHashes,
      ...placeFields(share.place),
    },
  };
}

function hostEvent(c: Case, entry: TimelineEntry): Event {
  return {
    at: entry.at,
    desc: entry.how === "seen" ? "Event" : "Event, time inferred",
    type: `host:${entry.what}`,
    message: entry.says,
    extra: {
      host: entry.host === null ? null : hostNamed(c, entry.host),
      findings: entry.findings.length === 0 ? null : entry.findings.join(" "),
      ...placeFields(entry.place),
      file: evidenceName(c, entry.place.evidence),
      line: entry.place.line,
    },
  };
}

function placeFields(place: ShareRecord["place"] | null): Event["extra"] {
  return place === null ? {} : { evidence: place.evidence, packet: place.packet, at_byte: place.atByte };
}
