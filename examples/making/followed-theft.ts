/** Makes the example of a theft that is followed: invented transactions with invented addresses, as they
 *  would be saved from an explorer, tags, and the record of a swap.
 *
 *  node dist/examples/making/followed-theft.js     writes them beside their README.md
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { madeUpWallet } from "../../test/kit/cryptonote.ts";
import { checkoutRoot } from "../../test/kit/data.ts";
import { addressFor, esploraTxs, type Output, type Told, txidOf } from "./esplora.ts";

/** Satoshi of so many thousandths of a coin. */
const milli = (thousandths: number): bigint => BigInt(thousandths) * 100_000n;

const at = (time: string): string => `2019-03-${time.replace(" ", "T")}:00Z`;

function pay(owner: string, thousandths: number, kind: Output["kind"] = "p2wpkh"): Output {
  return { owner, sats: milli(thousandths), kind };
}

/** 250 coins leave a shop in the night of 12 March 2019, and are peeled: at each hop a part goes elsewhere
 *  and the rest goes on. */
const peeled: readonly Told[] = [
  {
    name: "theft",
    height: 566_800,
    at: at("12 02:14"),
    from: [pay("shop", 120_000, "p2sh"), pay("shop", 90_000, "p2sh"), pay("shop", 60_000, "p2sh")],
    to: [pay("shop", 19_998, "p2sh"), pay("thief", 250_000)],
  },
  {
    name: "hop-1",
    height: 566_814,
    at: at("12 04:41"),
    from: ["theft:1"],
    to: [pay("deposit 1", 12_500, "p2sh"), pay("thief 1", 237_499)],
  },
  {
    name: "hop-2",
    height: 566_818,
    at: at("12 05:10"),
    from: ["hop-1:1"],
    to: [pay("thief 2", 217_498), pay("deposit 2", 20_000, "p2pkh")],
  },
  {
    name: "hop-3",
    height: 566_818,
    index: 2,
    at: at("12 05:10"),
    from: ["hop-2:0"],
    to: [pay("purse", 4_200), pay("thief 3", 213_297)],
  },
  {
    name: "hop-4",
    height: 566_823,
    at: at("12 06:02"),
    from: ["hop-3:1"],
    to: [pay("thief 4", 213_246), pay("message", 50, "op_return")],
  },
  {
    name: "hop-5",
    height: 566_829,
    at: at("12 07:15"),
    from: ["hop-4:0"],
    to: [pay("swap deposit", 30_000, "p2pkh"), pay("thief 5", 183_245)],
  },
  {
    name: "hop-6",
    height: 566_836,
    at: at("12 08:20"),
    from: ["hop-5:1"],
    to: [pay("thief 6", 183_244), { owner: "lucky number", sats: 500n, kind: "p2pkh" }],
  },
  {
    name: "hop-7",
    height: 566_901,
    at: at("12 18:48"),
    from: ["hop-6:0"],
    to: [pay("broker", 40_000, "p2sh"), pay("thief 7", 143_243)],
  },
  {
    name: "hop-8",
    height: 566_950,
    at: at("13 03:31"),
    from: [pay("savings", 12_000), "hop-7:1"],
    to: [pay("lawyer", 9_000), pay("thief, parked", 146_242, "p2wsh")],
  },
];

/** Five owners make five equal outputs; the purse is one of them, and pays the others for it. */
const mixed: Told = {
  name: "coinjoin",
  height: 566_871,
  at: at("12 13:40"),
  from: [
    pay("maker 1", 3_100),
    pay("maker 2", 7_450),
    "hop-3:0",
    pay("maker 3", 1_980),
    pay("maker 4", 2_260),
  ],
  to: [
    pay("mixed c", 1_000),
    pay("maker 2, change", 6_451),
    pay("mixed a", 1_000),
    pay("maker 4, change", 1_261),
    pay("mixed e", 1_000),
    pay("maker 1, change", 2_101),
    pay("mixed b", 1_000),
    pay("purse, change", 3_195),
    pay("mixed d", 1_000),
    pay("maker 3, change", 981),
  ],
};

const CUSTOMERS = [
  [830, "p2sh"],
  [4_125, "p2pkh"],
  [215, "p2sh"],
  [2_750, "p2sh"],
  [61_000, "p2pkh"],
  [1_400, "p2sh"],
  [7_310, "p2pkh"],
  [96, "p2sh"],
] as const;

