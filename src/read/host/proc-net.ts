/** /proc/net/tcp and tcp6: one line a socket, addresses and ports in hex.
 *
 *  sl  local_address rem_address   st tx_queue:rx_queue tr:tm->when retrnsmt  uid timeout inode …
 *  1:  0500140A:E165 0A7100CB:0D05 01 …                     each 32-bit word of an address in the byte order
 *                                                           of the host: little-endian, reversed
 *
 *  Source: proc_net(5), proc_net_tcp.rst; states from include/net/tcp_states.h of Linux.
 *  Limits: big-endian hosts (s390x) write addresses the other way round and are not told apart.
 */
import { formatIpv4, formatIpv6 } from "../../bytes/ip.ts";
import type { Endpoint } from "../../model/record.ts";
import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { NOTHING_SUMMED } from "../reader.ts";
import { eachLine, factAt } from "../text.ts";
import { connectionTable, finishConnections, plainIp } from "./connections.ts";
import { isOfCollector } from "./layout.ts";

const HEADER = /^ {1,4}sl +local_address +rem(?:ote)?_address +st /;
const ADDRESS = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/;
const STATES = [
  "ESTABLISHED",
  "SYN_SENT",
  "SYN_RECV",
  "FIN_WAIT1",
  "FIN_WAIT2",
  "TIME_WAIT",
  "CLOSE",
  "CLOSE_WAIT",
  "LAST_ACK",
  "LISTEN",
  "CLOSING",
];

export const procNet: Reader = {
  id: "proc-net",
  title: "/proc/net/tcp",
  sniff: (head, { path }) =>
    (isOfCollector(path) || path.startsWith("/proc/")) &&
    HEADER.test(Buffer.from(head.subarray(0, 200)).toString("latin1")),
  firstMicros: () => null,
  read,
  finish: finishConnections,
};

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  await eachLine(source, desk, (line) => {
    const [number = "", local, peer, state = "", , , , , , inode = ""] = line.text.trim().split(/ +/, 12);
    const remote = endpointOfHex(peer);
    if (remote === null || !/^\d{1,10}:$/.test(number)) return;
    const { place, excerpt } = factAt(source, line);
    const sight = {
      host: source.host,
      local: endpointOfHex(local),
      remote,
      state: STATES[Number.parseInt(state, 16) - 1] ?? null,
      holders: [],
      // Sockets that wait for their end have none.
      ...(/^[1-9]\d{0,14}$/.test(inode) ? { inode: Number(inode) } : {}),
      place,
      excerpt: excerpt.trim(),
    };
    connectionTable(desk).note(sight, desk);
  });
  return NOTHING_SUMMED;
}

function endpointOfHex(text: string | undefined): Endpoint | null {
  const [, address = "", port = ""] = ADDRESS.exec(text ?? "") ?? [];
  const bytes = Buffer.from(address, "hex");
  if (bytes.length === 0 || port === "0000") return null;
  for (let at = 0; at < bytes.length; at += 4) bytes.subarray(at, at + 4).reverse();
  const ip = plainIp(bytes.length === 4 ? formatIpv4(bytes.readUInt32BE(0)) : formatIpv6(bytes));
  return ip === null ? null : { ip, port: Number.parseInt(port, 16) };
}
