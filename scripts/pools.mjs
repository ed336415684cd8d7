// Builds data/pools/{intel,smashed,maltrail}.tsv from the three permissive lists.
//   node scripts/pools.mjs [FOLDER OF THE LISTS]
// The rules of cleaning are stated in data/pools/README.md; this file is those rules.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const lists = process.argv[2] ?? join(root, "..", "shared", "data", "pools");
const out = join(root, "data", "pools");

const HEAD = "host\tscope\tport\tpool\tcoin\tsource\tfirst\tlast";
const SOURCES = {
  intel: "AdamYoung71/mining-pool-domain-intel@8807979",
  smashed: "nesfit sMaSheD dump 2018-05-13",
  maltrail: "stamparm/maltrail crypto_mining.txt@8adace1",
};
const SMASHED_DAY = "2018-05-13";
// The month of the list's version: all that is known of a name without a dated reference.
const MALTRAIL_MONTH = "2026-08";

/** A name that tells its trade. Whatever of maltrail lacks such a word is kept only when KEPT says why. */
const MINING_WORD = /pool|mine(?:r|s|xmr|\b)|mining|xmr|monero|hashvault|unmineable/;
const KEPT = new Set([
  "suprnova.cc", // pool, also in intel and smashed
  "kryptex.network", // pool
  "donate.graef.in", // donation server of XMRigCC
  "donate2.graef.in",
]);
const NOT_A_POOL = new Set([
  "nbminer.com", // downloads of a miner
  "dl.nbminer.com",
  "lhr.nbminer.com",
  "lhr3.nbminer.com",
  "mining-help.ru", // a forum
  "titcoinpool.com", // web site and seed nodes of a coin
  "seed.titcoinpool.com",
  "web.xmrpool.eu", // web site; the pool is xmrpool.eu
]);
/** Words in a host's labels that name its coin. */
const COIN_WORDS = new Map(
  "xmr eth etc zec btc bch ltc rvn hns zeph ravencoin"
    .split(" ")
    .map((word) => [word, word])
    .concat([
      ["monero", "xmr"],
      ["zephyr", "zeph"],
      ["salvium", "sal"],
      ["ravencoin", "rvn"],
    ]),
);
const NO_COIN = new Set(["", "unknown", "auto", "anonymous", "btc/bch", "ltc/doge"]);

const tsv = (name) =>
  readFileSync(join(out, name), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"));
const generic = new Set(tsv("generic-domains.tsv").map(([domain]) => domain));
const shared = tsv("shared-addresses.tsv").map(([range]) => {
  const [ip, bits] = range.split("/");
  return { from: addressOf(ip), bits: Number(bits) };
});

function addressOf(ip) {
  const parts = ip.split(".").map(Number);
  const valid =
    parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256);
  return valid ? ((parts[0] << 24) | (parts[1] << 16) | (parts[2] << 8) | parts[3]) >>> 0 : null;
}

const inRange = (address, { from, bits }) => address >>> (32 - bits) === from >>> (32 - bits);
const RESERVED = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
].map((range) => ({
  from: addressOf(range.split("/")[0]),
  bits: Number(range.split("/")[1]),
}));

const isIp = (text) => /^\d+\.\d+\.\d+\.\d+$/.test(text);
const usableIp = (ip) => {
  const address = addressOf(ip);
  return address !== null && ![...RESERVED, ...shared].some((range) => inRange(address, range));
};
const isName = (name) =>
  /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*$/.test(name) && name.length < 254;

/** The name under the public suffix: two labels, or three where generic-domains.tsv names the two. */
function ownDomain(host) {
  const labels = host.split(".");
  const two = labels.slice(-2).join(".");
  return generic.has(two) ? labels.slice(-3).join(".") : two;
}
const mayBeWhole = (domain) => !generic.has(domain) && !generic.has(domain.split(".").slice(-2).join("."));

const tickerOf = (coin) => {
  const ticker = coin.trim().toLowerCase();
  return NO_COIN.has(ticker) ? "" : ticker;
};
const coinInName = (host) => {
  const words = host
    .split(/[.-]/)
    .map((word) => COIN_WORDS.get(word))
    .filter(Boolean);
  return new Set(words).size === 1 ? words[0] : "";
};

/** One row for each domain under which a list names at least two mining hosts. */
function wholeDomains(rows, source) {
  const byDomain = new Map();
  for (const row of rows) {
    if (row.scope !== "host") continue;
    const domain = ownDomain(row.host);
    if (!mayBeWhole(domain)) continue;
    const group = byDomain.get(domain) ?? [];
    group.push(row);
    byDomain.set(domain, group);
  }
  const whole = [];
  for (const [domain, group] of byDomain) {
    if (new Set(group.map((row) => row.host)).size < 2) continue;
    const last = group
      .map((row) => row.last)
      .sort()
      .at(-1);
    const pool = group.map((row) => row.pool).sort((a, b) => a.length - b.length)[0];
    whole.push({ host: domain, scope: "domain", port: "", pool, coin: "", source, first: "", last });
  }
  return whole;
}

