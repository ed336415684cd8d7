import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A program that reads the capture, and how it is started. */
export interface Contestant {
  readonly id: string;
  readonly command: string;
  readonly args: (capture: string) => readonly string[];
  /** Debian package; null for our own. */
  readonly packaged: string | null;
  readonly says: string;
}

const MAIN = "dist/src/cli/main.js";

/** Everything is written to /dev/null, so that no one pays for a terminal or a disk. */
export const CONTESTANTS: readonly Contestant[] = [
  {
    id: "paydirt",
    command: process.execPath,
    args: (capture) => [MAIN, "investigate", capture, "--json", "--quiet"],
    packaged: null,
    says: "the case as JSON, evidence hashed",
  },
  {
    id: "paydirt --no-hash",
    command: process.execPath,
    args: (capture) => [MAIN, "investigate", capture, "--json", "--quiet", "--no-hash"],
    packaged: null,
    says: "the same without hashing",
  },
  {
    id: "ndpiReader",
    command: "ndpiReader",
    args: (capture) => ["-i", capture],
    packaged: "libndpi-bin",
    says: "one thread, its summary and its list of flows",
  },
  {
    id: "openssl",
    command: "openssl",
    args: (capture) => ["dgst", "-sha256", capture],
    packaged: "openssl",
    says: "SHA-256 of the file and nothing else",
  },
  {
    id: "tshark",
    command: "tshark",
    args: (capture) => ["-n", "-r", capture, "-V"],
    packaged: "tshark",
    says: "full dissection: every field of every packet as text, no name look-ups",
  },
  {
    id: "tshark, one line",
    command: "tshark",
    args: (capture) => ["-n", "-r", capture],
    packaged: "tshark",
    says: "one line a packet, no name look-ups; for information, no bound",
  },
];

export interface Run {
  readonly seconds: number;
  /** Highest resident memory, as the kernel counts it; null where /proc does not say. */
  readonly peakMb: number | null;
}

export function isInstalled({ command, packaged }: Contestant): boolean {
  return packaged === null || spawnSync("which", [command]).status === 0;
}

/** Wall time of the whole process, from start to end. Throws when it fails. */
export function timed(contestant: Contestant, capture: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(contestant.command, contestant.args(capture), {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let peakMb: number | null = null;
    let said = "";
    const watch = setInterval(() => {
      peakMb = highWaterMb(child.pid) ?? peakMb;
    }, 25);
    child.stderr.on("data", (text) => {
      said = `${said}${text}`.slice(-2000);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(watch);
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      if (code === 0) resolve({ seconds, peakMb });
      else reject(new Error(`${contestant.id} ended with ${code}: ${said.trim()}`));
    });
  });
}

function highWaterMb(pid: number | undefined): number | null {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
