import { createHash } from "node:crypto";
import { type ClientHello, EXTENSION } from "./tls.ts";

const NOTHING = "000000000000";

/** Two characters for a version; what is not listed is "00". */
const VERSION_MARKS = new Map([
  [0x0304, "13"],
  [0x0303, "12"],
  [0x0302, "11"],
  [0x0301, "10"],
  [0x0300, "s3"],
  [0x0002, "s2"],
  [0xfeff, "d1"],
  [0xfefd, "d2"],
  [0xfefc, "d3"],
]);

/** GREASE values 0x0a0a, 0x1a1a … 0xfafa, which clients send to keep servers tolerant (RFC 8701 § 2). */
function isGrease(value: number): boolean {
  return (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff);
}

const plain = (values: readonly number[]) => values.filter((value) => !isGrease(value));
const hex4 = (value: number) => value.toString(16).padStart(4, "0");
const short = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 12);
const twoDigits = (count: number) => String(Math.min(count, 99)).padStart(2, "0");

/** JA3 fingerprint of a ClientHello: MD5, 32 hex digits.
 *
 *  Source: salesforce/ja3, README "How it works".
 *  Limits: many programs share one; browsers that shuffle their extensions have as many as connections.
 */
export function ja3(hello: ClientHello): string {
  const lists = [hello.ciphers, hello.extensions, hello.groups].map((values) => plain(values).join("-"));
  const text = [hello.version, ...lists, hello.pointFormats.join("-")].join(",");
  return createHash("md5").update(text).digest("hex");
}

/** JA4 fingerprint of a ClientHello, such as "t13d1516h2_8daaf6152771_e5627efa2ab1".
 *
 *  Shape: `transport` is "t" for TLS over TCP, "q" for QUIC.
 *  Source: FoxIO JA4 technical details (version, SNI, counts, ALPN; ciphers sorted; extensions sorted without
 *  SNI and ALPN, then the signature algorithms as sent). JA4 of TLS clients is under BSD-3-Clause.
 */
export function ja4(hello: ClientHello, transport: "t" | "q"): string {
  const ciphers = plain(hello.ciphers);
  const extensions = plain(hello.extensions);
  const versions = plain(hello.versions);
  const version = versions.length > 0 ? Math.max(...versions) : hello.version;
  const mark = VERSION_MARKS.get(version) ?? "00";
  const named = extensions.includes(EXTENSION.serverName) ? "d" : "i";
  const counts = twoDigits(ciphers.length) + twoDigits(extensions.length);
  const a = `${transport}${mark}${named}${counts}${alpnMark(hello.alpn[0])}`;
  return [a, cipherHash(ciphers), extensionHash(extensions, plain(hello.signatures))].join("_");
}

/** First and last character of the first protocol; of its hex form when either is not alphanumeric. */
function alpnMark(protocol: string | undefined): string {
  if (!protocol) return "00";
  const ends = protocol.charAt(0) + protocol.charAt(protocol.length - 1);
  if (/^[0-9A-Za-z]{2}$/.test(ends)) return ends;
  const hex = Buffer.from(protocol, "latin1").toString("hex");
  return hex.charAt(0) + hex.charAt(hex.length - 1);
}

function cipherHash(ciphers: readonly number[]): string {
  return ciphers.length === 0 ? NOTHING : short(ciphers.map(hex4).sort().join(","));
}

function extensionHash(extensions: readonly number[], signatures: readonly number[]): string {
  if (extensions.length === 0) return NOTHING;
  const sorted = extensions
    .filter((type) => type !== EXTENSION.serverName && type !== EXTENSION.alpn)
    .map(hex4)
    .sort();
  const tail = signatures.length === 0 ? "" : `_${signatures.map(hex4).join(",")}`;
  return short(sorted.join(",") + tail);
}
