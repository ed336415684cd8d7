import { join } from "node:path";
import { untilOf } from "../../src/cli/kinds.ts";
import type { Case } from "../../src/model/case.ts";
import type { Revenue, RevenueCount } from "../../src/model/follow-case.ts";
import { follow } from "../../src/run/follow/follow.ts";
import type { FollowOptions } from "../../src/run/follow/options.ts";

/** What came of one real question about money. */
export interface MoneyMeasured {
  readonly name: string;
  readonly seconds: number;
  /** What was found, as "what = figure". */
  readonly figures: readonly string[];
  /** Figures that are not what is known. */
  readonly faults: readonly string[];
}

/** Options of a run that is asked nothing special. */
export const PLAIN: Omit<FollowOptions, "chain" | "seeds"> = {
  policies: ["fifo"],
  direction: "forward",
  followFees: true,
  until: { height: null, micros: null, asked: null },
  minDirtySats: 546n,
  chosen: new Map(),
  tags: [],
  byCluster: false,
  swaps: [],
  demands: [],
  asOf: null,
  into: null,
  caseNumber: null,
  examiner: null,
  dataFolder: null,
  cacheFolder: null,
  signal: null,
  onProgress: null,
};

interface Question {
  readonly name: string;
  readonly options: (folder: string) => Pick<FollowOptions, "chain" | "seeds"> & Partial<FollowOptions>;
  /** What is asked of the case → what is known. */
  readonly known: readonly (readonly [what: string, found: (of: Case) => string, known: string])[];
}

const WANNACRY = [
  "btc:13AM4VW2dhxYgXeQepoHkHSQuy6NgaEb94",
  "btc:12t9YDPgwueZ9NyMgw519p7AA8isjr6SMw",
  "btc:115p7UMMngoj1pMvkpHijcRdfJNXj6LrLn",
];
const WANNACRY_1 = ["btc:1QAc9S5EmycqjzzWDc1yiWzr9jJLC8sLiY", "btc:15zGqZCTcys6eCjDkE3DypCjXi6QWRV6V1"];
const FINNEY = "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16";
const BLOCK_9 = "0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9";

const list = (folder: string): string => `slice:${join(folder, "addresses", "ransomwhere-export-2022.json")}`;

function until(asked: string): FollowOptions["until"] {
  const found = untilOf(asked);
  if (found === null) throw new RangeError(asked);
  const height = "height" in found ? found.height : null;
  return { height, micros: "micros" in found ? found.micros : null, asked };
}

const revenue = (of: Case): Revenue | undefined => of.revenues[0];
const count = (of: Case, id: RevenueCount["id"]): RevenueCount | undefined =>
  revenue(of)?.counts.find((one) => one.id === id);
const counted =
  (id: RevenueCount["id"]) =>
  (of: Case): string => {
    const { transactions, outputs, sats } = count(of, id) ?? { transactions: 0, outputs: 0, sats: "0" };
    return `${transactions} transactions, ${outputs} outputs, ${(Number(sats) / 1e8).toFixed(8)} BTC`;
  };
const usd =
  (id: RevenueCount["id"], moment: string, price: "open" | "close") =>
  (of: Case): string =>
    String(count(of, id)?.worth.find((worth) => worth.moment === moment)?.[price] ?? null);
const swapped =
  (from: string, to: string) =>
  (of: Case): string => {
    const swaps = of.swaps.filter((one) => one.from.coin === from && one.to.coin === to);
    const sum = (side: "from" | "to"): string =>
      swaps.reduce((all, swap) => all + Number(swap[side].amount), 0).toFixed(8);
    return `${swaps.length} swaps, ${sum("from")} → ${sum("to")}`;
  };
const cautioned =
  (words: string) =>
  (of: Case): string =>
    String(revenue(of)?.cautions.some(({ says }) => says.includes(words)) ?? false);

