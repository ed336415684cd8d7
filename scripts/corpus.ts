/** Runs the tool over the real captures and says how near it comes to what is known of them.
 *
 *  npm run corpus                  mining captures against their labels
 *  npm run corpus -- --negatives   and the captures in which nobody mines
 *  npm run corpus -- --hosts       the collections, honeypots and lists instead
 *  npm run corpus -- --money       ransoms, swaps and coins whose ways are known instead
 *
 *  Exit status 1 when a bound is missed.
 */
import type { CaseSession } from "../src/model/case.ts";
import { MOST_SECONDS, measureHosts } from "../test/corpus/hosts.ts";
import { BOUNDS, bounds, type Measured, measureCorpus, rateError } from "../test/corpus/measure.ts";
import { measureMoney } from "../test/corpus/money.ts";
import { measureNegative, negativeFiles } from "../test/corpus/negatives.ts";
import { dataPath } from "../test/kit/data.ts";
import { investigated } from "../test/kit/investigated.ts";

if (process.argv.includes("--hosts")) {
  await hosts();
  process.exit();
}
if (process.argv.includes("--money")) {
  await money();
  process.exit();
}
const folder = dataPath("pcap");
if (folder === null) {
  console.error("Cannot run the corpus: ../shared/data/pcap does not lie beside the checkout");
  process.exit(2);
}
const missed = [...(await mining(folder)), ...(await encrypted(folder))];
if (process.argv.includes("--negatives")) missed.push(...(await negatives(folder)));
for (const says of missed) console.log(`MISSED  ${says}`);
if (missed.length > 0) process.exitCode = 1;
else console.log("All bounds are met.");

async function mining(pcapFolder: string): Promise<string[]> {
  row(["capture", "who", "accepted", "label", "H/s", "label", "error", "coins and dollars"]);
  const all = await measureCorpus(`${pcapFolder}/mining`, print);
  const { countsEqual, counts, within10, within20, rates } = bounds(all);
  console.log("\nMisses of the labels, and why:");
  for (const one of counts.filter((each) => !countsEqual.includes(each))) console.log(`  ${countMiss(one)}`);
  for (const one of rates.filter((each) => !within10.includes(each))) console.log(`  ${rateMiss(one)}`);
  console.log("");
  const lines = [
    check("accepted shares equal the label", countsEqual.length, {
      least: BOUNDS.countsEqual.least,
      of: counts.length,
    }),
    check("hash rate within 10 %", within10.length, { least: BOUNDS.within10.least, of: rates.length }),
    check("hash rate within 20 %", within20.length, { least: BOUNDS.within20.least, of: rates.length }),
  ];
  return [...lines.flat(), ...all.flatMap(({ file, faults }) => faults.map((fault) => `${file}: ${fault}`))];
}

function check(what: string, count: number, bound: { least: number; of: number }): string[] {
  const says = `${what}: ${count} of ${bound.of}, at least ${bound.least} wanted`;
  console.log(says);
  return count >= bound.least ? [] : [says];
}