/** Customers of the exchange pay to deposit addresses of their own, as the thief did. */
const deposited: readonly Told[] = CUSTOMERS.map(([thousandths, kind], index) => ({
  name: `customer-${index + 1}`,
  height: 566_790 + 6 * index,
  at: at(`12 0${index}:31`),
  from: [pay(`customer ${index + 1}`, thousandths + 777)],
  to: [pay(`customer ${index + 1}, deposit`, thousandths, kind), pay(`customer ${index + 1}, change`, 776)],
}));

/** The exchange sweeps deposits into its hot wallet, twice, and pays out; so does the swap service. */
const swept: readonly Told[] = [
  {
    name: "sweep-1",
    height: 566_842,
    at: at("12 09:05"),
    from: ["customer-1:0", "customer-2:0", "hop-1:0", "customer-7:0", "customer-3:0"],
    to: [pay("exchange", 24_978, "p2sh")],
  },
  {
    name: "sweep-2",
    height: 566_843,
    at: at("12 09:12"),
    from: ["customer-4:0", "hop-2:1", "customer-5:0", "customer-6:0", "customer-8:0"],
    to: [pay("exchange", 85_244, "p2sh")],
  },
  {
    name: "withdrawal",
    height: 566_880,
    at: at("12 15:02"),
    from: ["sweep-1:0", "sweep-2:0"],
    to: [pay("customer 9", 31_000), pay("exchange", 79_220, "p2sh")],
  },
  {
    name: "swap-sweep",
    height: 566_832,
    at: at("12 07:44"),
    from: [
      pay("swap deposit a", 2_020, "p2pkh"),
      pay("swap deposit b", 455, "p2pkh"),
      "hop-5:0",
      pay("swap deposit c", 1_180, "p2pkh"),
      pay("swap deposit d", 64, "p2pkh"),
    ],
    to: [pay("swap service", 33_718, "p2sh")],
  },
];

/** A broker spends dirty and clean coins together, with a large fee: what is dirty then depends on the
 *  policy. */
const spent: readonly Told[] = [
  {
    name: "broker-pays",
    height: 566_960,
    at: at("13 05:20"),
    from: [pay("broker", 25_000, "p2sh"), "hop-7:0"],
    to: [pay("landlord", 28_000), pay("staff", 9_000), pay("broker, change", 27_990, "p2sh")],
  },
  {
    name: "staff-pays",
    height: 567_010,
    at: at("13 14:02"),
    from: ["broker-pays:1", pay("staff", 3_000)],
    to: [pay("grocer", 2_500), pay("staff, change", 9_499)],
  },
];

const TIP = { height: 567_100, hash: txidOf("tip"), time: Date.parse(at("14 04:30")) / 1000 };

/** In the order of the chain. */
const story = [...deposited, ...peeled, mixed, ...swept, ...spent].sort((a, b) => a.height - b.height);

const LIST = "invented for the example";
const tags: readonly (readonly string[])[] = [
  ["address", "label", "category", "source", "date", "confidence"],
  [addressFor("exchange", "p2sh"), "Exemplar Exchange", "exchange", LIST, "2019-01-15", "ownership"],
  [addressFor("swap service", "p2sh"), "Swap Example", "swap", LIST, "2019-02-01", "ownership"],
  [addressFor("broker", "p2sh"), "Sample Brokers", "payment_processor", LIST, "2018-11-20", "web_crawl"],
  [addressFor("broker", "p2sh"), "Placeholder Market", "market", LIST, "2017-06-30", "forum"],
];

const swap = {
  status: "complete",
  address: addressFor("swap deposit", "p2pkh"),
  withdraw: madeUpWallet("paydirt example: followed-theft"),
  incomingCoin: 30,
  incomingType: "BTC",
  outgoingCoin: "2304.47120000",
  outgoingType: "XMR",
  transaction: txidOf("on the other chain"),
};

/** The files by name; the same bytes every time. */
export function followedTheftFiles(): ReadonlyMap<string, string> {
  const head = JSON.stringify({ schema: 1, network: "btc", complete: true, tip: TIP });
  const lines = esploraTxs(story).map((tx) => JSON.stringify(tx));
  return new Map([
    ["slice.json", `${head.slice(0, -1)},"transactions":[\n${lines.join(",\n")}\n]}\n`],
    ["tags.csv", `${tags.map((row) => row.join(",")).join("\n")}\n`],
    ["swap.json", `${JSON.stringify(swap, null, 2)}\n`],
  ]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const [name, content] of followedTheftFiles()) {
    const path = join(checkoutRoot(), "examples", "followed-theft", name);
    writeFileSync(path, content);
    console.log(`${path}: ${content.length.toLocaleString("en")} bytes`);
  }
}