function intel() {
  const [head, ...lines] = readFileSync(join(lists, "mining_pool_domain_intel_2026-04-21.csv"), "utf8")
    .trim()
    .split("\n");
  const columns = head.split(",");
  const rows = [];
  for (const line of lines) {
    const cells = line
      .match(/(?:"[^"]*"|[^,])*(?:,|$)/g)
      .map((cell) => cell.replace(/,$/, "").replace(/^"|"$/g, ""));
    const cell = (name) => cells[columns.indexOf(name)] ?? "";
    const host = cell("domain").toLowerCase();
    const base = {
      host,
      port: cell("port"),
      pool: cell("pool_name"),
      coin: tickerOf(cell("coin")) || coinInName(host),
      source: SOURCES.intel,
      first: cell("first_seen"),
      last: cell("last_seen"),
    };
    if (isIp(host)) {
      if (usableIp(host)) rows.push({ ...base, scope: "ip" });
      continue;
    }
    if (!isName(host)) continue;
    // A candidate that is a site's bare name is as likely the web site as the pool.
    const bare = ownDomain(host) === host;
    if (cell("status") !== "active" && bare && !MINING_WORD.test(host)) continue;
    rows.push({ ...base, scope: "host" });
  }
  return [...rows, ...wholeDomains(rows, SOURCES.intel)];
}

function smashed() {
  const rows = [];
  for (const line of readFileSync(join(lists, "smashed_pools_20180513.tsv"), "utf8")
    .trim()
    .split("\n")
    .slice(1)) {
    const [ip, hostname, pool, port, coin] = line.split("\t");
    const base = { port, pool, coin: tickerOf(coin), source: SOURCES.smashed, first: "", last: SMASHED_DAY };
    const host = hostname.toLowerCase();
    if (isName(host)) rows.push({ ...base, host, scope: "host" });
    if (isIp(ip) && usableIp(ip)) rows.push({ ...base, host: ip, scope: "ip" });
  }
  return [...rows, ...wholeDomains(rows, SOURCES.smashed)];
}

/** Day of a post on X/Twitter: its id holds milliseconds since 2010-11-04 in the bits above the 22nd. */
const dayOfPost = (id) => new Date(Number(BigInt(id) >> 22n) + 1288834974657).toISOString().slice(0, 10);

function maltrailSections() {
  const sections = [];
  let open = null;
  for (const raw of readFileSync(join(lists, "maltrail_crypto_mining.txt"), "utf8").split("\n")) {
    const line = raw.trim().toLowerCase();
    if (line.startsWith("#")) {
      if (open === null || open.rows.length > 0) {
        open = { days: [], rows: [] };
        sections.push(open);
      }
      for (const [, id] of raw.matchAll(/(?:twitter|x)\.com\/\w+\/status\/(\d{15,20})/g))
        open.days.push(dayOfPost(id));
    } else if (line !== "" && open !== null) open.rows.push(line);
  }
  return sections;
}

function maltrail(known) {
  const rows = [];
  for (const { days, rows: lines } of maltrailSections()) {
    const sorted = days.sort();
    for (const line of lines) {
      const [host, port = ""] = line.split(":");
      const base = {
        host,
        port,
        source: SOURCES.maltrail,
        first: sorted[0] ?? "",
        last: sorted.at(-1) ?? "",
      };
      if (isIp(host)) {
        // An address without a date would match for ever.
        if (sorted.length > 0 && usableIp(host))
          rows.push({ ...base, scope: "ip", pool: "unnamed pool", coin: "" });
        continue;
      }
      const named = MINING_WORD.test(host) || KEPT.has(host) || known.has(ownDomain(host));
      if (!isName(host) || !named || NOT_A_POOL.has(host)) continue;
      const whole = ownDomain(host) === host && mayBeWhole(host);
      const last = base.last || MALTRAIL_MONTH;
      const pool = mayBeWhole(ownDomain(host)) ? ownDomain(host) : host;
      rows.push({ ...base, last, scope: whole ? "domain" : "host", pool, coin: coinInName(host) });
    }
  }
  return rows;
}

/** Addresses that the lists give to more than one named pool serve many, so they tell nothing. */
function sharedByPools(all) {
  const pools = new Map();
  for (const row of all) {
    if (row.scope !== "ip" || row.pool === "unnamed pool") continue;
    pools.set(row.host, (pools.get(row.host) ?? new Set()).add(row.pool.toLowerCase()));
  }
  return new Set([...pools].filter(([, names]) => names.size > 1).map(([ip]) => ip));
}

function write(name, rows, without) {
  const lines = rows
    .filter((row) => !without.has(row.host))
    .map((row) => [row.host, row.scope, row.port, row.pool, row.coin, row.source, row.first, row.last])
    .map((cells) => cells.map((cell) => cell.replace(/[\t\r\n]/g, " ")).join("\t"));
  const unique = [...new Set(lines)].sort();
  writeFileSync(join(out, name), `${[HEAD, ...unique].join("\n")}\n`);
  console.log(`${name}: ${unique.length} rows`);
}

const intelRows = intel();
const smashedRows = smashed();
const known = new Set(
  [...intelRows, ...smashedRows].filter((row) => row.scope === "domain").map((row) => row.host),
);
const maltrailRows = maltrail(known);
const without = sharedByPools([...intelRows, ...smashedRows, ...maltrailRows]);
write("intel.tsv", intelRows, without);
write("smashed.tsv", smashedRows, without);
write("maltrail.tsv", maltrailRows, without);
console.log(`addresses of several pools left out: ${[...without].join(" ") || "none"}`);
