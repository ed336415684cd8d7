/** Carves 1 GB of mixed logs and a random image of 1 GB, beside ripgrep with the equivalent expression.
 *
 *  npm run bench:carve                  1 GB each, five rounds
 *  npm run bench:carve -- --mb 64       smaller
 *  npm run bench:carve -- --rounds 3    fewer rounds
 *
 *  Both run in turn, each in a process and a thread of its own, with the file in the page cache; times are
 *  those of the whole process. Exit status 1 when a bound or an address is missed, 2 when it cannot run.
 */
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { CARVED_COINS, type CarvedCoin } from "../src/read/carve/families.ts";
import { mixedLogs, type Plants, plants, randomImage } from "../test/kit/planted.ts";
import { random } from "../test/kit/random.ts";
import { median } from "./contestants.ts";

const B58 = "[1-9A-HJ-NP-Za-km-z]";
const word = (expression: string): string => `(?-u:\\b)(?:${expression})(?-u:\\b)`;

/** What finds the same candidates, as ripgrep says it. It checks no checksum and reads no UTF-16. */
const EXPRESSIONS: Readonly<Partial<Record<CarvedCoin, string>>> = {
  xmr: word(`[48]${B58}{94}|4${B58}{105}`),
  btc: word(`[13]${B58}{25,34}|bc1[02-9ac-hj-np-z]{23,87}|BC1[02-9AC-HJ-NP-Z]{23,87}`),
};

/** What an analyst types: without the boundaries, so that longer texts count too. For information. */
const TYPED: Readonly<Partial<Record<CarvedCoin, string>>> = {
  xmr: `[48]${B58}{94}`,
  btc: `[13]${B58}{25,34}|bc1[02-9ac-hj-np-z]{39,59}`,
};

const BOUNDS: readonly (readonly [coin: CarvedCoin, times: number])[] = [
  ["xmr", 5],
  ["btc", 2],
];
const PER_COIN = 200;
const MOST_OUTPUT = 1 << 28;

interface Timed {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly output: string;
}

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(name);
  return at === -1 ? otherwise : Number(process.argv[at + 1]);
}

const rounds = option("--rounds", 5);
const megabytes = option("--mb", 1024);
const missed: string[] = [];
if (spawnSync("rg", ["--version"]).status !== 0) {
  console.error("Cannot compare: ripgrep is not installed (Debian package ripgrep)");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "paydirt-carve-"));
