/** Values that many hosts share without being one operator's work.
 *
 *  Sources are named by row. A row says why a value links nothing.
 */

interface NetworkRow {
  /** IPv4 network as a.b.c.d/n, or the beginning of an IPv6 address in lower case. */
  readonly network: string;
  readonly why: string;
}

/** Source: RFC 5737, RFC 3849, RFC 1918, RFC 6598, RFC 1122, RFC 3927, RFC 4193, RFC 4291. */
const NETWORKS: readonly NetworkRow[] = [
  { network: "192.0.2.0/24", why: "an address for documentation (RFC 5737)" },
  { network: "198.51.100.0/24", why: "an address for documentation (RFC 5737)" },
  { network: "203.0.113.0/24", why: "an address for documentation (RFC 5737)" },
  { network: "2001:db8:", why: "an address for documentation (RFC 3849)" },
  { network: "10.0.0.0/8", why: "a private address (RFC 1918)" },
  { network: "172.16.0.0/12", why: "a private address (RFC 1918)" },
  { network: "192.168.0.0/16", why: "a private address (RFC 1918)" },
  { network: "100.64.0.0/10", why: "an address behind a carrier's NAT (RFC 6598)" },
  { network: "127.0.0.0/8", why: "the host itself (RFC 1122)" },
  { network: "0.0.0.0/8", why: "no address of a host (RFC 1122)" },
  { network: "169.254.0.0/16", why: "a link-local address (RFC 3927)" },
  { network: "fc", why: "a private address (RFC 4193)" },
  { network: "fd", why: "a private address (RFC 4193)" },
  { network: "fe80:", why: "a link-local address (RFC 4291)" },
  { network: "::1", why: "the host itself (RFC 4291)" },
];

/** Public resolvers, met on every host. Source: their operators' own pages. */
const RESOLVERS: ReadonlySet<string> = new Set([
  "1.1.1.1",
  "1.0.0.1",
  "8.8.8.8",
  "8.8.4.4",
  "9.9.9.9",
  "208.67.222.222",
  "208.67.220.220",
]);

/** Names that lead nowhere, or to code that everybody loads. Source: RFC 2606, RFC 6761; the hosts
 *  themselves. */
const DOMAINS: readonly { readonly domain: string; readonly why: string }[] = [
  { domain: "example", why: "a name for documentation (RFC 2606)" },
  { domain: "example.com", why: "a name for documentation (RFC 2606)" },
  { domain: "example.net", why: "a name for documentation (RFC 2606)" },
  { domain: "example.org", why: "a name for documentation (RFC 2606)" },
  { domain: "test", why: "a name for tests (RFC 2606)" },
  { domain: "invalid", why: "a name that leads nowhere (RFC 2606)" },
  { domain: "localhost", why: "the host itself (RFC 6761)" },
  { domain: "github.com", why: "shared hosting" },
  { domain: "githubusercontent.com", why: "shared hosting" },
  { domain: "gitlab.com", why: "shared hosting" },
  { domain: "pastebin.com", why: "shared hosting" },
  { domain: "transfer.sh", why: "shared hosting" },
  { domain: "amazonaws.com", why: "shared hosting" },
  { domain: "cloudfront.net", why: "shared hosting" },
  { domain: "workers.dev", why: "shared hosting" },
  { domain: "pages.dev", why: "shared hosting" },
  { domain: "ngrok.io", why: "shared hosting" },
  { domain: "trycloudflare.com", why: "shared hosting" },
  { domain: "discord.com", why: "shared hosting" },
  { domain: "telegram.org", why: "shared hosting" },
];

/** Account names that many miners use. Source: default configurations of XMRig, cpuminer, ccminer and
 *  nodejs-pool; names of one letter or digit besides. */
const ACCOUNTS: ReadonlySet<string> = new Set([
  "x",
  "test",
  "user",
  "username",
  "worker",
  "worker1",
  "admin",
  "root",
  "miner",
  "default",
  "anonymous",
  "your_wallet_address",
  "wallet",
  "donate",
]);

/** Shortest account name that only one operator is likely to have. */
const LEAST_ACCOUNT_CHARS = 6;

/** Wallets that software itself carries, for its makers: they stand on every host that has it.
 *  Source: XMRig's src/donate.h and README.md; XMRig-proxy's README.md; the Monero project's README.md. */
const WALLETS: ReadonlyMap<string, string> = new Map([
  [
    "48edfHu7V9Z84YzzMa6fUueoELZ9ZRXq9VetWzYGzKt52XU5xvqgzYnDK9URnRoJMk1j8nLwEVsaSWJ4fhdUyZijBGUicoD",
    "the donation address of XMRig's makers",
  ],
  ["1P7ujsXeX7GxQwHNnJsRMgAdNkFZmNVqJT", "the donation address of XMRig's makers"],
  [
    "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
    "the former donation address of the Monero project",
  ],
  [
    "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H",
    "the donation address of the Monero project",
  ],
]);

export function commonAddress(ip: string): string | null {
  if (RESOLVERS.has(ip)) return "a public resolver";
  const folded = ip.toLowerCase();
  return NETWORKS.find(({ network }) => isIn(folded, network))?.why ?? null;
}

function isIn(ip: string, network: string): boolean {
  const [base = "", length] = network.split("/");
  if (length === undefined) return ip.includes(":") && ip.startsWith(base);
  const [a, b] = [number4(ip), number4(base)];
  if (a === null || b === null) return false;
  const shift = 2 ** (32 - Number(length));
  return Math.floor(a / shift) === Math.floor(b / shift);
}

function number4(ip: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(ip);
  return parts === null ? null : parts.slice(1).reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function commonDomain(name: string): string | null {
  const folded = name.toLowerCase().replace(/\.$/, "");
  return DOMAINS.find(({ domain }) => folded === domain || folded.endsWith(`.${domain}`))?.why ?? null;
}

export function commonAccount(name: string): string | null {
  const folded = name.toLowerCase();
  if (ACCOUNTS.has(folded)) return "an account name that many use";
  return folded.length < LEAST_ACCOUNT_CHARS ? "too short a name to be one operator's" : null;
}

export function commonWallet(address: string): string | null {
  return WALLETS.get(address) ?? null;
}

/** Folders of what the system's packages install.
 *  Source: Filesystem Hierarchy Standard 3.0, §§ 3.4, 3.16, 4.4. */
const SYSTEM_FOLDERS = [
  "/bin/",
  "/sbin/",
  "/lib/",
  "/lib64/",
  "/usr/bin/",
  "/usr/sbin/",
  "/usr/lib/",
  "/usr/libexec/",
];

/** @param path of an executable that is still there; null when not known */
export function commonProgram(path: string | null): string | null {
  return SYSTEM_FOLDERS.some((folder) => path?.startsWith(folder)) ? "a program of the system" : null;
}
