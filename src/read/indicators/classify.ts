// What kind of indicator a text is, by its form alone.

import { formatIpv4, formatIpv6, parseIp } from "../../bytes/ip.ts";
import { urlText } from "../../bytes/url-text.ts";
import { parseWallet } from "../../bytes/wallet.ts";
import type { IndicatorKind } from "../../model/indicator.ts";

/** A longer text is no indicator: a URL of a list is at most a few hundred characters. */
export const MAX_INDICATOR = 2_048;

/** An indicator's value as it is compared. */
export interface Classified {
  readonly kind: IndicatorKind;
  readonly value: string;
  readonly port: number | null;
}

const HASHES: ReadonlyMap<number, IndicatorKind> = new Map([
  [64, "sha256"],
  [40, "sha1"],
  [32, "md5"],
]);
const DOMAIN =
  /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.){1,20}[a-z][a-z0-9-]{0,61}[a-z0-9]\.?$/;
const EMAIL = /^[^\s@/:]{1,64}@([a-z0-9-]{1,63}\.){1,10}[a-z]{2,63}$/;
const FINGERPRINT = /^SHA256:[A-Za-z0-9+/]{43}=?$/;
const KEY_LINE = /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-nistp\d{3})\s{1,4}AAAA[A-Za-z0-9+/=]{20,}/;
const WITH_PATH = /^([^/\s]{4,253})(\/\S*)$/;

/** Undoes what keeps addresses in reports from being clicked: "hxxp", "[.]", "[:]", "(.)", "[https://]".
 *
 *  Shape: the text without quotes and spaces around it.
 */
export function refanged(text: string): string {
  return text
    .trim()
    .replace(/^["'`]|["'`]$/g, "")
    .replace(/^\[?(h)(?:xx|tt)(ps?)(?::\/\/|\[:\/\/\])\]?/i, "$1tt$2://")
    .replace(/^\[(https?:\/\/)\]/i, "$1")
    .replace(/\[(\.|:|@|\/)\]|\((\.)\)/g, "$1$2")
    .replace(/\[dot\]/gi, ".");
}

/** Tells what a text is; null when it has the form of no indicator.
 *
 *  Errors: none. A payment address is one only with a valid checksum, so that a word is never taken for one.
 *  Limits: a bare word and a file's name are not told here: only a format that says so names files.
 */
export function classify(text: string): Classified | null {
  const value = refanged(text);
  if (value === "" || value.length > MAX_INDICATOR) return null;
  const hash = /^[0-9a-fA-F]+$/.test(value) ? HASHES.get(value.length) : undefined;
  if (hash !== undefined) return { kind: hash, value: value.toLowerCase(), port: null };
  const wallet = parseWallet(value);
  if (wallet !== null) return { kind: "address", value: wallet.address, port: null };
  if (FINGERPRINT.test(value) || KEY_LINE.test(value))
    return { kind: "key", value: keyBody(value), port: null };
  return ipOf(value) ?? urlOf(value) ?? nameOf(value);
}

/** The part of a login key by which it is compared: its fingerprint, or the key without type and comment. */
export function keyBody(text: string): string {
  if (text.startsWith("SHA256:")) return text.replace(/=$/, "");
  return text.split(/\s+/)[1] ?? text;
}

/** "192.0.2.1", "192.0.2.1:3333", "[2001:db8::1]:3333", "192.0.2.1/32"; a network is none. */
export function ipOf(text: string): Classified | null {
  const match = /^\[?([0-9a-fA-F.:]{2,45}?)\]?(?:[:|](\d{1,5}))?(?:\/(?:32|128))?$/.exec(text);
  const bytes = match === null ? null : (parseIp(match[1] ?? "") ?? null);
  if (match === null || bytes === null) {
    const whole = parseIp(text);
    return whole === null ? null : { kind: "ip", value: ipText(whole), port: null };
  }
  return { kind: "ip", value: ipText(bytes), port: match[2] === undefined ? null : Number(match[2]) };
}

function ipText(bytes: Uint8Array): string {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return bytes.length === 4 ? formatIpv4((a << 24) | (b << 16) | (c << 8) | d) : formatIpv6(bytes);
}

function urlOf(text: string): Classified | null {
  const match = /^([a-z][a-z0-9+.-]{1,20}):\/\/([^/\s?#]{1,300})([^\s]*)$/i.exec(text);
  if (match !== null) {
    const bare = match[3] === "" || match[3] === "/";
    // A URL without a path names a server, and that is what it is compared as.
    const server = bare ? (ipOf(match[2] ?? "") ?? nameOf((match[2] ?? "").replace(/:\d{1,5}$/, ""))) : null;
    if (server !== null) return { ...server, port: portOf(match[2] ?? "") };
    return { kind: "url", value: urlText(text), port: null };
  }
  // A network is no URL whose path is a number.
  if (/^[0-9a-f.:]+\/\d{1,3}$/i.test(text)) return null;
  const path = WITH_PATH.exec(text);
  const server =
    path === null ? null : (ipOf(path[1] ?? "") ?? nameOf((path[1] ?? "").replace(/:\d{1,5}$/, "")));
  return server === null ? null : { kind: "url", value: urlText(text), port: null };
}

function portOf(server: string): number | null {
  const port = /:(\d{1,5})$/.exec(server)?.[1];
  return port === undefined ? null : Number(port);
}

function nameOf(text: string): Classified | null {
  const lower = text.toLowerCase();
  if (EMAIL.test(lower)) return { kind: "email", value: lower, port: null };
  const bare = lower
    .replace(/^\*\./, "")
    .replace(/^\./, "")
    .replace(/:\d{1,5}$/, "");
  if (!DOMAIN.test(bare)) return null;
  return { kind: "domain", value: bare.replace(/\.$/, ""), port: portOf(lower) };
}
