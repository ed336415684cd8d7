/** A program that mines, or joins miners to a pool.
 *
 *  Shape: `names` are those of its executables in lower case, without version, platform and ".exe"; `config`
 *  and `logs` are the file names that it uses when nothing else is said; `needs` is an argument without which
 *  it does not mine.
 */
export interface MinerRow {
  readonly id: string;
  readonly title: string;
  readonly names: readonly string[];
  readonly config: readonly string[];
  readonly logs: readonly string[];
  readonly needs?: string;
  readonly source: string;
}

/** Miners by the names of their executables.
 *
 *  Source: each project's own repository and release archives, as named in the row.
 *  Limits: intruders rename their miners; a name proves little and its absence nothing. "miner" (GMiner) and
 *  "rigel" name other programs too and count only beside other marks.
 */
export const MINERS: readonly MinerRow[] = [
  {
    id: "xmrig",
    title: "XMRig",
    names: [
      "xmrig",
      "xmrig-notls",
      "xmrig-nvidia",
      "xmrig-amd",
      "xmrig-cuda",
      "xmrig-mo",
      "moxmrig",
      "cnrig",
    ],
    config: ["config.json", ".xmrig.json", "xmrig.json"],
    logs: ["xmrig.log"],
    source: "github.com/xmrig/xmrig, src/base/kernel/config/BaseTransform.cpp and src/config.json",
  },
  {
    id: "xmrig-cc",
    title: "XMRigCC",
    names: ["xmrigdaemon", "xmrigminer", "xmrigserver", "xmrigccserver"],
    config: ["config.json", "config_cc.json"],
    logs: [],
    source: "github.com/Bendr0id/xmrigCC, README",
  },
  {
    id: "xmrig-proxy",
    title: "xmrig-proxy",
    names: ["xmrig-proxy"],
    config: ["config.json"],
    logs: ["proxy.log"],
    source: "github.com/xmrig/xmrig-proxy, src/config.json",
  },
  {
    id: "xmr-stak",
    title: "xmr-stak",
    names: ["xmr-stak", "xmr-stak-cpu", "xmr-stak-rx", "xmr-stak-nvidia", "xmr-stak-amd"],
    config: ["pools.txt", "config.txt", "cpu.txt", "nvidia.txt", "amd.txt"],
    logs: [],
    source: "github.com/fireice-uk/xmr-stak, xmrstak/cli/cli-miner.cpp",
  },
  {
    id: "cpuminer",
    title: "cpuminer",
    names: ["minerd", "cpuminer", "cpuminer-multi", "cpuminer-opt", "sugarmaker"].concat(
      ["sse2", "sse42", "aes-sse42", "avx", "avx2", "avx2-sha", "avx512", "zen", "aes-avx"].map(
        (built) => `cpuminer-${built}`,
      ),
    ),
    config: ["cpuminer-conf.json", "cpuminer.conf"],
    logs: [],
    source:
      "github.com/pooler/cpuminer, github.com/tpruvot/cpuminer-multi and JayDDee/cpuminer-opt, cpu-miner.c",
  },
  {
    id: "ccminer",
    title: "ccminer",
    names: ["ccminer", "ccminer-x64", "ccminer-verus"],
    config: ["ccminer.conf"],
    logs: [],
    source: "github.com/tpruvot/ccminer, ccminer.cpp",
  },
  {
    id: "cgminer",
    title: "cgminer, sgminer or bfgminer",
    names: ["cgminer", "sgminer", "bfgminer", "bmminer"],
    config: ["cgminer.conf", "sgminer.conf", "bfgminer.conf"],
    logs: [],
    source: "github.com/ckolivas/cgminer, README",
  },
  {
    id: "ethminer",
    title: "ethminer",
    names: ["ethminer", "kawpowminer", "serominer", "ubqminer", "energiminer", "progpowminer"],
    config: [],
    logs: [],
    source: "github.com/ethereum-mining/ethminer, docs/POOL_EXAMPLES_ETH.md",
  },
  {
    id: "claymore",
    title: "Claymore's miner",
    names: ["ethdcrminer64", "nscpucnminer64", "nscpucnminer32", "nsgpucnminer", "zecminer64"],
    config: ["epools.txt", "dpools.txt", "config.txt"],
    logs: ["log.txt"],
    source: "Claymore's Dual Ethereum Miner v15, Readme",
  },
  {
    id: "phoenixminer",
    title: "PhoenixMiner",
    names: ["phoenixminer"],
    config: ["epools.txt", "config.txt"],
    logs: [],
    source: "PhoenixMiner 6.2c, Readme",
  },
  {
    id: "t-rex",
    title: "T-Rex",
    names: ["t-rex", "trex"],
    config: ["t-rex.json"],
    logs: ["t-rex.log"],
    source: "github.com/trexminer/T-Rex, README",
  },
  {
    id: "lolminer",
    title: "lolMiner",
    names: ["lolminer"],
    config: ["lolminer.cfg", "user_config.json"],
    logs: [],
    source: "github.com/Lolliedieb/lolMiner-releases, README",
  },
  {
    id: "nbminer",
    title: "NBMiner",
    names: ["nbminer"],
    config: ["config.json"],
    logs: [],
    source: "github.com/NebuTech/NBMiner, readme.md",
  },
  {
    id: "gminer",
    title: "GMiner",
    names: ["gminer"],
    config: ["sample_config.txt"],
    logs: [],
    source: "github.com/develsoftware/GMinerRelease, README",
  },
  {
    id: "srbminer",
    title: "SRBMiner",
    names: ["srbminer-multi", "srbminer", "srbminer-cn"],
    config: ["pools.txt", "config.txt"],
    logs: [],
    source: "github.com/doktor83/SRBMiner-Multi, Readme.txt",
  },
  {
    id: "teamredminer",
    title: "TeamRedMiner",
    names: ["teamredminer"],
    config: [],
    logs: ["trm.log"],
    source: "github.com/todxx/teamredminer, USAGE.txt",
  },
  {
    id: "nanominer",
    title: "nanominer",
    names: ["nanominer"],
    config: ["config.ini"],
    logs: [],
    source: "github.com/nanopool/nanominer, README",
  },
  {
    id: "equihash-miner",
    title: "EWBF, Bminer, nheqminer or zm",
    names: ["bminer", "nheqminer", "miniz", "zm_miner", "ewbf"],
    config: ["miner.cfg"],
    logs: [],
    source: "www.bminer.me/references, github.com/nicehash/nheqminer README",
  },
  {
    id: "other-miner",
    title: "another miner",
    names: [
      "wildrig-multi",
      "onezerominer",
      "bzminer",
      "tnn-miner",
      "astrominer",
      "deroluna",
      "dero-miner-linux-amd64",
      "hellminer",
      "verthashminer",
      "xmr-btc-miner",
      "jce_cn_cpu_miner64",
      "jce_cn_cpu_miner32",
      "cast_xmr-vega",
      "yam-yvg1900",
      "minergate-cli",
      "xtlminer",
      "webchain-miner",
      "qli-client",
      "qli-runner",
      "nqpowminer",
      "spectre-miner",
    ],
    config: [],
    logs: [],
    source: "release archives of the named miners",
  },
  {
    id: "p2pool",
    title: "P2Pool",
    names: ["p2pool"],
    config: ["params.conf"],
    logs: ["p2pool.log"],
    source: "github.com/SChernykh/p2pool, docs/COMMAND_LINE.MD",
  },
  {
    id: "monerod",
    title: "monerod",
    names: ["monerod"],
    config: ["bitmonero.conf"],
    logs: ["bitmonero.log"],
    needs: "--start-mining",
    source: "github.com/monero-project/monero, src/daemon/command_line_args.h",
  },
];

