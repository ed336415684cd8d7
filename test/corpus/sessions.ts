/** Who mines in each capture of ../shared/data/pcap/mining, as its own login messages say: read from the
 *  bytes by hand, not by the tool.
 *
 *  Source: yebof/CJ-Sniffer-Dataset (MIT), nesfit, ntop/nDPI (LGPL), NiceHash specifications and
 *  jsiwek/zeek-cryptomining; see pcap/MANIFEST.tsv.
 */
export interface ExpectedSession {
  readonly dialect: string;
  readonly wallet: string | null;
  readonly account: string | null;
  readonly worker: string | null;
  /** How the agent's text begins. */
  readonly agent: string | null;
  /** null: not said. */
  readonly accepted: number | null;
  readonly rejected: number | null;
}

export interface ExpectedCapture {
  readonly file: string;
  /** Every session that counts is one of these; each of these occurs. */
  readonly sessions: readonly ExpectedSession[];
}

const CJ_WALLET =
  "41ymEBmviWTgohYvVCSYzjgH9JsdY98243VeBz9SwrCrheVDVW4JWp4anzVnjMvAgkjBdCK5zB7RFHdGKynV7THLAiNrmY4";

/** CJ-Sniffer: one wallet, eight workers. [capture, worker, agent] */
const CJ_SNIFFER: readonly (readonly [string, string, string])[] = [
  ["1574720899_9M3tc", "Zoey", "XMRig/3.2.0 (Macintosh;"],
  ["1578349600_DSfJl", "Zoey", "XMRig/3.2.0 (Macintosh;"],
  ["1578529652_yUoQZ", "Zoey", "XMRig/3.2.0 (Macintosh;"],
  ["1578804351_x7uHG", "Zoey", "XMRig/3.2.0 (Macintosh;"],
  ["1579224329_7LLzY", "Zoey", "XMRig/3.2.0 (Macintosh;"],
  ["1588049082_Dn6z5", "yebomacbookcpu", "XMRig/3.1.2 (Macintosh;"],
  ["1588106557_Rd6ZK", "yebomacbookcpu", "XMRig/3.1.2 (Macintosh;"],
  ["1588128490_tdAx5", "yebomacbookcpu", "XMRig/3.1.2 (Macintosh;"],
  ["1613757861_D4Ij2", "macbookpro", "XMRig/6.8.1 (Macintosh; macOS; x86_64)"],
  ["1613758595_OSehe", "macbookair", "XMRig/6.8.1 (Macintosh; macOS; arm64)"],
  ["1613759102_1bM5i", "macbookair", "XMRig/6.8.1 (Macintosh; macOS; arm64)"],
  ["1617741719_i6WEA", "macbookpro", "XMRig/6.8.1 (Macintosh; macOS; x86_64)"],
  ["1617834909_dYo3e", "dellg", "XMRig/6.11.1 (Linux x86_64)"],
  ["1617843709_CNiiH", "dellg", "XMRig/6.11.1 (Linux x86_64)"],
  ["1617847135_GP9jX", "dellg", "XMRig/6.11.1 (Linux x86_64)"],
  ["1618213054_3POZq", "macbookpro", "XMRig/6.8.1 (Macintosh; macOS; x86_64)"],
  ["1618213699_ppImi", "desktop", "XMRig/6.11.2 (Windows NT 10.0;"],
  ["1618281776_F9a9C", "desktop", "XMRig/6.11.2 (Windows NT 10.0;"],
  ["1618301296_vpTmY", "desktop", "XMRig/6.11.2 (Windows NT 10.0;"],
  ["1618545037_sDy2u", "dell", "XMRig/6.11.2 (Windows NT 10.0;"],
  ["1619046104_UAjTR", "dell", "XMRig/6.11.2 (Windows NT 10.0;"],
  ["1619161248_k15Ni", "dell", "XMRig/6.11.2 (Windows NT 10.0;"],
  ["1619311474_In6IT", "macbookpro", "XMRig/6.8.1 (Macintosh; macOS; x86_64)"],
  ["1619477075_R7PCd", "panther", "XMRig/6.12.1 (Linux x86_64)"],
  ["1619719026_O7mzZ", "panther", "XMRig/6.12.1 (Linux x86_64)"],
  ["1619812647_8alcB", "panther", "XMRig/6.12.1 (Linux x86_64)"],
];

const labelled: readonly ExpectedCapture[] = CJ_SNIFFER.map(([name, worker, agent]) => ({
  file: `cj-sniffer/${name}.pcap`,
  sessions: [
    {
      dialect: "cryptonote",
      wallet: CJ_WALLET,
      account: null,
      worker,
      agent,
      accepted: null,
      rejected: null,
    },
  ],
}));

