/** Reads one large capture with Paydirt and with its peers, in turn, and compares.
 *
 *  npm run bench                        1 GB, five rounds
 *  npm run bench -- --rounds 3          fewer rounds
 *  npm run bench -- --tshark-rounds 1   tshark takes minutes: fewer rounds of it alone
 *  npm run bench -- --large             also the peak memory on 4 GB
 *
 *  Exit status 1 when a bound is missed, 2 when it cannot run. Run it on an otherwise idle machine.
 */
import { spawnSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import type { Case } from "../src/model/case.ts";
import { CONTESTANTS, type Contestant, isInstalled, median, type Run, timed } from "./contestants.ts";
import { type Built, buildCapture } from "./make-capture.ts";

/** Our wall time at most the other's times this. A factor of six faster is 1/6. */
const BOUNDS: readonly (readonly [ours: string, other: string, most: number, says: string])[] = [
  ["paydirt", "ndpiReader", 1 / 6, "at least 6 times as fast as ndpiReader"],
  ["paydirt", "tshark", 1 / 60, "at least 60 times as fast as tshark"],
  ["paydirt", "openssl", 2, "at most twice the time of hashing alone"],
  ["paydirt --no-hash", "ndpiReader", 1 / 15, "without hashing at least 15 times as fast as ndpiReader"],
];
const MOST_PEAK_MB = 400;
/** In nDPI's mining.pcapng: one Ethereum, one Monero and two Zcash sessions. */
const SESSIONS_PER_REPEAT = 4;
/** 1 Ethereum, 30 Monero, 45 + 1 Zcash shares. Repeats show the same ones again, most of them marked as
 *  duplicates of the first repeat's; here all are summed, so that none can be missed. */
const ACCEPTED_PER_REPEAT = 77;
const FACTS_MB = 512;

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(name);
  return at === -1 ? otherwise : Number(process.argv[at + 1]);
}

function count(value: number): string {
  return value.toLocaleString("en");
}

const rounds = option("--rounds", 5);
const tsharkRounds = option("--tshark-rounds", rounds);
const missed: string[] = [];

const built = buildCapture(1);
console.log(
  `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
);
console.log(
  `${built.path}: ${count(built.bytes)} bytes, ${count(built.packets)} packets, ` +
    `${built.repeats} repeats of ${built.captures} captures, ${built.leftOut} frames of a repeat left out`,
);
checkFacts(built);
const runs = await race(built);
report(runs);
if (process.argv.includes("--large")) await large();
for (const says of missed) console.log(`MISSED  ${says}`);
if (missed.length > 0) process.exitCode = 1;

/** Every packet is counted and the known sessions are found. */
function checkFacts(capture: Built): void {
  const [contestant] = CONTESTANTS;
  if (contestant === undefined) return;
  const args = [...contestant.args(capture.path)];
  const run = spawnSync(contestant.command, args, { encoding: "utf8", maxBuffer: FACTS_MB * 2 ** 20 });
  if (run.status !== 0) {
    console.error(`Cannot run Paydirt: ${run.stderr || run.error?.message}`);
    process.exit(2);
  }
  const found: Case = JSON.parse(run.stdout);
  const packets = found.evidence[0]?.packets ?? 0;
  const accepted = found.sessions.reduce((sum, session) => sum + session.shares.accepted, 0);
  expect("packets", packets, capture.packets);
  expect("sessions", found.sessions.length, SESSIONS_PER_REPEAT * capture.repeats);
  expect("accepted shares of all sessions", accepted, ACCEPTED_PER_REPEAT * capture.repeats);
  for (const gap of found.gaps) console.log(`  gap ${gap.code} × ${gap.count}: ${gap.says.slice(0, 120)}`);
}

function expect(what: string, count: number, wanted: number): void {
  const says = `${what}: ${count.toLocaleString("en")} of ${wanted.toLocaleString("en")}`;
  console.log(says);
  if (count !== wanted) missed.push(says);
}

/** All contestants in turn, round by round, so that a busy moment of the machine hits them alike. */
async function race(capture: Built): Promise<Map<string, Run[]>> {
  const results = new Map<string, Run[]>();
  const present = CONTESTANTS.filter((contestant) => {
    if (isInstalled(contestant)) return true;
    console.log(
      `${contestant.id} is not installed (Debian package ${contestant.packaged}): its bounds are not checked`,
    );
    return false;
  });
  for (let round = 0; round < Math.max(rounds, tsharkRounds); round += 1) {
    for (const contestant of present.filter((one) => round < roundsOf(one))) {
      const run = await timed(contestant, capture.path);
      results.set(contestant.id, [...(results.get(contestant.id) ?? []), run]);
    }
    console.log(`round ${round + 1} done`);
  }
  return results;
}

function roundsOf({ command }: Contestant): number {
  return command === "tshark" ? tsharkRounds : rounds;
}

function report(results: ReadonlyMap<string, readonly Run[]>): void {
  const medianOf = (id: string): number | null => {
    const times = results.get(id)?.map((run) => run.seconds);
    return times === undefined ? null : median(times);
  };
  for (const { id, says } of CONTESTANTS) {
    const list = results.get(id) ?? [];
    if (list.length === 0) continue;
    const times = list.map((run) => run.seconds);
    const spread = `${Math.min(...times).toFixed(2)}–${Math.max(...times).toFixed(2)}`;
    const peak = Math.max(...list.map((run) => run.peakMb ?? 0)).toFixed(0);
    const time = `${id.padEnd(18)} ${median(times).toFixed(2).padStart(8)} s`;
    console.log(`${time} (${spread}, ${times.length} runs) ${peak.padStart(6)} MB  ${says}`);
  }
  for (const [ours, other, most, says] of BOUNDS) {
    const mine = medianOf(ours);
    const theirs = medianOf(other);
    if (mine === null || theirs === null) continue;
    const ratio =
      most < 1
        ? `${(theirs / mine).toFixed(2)} times as fast as`
        : `${(mine / theirs).toFixed(2)} times the time of`;
    const line = `${ours}: ${ratio} ${other} (${says})`;
    console.log(line);
    if (mine > theirs * most) missed.push(line);
  }
  checkPeak("1 GB", results.get("paydirt") ?? []);
}

function checkPeak(size: string, list: readonly Run[]): void {
  const peaks = list.flatMap((run) => (run.peakMb === null ? [] : [run.peakMb]));
  if (peaks.length === 0) return;
  const peak = Math.max(...peaks);
  const line = `peak memory on ${size}: ${peak.toFixed(0)} MB, under ${MOST_PEAK_MB} wanted`;
  console.log(line);
  if (peak >= MOST_PEAK_MB) missed.push(line);
}

async function large(): Promise<void> {
  const [contestant] = CONTESTANTS;
  if (contestant === undefined) return;
  const four = buildCapture(4);
  const run = await timed(contestant, four.path);
  console.log(`${four.packets.toLocaleString("en")} packets of 4 GB in ${run.seconds.toFixed(2)} s`);
  checkPeak("4 GB", [run]);
}
