import { plainIp } from "./connections.ts";

/** Interfaces whose addresses container and machine runtimes give themselves, the same on every host. */
const INNER = /^(?:lo\d*$|docker|br-|veth|virbr|lxdbr|lxcbr|cni|flannel|cali|podman)/;
/** The same addresses where no interface is named. Source: defaults of Docker and libvirt. */
const INNER_ADDRESSES: ReadonlySet<string> = new Set(["172.17.0.1", "192.168.122.1"]);

/** Whether an address tells one host from another: not of the loopback network, not of one link. */
export function isOwn(ip: string): boolean {
  return !/^(?:127\.|169\.254\.|::1$|fe[89ab])/.test(ip) && !INNER_ADDRESSES.has(ip);
}

/** Addresses in what `ip addr` and `ifconfig` print.
 *
 *  Source: iproute2 6.1, ip-address(8): "2: eth0: <…>", then "    inet 10.20.0.5/24 …"; ifconfig(8).
 */
export function listedAddresses(text: string): string[] {
  const found: string[] = [];
  let name = "";
  for (const line of text.split(/\r?\n/)) {
    name = /^(?:\d{1,6}: )?([\w.@-]{1,64}):? {1,10}\S/.exec(line)?.[1] ?? name;
    const address = /^\s{1,12}inet6? (?:addr: ?)?([0-9a-fA-F.:]{2,45})/.exec(line)?.[1];
    const ip = plainIp(address ?? "");
    // An address beside the loopback network's own can lie on "lo" too: it is the host's.
    if (ip !== null && isOwn(ip) && (!INNER.test(name) || name.startsWith("lo"))) found.push(ip);
  }
  return found;
}

/** Local addresses in /proc/net/fib_trie: "|-- 10.20.0.5" before "/32 host LOCAL". */
export function trieAddresses(text: string): string[] {
  const found = [...text.matchAll(/\|-- (\d{1,3}(?:\.\d{1,3}){3})\n[ |]{1,40}\/32 host LOCAL/g)];
  return [...new Set(found.flatMap(([, ip = ""]) => (isOwn(ip) ? ip : [])))];
}

/** Addresses in /proc/net/if_inet6: 32 hex digits, index, prefix, scope, flags, interface. */
export function inet6Addresses(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const [hex = "", , , , , name = ""] = line.trim().split(/ +/);
    if (!/^[0-9a-f]{32}$/.test(hex) || INNER.test(name)) return [];
    const ip = plainIp(hex.replace(/(.{4})(?=.)/g, "$1:"));
    return ip !== null && isOwn(ip) ? [ip] : [];
  });
}