const PROBE = { wallet: null, worker: null, accepted: 0, rejected: 0 } as const;

const others: readonly ExpectedCapture[] = [
  {
    file: "ndpi/mining.pcapng",
    sessions: [
      {
        dialect: "eth-getwork",
        wallet: "0x9c99d212f7e5daa18ab50810e0fd255d1f04303b",
        account: null,
        worker: "tester.worker1",
        agent: null,
        accepted: 1,
        rejected: 0,
      },
      {
        dialect: "cryptonote",
        wallet:
          "4BCeEPhodgPMbPWFN1dPwhWXdRX8q4mhhdZdA1dtSMLTLCEYvAj9QXjXAfF7CugEbmfBhgkqHbdgK9b2wKA6nqRZQCgvCDm",
        account: null,
        worker: "ryzen",
        agent: "xmr-stak-cpu/1.3.0-1.5.0",
        accepted: 30,
        rejected: 0,
      },
      {
        dialect: "zcash",
        wallet: "t1fAhZF5aUJdY7CikGULHmeYk7id8qmvbAd",
        account: null,
        worker: "rig4",
        agent: "EWBF 0.3.4b",
        accepted: 45,
        rejected: 1,
      },
      {
        dialect: "zcash",
        wallet: "t1fJuHWrfcWnYMYyP9VAF96vRnvND2NziMG",
        account: null,
        worker: "c1",
        agent: "EWBF 0.3.4b",
        accepted: 1,
        rejected: 0,
      },
    ],
  },
  {
    file: "nesfit/eth-eu1.nanopool.org.pcapng",
    sessions: [
      {
        dialect: "eth-getwork",
        wallet: "0x9c99d212f7e5daa18ab50810e0fd255d1f04303b",
        account: null,
        worker: "kvetak.worker1",
        agent: null,
        accepted: 1,
        rejected: 0,
      },
    ],
  },
  {
    file: "nesfit/pool.eth.pp.ua.pcapng",
    sessions: [
      {
        dialect: "eth-getwork-http",
        wallet: "0x4b999ba68e017854ffb6b494bc2ddb9ef02bd745",
        account: null,
        worker: "OptionalRigName",
        agent: null,
        accepted: 0,
        rejected: 0,
      },
    ],
  },
  {
    file: "nesfit/xmr.suprnova.cc.pcapng",
    sessions: [
      {
        dialect: "cryptonote",
        wallet: null,
        account: "kvetak",
        worker: "worker1",
        agent: "xmr/1.0",
        accepted: 5,
        rejected: 0,
      },
    ],
  },
  {
    file: "nesfit/zec-eu.suprnova.cc.pcapng",
    sessions: [
      {
        dialect: "zcash",
        wallet: null,
        account: "kvetak",
        worker: "worker1",
        agent: "equihashminer",
        accepted: 11,
        rejected: 0,
      },
    ],
  },
  {
    file: "nicehash/dwarf_s.pcapng",
    sessions: [
      {
        dialect: "eth-getwork",
        wallet: "0x512ee0989a7ec0382365f824f9b620de312fd212",
        account: null,
        // The message's own field "worker" repeats the address.
        worker: "0x512ee0989a7ec0382365f824f9b620de312fd212",
        agent: null,
        accepted: 1,
        rejected: 3,
      },
    ],
  },
  {
    file: "zeek-cryptomining/bitcoin-mining.pcap",
    sessions: [{ ...PROBE, dialect: "stratum-v1", account: "broatcast", agent: "bfgminer/5.2.0" }],
  },
  {
    file: "nesfit/cgminer.s0.pcapng",
    sessions: [{ ...PROBE, dialect: "stratum-v1", account: "Bitcoin", agent: "cgminer/3.7.2" }],
  },
  {
    file: "nesfit/cgminer.s1.pcapng",
    sessions: [{ ...PROBE, dialect: "stratum-v1", account: "Bitcoin", agent: "cgminer/3.7.2" }],
  },
  {
    file: "nesfit/cgminer.g0.pcapng",
    sessions: [{ ...PROBE, dialect: "stratum-v1", account: "Bitcoin", agent: "cgminer/3.7.2" }],
  },
];

export const CAPTURES: readonly ExpectedCapture[] = [...labelled, ...others];

/** Captures of probes, in which many sessions differ and nothing was mined. */
export const PROBES: ReadonlySet<string> = new Set(
  others
    .filter(({ file }) => file.includes("cgminer") || file.includes("bitcoin-mining"))
    .map(({ file }) => file),
);