const QUESTIONS: readonly Question[] = [
  {
    name: "WannaCry 2.0 up to its cash-out",
    options: (folder) => ({
      seeds: WANNACRY,
      chain: list(folder),
      until: until("2017-08-03T03:30Z"),
      asOf: "2017-08-03",
    }),
    known: [
      ["all receipts", counted("all"), "333 transactions, 352 outputs, 51.92690943 BTC"],
      ["worth at daily closes", usd("all", "receipt", "close"), "94746.59"],
      ["worth on the day, open", usd("all", "as-of", "open"), "140699.08"],
      ["worth on the day, close", usd("all", "as-of", "close"), "145640.96"],
      ["ransom-sized", counted("ransom-sized"), "232 transactions, 233 outputs, 47.06675616 BTC"],
      ["ransom-sized at daily closes", usd("ransom-sized", "receipt", "close"), "85728.23"],
    ],
  },
  {
    name: "WannaCry 1.0, and the swaps of both",
    options: (folder) => ({
      seeds: WANNACRY_1,
      chain: list(folder),
      until: until("2017-07-19T09:31:59Z"),
      swaps: ["nickbax-wannashift.json", "nickbax-xmr_to_bch_transactions.json"].map((name) =>
        join(folder, "wannacry", name),
      ),
    }),
    known: [
      ["all receipts", counted("all"), "19 transactions, 19 outputs, 4.69089149 BTC"],
      ["BTC to XMR", swapped("btc", "xmr"), "8 swaps, 13.53572133 → 820.79942522"],
      ["XMR to BCH", swapped("xmr", "bch"), "8 swaps, 478.00000000 → 69.51394566"],
    ],
  },
  {
    name: "Locky, with transfers within the family told by their amount",
    options: (folder) => ({ seeds: ["family:Locky"], chain: list(folder) }),
    known: [
      ["all receipts", counted("all"), "7874 transactions, 10411 outputs, 30032.54376795 BTC"],
      ["lower bound", counted("without-internal"), "7855 transactions, 9889 outputs, 15319.07993311 BTC"],
      ["set apart", counted("excluded"), "19 transactions, 522 outputs, 14713.46383484 BTC"],
      ["the filter is named as one", cautioned("only amounts far beyond"), "true"],
    ],
  },
  {
    name: "Razy, whose address is older than it",
    options: (folder) => ({ seeds: ["family:Razy"], chain: list(folder) }),
    known: [
      ["all receipts", counted("all"), "1783 transactions, 1787 outputs, 29679.59947496 BTC"],
      ["lower bound", counted("without-internal"), "0 transactions, 0 outputs, 0.00000000 BTC"],
      ["flagged", cautioned("years before it is first known"), "true"],
      ["dollars where the list says 0", usd("all", "receipt", "close"), "3488678.36"],
    ],
  },
  {
    name: "Block 9's coins up to block 170",
    options: (folder) => ({
      seeds: [`btc:${BLOCK_9}:0`],
      chain: `blocks:${join(folder, "blocks", "jeffchan-blk00000.dat")}`,
      until: until("170"),
    }),
    known: [
      [
        "who has them",
        ({ traces: [trace] }) =>
          (trace?.outputs ?? []).map((one) => `${one.txid}:${one.vout} ${one.dirtySats}`).join(", "),
        `${FINNEY}:1 4000000000, ${FINNEY}:0 1000000000`,
      ],
    ],
  },
];

/** @param folder shared/data/chain */
export async function measureMoney(folder: string): Promise<MoneyMeasured[]> {
  const measured: MoneyMeasured[] = [];
  for (const { name, options, known } of QUESTIONS) {
    const started = performance.now();
    const { case: found } = await follow({ ...PLAIN, ...options(folder) });
    const rows = known.map(([what, of, expected]) => ({ what, says: of(found), expected }));
    measured.push({
      name,
      seconds: (performance.now() - started) / 1000,
      figures: rows.map(({ what, says }) => `${what} = ${says}`),
      faults: rows
        .filter(({ says, expected }) => says !== expected)
        .map(({ what, says, expected }) => `${what} = ${says}, known is ${expected}`),
    });
  }
  return measured;
}
