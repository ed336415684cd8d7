import { splitLogin } from "../../bytes/mining-login.ts";
import type { ParsedWallet } from "../../bytes/wallet.ts";
import type { Facts } from "../../model/facts.ts";
import type { HostFact } from "../../model/host-fact.ts";
import type {
  AutostartRecord,
  MinerConfigRecord,
  MinerLogRecord,
  ProcessRecord,
} from "../../model/host-record.ts";
import type { CommandRecord } from "../../model/log-record.ts";
import type { Place } from "../../model/place.ts";
import { type MinerCommand, minerCommandOf } from "../../tables/miner-command.ts";
import { minerNamed } from "../../tables/miners.ts";
import { isKernelName, programMarks } from "../intruder/start-marks.ts";
import { folderOf, nameOf, startedBy } from "../intruder/started.ts";
import { counted, shortHost } from "../words.ts";

/** What a sign shows; the points are in `host-mining`. */
export type Part =
  | "arguments"
  | "name"
  | "deleted"
  | "masquerade"
  | "family"
  | "hidden"
  | "listed-hash"
  | "work"
  | "log"
  | "config"
  | "wallet"
  | "connection"
  | "start"
  | "ran"
  | "typed";

/** One fact that speaks of a miner on a host. `keys` are what it shares with other facts of the same miner: a
 *  folder, a process, a wallet, a pool. `isCore` tells of mining by itself; the rest only joins. */
export interface MinerSign {
  readonly fact: HostFact;
  readonly isCore: boolean;
  readonly parts: readonly Part[];
  readonly keys: readonly string[];
  readonly says: string;
  readonly places: readonly Place[];
  readonly software: string | null;
  readonly wallet: ParsedWallet | null;
  readonly pools: readonly string[];
  readonly program: string | null;
  readonly hps: number | null;
  readonly firstMicros: number | null;
  readonly lastMicros: number | null;
}

/** Folders that hold the programs of many: nothing in them belongs together for that. */
const SHARED_FOLDER =
  /^(?:\/(?:usr\/(?:local\/)?)?(?:s?bin|lib)|\/(?:tmp|root|opt|etc|dev\/shm|var\/\w+)|\/home\/[^/]+)?$/;

/** Everything on hosts that speaks of a miner by itself. */
export function coreSigns(facts: Facts): MinerSign[] {
  const listed = new Set(facts.indicators.filter(({ kind }) => kind === "sha256").map(({ value }) => value));
  return [
    ...facts.process.flatMap((record) => processSign(record, listed) ?? []),
    ...facts["miner-config"].map(configSign),
    ...facts["miner-log"].map(logSign),
    ...facts.autostart.flatMap((record) => startSign(record) ?? []),
    ...facts.command.flatMap((record) => commandSign(record) ?? []),
  ];
}

const NOTHING = {
  isCore: true,
  software: null,
  wallet: null,
  pools: [],
  program: null,
  hps: null,
} as const;

function at(fact: HostFact): Pick<MinerSign, "fact" | "places" | "firstMicros" | "lastMicros"> {
  return { fact, places: [fact.place], firstMicros: fact.atMicros, lastMicros: fact.atMicros };
}

function ofCommand(miner: MinerCommand) {
  const { software, wallet, pools } = miner;
  return { software, wallet, pools };
}

/** Folder and file of a program or file, as keys by which facts of one miner are joined. */
export function pathKeys(path: string | null): string[] {
  if (path === null || !path.includes("/") || path.startsWith("./")) return [];
  const bare = path.replace(/ \(deleted\)$/, "");
  const folder = folderOf(bare);
  return SHARED_FOLDER.test(folder) ? [`file ${bare}`] : [`file ${bare}`, `folder ${folder}`];
}

export function poolKeys(pools: readonly string[]): string[] {
  return pools.map((pool) => `pool ${bareHost(pool)}`);
}

