import type { Revenue, RevenueCount } from "../../../src/model/follow-case.ts";
import { bytesAt } from "../../../src/model/place.ts";
import type { Worth } from "../../../src/model/worth.ts";

const ADDRESSES = [
  "13AM4VW2dhxYgXeQepoHkHSQuy6NgaEb94",
  "12t9YDPgwueZ9NyMgw519p7AA8isjr6SMw",
  "115p7UMMngoj1pMvkpHijcRdfJNXj6LrLn",
] as const;

const FIRST = "2017-05-12T11:08:21.000000Z";
const LAST = "2017-08-02T21:25:33.000000Z";

const worth = (close: number, source: string): Worth => ({
  moment: "receipt",
  currency: "usd",
  open: Math.round(close * 0.987),
  high: Math.round(close * 1.021),
  low: Math.round(close * 0.962),
  close,
  date: null,
  coveredShare: 1,
  source,
});

const counted = (
  id: RevenueCount["id"],
  [transactions, outputs]: readonly [number, number],
  [sats, close, says]: readonly [string, number, string],
): RevenueCount => ({
  id,
  says,
  transactions,
  outputs,
  sats,
  first: FIRST,
  last: LAST,
  worth: [worth(close, "market/btc.csv")],
});

/** What came in at the addresses of WannaCry 2.0 until they were emptied, with the figures that are known. */
export function wannaCry(): Revenue {
  const days = [
    ["2017-05-12", 28, 29, "507056509", 8742.91],
    ["2017-05-13", 68, 71, "1020254443", 17_970.02],
    ["2017-05-14", 31, 33, "568045902", 10_106.3],
    ["2017-05-15", 80, 89, "1381494150", 23_985.1],
    ["2017-05-16", 34, 34, "512400000", null],
  ] as const;
  return {
    id: "r1",
    about: "WannaCry",
    addresses: ADDRESSES,
    until: "2017-08-03T03:30:00.000000Z",
    counts: [
      counted("all", [333, 352], ["5192690943", 94_746.59, "all that came in"]),
      counted("ransom-sized", [232, 233], ["4706675616", 85_728.23, "outputs of 250–350 or 500–700 USD"]),
      counted("without-internal", [331, 350], ["5190011201", 94_699.12, "without transfers of their own"]),
      counted("excluded", [101, 119], ["486015327", 9018.36, "left out of the lower bound"]),
    ],
    bound: "ransom-sized",
    excluded: [
      {
        rule: "other-size",
        says: "not the size of a ransom",
        transactions: 99,
        outputs: 117,
        sats: "483335585",
      },
      {
        rule: "internal",
        says: "sent by one of the addresses itself",
        transactions: 2,
        outputs: 2,
        sats: "2679742",
      },
    ],
    byAddress: ADDRESSES.map((address, at) => ({
      address,
      outputs: [128, 112, 112][at] ?? 0,
      sats: ["1974510304", "1777113037", "1441067602"][at] ?? "0",
      first: FIRST,
      last: LAST,
    })),
    byDay: days.map(([date, transactions, outputs, sats, usdClose]) => ({
      date,
      transactions,
      outputs,
      sats,
      usdClose,
    })),
    cautions: [
      {
        says: "the export's own price of 2017-05-12 (1,676.99 USD) is 2.8 % below the table's close",
        place: { ...bytesAt("e4", 120_441, 210), line: 4102 },
      },
    ],
  };
}
