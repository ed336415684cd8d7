/** Scripts that start a miner, and files with a miner's arguments (PhoenixMiner's and Claymore's config.txt).
 *
 *  Limits: of variables, only those that the same file sets to a plain text are put in; arguments built by
 *  commands are not known. Settings without a pool are left to what the script starts.
 */
import type { ConfiguredPool } from "../../../model/host-record.ts";
import { type MinerCommand, minerCommandOf } from "../../../tables/miner-command.ts";
import {
  type Desk,
  type Item,
  NOTHING_SUMMED,
  type Reader,
  type ReadSummary,
  type Source,
} from "../../reader.ts";
import { wholeText } from "../../text.ts";
import { layConfig } from "./lay-config.ts";

const MAX_BYTES = 1 << 18;
const MAX_LINES = 3_000;
const MAX_VARIABLES = 200;
const MAX_LINE = 16_384;

const SCRIPT = /\.(?:sh|bash|bat|cmd|ps1|command)$/i;
const ARGUMENTS = /(?:^|\/)config\.txt$/i;
const LOGS = /^(?:live_response\/|\/?var\/log\/|\/?proc\/)/;
/** Something of every miner's command line stands in the text: cheaper than looking at each line. */
const MAY_BE = /stratum|--?(?:donate-level|algo|coin|wal|epool|pool|url|user|server)\b|\s-[oOPu]\s|mine|xmr/i;

export const minerScripts: Reader = {
  id: "miner-scripts",
  title: "scripts that start a miner, files with a miner's arguments",
  sniff(head, item) {
    if (LOGS.test(item.path) || !isCandidate(head, item)) return false;
    const text = Buffer.from(head).toString("utf8");
    return MAY_BE.test(text) && commandsIn(text, item).length > 0;
  },
  firstMicros: () => null,
  read,
};

function isCandidate(head: Uint8Array, { path }: Item): boolean {
  if (head.includes(0)) return false;
  return SCRIPT.test(path) || ARGUMENTS.test(path) || (head[0] === 0x23 && head[1] === 0x21);
}

/** `NAME=value` of a shell, `set NAME=value` of cmd, `$NAME = value` of PowerShell. */
const ASSIGNMENT = new RegExp(
  "^\\s*(?:export\\s+|readonly\\s+|local\\s+|set\\s+|\\$)?[\"']?([A-Za-z_]\\w{0,60})" +
    "\\s{0,2}=\\s{0,2}[\"']?([^\"'$`;|&<>\\s]{1,500})",
  "i",
);

/** Commands of miners that name a pool. */
function commandsIn(text: string, { path }: Item): MinerCommand[] {
  const lines = text.split(/\r?\n/, MAX_LINES);
  if (ARGUMENTS.test(path)) {
    const args = lines.filter((line) => /^\s*-{1,2}[A-Za-z]/.test(line)).join(" ");
    const found = minerCommandOf(`miner ${args}`);
    return found !== null && found.pools.length > 0 ? [found] : [];
  }
  const variables = new Map<string, string>();
  return joined(lines).flatMap((line) => {
    noteVariable(line, variables);
    const found = minerCommandOf(withVariables(line, variables));
    return found !== null && found.pools.length > 0 ? [found] : [];
  });
}

/** Without comments, with what a backslash (shell), a caret (cmd) or a backtick (PowerShell) goes on. */
function joined(lines: readonly string[]): string[] {
  const out: string[] = [];
  let open = "";
  for (const line of lines) {
    if (open === "" && /^\s*(?:#|::|@?rem\s)/i.test(line)) continue;
    const goesOn = /[\\^`]$/.test(line);
    open += goesOn ? `${line.slice(0, -1)} ` : line;
    if (goesOn && open.length < MAX_LINE) continue;
    out.push(open.slice(0, MAX_LINE));
    open = "";
  }
  if (open !== "") out.push(open);
  return out;
}

function noteVariable(line: string, variables: Map<string, string>): void {
  const [, name = "", value = ""] = ASSIGNMENT.exec(line) ?? [];
  if (name !== "" && variables.size < MAX_VARIABLES) variables.set(name, value);
}

function withVariables(line: string, variables: ReadonlyMap<string, string>): string {
  if (!/[$%]/.test(line)) return line;
  return line
    .replace(/\$\{?([A-Za-z_]\w{0,60})\}?|%([A-Za-z_]\w{0,60})%/g, (whole, shell, cmd) => {
      return variables.get(shell ?? cmd) ?? whole;
    })
    .slice(0, MAX_LINE);
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const text = await wholeText(source, desk, MAX_BYTES);
  const commands = commandsIn(text, source);
  const software = commands.find((one) => one.software !== null)?.software ?? null;
  const pools = commands.flatMap(poolsOf);
  if (pools.length > 0) layConfig({ source, desk, text, settings: { software, pools, logFile: null } });
  return NOTHING_SUMMED;
}

function poolsOf({ pools, user, wallet, worker, algorithm, coin }: MinerCommand): ConfiguredPool[] {
  return pools.map((url) => ({ url, user: wallet?.address ?? user, worker, algorithm, coin }));
}
