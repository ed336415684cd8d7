import type { Loose, LooseObject } from "../../../bytes/loose-json.ts";
import { splitLogin } from "../../../bytes/mining-login.ts";
import type { ConfiguredPool } from "../../../model/host-record.ts";
import { isMinedAlgorithm, POOL_SCHEME } from "../../../tables/miner-flags.ts";
import { loadPools } from "../../../tables/pools.ts";

/** A miner's settings, as a tree of names and values tells them. */
export interface MinerSettings {
  /** null when the names do not tell. */
  readonly software: string | null;
  readonly pools: readonly ConfiguredPool[];
  readonly logFile: string | null;
}

const MAX_POOLS = 100;
const MAX_OBJECTS = 2_000;

const POOL_KEYS = ["url", "pool", "pool_address", "POOL", "pool1", "rigpool", "server"];
const USER_KEYS = ["user", "wallet", "wallet_address", "WALLET", "username", "address"];
const WORKER_KEYS = ["rig-id", "rig_id", "worker", "WORKER", "worker_name", "rigName"];
const ALGORITHM_KEYS = ["algo", "algorithm", "ALGO"];
const COIN_KEYS = ["coin", "currency", "COIN"];
const LOG_KEYS = ["log-file", "log_file", "output_file", "log-path", "access-log-file"];

/** Which program's settings have these names, the most telling first.
 *
 *  Source: src/config.json of xmrig 2 to 6 and xmrig-proxy 6, config.tpl and pools.tpl of xmr-stak 2.10,
 *  config_example of T-Rex 0.26, cpuminer-conf.json of cpuminer-multi, ccminer.conf of ccminer 2.3,
 *  example.conf of cgminer 4.11, user_config.json of lolMiner 1.x, SRBMiner-Multi's pools.txt.
 */
const TELLING: readonly { readonly software: string; readonly names: readonly string[] }[] = [
  { software: "xmr-stak", names: ["pool_list", "pool_address", "pool_weight"] },
  { software: "xmrig-proxy", names: ["custom-diff", "access-log-file", "bind", "custom-diff-stats"] },
  {
    software: "xmrig",
    names: ["donate-level", "donate-over-proxy", "randomx", "max-threads-hint", "max-cpu-usage"],
  },
  {
    software: "t-rex",
    names: ["pci-indexing", "ab-indexing", "lhr-tune", "api-bind-http", "validate-shares"],
  },
  { software: "cgminer", names: ["api-listen", "gpu-threads", "expiry", "scan-time", "bitmain-freq"] },
  { software: "ccminer", names: ["intensity", "api-bind", "max-log-rate", "cpu-mining"] },
  { software: "lolminer", names: ["POOL", "WALLET", "APIPORT", "DIGITS"] },
  { software: "srbminer", names: ["pool_use_tls", "job_timeout", "max_difficulty"] },
  { software: "nbminer", names: ["no-watchdog", "fidelity-timeframe", "temperature-limit"] },
];
/** Names that only miners have; together with an address they are enough. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  ...["donate-level", "donate-over-proxy", "randomx", "rig-id", "nicehash", "max-threads-hint", "huge-pages"],
  ...["pool_list", "pool_weight", "wallet_address", "rig_id", "use_nicehash", "cn/0", "rx/0", "cn-lite/0"],
  ...["ab-indexing", "lhr-tune", "gpu-threads", "pool_use_tls", "WALLET", "bitmain-freq", "rigName"],
]);

/** What a tree says of mining; null when it is no miner's.
 *
 *  Errors: none. Limits: as with command lines (`MARK_WEIGHTS`), an address with user and password alone is
 *  no miner's: a scheme of pools, a known pool, a wallet, an algorithm or a name that only miners have must
 *  be there.
 */
export function minerSettings(tree: Loose): MinerSettings | null {
  const objects = objectsIn(tree);
  const [root] = objects;
  if (root === undefined) return null;
  const above = { algorithm: textIn(root, ALGORITHM_KEYS), coin: textIn(root, COIN_KEYS) };
  const pools = objects.flatMap((one) => poolIn(one, above) ?? []).slice(0, MAX_POOLS);
  if (pools.length === 0) return null;
  const names = new Set(objects.flatMap((one) => [...one.keys()]));
  const isMiner = [...names].some((name) => OWN_NAMES.has(name)) || pools.some(isMiningPool);
  if (!isMiner) return null;
  const told = TELLING.find((row) => row.names.some((name) => names.has(name)));
  return { software: told?.software ?? null, pools, logFile: textIn(root, LOG_KEYS) };
}

/** Names of the lists in which pools stand. */
const LISTS: ReadonlySet<string> = new Set(["pools", "pool_list", "Pools"]);

/** The root first, then the objects in it (lolMiner's profiles, XMRig's "cpu"), then the items of its lists
 *  of pools; of a list, its items. Deeper ones are other programs' records of miners, not settings. */
function objectsIn(tree: Loose): LooseObject[] {
  const isObject = (value: Loose): value is LooseObject => value instanceof Map;
  if (Array.isArray(tree)) return tree.filter(isObject).slice(0, MAX_OBJECTS);
  if (!isObject(tree)) return [];
  const inside = [...tree].flatMap(([name, value]): Loose[] => {
    if (Array.isArray(value)) return LISTS.has(name) ? value : [];
    return isObject(value) ? [value] : [];
  });
  return [tree, ...inside.filter(isObject)].slice(0, MAX_OBJECTS);
}

function textIn(object: LooseObject, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = object.get(key);
    if (typeof value === "string" && value !== "") return value;
  }
  return null;
}

const ADDRESS =
  /^(?:[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}|localhost|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?(?:[/?#].*)?$/is;

function poolIn(
  object: LooseObject,
  above: Pick<ConfiguredPool, "algorithm" | "coin">,
): ConfiguredPool | null {
  const written = textIn(object, POOL_KEYS);
  if (written === null || written.length > 300) return null;
  const scheme = /^[a-z0-9+]{2,20}:\/\//i.exec(written)?.[0] ?? "";
  const isPoolScheme = scheme === "" || POOL_SCHEME.test(scheme) || /^(?:tcp|ssl|tls|https?):/i.test(scheme);
  const address = written.slice(scheme.length).replace(/^[^@/]{1,200}@/, "");
  if (!isPoolScheme || !ADDRESS.test(address)) return null;
  const port = object.get("PORT") ?? object.get("port");
  const url =
    typeof port === "number" && !/:\d+$/.test(address) ? `${scheme}${address}:${port}` : scheme + address;
  const login = textIn(object, USER_KEYS);
  // Without a port, a scheme or a user, "url" is any page.
  if (login === null && !/:\d/.test(address) && !POOL_SCHEME.test(scheme)) return null;
  const { wallet, account, worker } = splitLogin(login ?? "", true);
  return {
    url,
    user: wallet?.address ?? account ?? login,
    worker: worker ?? textIn(object, WORKER_KEYS),
    algorithm: textIn(object, ALGORITHM_KEYS) ?? above.algorithm,
    coin: textIn(object, COIN_KEYS) ?? above.coin,
  };
}

function isMiningPool({ url, user, algorithm }: ConfiguredPool): boolean {
  if (POOL_SCHEME.test(url) || (algorithm !== null && isMinedAlgorithm(algorithm))) return true;
  if (splitLogin(user ?? "", true).wallet !== null) return true;
  return loadPools().matchHost(url.replace(/^[a-z0-9+]{2,20}:\/\//i, "").replace(/[:/].*$/s, "")) !== null;
}
