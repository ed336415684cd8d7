import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/cli/main.js", import.meta.url));

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: Uint8Array;
  /** Run as this user instead of as root. */
  readonly uid?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** The environment of the tests without what would colour or trace the output. */
function environment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, TZ: "Pacific/Auckland", ...more };
}

/** Runs the real program to its end. */
export function paydirt(words: readonly string[], options: RunOptions = {}): Ran {
  const { cwd, input, uid, env = {} } = options;
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...words], {
    encoding: "utf8",
    timeout: 60_000,
    env: environment(env),
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? {} : { input }),
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  return { status, out: stdout, err: stderr };
}

/** Runs the real program to its end while this process goes on, as it must where it serves what is read. */
export async function paydirtBeside(words: readonly string[], cwd: string): Promise<Ran> {
  const child = start(words, cwd);
  child.stdin.end();
  const all = async (stream: AsyncIterable<Buffer>): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part);
    return Buffer.concat(parts).toString("utf8");
  };
  const [out, err, [status]] = await Promise.all([
    all(child.stdout),
    all(child.stderr),
    once(child, "close"),
  ]);
  return { status, out, err };
}

/** Starts the real program, for tests that send it signals or close its output. */
export function start(words: readonly string[], cwd: string) {
  return spawn(process.execPath, [MAIN, ...words], {
    cwd,
    env: environment({}),
    stdio: ["pipe", "pipe", "pipe"],
  });
}

/** Lines of a JavaScript stack trace. */
export const STACK_TRACE = /^\s+at .+:\d+:\d+\)?$/m;
