/** Lists of sockets as `ss` and `netstat` print them; connections are kept, sockets that listen are not.
 *
 *  ss        [Netid] State Recv-Q Send-Q LOCAL:PORT PEER:PORT users:(("perl",pid=8,fd=4))
 *  netstat   Proto [Recv-Q Send-Q] LOCAL:PORT FOREIGN:PORT State [PID/Program name]   Linux and Windows
 *
 *  Source: iproute2 6.1, ss(8); net-tools 2.10, netstat(8); Windows 11, `netstat -ano`.
 *  Limits: without -n names stand for addresses and ports: such lines are passed over (UAC takes both).
 */

import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { NOTHING_SUMMED } from "../reader.ts";
import { eachLine, factAt } from "../text.ts";
import { type ConnectionSight, connectionTable, endpointOf, finishConnections } from "./connections.ts";
import { isOfCollector } from "./layout.ts";

const SS = /^(?:Netid +)?State +Recv-Q +Send-Q +Local Address:Port +Peer Address:Port/;
const NETSTAT =
  /^Active (?:Internet )?[Cc]onnections|^ *Proto +(?:Recv-Q +Send-Q +)?Local Address +Foreign Address/m;
const USER = /\("([^"]{1,64})",pid=(\d{1,10}),fd=\d{1,10}\)/g;
const STATE = /^[A-Z][A-Z0-9_-]{2,15}$/;
/** Processes that share one socket: the workers of a busy server. */
const MAX_HOLDERS = 1024;

export const sockets: Reader = {
  id: "sockets",
  title: "sockets (ss, netstat)",
  sniff(head, { path }) {
    if (!isOfCollector(path)) return false;
    const text = Buffer.from(head.subarray(0, 512)).toString("latin1");
    return SS.test(text) || NETSTAT.test(text);
  },
  firstMicros: () => null,
  read,
  finish: finishConnections,
};

type Connection = Pick<ConnectionSight, "local" | "remote" | "state" | "holders">;

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  let isSs: boolean | null = null;
  await eachLine(source, desk, (line) => {
    isSs ??= SS.test(line.text);
    const found = isSs ? ssRow(line.text) : netstatRow(line.text);
    if (found === null) return;
    const { place, excerpt } = factAt(source, line);
    connectionTable(desk).note({ ...found, host: source.host, place, excerpt }, desk);
  });
  return NOTHING_SUMMED;
}

function ssRow(text: string): Connection | null {
  const words = text.trim().split(/ +/, 8);
  const at = words.findIndex((word) => /^\d{1,10}$/.test(word));
  const state = at < 1 ? undefined : words[at - 1];
  const remote = endpointOf(words[at + 3] ?? "");
  if (state === undefined || !STATE.test(state) || remote === null) return null;
  const users = text.indexOf("users:(");
  const holders = users === -1 ? [] : [...text.slice(users).matchAll(USER)].slice(0, MAX_HOLDERS);
  return {
    local: endpointOf(words[at + 2] ?? ""),
    remote,
    state,
    holders: holders.map(([, process = "", pid = ""]) => ({ pid: Number(pid), process })),
  };
}

function netstatRow(text: string): Connection | null {
  const words = text.trim().split(/ +/, 16);
  if (!/^(?:tcp|udp)[46]{0,2}$/i.test(words[0] ?? "")) return null;
  const hasQueues = /^\d{1,10}$/.test(words[1] ?? "");
  const [local = "", foreign = "", ...rest] = words.slice(hasQueues ? 3 : 1);
  const remote = endpointOf(foreign);
  if (remote === null) return null;
  const state = rest.find((word) => STATE.test(word)) ?? null;
  const program = rest.find((word) => /^\d{1,10}\/./.test(word)) ?? null;
  const [pid, process] = program === null ? [lastNumber(rest), null] : splitProgram(program);
  return { local: endpointOf(local), remote, state, holders: pid === null ? [] : [{ pid, process }] };
}

function splitProgram(text: string): readonly [number, string] {
  const slash = text.indexOf("/");
  return [Number(text.slice(0, slash)), text.slice(slash + 1).replace(/:$/, "")];
}

/** Windows ends the line with the process id; Linux with "-" where the user may not see it. */
function lastNumber(words: readonly string[]): number | null {
  const last = words.at(-1) ?? "";
  return /^\d{1,10}$/.test(last) && Number(last) > 0 ? Number(last) : null;
}
