import { compareText } from "./text.ts";

const IPV6_BYTES = 16;
const IPV6_GROUPS = 8;

/** Longest text: eight groups with an IPv4 tail, "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255". */
const IP_MAX_CHARS = 45;
const IPV4_TEXT = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const GROUP_TEXT = /^[0-9a-fA-F]{1,4}$/;

/** An IPv4 address as dotted quad.
 *
 *  Shape: the four bytes as one big-endian number, signed or unsigned 32 bits.
 */
export function formatIpv4(address: number): string {
  return `${(address >>> 24) & 255}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** An IPv6 address as text.
 *
 *  Shape: sixteen bytes from `at`; bytes that are missing count as 0. IPv4-mapped addresses end in a dotted
 *  quad (::ffff:192.0.2.1).
 *  Source: RFC 5952 § 4 (lower case, no leading zeros, the first longest run of two or more zero groups
 *  becomes "::") and § 5 (mapped addresses).
 */
export function formatIpv6(bytes: Uint8Array, at = 0): string {
  const groups: number[] = [];
  for (let i = 0; i < IPV6_GROUPS; i++) {
    groups.push(((bytes[at + 2 * i] ?? 0) << 8) | (bytes[at + 2 * i + 1] ?? 0));
  }
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${formatIpv4(((groups[6] ?? 0) << 16) | (groups[7] ?? 0))}`;
  }
  const run = longestZeroRun(groups);
  const text = (from: number, to: number) =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(":");
  if (run.length < 2) return text(0, IPV6_GROUPS);
  return `${text(0, run.from)}::${text(run.from + run.length, IPV6_GROUPS)}`;
}

function longestZeroRun(groups: readonly number[]): { from: number; length: number } {
  let best = { from: 0, length: 0 };
  let length = 0;
  groups.forEach((group, index) => {
    length = group === 0 ? length + 1 : 0;
    if (length > best.length) best = { from: index - length + 1, length };
  });
  return best;
}

/** Reads an address as text.
 *
 *  Shape: 4 bytes for IPv4, 16 for IPv6. A zone ("%eth0") or a prefix length is no address.
 *  Errors: none; null when malformed. Leading zeros in a dotted quad are refused: some read them as octal.
 *  Source: RFC 4291 § 2.2 for IPv6; RFC 6943 § 3.1.1 for the leading zeros.
 */
export function parseIp(text: string): Uint8Array | null {
  if (text.length > IP_MAX_CHARS) return null;
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Uint8Array | null {
  const parts = IPV4_TEXT.exec(text)?.slice(1);
  if (parts === undefined) return null;
  const bytes = parts.map(Number);
  const plain = parts.every((part, index) => part === String(bytes[index]));
  return plain && bytes.every((byte) => byte <= 255) ? Uint8Array.from(bytes) : null;
}

function parseIpv6(text: string): Uint8Array | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const head = parseGroups(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? "", true) : [];
  if (head === null || tail === null) return null;
  const missing = IPV6_BYTES - head.length - tail.length;
  // "::" stands for at least one group.
  if (halves.length === 2 ? missing < 2 : missing !== 0) return null;
  const out = new Uint8Array(IPV6_BYTES);
  out.set(head, 0);
  out.set(tail, IPV6_BYTES - tail.length);
  return out;
}

function parseGroups(text: string, ends: boolean): readonly number[] | null {
  if (text === "") return [];
  const bytes: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    const quad = ends && index === parts.length - 1 && part.includes(".") ? parseIpv4(part) : null;
    if (quad !== null) bytes.push(...quad);
    else if (GROUP_TEXT.test(part)) {
      const group = Number.parseInt(part, 16);
      bytes.push(group >> 8, group & 255);
    } else return null;
  }
  return bytes.length <= IPV6_BYTES ? bytes : null;
}

/** Orders addresses by number, IPv4 before IPv6; texts that are no address come last, by code unit. */
export function compareIps(a: string, b: string): number {
  const left = parseIp(a);
  const right = parseIp(b);
  if (left === null || right === null) {
    if (left === null && right === null) return compareText(a, b);
    return left === null ? 1 : -1;
  }
  if (left.length !== right.length) return left.length - right.length;
  for (let i = 0; i < left.length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