const BY_NAME: ReadonlyMap<string, MinerRow> = new Map(
  MINERS.flatMap((miner) => miner.names.map((name) => [name, miner] as const)),
);

/** "xmrig-6.21.0", "xmrig_v6.3", "xmrig-linux-amd64", "xmrig64". */
const BUILT_AS = new RegExp(
  "(?:[-_.]?v?\\d[\\d.]{0,12}|[-_](?:linux|win|win64|windows|musl|static|amd64|x64|x86_64|x86|i686" +
    "|arm64|aarch64|arm|armv7|gcc|msvc|new|old))$",
);

/** The miner whose executable is called so; null when none is.
 *
 *  Shape: `name` as `programName` gives it. Version and platform at its end do not matter, and neither does
 *  an ending that makes it a script ("xmrig.sh").
 */
export function minerNamed(name: string): MinerRow | null {
  let rest = name.slice(0, 100).replace(/\.(?:sh|py|jar|bin|elf|js|bat|cmd)$/, "");
  for (let cuts = 0; cuts < 5; cuts += 1) {
    const found = BY_NAME.get(rest);
    if (found !== undefined) return found;
    const shorter = rest.replace(BUILT_AS, "");
    if (shorter === rest) return null;
    rest = shorter;
  }
  return null;
}

/** The miner whose settings or log are called so; null where several or none use the name. */
export function minerOfFile(name: string): MinerRow | null {
  const [only, ...more] = MINERS.filter(({ config, logs }) => config.includes(name) || logs.includes(name));
  return more.length > 0 ? null : (only ?? null);
}

export function minerTitle(id: string): string {
  return MINERS.find((miner) => miner.id === id)?.title ?? id;
}

/** Scripts of pools and of miners' authors that set a miner up.
 *  Source: github.com/C3Pool/xmrig_setup, github.com/MoneroOcean/xmrig_setup. */
export const INSTALLER = /^(?:setup|install)[-_\w]{0,40}(?:miner|xmrig|mining)[-_\w]{0,20}\.(?:sh|bat|ps1)$/;
