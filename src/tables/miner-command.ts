import { splitLogin } from "../bytes/mining-login.ts";
import type { ParsedWallet } from "../bytes/wallet.ts";
import { flagRole, isMinedAlgorithm, isOwnFlag, POOL_SCHEME } from "./miner-flags.ts";
import { INSTALLER, type MinerRow, minerNamed } from "./miners.ts";
import { loadPools } from "./pools.ts";
import { programName, type Started, startedPrograms } from "./started.ts";

/** What a command line shows of mining, and how much each mark weighs.
 *
 *  Reason: at 3 one mark that nothing else has (a miner's name, a stratum URL, a pool's installer) is enough,
 *  and else two or three that other programs share singly: `-o host:port` is in `mysqldump`-like tools, a
 *  wallet behind `sendtoaddress`, `-a` and `-u` in rsync.
 */
export const MARK_WEIGHTS = {
  name: 3,
  "stratum-url": 3,
  installer: 3,
  "known-pool": 2,
  wallet: 2,
  "own-flag": 2,
  "own-flags": 1,
  pool: 1,
  user: 1,
  algorithm: 1,
  "pass-x": 1,
} as const;
export type MinerMark = keyof typeof MARK_WEIGHTS;

/** Weight at which a command line is taken for a miner's. */
export const MINER_WEIGHT = 3;

/** A miner as its command line tells of it.
 *
 *  Shape: `software` is an id of `MINERS`, null where only the arguments tell; `program` is the program as
 *  written; `pools` are URLs or host:port as written, without the user in them; `user` is as written,
 *  `wallet` the address in it whose checksum holds; `through` are wrappers such as "nohup", "screen", "bash".
 */
export interface MinerCommand {
  readonly software: string | null;
  readonly program: string;
  readonly pools: readonly string[];
  readonly user: string | null;
  readonly wallet: ParsedWallet | null;
  readonly worker: string | null;
  readonly algorithm: string | null;
  readonly coin: string | null;
  readonly config: string | null;
  readonly through: readonly string[];
  readonly marks: readonly MinerMark[];
  /** Sum of `MARK_WEIGHTS`. */
  readonly weight: number;
}

/** Pools, users and wallets that are kept of one command line. */
const MOST_POOLS = 20;
const MAX_ARGS = 500;

/** The miner that a command line starts or sets up; null when it starts none.
 *
 *  Shape: the heaviest of the programs that the line starts, with wrappers taken off; what only speaks of
 *  a miner (`grep xmrig`, `tail -f xmrig.log`, `apt install xmrig`, `pkill xmrig`) is null.
 *  Limits: a miner under another name that takes its settings from a file shows nothing here; arguments
 *  without their flags (UAC's cmdline.txt leaves out texts of less than four characters) count where a pool's
 *  address and a wallet are still there.
 */
export function minerCommandOf(commandLine: string): MinerCommand | null {
  let best: MinerCommand | null = null;
  for (const started of startedPrograms(commandLine)) {
    const found = judged(started);
    if (found !== null && found.weight > (best?.weight ?? 0)) best = found;
  }
  return best;
}

/** Arguments with which a miner only tells of itself. */
const TELLS_ONLY =
  /^(?:-V|-h|--version|--help|--print-platforms|--export-topology|--dry-run|--list-devices)$/;

function judged(started: Started): MinerCommand | null {
  const { program, args, through } = started;
  const miner = minerOf(started);
  if (miner?.needs !== undefined && !args.some((arg) => arg.startsWith(miner.needs ?? ""))) return null;
  if (args.some((arg) => TELLS_ONLY.test(arg))) return null;
  const seen = new Arguments();
  if (miner !== null) seen.marks.add("name");
  const script = scriptOf(started);
  if (INSTALLER.test(script)) seen.marks.add("installer");
  seen.read(args.slice(0, MAX_ARGS));
  const marks = [...seen.marks];
  const weight = marks.reduce((sum, mark) => sum + MARK_WEIGHTS[mark], 0);
  if (weight < MINER_WEIGHT) return null;
  return { software: miner?.id ?? null, program, ...seen.found(), through, marks, weight };
}

/** By the program's name, or by the name of the image that a container engine runs. */
function minerOf({ program, name, through }: Started): MinerRow | null {
  const known = minerNamed(name);
  if (known !== null) return known;
  if (!through.some((one) => one === "docker" || one === "podman" || one === "nerdctl")) return null;
  const parts = program.toLowerCase().replace(/:[\w.-]{1,128}$/, "");
  for (const part of parts.split("/").slice(0, 5)) {
    const miner = minerNamed(part);
    if (miner !== null) return miner;
  }
  return null;
}

