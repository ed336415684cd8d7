/** A socket's address as the kernel hands it over (struct sockaddr), in hex.
 *
 *  OFFSET  SIZE  MEANING
 *  0       2     family, in the host's byte order: 2 IPv4, 10 IPv6
 *  2       2     port, big-endian
 *  4       4     IPv4 address
 *  4       4     IPv6 flow label
 *  8       16    IPv6 address
 *
 *  Source: Linux, include/uapi/linux/in.h and in6.h.
 */
import { hexToBytes } from "../../../bytes/hex.ts";
import { formatIpv4, formatIpv6, parseIp } from "../../../bytes/ip.ts";
import type { Endpoint } from "../../../model/record.ts";

const INET = 2;
const INET6 = 10;
/** ausearch -i: "saddr={ saddr_fam=inet laddr=203.0.113.10 lport=3333 }", older "inet host:… serv:…". */
const WORDS = /\b(?:laddr=|host:)([0-9A-Fa-f.:]{3,45}) (?:lport=|serv:)(\d{1,5})\b/;

/** The address and port of an IP socket; null for sockets of other families and for what is too short. */
export function socketAddress(text: string): Endpoint | null {
  const bytes = hexToBytes(text);
  if (bytes === null) return inWords(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) return null;
  const family = bytes[0] === 0 ? (bytes[1] ?? 0) : bytes[1] === 0 ? (bytes[0] ?? 0) : 0;
  const port = view.getUint16(2);
  if (family === INET) return { ip: formatIpv4(view.getUint32(4)), port };
  if (family !== INET6 || bytes.length < 24) return null;
  return { ip: formatIpv6(bytes, 8).replace(/^::ffff:(?=\d{1,3}\.)/, ""), port };
}

function inWords(text: string): Endpoint | null {
  const match = WORDS.exec(text);
  if (match === null) return null;
  const [, ip = "", port = ""] = match;
  return parseIp(ip) === null || Number(port) > 65535 ? null : { ip, port: Number(port) };
}