/** "stratum+tcp://POOL:3333/x" as "pool". */
export function bareHost(pool: string): string {
  return pool
    .replace(/^[a-z+0-9]{1,20}:\/\//i, "")
    .replace(/^[^@]{0,300}@/, "")
    .replace(/(?::\d{1,5})?(?:[/?#].*)?$/s, "")
    .toLowerCase();
}

function walletKeys(wallet: ParsedWallet | null): string[] {
  return wallet === null ? [] : [`wallet ${wallet.address}`];
}

function minerKeys({ wallet, pools, config }: MinerCommand): string[] {
  return [...walletKeys(wallet), ...poolKeys(pools), ...pathKeys(config)];
}

function processSign(record: ProcessRecord, listed: ReadonlySet<string>): MinerSign | null {
  const { args, exe, name, pid, isDeleted, sha256 } = record;
  const miner = args === null ? null : minerCommandOf(args);
  const known = [name, exe === null ? null : nameOf(exe.replace(/ \(deleted\)$/, ""))]
    .map((one) => (one === null ? null : minerNamed(one.toLowerCase())))
    .find((one) => one !== null && one.needs === undefined);
  const isListed = sha256 !== null && listed.has(sha256);
  const parts = processParts(record, miner);
  const isDisguised = exe !== null && (parts.includes("masquerade") || parts.includes("family"));
  if (miner === null && known == null && !isDisguised) return null;
  if (known != null) parts.push("name");
  if (isListed) parts.push("listed-hash");
  const as = miner === null && known == null ? "runs in disguise" : "runs as a miner";
  const gone = isDeleted ? ", whose file is deleted" : "";
  return {
    ...NOTHING,
    ...at(record),
    ...(miner === null ? { software: known?.id ?? null } : ofCommand(miner)),
    parts,
    keys: [`process ${pid}`, ...pathKeys(exe), ...(miner === null ? [] : minerKeys(miner))],
    says: `process ${pid} ${as}: ${shortHost(args ?? name ?? exe ?? "")}${gone}`,
    places: [record.place, ...record.places],
    program: exe ?? miner?.program ?? name,
    firstMicros: record.startedMicros ?? record.atMicros,
    lastMicros: record.atMicros ?? record.startedMicros,
  };
}

/** What a process shows besides its name. */
function processParts({ exe, name, args, isDeleted }: ProcessRecord, miner: MinerCommand | null): Part[] {
  const parts: Part[] = [];
  if (miner !== null) parts.push(miner.marks.some((mark) => mark !== "name") ? "arguments" : "name");
  if (miner?.wallet != null) parts.push("wallet");
  if (isDeleted) parts.push("deleted");
  const file = nameOf(exe ?? miner?.program ?? name ?? "").replace(/ \(deleted\)$/, "");
  // A thread of the kernel has no executable; a program whose arguments look like one has.
  if (isKernelName(file) || (exe !== null && /^\[[a-z]/.test(args ?? "") && isKernelName(args ?? ""))) {
    parts.push("masquerade");
  }
  const marks = exe === null ? [] : programMarks(exe);
  if (marks.some(({ id }) => id === "hidden")) parts.push("hidden");
  if (marks.some(({ id }) => id === "family")) parts.push("family");
  return parts;
}

function configSign(record: MinerConfigRecord): MinerSign {
  const wallets = record.pools.flatMap(({ user }) => splitLogin(user ?? "", true).wallet ?? []);
  const wallet = wallets[0] ?? null;
  const pools = record.pools.map(({ url }) => url);
  return {
    ...NOTHING,
    ...at(record),
    software: record.software,
    wallet,
    pools,
    parts: wallet === null ? ["config"] : ["config", "wallet"],
    keys: [
      ...pathKeys(record.path),
      ...pathKeys(record.logFile),
      ...wallets.flatMap(walletKeys),
      ...poolKeys(pools),
    ],
    says: `${shortHost(record.path)} is a miner's configuration, pool ${shortHost(pools[0] ?? "none")}`,
  };
}

function logSign(record: MinerLogRecord): MinerSign {
  const { rates, accepted, pools, firstMicros, lastMicros } = record;
  const hasWorked = rates.length > 0 || (accepted ?? 0) > 0;
  // The mean, which is what its dwell is worked out with.
  const hps = rates.length === 0 ? null : rates.reduce((sum, rate) => sum + rate.hps, 0) / rates.length;
  const shares = accepted === null ? "" : `, ${counted(accepted, "accepted share")}`;
  return {
    ...NOTHING,
    ...at(record),
    software: record.software,
    pools,
    hps,
    firstMicros,
    lastMicros,
    parts: hasWorked ? ["log", "work"] : ["log"],
    keys: [...pathKeys(record.path), ...poolKeys(pools)],
    says: `${shortHost(record.path)} is a miner's log${shares}`,
  };
}

function startSign(record: AutostartRecord): MinerSign | null {
  const miner = minerCommandOf(record.command);
  return miner === null ? null : { ...startJoin(record), ...ofCommand(miner), isCore: true };
}

/** An entry that starts something: a sign only if that is a miner of which other facts tell. */
export function startJoin(record: AutostartRecord): MinerSign {
  const miner = minerCommandOf(record.command);
  const programs = startedBy(record.command).flatMap(({ program, command }) => [
    ...(program === null ? [] : [program]),
    ...command.words.slice(1, 40).filter((word) => word.startsWith("/")),
  ]);
  return {
    ...NOTHING,
    ...at(record),
    isCore: false,
    parts: ["start"],
    keys: [...programs.flatMap(pathKeys), ...(miner === null ? [] : minerKeys(miner))],
    says: `${record.mechanism} in ${shortHost(record.path)} starts ${shortHost(record.command.trim())}`,
    program: programs[0] ?? null,
  };
}

/** Recorders that saw a program run; the others saw a line that was typed. */
const SAW_IT_RUN: ReadonlySet<string> = new Set(["auditd", "sysmon", "windows", "cron"]);

function commandSign(record: CommandRecord): MinerSign | null {
  const miner = minerCommandOf(record.text);
  if (miner === null) return null;
  const ran = SAW_IT_RUN.has(record.by);
  const file = nameOf(record.exe ?? miner.program);
  const parts: Part[] = [ran ? "ran" : "typed"];
  const did = ran ? "it was started" : "it was typed";
  if (miner.wallet !== null) parts.push("wallet");
  if (ran && isKernelName(file)) parts.push("masquerade");
  return {
    ...NOTHING,
    ...at(record),
    ...ofCommand(miner),
    parts,
    keys: [...pathKeys(record.exe ?? miner.program), ...minerKeys(miner)],
    says: `${record.by}: ${did} by ${shortHost(record.user ?? record.from ?? "somebody")}`,
    program: record.exe ?? miner.program,
  };
}
