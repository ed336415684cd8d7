/** Networks whose blocks are written as Bitcoin's are.
 *
 *  Source: `chainparams.cpp` (`pchMessageStart`, `base58Prefixes`, `bech32_hrp`, `nSubsidyHalvingInterval`,
 *  `hashGenesisBlock`) of the program that each row names.
 *  Limits: Bitcoin Cash shares Bitcoin's genesis, and its programs write block files with Bitcoin's magic
 *  (`diskMagic`), so that such files are told as Bitcoin's; its own magic stands on the wire alone.
 */
export interface BitcoinNetwork {
  readonly id: string;
  /** Ticker, lower case. A test network's coins are its parent's in name only: they have no price. */
  readonly coin: string;
  readonly isTest: boolean;
  readonly name: string;
  /** The four bytes before each block, the first of them most significant. */
  readonly magic: number;
  /** Version bytes of Base58Check addresses, and the human-readable part of segwit ones. */
  readonly p2pkh: number;
  readonly p2sh: number;
  readonly hrp: string | null;
  readonly halvingBlocks: number;
  /** What a block made before the first halving; null where it was no fixed amount. */
  readonly subsidySats: bigint | null;
  /** As explorers print it. */
  readonly genesis: string;
  /** The hash that has to be small. Blocks are named by their header's hash256 but where this is X11. */
  readonly work: "sha256d" | "scrypt" | "x11";
  readonly source: string;
}

const FIRST_SUBSIDY = 50n * 100_000_000n;
const CORE = "Bitcoin Core src/kernel/chainparams.cpp";
const TEST_FORMS = { coin: "btc", isTest: true, p2pkh: 0x6f, p2sh: 0xc4, work: "sha256d" } as const;

export const BITCOIN_NETWORKS: readonly BitcoinNetwork[] = [
  {
    id: "btc",
    coin: "btc",
    isTest: false,
    name: "Bitcoin",
    magic: 0xf9beb4d9,
    p2pkh: 0x00,
    p2sh: 0x05,
    hrp: "bc",
    halvingBlocks: 210_000,
    subsidySats: FIRST_SUBSIDY,
    genesis: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
    work: "sha256d",
    source: `${CORE}, CMainParams`,
  },
  {
    ...TEST_FORMS,
    id: "btc-testnet3",
    name: "Bitcoin testnet3",
    magic: 0x0b110907,
    hrp: "tb",
    halvingBlocks: 210_000,
    subsidySats: FIRST_SUBSIDY,
    genesis: "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943",
    source: `${CORE}, CTestNetParams`,
  },
  {
    ...TEST_FORMS,
    id: "btc-testnet4",
    name: "Bitcoin testnet4",
    magic: 0x1c163f28,
    hrp: "tb",
    halvingBlocks: 210_000,
    subsidySats: FIRST_SUBSIDY,
    genesis: "00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043",
    source: `${CORE}, CTestNet4Params`,
  },
  {
    ...TEST_FORMS,
    id: "btc-signet",
    name: "Bitcoin signet",
    // Of the default challenge; a signet with its own challenge has its own magic.
    magic: 0x0a03cf40,
    hrp: "tb",
    halvingBlocks: 210_000,
    subsidySats: FIRST_SUBSIDY,
    genesis: "00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6",
    source: `${CORE}, SigNetParams`,
  },
  {
    ...TEST_FORMS,
    id: "btc-regtest",
    name: "Bitcoin regtest",
    magic: 0xfabfb5da,
    hrp: "bcrt",
    halvingBlocks: 150,
    subsidySats: FIRST_SUBSIDY,
    genesis: "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206",
    source: `${CORE}, CRegTestParams`,
  },
  {
    id: "ltc",
    coin: "ltc",
    isTest: false,
    name: "Litecoin",
    magic: 0xfbc0b6db,
    p2pkh: 0x30,
    p2sh: 0x32,
    hrp: "ltc",
    halvingBlocks: 840_000,
    subsidySats: FIRST_SUBSIDY,
    genesis: "12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2",
    work: "scrypt",
    source: "Litecoin Core src/chainparams.cpp, CMainParams",
  },
  {
    id: "doge",
    coin: "doge",
    isTest: false,
    name: "Dogecoin",
    magic: 0xc0c0c0c0,
    p2pkh: 0x1e,
    p2sh: 0x16,
    hrp: null,
    halvingBlocks: 100_000,
    // Up to block 144,999 a block made a random amount.
    subsidySats: null,
    genesis: "1a91e3dace36e2be3bf030a65679fe821aa1d6ef92e7c9902eb318182c355691",
    work: "scrypt",
    source: "Dogecoin Core src/chainparams.cpp, CMainParams",
  },
  {
    id: "dash",
    coin: "dash",
    isTest: false,
    name: "Dash",
    magic: 0xbf0c6bbd,
    p2pkh: 0x4c,
    p2sh: 0x10,
    hrp: null,
    halvingBlocks: 210_240,
    // It falls by a fourteenth at each interval, and the first depended on the difficulty.
    subsidySats: null,
    genesis: "00000ffd590b1485b3caadc19b22e6379c733355108f107a430458cdf3407ab6",
    work: "x11",
    source: "Dash Core src/chainparams.cpp, CMainParams",
  },
];

const BY_ID: ReadonlyMap<string, BitcoinNetwork> = new Map(BITCOIN_NETWORKS.map((row) => [row.id, row]));
const BY_MAGIC: ReadonlyMap<number, BitcoinNetwork> = new Map(
  BITCOIN_NETWORKS.map((row) => [row.magic, row]),
);

/** The network of this id, or null. */
export function networkById(id: string): BitcoinNetwork | null {
  return BY_ID.get(id) ?? null;
}

/** The network whose blocks these four bytes precede, the first most significant; or null. */
export function networkByMagic(magic: number): BitcoinNetwork | null {
  return BY_MAGIC.get(magic) ?? null;
}

/** Halvings after which nothing is left to halve, and a shift would wrap. */
const MAX_HALVINGS = 64;

/** What a block of this height may make besides its fees; null where the network has no such rule.
 *
 *  Source: Bitcoin Core src/validation.cpp, GetBlockSubsidy.
 */
export function subsidySats(network: BitcoinNetwork, height: number): bigint | null {
  if (network.subsidySats === null) return null;
  const halvings = Math.floor(height / network.halvingBlocks);
  return halvings >= MAX_HALVINGS ? 0n : network.subsidySats >> BigInt(halvings);
}
