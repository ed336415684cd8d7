import type { Case, CaseContact, CaseSession, CaseSum } from "../../model/case.ts";
import { endpointText } from "../../model/record.ts";
import type { Interval, ShareCounts, Work } from "../../model/work.ts";
import { countedSessions, sumsOf, valuationsOf } from "../figures.ts";
import * as say from "../numbers.ts";
import { cut, cutMiddle } from "../visible.ts";
import { type Column, type Html, html, interval, section, table } from "./markup.ts";

/** A name from evidence, cut so that one hostile agent does not fill the page; the CSV has it whole. */
export const named = (text: string | null, max = 120): Html | string =>
  text === null ? "–" : html`<span class="id wide">${cut(text, max)}</span>`;

/** The ends of an address; the tables of wallets and accounts above show it whole. */
const shortened = (text: string | null): Html | string =>
  text === null ? "–" : html`<span class="id">${cutMiddle(text, 27)}</span>`;

const rate = (r: Interval | null, unit: Work["unit"]): Html | string =>
  r === null
    ? say.UNKNOWN
    : interval(say.hashrate(r.estimate, unit), say.hashrate(r.low, unit), say.hashrate(r.high, unit));

const work = (w: Work | null): Html | string =>
  w === null
    ? say.UNKNOWN
    : interval(say.hashes(w.hashes, w.unit), say.hashes(w.low, w.unit), say.hashes(w.high, w.unit));

const time = (first: string, last: string): Html =>
  html`<span class="time">${first.slice(0, 10)}</span> <span class="time">${first.slice(11, 19)} UTC</span>
<span class="range">${say.duration(say.secondsBetween(first, last))}</span>`;

const accepted = (shares: ShareCounts): Html =>
  html`${say.count(shares.accepted)}<span class="range">of ${say.count(shares.submitted)}</span>`;

function coinsOfSum(c: Case, sum: CaseSum): Html | string {
  if (sum.kind === "day") return "–";
  const all = valuationsOf(c, sum.kind, sum.id);
  if (all.length === 0) return say.UNKNOWN;
  return html`${all.map(({ amount, coin }) =>
    amount === null
      ? html`<div>${say.UNKNOWN}</div>`
      : html`<div>
${interval(say.coinAmount(amount, coin), say.coins(amount.low, coin), say.coins(amount.high, coin))}</div>`,
  )}`;
}

const sumColumns = (c: Case, head: string): readonly Column<CaseSum>[] => [
  { head, cell: (s) => named(s.id) },
  { head: "Sessions", number: true, cell: (s) => say.count(s.sessions.length) },
  { head: "From, for", cell: (s) => time(s.first, s.last) },
  { head: "Shares accepted", number: true, cell: (s) => accepted(s.shares) },
  { head: "Expected hashes", number: true, cell: (s) => work(s.work) },
  { head: "Hash rate", number: true, cell: (s) => rate(s.hashrateHps, s.work?.unit ?? "hashes") },
  { head: "Expected coins", number: true, cell: (s) => coinsOfSum(c, s) },
];

/** Hosts that mined, then whom they mined for. */
export function hostsPart(c: Case): Html {
  const hosts = sumsOf(c, "host");
  const blocks = [
    table(hosts, sumColumns(c, "Host"), {
      caption: "Machines that spoke a mining protocol as the miner. A range is the 95 % interval.",
      all: "case.json",
    }),
  ];
  for (const [kind, title] of [
    ["wallet", "Wallets"],
    ["account", "Accounts"],
    ["worker", "Workers"],
  ] as const) {
    const sums = sumsOf(c, kind);
    if (sums.length === 0) continue;
    blocks.push(
      html`<h3>${title}</h3>`,
      table(sums, sumColumns(c, title.slice(0, -1)), { caption: CAPTION[kind], all: "case.json" }),
    );
  }
  return section("hosts", "Hosts, and whom they mined for", blocks);
}

const CAPTION = {
  wallet: "Addresses whose checksum is right.",
  account: "Log-in names that are not a valid address of a known coin.",
  worker: "Names of machines under a wallet or an account.",
} as const;

function pair(s: CaseSession): Html {
  const name = s.serverName === null ? "" : html`<br>${cut(s.serverName.name, 80)} (by ${s.serverName.by})`;
  return html`<span class="id wide">${endpointText(s.client)}<br>→ ${endpointText(s.server)}${name}</span>
${notes(s)}`;
}

function protocol(s: CaseSession): Html {
  const via = s.via === null ? "" : ` via ${s.via}`;
  const algorithm = s.algorithm === null ? "" : html`<br>${cut(s.algorithm, 40)}${how(s.algorithmHow)}`;
  return html`${s.dialect}${via}<br>${say.coinSign(s.coin)}${how(s.coinHow)}${algorithm}`;
}

