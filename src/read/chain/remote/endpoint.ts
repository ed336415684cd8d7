import { readFileSync } from "node:fs";
import { PaydirtError } from "../../../model/error.ts";

/** A server that the user named. */
export interface Endpoint {
  /** As it may be shown: the word of the scheme, and the URL without name and password. */
  readonly shown: string;
  /** Without name, password, query and fragment; the path has no slash at its end. */
  readonly url: URL;
  /** Value of the header Authorization; null: none is sent. */
  readonly authorisation: string | null;
  /** Whether it is this machine or one in a private network: nobody else's patience is tried. */
  readonly isOwn: boolean;
  /** Questions a second that the user allows; null: the user did not say. */
  readonly rate: number | null;
}

/** A cookie file holds "__cookie__:" and 64 hex digits. */
const MAX_COOKIE_CHARS = 1_000;

/** Reads the URL of a server.
 *
 *  Shape: `http://` or `https://`, with `name:password@` where the server wants it, or with
 *  `?cookie=PATH`, the file in which a node keeps both for programs of the same user; `?rate=N` questions a
 *  second.
 *  Errors: `PaydirtError` "bad-source"; no password stands in it.
 *  Source: Bitcoin Core src/rpc/request.cpp (GetAuthCookie).
 */
export function parseEndpoint(scheme: string, where: string): Endpoint {
  const url = URL.canParse(where) ? new URL(where) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    const says = "what stands behind the colon is no URL that begins with http:// or https://";
    throw new PaydirtError("bad-source", `Cannot use ${scheme}: ${says}`);
  }
  const named = url.username === "" && url.password === "" ? null : basic(url);
  const cookie = url.searchParams.get("cookie");
  const asked = url.searchParams.get("rate");
  for (const name of ["cookie", "rate"]) url.searchParams.delete(name);
  const isBare = url.search === "" && url.hash === "";
  const plain = new URL(`${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, "")}`);
  const shown = `${scheme}:${plain.href.replace(/\/$/, "")}`;
  if (!isBare) {
    throw new PaydirtError("bad-source", `Cannot use ${shown}: its URL has a query or a fragment`);
  }
  const rate = asked === null ? null : rateIn(asked, shown);
  const authorisation = cookie === null ? named : basicOf(cookieIn(cookie, shown));
  return { shown, url: plain, authorisation, isOwn: isOwnHost(plain.hostname), rate };
}

function rateIn(text: string, shown: string): number {
  const rate = /^\d{1,4}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (rate > 0) return rate;
  throw new PaydirtError("bad-source", `Cannot use ${shown}: its rate is no number of questions a second`);
}

function basic({ username, password }: URL): string {
  try {
    return basicOf(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  } catch {
    return basicOf(`${username}:${password}`);
  }
}

function basicOf(credentials: string): string {
  return `Basic ${Buffer.from(credentials).toString("base64")}`;
}

function cookieIn(path: string, shown: string): string {
  try {
    const text = readFileSync(path, "utf8").trim();
    if (text.length <= MAX_COOKIE_CHARS && text.includes(":")) return text;
  } catch (cause) {
    const says = `Cannot use ${shown}: its cookie file ${path} cannot be read; is the node running?`;
    throw new PaydirtError("bad-source", says, cause);
  }
  throw new PaydirtError("bad-source", `Cannot use ${shown}: ${path} is no cookie file of a node`);
}

/** Source: RFC 1122 (127/8), RFC 1918, RFC 4193, RFC 4291 (::1), RFC 6761 (localhost). */
const OWN_HOSTS: readonly RegExp[] = [
  /^localhost$/,
  /^(?:127|10)\.[\d.]+$/,
  /^192\.168\.[\d.]+$/,
  /^172\.(?:1[6-9]|2\d|3[01])\.[\d.]+$/,
  /^\[(?:::1|f[cd][0-9a-f:]+)\]$/,
];

function isOwnHost(hostname: string): boolean {
  return OWN_HOSTS.some((host) => host.test(hostname));
}