try {
  const planted = plants(PER_COIN, random(3));
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${ripgrepVersion()}`);
  for (const [name, make] of [
    ["mixed logs", mixedLogs],
    ["random image", randomImage],
  ] as const) {
    const path = join(folder, name.replace(" ", "-"));
    const bytes = write(path, make(megabytes << 20, planted));
    console.log(`\n${name}: ${bytes.toLocaleString("en")} bytes`);
    race({ name, path, bytes }, planted);
    rmSync(path);
  }
} finally {
  rmSync(folder, { recursive: true });
}
for (const says of missed) console.log(`MISSED  ${says}`);
if (missed.length > 0) process.exitCode = 1;

interface Image {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

function race(image: Image, planted: Plants): void {
  checkFound(image, planted, null);
  for (const coin of CARVED_COINS) if (EXPRESSIONS[coin] !== undefined) checkFound(image, planted, coin);
  const runs = new Map<string, Timed[]>();
  const run = (id: string, command: readonly string[]): void => {
    runs.set(id, [...(runs.get(id) ?? []), timed(command)]);
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const [coin] of BOUNDS) {
      run(`paydirt ${coin}`, ours(image.path, coin));
      run(`rg ${coin}`, ripgrep(image.path, EXPRESSIONS[coin]));
    }
    run("paydirt all", ours(image.path, null));
  }
  for (const [coin] of BOUNDS) run(`rg ${coin}, typed`, ripgrep(image.path, TYPED[coin]));
  for (const [id, list] of runs) print(id, image.bytes, list);
  for (const [coin, times] of BOUNDS) compare(image, { coin, times, runs });
}

function compare(
  { name }: Image,
  { coin, times, runs }: { coin: CarvedCoin; times: number; runs: ReadonlyMap<string, readonly Timed[]> },
): void {
  const ratioOf = (field: "seconds" | "cpuSeconds"): number => {
    const of = (id: string) => median((runs.get(id) ?? []).map((one) => one[field]));
    return of(`rg ${coin}`) / of(`paydirt ${coin}`);
  };
  const ratio = ratioOf("seconds");
  const says = `${name}, ${coin}: ${ratio.toFixed(1)} times as fast as rg, at least ${times} wanted`;
  console.log(`${says} (${ratioOf("cpuSeconds").toFixed(1)} times in processor time)`);
  if (ratio < times) missed.push(says);
}

/** All intact addresses, none of the damaged; ripgrep sees both. */
function checkFound(image: Image, { intact, damaged }: Plants, coin: CarvedCoin | null): void {
  const found = new Set<string>(JSON.parse(timed(ours(image.path, coin)).output));
  const coins = coin === null ? CARVED_COINS : [coin];
  const wanted = coins.flatMap((one) => intact.get(one) ?? []);
  const unwanted = coins.flatMap((one) => damaged.get(one) ?? []);
  const hits = wanted.filter((address) => found.has(address)).length;
  const wrong = unwanted.filter((address) => found.has(address)).length;
  const says = `${image.name}, ${coin ?? "all coins"}: ${hits} of ${wanted.length} intact addresses found`;
  console.log(`${says}, ${wrong} of ${unwanted.length} damaged ones, ${found.size - hits - wrong} others`);
  if (hits !== wanted.length || wrong > 0) missed.push(says);
  if (coin === null) return;
  const candidates = new Set(timed(ripgrep(image.path, EXPRESSIONS[coin])).output.split("\n"));
  const seen = [...wanted, ...unwanted].filter((address) => candidates.has(address)).length;
  console.log(
    `  ripgrep: ${seen} of ${wanted.length + unwanted.length} among ${candidates.size - 1} candidates`,
  );
}

function ours(path: string, coin: CarvedCoin | null): string[] {
  const script = new URL("carve-one.js", import.meta.url).pathname;
  return [process.execPath, script, path, ...(coin === null ? [] : [coin])];
}

function ripgrep(path: string, expression = ""): string[] {
  return ["rg", "--no-config", "-a", "-o", "-N", "--no-filename", expression, path];
}

/** Wall and processor time as bash's `time` tells them. */
function timed(command: readonly string[]): Timed {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@"';
  const run = spawnSync("bash", ["-c", script, "bash", ...command], {
    encoding: "utf8",
    maxBuffer: MOST_OUTPUT,
    env: { ...process.env, LC_ALL: "C" },
  });
  // ripgrep's status 1 says that nothing was found.
  const times = /([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(run.stderr);
  if (times === null || (run.status ?? 2) > 1) {
    throw new Error(`Cannot run ${command.join(" ")}: ${run.stderr}`);
  }
  const [, wall, user, system] = times.map(Number);
  return { seconds: wall ?? 0, cpuSeconds: (user ?? 0) + (system ?? 0), output: run.stdout };
}

function print(id: string, bytes: number, list: readonly Timed[]): void {
  const speeds = list.map(({ seconds }) => bytes / 1e6 / seconds);
  const wall = median(list.map(({ seconds }) => seconds));
  const cpu = median(list.map(({ cpuSeconds }) => cpuSeconds));
  const best = Math.min(...list.map(({ seconds }) => seconds));
  console.log(
    `${id.padEnd(15)} median ${median(speeds).toFixed(0).padStart(6)} MB/s ` +
      `(${wall.toFixed(2)} s, least ${best.toFixed(2)} s, processor ${cpu.toFixed(2)} s)`,
  );
}

function write(path: string, chunks: Iterable<Uint8Array>): number {
  const file = openSync(path, "w");
  let bytes = 0;
  for (const chunk of chunks) bytes += writeSync(file, chunk);
  closeSync(file);
  return bytes;
}

function ripgrepVersion(): string {
  return spawnSync("rg", ["--version"], { encoding: "utf8" }).stdout.split("\n")[0] ?? "";
}
