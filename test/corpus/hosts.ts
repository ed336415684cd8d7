import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseMoneroAddress } from "../../src/bytes/monero-address.ts";
import type { Case } from "../../src/model/case.ts";
import type { Finding } from "../../src/model/finding.ts";
import { investigate } from "../../src/run/investigate.ts";
import { QUIET } from "../kit/investigated.ts";

/** What came of one real collection. */
export interface HostMeasured {
  readonly name: string;
  readonly seconds: number;
  readonly faults: readonly string[];
  readonly found: Case;
}

/** Longest time that a collection may take. */
export const MOST_SECONDS = 5;

/** shared/data/host/uac/GROUND_TRUTH.json, as far as it is compared. */
interface Truth {
  readonly host: string;
  readonly wallet: string;
  readonly pool: string;
  readonly pool_ip: string;
  readonly attacker_ip: string;
  readonly user: string;
  readonly exe: string;
  readonly config: string;
  readonly miner_log: string;
  readonly persistence: readonly string[];
  readonly history: string;
}

const LOGIN = "2026-01-14T03:14:07.000000Z";
const EXECUTED = "2026-01-14T03:18:10.004000Z";

/** @param folder shared/data/host */
export async function measureHosts(folder: string): Promise<HostMeasured[]> {
  return [await web01(folder), await web02(folder), await honeypots(folder), await lists(folder)];
}

async function timed(name: string, paths: readonly string[], check: (found: Case) => string[]) {
  const started = performance.now();
  const { case: found } = await investigate({ ...QUIET, hash: true, evidence: paths });
  const seconds = (performance.now() - started) / 1000;
  return { name, seconds, faults: check(found), found };
}

function uac(folder: string, host: string): string[] {
  const names = readdirSync(join(folder, "uac")).filter((name) => name.includes(host));
  return names.filter((name) => name.endsWith(".tar.gz")).map((name) => join(folder, "uac", name));
}

async function web01(folder: string): Promise<HostMeasured> {
  const truth: Truth = JSON.parse(readFileSync(join(folder, "uac", "GROUND_TRUTH.json"), "utf8"));
  return timed("UAC web01", uac(folder, "web01"), (found) => [
    ...story(found, truth),
    ...miner(found, truth),
    ...custody(found),
  ]);
}

function fault(says: string, isMet: boolean): string[] {
  return isMet ? [] : [says];
}

/** Names of the evidence behind a finding. */
function behind(found: Case, finding: Finding | undefined): string[] {
  const ids = new Set(finding?.basis.map(({ place }) => place.evidence));
  return found.evidence.filter(({ id }) => ids.has(id)).map(({ name }) => name);
}

function story(found: Case, truth: Truth): string[] {
  const [host, ...more] = found.hosts;
  const told = host?.story.filter(({ findings }) => findings.length > 0).map(({ stage }) => stage) ?? [];
  const wayIn = found.findings.find(({ stage }) => stage === "way-in");
  const staying = found.findings.filter(({ stage }) => stage === "staying");
  const bases = staying.flatMap((finding) => behind(found, finding));
  const contradiction = host?.contradictions[0]?.says ?? "";
  return [
    ...fault("one host with its name", more.length === 0 && host?.name === truth.host),
    ...fault(`story in order, it is ${told.join()}`, told.slice(0, 3).join() === "way-in,staying,mining"),
    ...fault("way in: the intruder and the account", isAbout(wayIn, truth.attacker_ip, truth.user)),
    ...fault(`way in at ${LOGIN}, it is ${wayIn?.last}`, wayIn?.last === LOGIN),
    ...truth.persistence.flatMap((path) =>
      fault(
        `staying: ${path}`,
        bases.some((name) => name.endsWith(path)),
      ),
    ),
    ...fault(
      "the history is read",
      found.evidence.some(({ name }) => name.endsWith(truth.history)),
    ),
    ...fault("clocks that disagree are a contradiction", /nothing shows that it ran/.test(contradiction)),
    ...fault("no ten months of mining", (host?.dwell?.seconds ?? 1e9) < 86_400),
  ];
}

function isAbout(finding: Finding | undefined, ...names: readonly string[]): boolean {
  return names.every((name) => finding?.about.includes(name) === true || finding?.summary.includes(name));
}

