import type { Buffer } from "node:buffer";
import { type Entry, tarOf } from "../archives.ts";
import { cleanBodyfile, cleanProcesses, cleanSockets } from "./live.ts";
import { cleanLogs } from "./logs.ts";
import { ACCOUNTS, CLEAN_FILES } from "./settings.ts";
import { collectedAt, secondsOf } from "./time.ts";

/** A collection of a busy host on which nothing is wrong, laid out as UAC 3.3 lays it out: an office's build
 *  and web server with people who mistype, scanners from everywhere, builds at full load, containers,
 *  backups, an operator of a Monero node, and somebody who reads about miners.
 *
 *  Shape: a tar archive; the same bytes each time. Names are below example, addresses those for
 *  documentation.
 */
export function cleanHost(): Buffer {
  return tarOf(cleanEntries());
}

/** Its members. */
export function cleanEntries(): Entry[] {
  const root = { ...CLEAN_FILES, ...ACCOUNTS, ...cleanLogs() };
  const lived = { ...cleanProcesses(), ...cleanSockets(), ...cleanBodyfile(), ...COLLECTED };
  return [
    ...Object.entries(root).map(([path, content]) => entry(`[root]${path}`, content)),
    ...Object.entries(lived).map(([path, content]) => entry(path, content)),
  ];
}

/** Files were last written a month before the collection, logs and what the collector wrote at its end. */
function entry(path: string, content: string): Entry {
  const isFresh =
    path.startsWith("[root]/var/log/") || path.includes("history") || !path.startsWith("[root]");
  return { path, content, modifiedSeconds: secondsOf(collectedAt(isFresh ? 0 : -32 * 86_400)) };
}

const COLLECTED: Readonly<Record<string, string>> = {
  "live_response/system/date.txt": "Tue Mar 31 18:00:00 UTC 2026\n",
  "live_response/system/uname_-a.txt":
    "Linux build01 5.15.0-105-generic #115-Ubuntu SMP Mon Apr 15 09:52:04 UTC 2024 x86_64 x86_64 GNU/Linux\n",
  "live_response/network/hostname.txt": "build01\n",
  "live_response/network/ip_addr_show.txt":
    "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n" +
    "    inet 127.0.0.1/8 scope host lo\n" +
    "2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP group default qlen 1000\n" +
    "    inet 192.0.2.10/24 brd 192.0.2.255 scope global eth0\n" +
    "3: docker0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default\n" +
    "    inet 172.17.0.1/16 brd 172.17.255.255 scope global docker0\n",
  "live_response/process/hidden_pids_for_ps_command.txt": "48211\n48230\n",
};
