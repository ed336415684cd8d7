/** Reads damaged evidence: every capture of ../shared/data/pcap, or every log, collection and list of
 *  ../shared/data/host, cut at random places, and with random bytes changed.
 *
 *  npm run fuzz                       200 cuts of every capture, and 200 copies with 200 bytes changed
 *  npm run fuzz -- --hosts            the same of host evidence, files of collections one by one
 *  npm run fuzz -- --times 5          fewer
 *  npm run fuzz -- --only mining      files whose path holds the word
 *
 *  A child process reads each file's copies; the parent ends one that crashes, stands still or grows beyond
 * its
 *  memory, and says on which copy. Exit status 1 when that happened.
 */
import { fork } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { negativeFiles } from "../test/corpus/negatives.ts";
import { memberOf, tarOf } from "../test/kit/archives.ts";
import { random } from "../test/kit/capture.ts";
import { cut, flipped } from "../test/kit/damage.ts";
import { dataPath } from "../test/kit/data.ts";
import { investigated } from "../test/kit/investigated.ts";

/** A whole undamaged capture of the corpus is read in under a second. */
const HANG_SECONDS = 60;
const MEMORY_MB = 1024;
const FLIPPED_BYTES = 200;
const ALL_FOLDERS = [
  "ndpi",
  "benign-long",
  "smb",
  ...["cj-sniffer", "ndpi", "nesfit", "nicehash"].map(inMining),
  inMining("zeek-cryptomining"),
];

function inMining(folder: string): string {
  return join("mining", folder);
}

function option(name: string, otherwise: string): string {
  const at = process.argv.indexOf(name);
  return at === -1 ? otherwise : (process.argv[at + 1] ?? otherwise);
}

interface Tally {
  reads: number;
  sessions: number;
  gaps: number;
  peakMb: number;
}

const HOSTS = process.argv.includes("--hosts");

if (process.send !== undefined) await child(option("--file", ""), Number(option("--times", "1")));
else await parent();

/** Reads one capture's damaged copies, and tells the parent before each what it is about to read. */
async function child(file: string, times: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-fuzz-"));
  const path = join(folder, "damaged");
  const member = option("--member", "");
  const whole = member === "" ? readFileSync(file) : await memberOf(file, member);
  const by = random(whole.length);
  const tally: Tally = { reads: 0, sessions: 0, gaps: 0, peakMb: 0 };
  for (let index = 0; index < times; index += 1) {
    for (const [kind, bytes] of [
      ["cut", cut(whole, by)],
      ["flipped", flipped(whole, FLIPPED_BYTES, by)],
    ] as const) {
      writeFileSync(path, member === "" ? bytes : tarOf([{ path: member, content: bytes }]));
      await tell({ about: `${kind} ${index}` });
      const found = await readAnyway(path);
      tally.reads += 1;
      tally.sessions += found.sessions;
      tally.gaps += found.gaps;
    }
  }
  rmSync(folder, { recursive: true });
  tally.peakMb = process.resourceUsage().maxRSS / 1024;
  await tell({ tally });
  process.disconnect();
}

/** Resolves when the message is on its way, so that a crash right after it does not swallow it. */
function tell(message: object): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, undefined, {}, () => resolve());
  });
}

/** A damaged file may turn out to be no evidence at all; every other error is a fault of the tool. */
async function readAnyway(path: string): Promise<{ sessions: number; gaps: number }> {
  try {
    const found = (await investigated([path])).case;
    return { sessions: found.sessions.length, gaps: found.gaps.length };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "no-evidence")
      return { sessions: 0, gaps: 1 };
    throw error;
  }
}

/** A file, or one inside an archive. */
interface Target {
  readonly file: string;
  readonly member: string | null;
}

function nameOf({ file, member }: Target): string {
  return member === null ? file : `${file}/${member}`;
}

function captures(folder: string): Target[] {
  return [...negativeFiles(folder, ALL_FOLDERS), "ndpi/mining.pcapng"]
    .filter((file) => /\.(pcap|pcapng)$/.test(file))
    .map((file) => ({ file, member: null }));
}

/** Every file of host evidence, and what is read of the two collections. */
async function hostFiles(folder: string): Promise<Target[]> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const targets = files.map((file): Target => ({ file, member: null }));
  for (const file of files.filter((name) => name.endsWith(".tar.gz"))) {
    const { evidence } = (await investigated([join(folder, file)])).case;
    for (const { name, within } of evidence) {
      if (within !== null) targets.push({ file, member: name.slice(name.indexOf("/") + 1) });
    }
  }
  return targets;
}

async function parent(): Promise<void> {
  const kind = HOSTS ? "host" : "pcap";
  const folder = dataPath(kind);
  if (folder === null) {
    console.error(`Cannot fuzz: ../shared/data/${kind} does not lie beside the checkout`);
    process.exit(2);
  }
  const times = option("--times", "200");
  const all = HOSTS ? await hostFiles(folder) : captures(folder);
  const files = all.filter((target) => nameOf(target).includes(option("--only", "")));
  const total: Tally = { reads: 0, sessions: 0, gaps: 0, peakMb: 0 };
  const failures: string[] = [];
  for (const [index, file] of files.entries()) {
    const result = await batch({ ...file, file: join(folder, file.file) }, times);
    if (typeof result === "string") failures.push(`${nameOf(file)}: ${result}`);
    else {
      for (const key of ["reads", "sessions", "gaps"] as const) total[key] += result[key];
      total.peakMb = Math.max(total.peakMb, result.peakMb);
    }
    if (index % 50 === 49) console.log(`${index + 1} of ${files.length} files, ${failures.length} failures`);
  }
  console.log(
    `${files.length} files, ${total.reads} damaged copies: ` +
      `${total.sessions} sessions, ${total.gaps} gaps, ` +
      `${failures.length} crashes or hangs, peak memory ${total.peakMb.toFixed(0)} MB`,
  );
  for (const failure of failures) console.log(failure);
  if (failures.length > 0) process.exitCode = 1;
}

/** The child's tally, or in words how it failed. */
function batch({ file, member }: Target, times: string): Promise<Tally | string> {
  return new Promise((resolve) => {
    const self = fileURLToPath(import.meta.url);
    const inner = member === null ? [] : ["--member", member];
    const args = ["--file", file, "--times", times, ...inner];
    const options = {
      execArgv: [`--max-old-space-size=${MEMORY_MB}`],
      stdio: ["ignore", "ignore", "pipe", "ipc"] as const,
    };
    const process = fork(self, args, { ...options, stdio: [...options.stdio] });
    let about = "nothing yet";
    let tally: Tally | null = null;
    let said = "";
    const hang = (): void => {
      process.kill("SIGKILL");
      resolve(`stands still for ${HANG_SECONDS} s at ${about}`);
    };
    let watchdog = setTimeout(hang, HANG_SECONDS * 1000);
    process.stderr?.on("data", (text) => {
      said = `${said}${text}`.slice(-2000);
    });
    process.on("message", (message: { about?: string; tally?: Tally }) => {
      clearTimeout(watchdog);
      watchdog = setTimeout(hang, HANG_SECONDS * 1000);
      about = message.about ?? about;
      tally = message.tally ?? tally;
    });
    process.on("close", (code, signal) => {
      clearTimeout(watchdog);
      if (tally === null) resolve(`ended with ${signal ?? code} at ${about}: ${said.trim()}`);
      else if (tally.peakMb > MEMORY_MB) resolve(`took ${tally.peakMb.toFixed(0)} MB`);
      else resolve(tally);
    });
  });
}