function miner(found: Case, truth: Truth): string[] {
  const mining = found.findings.find(({ detector }) => detector === "host-mining");
  const names = behind(found, mining);
  const rate = found.hosts[0]?.dwell?.observedHps?.estimate ?? 0;
  const exe = truth.exe.replace(" (deleted)", "");
  const ran = found.timeline.find(({ at, what }) => at === EXECUTED && what === "command");
  return [
    ...fault(
      "the process and its deleted executable",
      isAbout(mining, exe) && /deleted/.test(mining?.summary ?? ""),
    ),
    ...fault(
      "the configuration",
      names.some((name) => name.endsWith(truth.config)),
    ),
    ...fault(
      "the log",
      names.some((name) => name.endsWith(truth.miner_log.split(" ")[0] ?? "?")),
    ),
    ...fault(`about 3.1 kH/s, it is ${rate}`, rate > 3050 && rate < 3200),
    ...fault("the wallet", found.wallets.map(({ address }) => address).join() === truth.wallet),
    ...fault("the pool", isAbout(mining, truth.pool.split(":")[0] ?? "")),
    ...fault(`the miner's start at ${EXECUTED}`, ran !== undefined),
  ];
}

function custody(found: Case): string[] {
  const agreed = found.evidence.filter(({ custody: one }) => one?.agrees === true).length;
  return fault("the acquisition log's hash is that of the archive", agreed === 1);
}

async function web02(folder: string): Promise<HostMeasured> {
  return timed("UAC web02, its benign twin", uac(folder, "web02"), (found) => [
    ...found.findings
      .filter(({ severity }) => severity !== "info")
      .map(({ summary }) => `a finding on a clean host: ${summary}`),
    ...fault(
      "no story",
      found.hosts.every((host) => host.story.length === 0),
    ),
    ...custody(found),
  ]);
}

async function honeypots(folder: string): Promise<HostMeasured> {
  const names = readdirSync(join(folder, "honeypot")).filter((name) => name.endsWith("_reduced.json"));
  const paths = names.map((name) => join(folder, "honeypot", name));
  const sensors = paths.map((path) => new Set(moneroIn(readFileSync(path, "utf8"))));
  const all = new Set(sensors.flatMap((set) => [...set]));
  const both = [...all].filter((address) => sensors.every((set) => set.has(address)));
  return timed(`two honeypots: ${all.size} wallets, ${both.length} on both`, paths, (found) => {
    const listed = found.wallets.filter(({ coin }) => coin === "xmr").map(({ address }) => address);
    const shared = found.clusters.flatMap((cluster) => cluster.shared.map(({ value }) => value));
    return [
      ...[...all].filter((address) => !listed.includes(address)).map((address) => `missed ${address}`),
      ...listed.filter((address) => !all.has(address)).map((address) => `invented ${address}`),
      ...both.filter((address) => !shared.includes(address)).map((address) => `not linked: ${address}`),
      ...fault(
        "honeypots are no victims",
        found.findings.every(({ severity }) => severity !== "high"),
      ),
    ];
  });
}

/** Valid Monero addresses in a text, found the slow way: every place is tried. */
function moneroIn(text: string): string[] {
  const found: string[] = [];
  for (const { 0: run } of text.matchAll(/[1-9A-HJ-NP-Za-km-z]{95,}/g)) {
    for (const length of [95, 106]) {
      const address = run.slice(0, length);
      if (address.length === length && parseMoneroAddress(address) !== null) found.push(address);
    }
  }
  return found;
}

async function lists(folder: string): Promise<HostMeasured> {
  const path = join(folder, "ioc", "unit42_xmr_wallets.txt");
  const lines = readFileSync(path, "utf8")
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  return timed(`a list of ${lines.length} wallets`, [path], (found) => {
    const monero = found.wallets.filter(({ coin }) => coin === "xmr");
    const of = (form: string): number => monero.filter((wallet) => wallet.form === form).length;
    return fault(
      `2,103 standard and 235 integrated, there are ${of("standard")} and ${of("integrated")}`,
      of("standard") === 2103 && of("integrated") === 235,
    );
  });
}