function row(cells: readonly string[]): void {
  const widths = [36, 66, 9, 7, 9, 9, 8];
  console.log(cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  "));
}

function print(one: Measured): void {
  const error = rateError(one);
  row([
    one.file.replace("cj-sniffer/", ""),
    [...new Set(one.sessions.map(who))].slice(0, 4).join(" | "),
    `${one.accepted}${one.rejected === 0 ? "" : `+${one.rejected}r`}`,
    one.label === null ? "" : String(one.label.accepted ?? "?"),
    one.hashrateHps?.toFixed(1) ?? "",
    one.label === null ? "" : String(one.label.hashrate15mHps ?? "?"),
    error === null ? "" : `${(error * 100).toFixed(1)} %`,
    one.label === null ? "" : worth(one),
  ]);
}

function who({ dialect, wallet, account, worker, agent }: CaseSession): string {
  const name = wallet === null ? (account ?? "?") : `${wallet.slice(0, 6)}…${wallet.slice(-4)}`;
  return `${dialect} ${name}/${worker ?? "-"} ${agent?.split(" ")[0] ?? "-"}`;
}

function worth({ found }: Measured): string {
  const of = found.valuations.filter(({ coin, about }) => coin === "xmr" && about.kind === "case");
  const unknown = of.flatMap((valuation) => valuation.unknownDays.map((day) => day.date));
  const value = of.map((one) => one.whenMined).find((one) => one !== null) ?? null;
  const atomic = of.map((one) => one.amount?.estimate ?? null).find((one) => one !== null) ?? null;
  const coins = atomic === null ? "no coins" : `${(Number(atomic) / 1e12).toFixed(6)} XMR`;
  const days = unknown.length === 0 ? "" : `, no price: ${[...new Set(unknown)].join(" ")}`;
  return `${coins}${value === null ? "" : `, $${value.value.toFixed(4)}`}${days}`;
}

/** A label counts what the miner itself saw. The capture can begin later or hold more starts. */
function countMiss({ file, accepted, label, sessions }: Measured): string {
  const late = sessions.filter((session) => session.midStream).length;
  const open = sessions.reduce((sum, session) => sum + session.shares.unanswered, 0);
  const isMore = accepted > (label?.accepted ?? 0);
  const why = [
    late > 0 ? `${late} of ${sessions.length} sessions from their middle` : "",
    open > 0 ? `${open} shares unanswered in the capture` : "",
    isMore && sessions.length > 1 ? "the label may count the miner's last start alone" : "",
    isMore && sessions.length === 1 ? "one session, so the capture goes on after the label was read off" : "",
    isMore ? "" : "the capture shows less than the label",
  ];
  const reasons = why.filter((part) => part !== "").join(", ");
  return `${file}: ${accepted} accepted, label ${label?.accepted}: ${reasons}`;
}

/** Shares come by chance, so that n of them tell a rate to ±1.96/√n; what goes beyond has another reason. */
function rateMiss(one: Measured): string {
  const { file, hashrateHps, label, sessions } = one;
  const last = sessions.at(-1)?.hashrateLast15MinHps?.estimate;
  const chance = 1.96 / Math.sqrt(one.accepted);
  const isChance = Math.abs(rateError(one) ?? 0) <= chance;
  const near = last === undefined ? "" : ` (${last.toFixed(1)} over the capture's own last 15 minutes)`;
  const why = isChance
    ? `within the chance of ${one.accepted} shares, ±${(chance * 100).toFixed(0)} %`
    : `beyond the chance of ${one.accepted} shares: the label covers a busier or idler part of the time`;
  return `${file}: ${hashrateHps?.toFixed(1)} H/s${near}, label ${label?.hashrate15mHps}: ${why}`;
}

async function encrypted(pcapFolder: string): Promise<string[]> {
  const file = "mining/zeek-cryptomining/coinhive.pcap";
  const found = (await investigated([`${pcapFolder}/${file}`])).case;
  const names = found.contacts.map((contact) => contact.name ?? contact.server?.ip ?? "?");
  console.log(`${file}: ${found.sessions.length} sessions, contacts: ${names.join(", ")}`);
  const faults = [found.sessions.length > 0 ? "a session" : "", names.length === 0 ? "no contact" : ""];
  return faults.filter((fault) => fault !== "").map((fault) => `${file}: ${fault}`);
}

async function negatives(pcapFolder: string): Promise<string[]> {
  const files = negativeFiles(pcapFolder);
  const mined: string[] = [];
  let packets = 0;
  let contacts = 0;
  for (const file of files) {
    const one = await measureNegative(pcapFolder, file);
    packets += one.packets;
    if (one.mined) mined.push(`${file}: ${one.findings.join("; ")}`);
    else if (one.findings.length > 0) {
      contacts += 1;
      console.log(`  ${file}: ${one.findings.join("; ")}`);
    }
  }
  const count = packets.toLocaleString("en");
  console.log(
    `${files.length} captures without mining, ${count} packets: ${mined.length} with a mining finding,`,
  );
  console.log(`${contacts} with a weaker one (above)`);
  return mined;
}

async function hosts(): Promise<void> {
  const host = dataPath("host");
  if (host === null) {
    console.error("Cannot run the corpus: ../shared/data/host does not lie beside the checkout");
    process.exit(2);
  }
  for (const { name, seconds, faults, found } of await measureHosts(host)) {
    const bad = [...faults, ...(seconds > MOST_SECONDS ? [`took ${seconds.toFixed(1)} s`] : [])];
    const word = bad.length === 0 ? "ok    " : "MISSED";
    console.log(`${word}  ${name}, ${seconds.toFixed(2)} s: ${found.verdict.headline}`);
    for (const says of bad) console.log(`          ${says}`);
    if (bad.length > 0) process.exitCode = 1;
  }
}

async function money(): Promise<void> {
  const chain = dataPath("chain");
  if (chain === null) {
    console.error("Cannot run the corpus: ../shared/data/chain does not lie beside the checkout");
    process.exit(2);
  }
  for (const { name, seconds, figures, faults } of await measureMoney(chain)) {
    console.log(`${faults.length === 0 ? "ok    " : "MISSED"}  ${name}, ${seconds.toFixed(2)} s`);
    for (const says of [...figures, ...faults.map((fault) => `MISSED: ${fault}`)])
      console.log(`          ${says}`);
    if (faults.length > 0) process.exitCode = 1;
  }
}
