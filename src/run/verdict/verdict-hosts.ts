import type { Finding } from "../../model/finding.ts";
import type { CaseHost } from "../../model/host-case.ts";
import { hashrate, plural } from "../../report/numbers.ts";
import { hostName, hostNamed } from "../../report/words.ts";
import { coinName } from "../../tables/coins.ts";
import type { Body } from "./verdict.ts";

/** Hosts and wallets that a headline names. */
const MOST_NAMED = 3;

/** Likelihood above which a miner is said to have run; a configuration or a name alone stays below. */
const MAYBE = 0.5;

/** How somebody got in, by detector, behind "was taken over by". */
const WAYS: Readonly<Record<string, string>> = {
  "ssh-guessing": "password guessing",
  "new-credential-login": "a key or account that had just been made",
  "new-source-login": "a login from an address never seen before",
};

/** "web01 was taken over by password guessing and mined Monero for 47GprU…5TB5: hash rate 3.13 kH/s …". */
export function minedHosts(body: Body, told: readonly Finding[]): string {
  const ran = told.filter(({ likelihood }) => (likelihood ?? 0) > MAYBE);
  const hosts = hostsOf(body, ran);
  const [only] = hosts;
  if (only === undefined) return saidOfHost(body, told[0]);
  const wallets = walletsOf(body, ran);
  const coins = [...new Set(wallets.map(({ coin }) => coinName(coin)))];
  const what = coins.length === 0 ? "cryptocurrency" : coins.join(" and ");
  const whom = wallets.length === 0 ? "" : ` for ${named(wallets.map(({ address }) => shortened(address)))}`;
  if (hosts.length > 1) return `${named(hosts.map(hostName))} mined ${what}${whom}${taken(body, hosts)}`;
  const way = wayInto(body, only);
  const rate = only.dwell?.observedHps?.estimate ?? null;
  const speed = rate === null ? "" : `: hash rate ${hashrate(rate)} ${bySource(only)}`;
  const mined = `mined ${what}${whom}${speed}`;
  return way === null
    ? `${hostName(only)} ${mined}`
    : `${hostName(only)} was taken over by ${way} and ${mined}`;
}

/** A finding that speaks for itself, with the host that it is about. */
export function saidOfHost(body: Body, finding: Finding | undefined): string {
  if (finding === undefined) return "";
  return finding.host === null ? finding.summary : `${hostNamed(body, finding.host)}: ${finding.summary}`;
}

function taken(body: Body, hosts: readonly CaseHost[]): string {
  const ways = hosts.flatMap((host) => wayInto(body, host) ?? []);
  return ways.length === 0 ? "" : `; ${ways.length} of them taken over by ${named([...new Set(ways)])}`;
}

function bySource({ counts }: CaseHost): string {
  return (counts["miner-log"] ?? 0) > 0 ? "by its own log" : "as its traffic shows";
}

/** How a host was broken into, as the heaviest finding of it says. */
function wayInto({ findings }: Body, host: CaseHost): string | null {
  const found = findings.find(
    (finding) => finding.host === host.id && finding.stage === "way-in" && finding.severity !== "info",
  );
  if (found === undefined) return null;
  return (
    WAYS[found.detector] ??
    (/web|exploit|request/.test(found.detector) ? "a hole in a service" : "an intruder")
  );
}

/** "web01 was broken into: …", the sentence of the heaviest finding behind the colon. */
export function harmedHosts(body: Body, told: readonly Finding[], did: string): string {
  const hosts = hostsOf(body, told);
  const [first] = told;
  const summary = first?.summary ?? "";
  if (hosts.length > 1) {
    const whose = first?.host == null ? "" : `${hostNamed(body, first.host)}: `;
    return `${named(hosts.map(hostName))} each ${did}; ${whose}${summary}`;
  }
  return hosts[0] === undefined ? summary : `${hostName(hosts[0])} ${did}: ${summary}`;
}

/** What intruders tried on traps. */
export function attemptedMining(body: Body, told: readonly Finding[]): string {
  const hosts = hostsOf(body, told);
  const wallets = walletsOf(body, told);
  const whom = wallets.length === 0 ? "" : ` for ${plural(wallets.length, "wallet")}`;
  const where = plural(hosts.length, "honeypot");
  return `Intruders attempted to mine on ${where}${whom}; no host of a victim is in it`;
}

function hostsOf({ hosts }: Body, told: readonly Finding[]): CaseHost[] {
  const ids = new Set(told.map(({ host }) => host));
  return hosts.filter(({ id }) => ids.has(id));
}

/** Wallets that the findings are about, in the order of the findings. */
function walletsOf({ wallets }: Body, told: readonly Finding[]): { coin: string; address: string }[] {
  const about = new Set(told.flatMap((finding) => finding.about));
  return wallets.filter(({ address }) => about.has(address));
}

function shortened(address: string): string {
  return address.length < 30 ? address : `${address.slice(0, 6)}…${address.slice(-4)}`;
}

function named(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  if (rest > 0) return `${names.slice(0, MOST_NAMED).join(", ")} and ${rest} more`;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
