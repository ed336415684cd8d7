import { wordsOf } from "./words-of.ts";

/** What an argument of a miner says. */
export type FlagRole =
  | "pool"
  | "port"
  | "user"
  | "userpass"
  | "pass"
  | "worker"
  | "algorithm"
  | "coin"
  | "config";

/** Flags whose value tells something, by role.
 *
 *  Source: `--help` of XMRig 6.21 and xmrig-proxy 6.20, xmr-stak 2.10, cpuminer-multi 1.3 and ccminer 2.3,
 *  ethminer 0.19, Claymore 15 and PhoenixMiner 6.2 (single dash), lolMiner 1.9, T-Rex 0.26, NBMiner 42,
 *  GMiner 3.4, SRBMiner-Multi 2.4, TeamRedMiner 0.10, P2Pool 4.
 *  Limits: most of them belong to other programs too ("rsync -a -u"): alone they prove nothing.
 */
const ROLES: Readonly<Record<FlagRole, string>> = {
  pool:
    "-o --url -P --pool -pool -epool -zpool -xpool -tpool -F -s --server -uri --pool-address " +
    "--host --stratum",
  port: "--port -port --pool-port",
  user: "-u --user -wal -ewal -zwal -xwal --wallet -wallet --address --username --start-mining",
  userpass: "-O --userpass",
  pass: "-p --pass --password -psw -epsw -zpsw",
  worker: "--rig-id --rigid -r -worker -eworker -zworker --worker -w --worker-name",
  algorithm: "-a --algo -algo --algorithm -A --cryptonight-algo",
  coin: "--coin -coin --currency",
  config: "-c --config --poolconf -C",
};

const BY_FLAG: ReadonlyMap<string, FlagRole> = new Map(
  Object.entries(ROLES).flatMap(([role, flags]) =>
    // cast: the keys of the table are roles.
    flags.split(" ").map((flag) => [flag, role as FlagRole] as const),
  ),
);

export function flagRole(flag: string): FlagRole | null {
  return BY_FLAG.get(flag) ?? null;
}

/** Flags that no other kind of program has. Sources as above. */
const OWN_FLAGS: ReadonlySet<string> = new Set(
  wordsOf(`
    --donate-level --donate-over-proxy --cpu-max-threads-hint --cpu-priority --cpu-no-yield
    --max-cpu-usage --nicehash --rig-id --huge-pages-jit --no-huge-pages --argon2-impl
    --cpu-memory-pool --cpu-argon2-impl --health-print-time --api-worker-id --opencl-devices
    --cuda-devices --cuda-loader --opencl-loader --self-select --submit-to-origin --tls-fingerprint
    --rotation-interval --custom-diff --access-log-file --nouac --nocpu --noamd --nonvidia
    --poolconf --cpuconf --amdconf --nvidiaconf --benchblock --farm-recheck --work-timeout
    --dag-load-mode --report-hashrate --cl-local-work --cuda-grid-size -epool -ewal -epsw -eworker
    -esm -eres -dcri -allpools -allcoins -zpool -zwal -zpsw -mport -ftime -wdog --ethstratum
    --devfee --disable-gpu --disable-cpu --gpu-boost --algo-min-time --disable-gpu-watchdog
    --cpu-threads-priority --randomx-use-1gb-pages --stratum-protocol --start-mining
    --bg-mining-enable --p2pool --light-mode --nodevfee
  `),
);

export function isOwnFlag(flag: string): boolean {
  const lower = flag.toLowerCase();
  return OWN_FLAGS.has(lower) || lower.startsWith("--randomx-");
}

/** Names of algorithms that are mined, as miners take them behind `--algo`.
 *
 *  Source: xmrig.com/docs/algorithms; `--help` of ccminer 2.3, cpuminer-opt 3.20, lolMiner 1.9, T-Rex 0.26.
 */
const ALGORITHMS: ReadonlySet<string> = new Set(
  wordsOf(`
    allium astrobwt autolykos autolykos2 beamhash bitcore blake3 cryptonight cuckaroo cuckatoo
    cuckoo curvehash dero dmd-gr dynexsolve eaglesong equihash equihash_144_5 etchash ethash firopow
    groestl heavyhash hmq1725 karlsenhash kawpow keccakc kheavyhash lyra2 lyra2re lyra2rev2 lyra2v2
    lyra2v3 lyra2z lyra2z330 m7m minotaur minotaurx mtp myr-gr neoscrypt nexapow octopus phi phi2
    power2b progpow progpowz pufferfish2bmb pyrinhash qhash quark qubit randomx scrypt sha256d
    sha256t sha512256d skein skein2 sonoa spectrex tribus ubqhash verthash verus verushash x11 x12
    x13 x14 x15 x16 x16r x16rv2 x16s x17 x21s x25x xelishash yescrypt yescryptr16 yescryptr32
    yescryptr8 yespower yespowerr16 zelhash zhash
  `),
);
/** "rx/0", "cn-heavy/xhv", "argon2/chukwav2", "equihash/192,7", "cryptonight-lite", "gr". */
const FAMILY =
  /^(?:rx|cn|argon2|panthera|ghostrider|gr|flex|equihash|beamhash|cuckoo)(?:[-/]|$)|^cryptonight/;

export function isMinedAlgorithm(text: string): boolean {
  const lower = text.length <= 40 ? text.toLowerCase() : "";
  return ALGORITHMS.has(lower) || FAMILY.test(lower);
}

/** Schemes of pool URLs: stratum in its spellings, and those of ethminer and its kin.
 *  Source: ethminer 0.19 docs/POOL_EXAMPLES_ETH.md; XMRig src/base/net/stratum/Url.cpp; NBMiner readme. */
export const POOL_SCHEME =
  /^(?:stratums?[12]?(?:\+\w{3,5})?|(?:ethproxy|nicehash|ethnh|daemon)\+\w{3,5}):\/\//i;