/** The script that runs: the program itself, or what a shell is piped (`curl URL | bash -s WALLET`). */
function scriptOf({ name, piped }: Started): string {
  const url = piped.find((word) => word.includes("://"));
  return url === undefined ? name : programName(url.replace(/[?#].*$/s, ""));
}

const HOST_PORT = /^(?:[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}|localhost|\[[0-9a-f:.]{2,45}\]):\d{2,5}$/i;
const BARE_HOST = /^[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}$/;

/** Reads the arguments of one program. */
class Arguments {
  readonly marks = new Set<MinerMark>();
  readonly #pools: string[] = [];
  #user: string | null = null;
  #wallet: ParsedWallet | null = null;
  #worker: string | null = null;
  #algorithm: string | null = null;
  #coin: string | null = null;
  #config: string | null = null;
  #port: string | null = null;
  #userFlag = false;
  #passX = false;

  read(args: readonly string[]): void {
    for (let at = 0; at < args.length; at += 1) {
      const { flag, value, isNext } = flagAt(args, at);
      if (flag === null) this.#word(value);
      else if (this.#flag(flag, value) && isNext) at += 1;
    }
    const [first, ...rest] = this.#pools;
    if (this.#port !== null && first !== undefined && !/:\d{1,5}$/.test(first)) {
      this.#pools.splice(0, 1 + rest.length, `${first}:${this.#port}`, ...rest);
    }
    if (this.#pools.length > 0 && !this.marks.has("stratum-url")) this.marks.add("pool");
    if (this.#pools.length > 0 && this.#userFlag && this.#wallet === null) this.marks.add("user");
    if (this.#pools.length > 0 && this.#passX) this.marks.add("pass-x");
  }

  found(): Pick<MinerCommand, "pools" | "user" | "wallet" | "worker" | "algorithm" | "coin" | "config"> {
    return {
      pools: [...new Set(this.#pools)],
      user: this.#user,
      wallet: this.#wallet,
      worker: this.#worker,
      algorithm: this.#algorithm,
      coin: this.#coin,
      config: this.#config,
    };
  }

  /** Whether the flag takes the value. */
  #flag(flag: string, value: string): boolean {
    if (isOwnFlag(flag)) this.marks.add(this.marks.has("own-flag") ? "own-flags" : "own-flag");
    const role = flagRole(flag);
    if (role === null || value === "" || (value.startsWith("-") && value.length < 40)) return false;
    if (role === "pool") return this.#pool(value, true);
    if (role === "user" || role === "userpass") this.#login(role === "user" ? value : head(value, ":"), true);
    else if (role === "algorithm") {
      if (!isMinedAlgorithm(value)) return false;
      this.#algorithm = value;
      this.marks.add("algorithm");
    } else if (role === "port") this.#port ??= /^\d{2,5}$/.test(value) ? value : null;
    else if (role === "worker") this.#worker ??= value;
    else if (role === "coin") this.#coin ??= value.toLowerCase();
    else if (role === "config") this.#config ??= value;
    else this.#passX ||= value === "x";
    return true;
  }

  /** A word that no flag explains: a pool or a wallet shows itself. */
  #word(word: string): void {
    if (POOL_SCHEME.test(word) || HOST_PORT.test(word)) this.#pool(word, false);
    else if (word.length >= 26) this.#login(word, false);
  }

  #pool(text: string, isFlagged: boolean): boolean {
    const before = this.#pools.length;
    for (const one of text.split(/[,;]/, MOST_POOLS)) this.#onePool(one, isFlagged);
    return this.#pools.length > before;
  }

  #onePool(text: string, isFlagged: boolean): void {
    const scheme = POOL_SCHEME.exec(text)?.[0] ?? /^(?:tcp|ssl|tls|https?):\/\//i.exec(text)?.[0] ?? "";
    const behind = text.slice(scheme.length);
    const at = behind.lastIndexOf("@");
    const address = behind.slice(at + 1).replace(/[/?#].*$/s, "");
    const isStratum = POOL_SCHEME.test(scheme);
    const host = address.replace(/:\d{1,5}$/, "");
    const row = host === "" ? null : loadPools().matchHost(host);
    if (row !== null) this.marks.add("known-pool");
    else if (!isStratum && !HOST_PORT.test(address) && !(isFlagged && BARE_HOST.test(address))) return;
    if (isStratum) this.marks.add("stratum-url");
    if (at > 0) this.#login(head(behind.slice(0, at), ":"), true);
    if (this.#pools.length < MOST_POOLS) this.#pools.push(scheme + address);
  }

  #login(text: string, isFlagged: boolean): void {
    const { wallet, worker } = splitLogin(text, true);
    if (wallet !== null && (isFlagged || wallet.checked)) {
      this.marks.add("wallet");
      this.#wallet ??= wallet;
    } else if (!isFlagged) return;
    this.#userFlag ||= isFlagged;
    this.#user ??= text;
    this.#worker ??= worker;
  }
}

interface Flag {
  readonly flag: string | null;
  readonly value: string;
  /** The value is the next word. */
  readonly isNext: boolean;
}

/** `--flag=value`, `--flag value`, `-f value`, and `-fvalue` where the value is a URL (getopt allows it). */
function flagAt(args: readonly string[], at: number): Flag {
  const word = args[at] ?? "";
  if (!/^--?[A-Za-z]/.test(word)) return { flag: null, value: word, isNext: false };
  const equals = word.indexOf("=");
  if (equals > 0) return { flag: word.slice(0, equals), value: word.slice(equals + 1), isNext: false };
  if (/^-[oOP](?=\w)/.test(word) && POOL_SCHEME.test(word.slice(2))) {
    return { flag: word.slice(0, 2), value: word.slice(2), isNext: false };
  }
  return { flag: word, value: args[at + 1] ?? "", isNext: true };
}

function head(text: string, separator: string): string {
  const at = text.indexOf(separator);
  return at === -1 ? text : text.slice(0, at);
}
