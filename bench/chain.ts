/** Reads a gigabyte of block files in five ways, beside bitcoin-iterate where it is installed.
 *
 *  npm run bench:chain                  1 GB, three rounds
 *  npm run bench:chain -- --mb 64       smaller
 *  npm run bench:chain -- --rounds 5    more rounds
 *  npm run bench:chain -- --xor         with XOR, as Bitcoin Core 28 writes them
 *
 *  Each runs in turn in a process of its own, with the files in the page cache. Exit status 1 when something
 *  is not found, 2 when it cannot run.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { dataPath } from "../test/kit/data.ts";
import type { ChainRun } from "./chain-one.ts";
import { median } from "./contestants.ts";
import { type MadeFiles, makeChain } from "./make-chain.ts";

const HOPS = 10_000;
const KEY = Uint8Array.of(0x5a, 0xc3, 0x91, 0x0e, 0x77, 0xb8, 0x2d, 0xf4);

const WAYS = [
  { id: "headers", says: "first bytes of each block, and their order" },
  { id: "structure", says: "where each input and output lies" },
  { id: "ids", says: "the same, and the id of each transaction" },
  { id: "still", says: "forward from coins that nobody spends" },
  { id: "trace", says: "10,000 hops of the same coins, forward, FIFO" },
] as const;

/** What it prints goes to nowhere; ids of transactions are what it is measured at. */
const ITERATE = ["--quiet", "--tx=%th"];

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(name);
  return at === -1 ? otherwise : Number(process.argv[at + 1]);
}

const from = dataPath("chain/blocks");
if (from === null) {
  console.error("Cannot make a chain: needs ../shared/data/chain/blocks");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "paydirt-blocks-"));
try {
  const bytes = option("--mb", 1024) << 20;
  const xor = process.argv.includes("--xor") ? KEY : null;
  const made = makeChain(from, join(folder, "blocks"), { bytes, hops: HOPS, xor });
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`);
  const { blocks, transactions, hops } = made;
  console.log(`${words(made.bytes)} bytes, ${words(blocks)} blocks, ${words(transactions)} transactions`);
  console.log(`${words(hops)} hops`);
  race(made, option("--rounds", 3));
} finally {
  rmSync(folder, { recursive: true });
}

function race(made: MadeFiles, rounds: number): void {
  const runs = new Map<string, ChainRun[]>();
  const keep = (id: string, run: ChainRun): void => void runs.set(id, [...(runs.get(id) ?? []), run]);
  const hasIterate = spawnSync("bitcoin-iterate", ["--help"]).status === 0;
  if (!hasIterate) console.log("bitcoin-iterate is not installed, and not compared");
  for (let round = 0; round < rounds; round += 1) {
    for (const { id } of WAYS) keep(id, ours(id, made));
    if (hasIterate) keep("bitcoin-iterate", theirs(made));
  }
  const wanted = {
    headers: made.blocks,
    structure: made.transactions,
    ids: made.transactions,
    still: 0,
    trace: made.hops,
  };
  for (const { id, says } of WAYS) {
    print(id, says, { made, runs: runs.get(id) ?? [] });
    const found = runs.get(id)?.[0]?.found;
    if (found === wanted[id]) continue;
    console.log(`MISSED  ${id}: found ${found} of ${wanted[id]}`);
    process.exitCode = 1;
  }
  if (hasIterate)
    print("bitcoin-iterate", ITERATE.join(" "), { made, runs: runs.get("bitcoin-iterate") ?? [] });
}

function ours(way: string, { folder, seed }: MadeFiles): ChainRun {
  const script = new URL("chain-one.js", import.meta.url).pathname;
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, way, folder, seed], {
    encoding: "utf8",
  });
  if (status !== 0 || stderr !== "") throw new Error(`Cannot run ${way}: ${stderr}`);
  return JSON.parse(stdout);
}

function theirs({ folder, transactions }: MadeFiles): ChainRun {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null';
  const command = ["bitcoin-iterate", ...ITERATE, `--blockdir=${folder}`];
  const env = { ...process.env, LC_ALL: "C" };
  const { stderr } = spawnSync("bash", ["-c", script, "bash", ...command], { encoding: "utf8", env });
  const [wall, user, system] = (/([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? []).slice(1).map(Number);
  const cpuSeconds = (user ?? 0) + (system ?? 0);
  return { seconds: wall ?? Number.NaN, cpuSeconds, memoryBytes: Number.NaN, found: transactions };
}

function print(
  id: string,
  says: string,
  { made, runs }: { readonly made: MadeFiles; readonly runs: readonly ChainRun[] },
): void {
  const seconds = median(runs.map((run) => run.seconds));
  const cpu = median(runs.map((run) => run.cpuSeconds));
  const memory = Math.max(...runs.map((run) => run.memoryBytes)) / 1e6;
  const speed = (time: number): string => (made.bytes / 1e6 / time).toFixed(0).padStart(5);
  console.log(
    `${id.padEnd(16)} ${speed(seconds)} MB/s, ${speed(cpu)} MB a processor second ` +
      `(${seconds.toFixed(2)} s, processor ${cpu.toFixed(2)} s, ${memory.toFixed(0)} MB of memory)  ${says}`,
  );
}

function words(count: number): string {
  return count.toLocaleString("en");
}