function payee(s: CaseSession): Html {
  const worker = s.worker === null ? "" : html`<br>worker <span class="id">${cut(s.worker, 60)}</span>`;
  const agent = s.agent === null ? "" : html`<br><span class="id">${cut(s.agent, 80)}</span>`;
  return html`<span class="wide">${shortened(s.wallet ?? s.account)}${worker}${agent}</span>`;
}

const SESSION_COLUMNS: readonly Column<CaseSession>[] = [
  {
    head: "Session",
    cell: (s) => html`<span class="id">${s.id}</span>`,
  },
  { head: "Miner and pool", cell: pair },
  { head: "Protocol, coin", cell: protocol },
  { head: "For whom", cell: payee },
  { head: "From, for", cell: (s) => time(s.first, s.last) },
  { head: "Shares accepted", number: true, cell: (s) => accepted(s.shares) },
  { head: "Hash rate", number: true, cell: (s) => rate(s.hashrateHps, s.work?.unit ?? "hashes") },
];

const how = (word: string | null): string => (word === null || word === "seen" ? "" : ` (${word})`);

function notes(s: CaseSession): Html | string {
  const said = [
    s.duplicateOf === null ? "" : `not counted: shows the shares of ${s.duplicateOf}`,
    s.midStream ? "begins before the capture" : "",
    s.oneSided ? "one direction only" : "",
    s.logins.length > 1 ? say.plural(s.logins.length, "login") : "",
    s.rigsAtLeast !== null && s.rigsAtLeast > 1 ? `at least ${say.count(s.rigsAtLeast)} rigs` : "",
    s.reportedHps !== null ? `miner claims ${say.hashrate(s.reportedHps)}` : "",
    s.redirects.length > 0 ? `redirected ${say.plural(s.redirects.length, "time")}` : "",
    s.sharesSeenTwice > 0 ? `${say.plural(s.sharesSeenTwice, "share")} seen twice` : "",
  ].filter((note) => note !== "");
  return said.length === 0 ? "" : html`<span class="small">${said.join("; ")}</span>`;
}

export function sessionsPart(c: Case): Html {
  if (c.sessions.length === 0)
    return section("sessions", "Sessions", html`<p>No readable mining session.</p>`);
  const counted = countedSessions(c).length;
  return section(
    "sessions",
    "Sessions",
    table(c.sessions, SESSION_COLUMNS, {
      caption: `${say.plural(counted, "conversation")} between a miner and a pool or proxy${
        counted < c.sessions.length
          ? `, and ${say.count(c.sessions.length - counted)} that show the same shares again`
          : ""
      }. Wallets, workers and agents are as sent by the miner.`,
      all: "sessions.csv",
    }),
  );
}

const CONTACT_BY: Readonly<Record<CaseContact["by"], string>> = {
  dns: "asked DNS for",
  sni: "named in a TLS handshake",
  socks5: "asked a SOCKS proxy for",
  http: "named in an HTTP request",
  ip: "exchanged packets with",
};

function contacted(k: CaseContact): Html {
  const chain = k.chain.length > 1 ? html`<span class="range">via ${k.chain.length - 1} CNAME</span>` : "";
  return html`${named(k.name ?? (k.server === null ? null : endpointText(k.server)))}${chain}`;
}

const CONTACT_COLUMNS: readonly Column<CaseContact>[] = [
  { head: "Host", cell: (k) => named(k.client) },
  { head: "What it did", cell: (k) => CONTACT_BY[k.by] },
  { head: "Name or address", cell: contacted },
  {
    head: "Pool",
    cell: (k) => html`${k.pool.pool}${k.pool.coin === null ? "" : ` (${say.coinSign(k.pool.coin)})`}`,
  },
  { head: "Listed by", cell: (k) => html`${k.pool.source}<span class="range">seen ${k.pool.seen}</span>` },
  { head: "Times", number: true, cell: (k) => say.count(k.times) },
  { head: "From, for", cell: (k) => time(k.first, k.last) },
];

/** Contacts are worded as contact: a name looked up is not a hash computed. */
export function contactsPart(c: Case): Html {
  const body =
    c.contacts.length === 0
      ? html`<p>No other contact with a known pool was seen.</p>`
      : html`<p>These machines asked for, or reached, a name or address that a list of mining pools holds.
No mining could be read in these conversations: they may be encrypted mining, an attempt that failed,
a visit to the pool's web site, or somebody's research.</p>
${table(c.contacts, CONTACT_COLUMNS, { caption: "Contact without a readable session.", all: "case.json" })}`;
  return section("contacts", "Contact with pools (not mining)", body);
}
