import { createHash } from "node:crypto";
import { bytesAt } from "../../../src/model/place.ts";
import type {
  CaseTrace,
  Policy,
  Role,
  StopId,
  TraceEdge,
  TraceOutput,
  TraceSeed,
} from "../../../src/model/trace.ts";
import { addressOf } from "../bitcoin-addresses.ts";
import { spread } from "./spread.ts";

/** The made-up theft: two seeds, a peel chain past two exchanges, a CoinJoin, and what lies unspent. */

const digest = (name: string): string => createHash("sha256").update(`followed ${name}`).digest("hex");
export const txid = digest;
export const address = (name: string): string =>
  addressOf("p2pkh", Buffer.from(digest(name), "hex").subarray(0, 20), "bitcoin");

const BTC = 100_000_000n;
const FEE = 50_000n;
const coins = (text: string): bigint => {
  const [whole = "0", part = ""] = text.split(".");
  return BigInt(whole) * BTC + BigInt(part.padEnd(8, "0"));
};

interface MadeOutput {
  readonly to: string;
  readonly sats: bigint;
  readonly role: Role;
  readonly stop?: StopId;
}

interface MadeTx {
  readonly name: string;
  readonly height: number;
  readonly at: string;
  /** "name:vout" of the book, or a clean amount. */
  readonly inputs: readonly (string | bigint)[];
  readonly outputs: readonly MadeOutput[];
}

const PEELS: readonly (readonly [to: string, amount: string, stop: StopId | null])[] = [
  ["Huobi 1", "5", "service"],
  ["Binance 1", "4.25", "service"],
  ["Huobi 2", "6.5", "service"],
  ["dust", "0.00000546", "dust"],
  ["Binance 2", "7.1", "service"],
  ["cold 1", "3", null],
  ["ShapeShift 1", "2.4", "service"],
];

const SEEDS: readonly (readonly [name: string, vout: number, to: string, amount: string])[] = [
  ["theft 1", 0, "thief", "60"],
  ["theft 2", 1, "thief", "10.1"],
];

function book(): readonly MadeTx[] {
  const split: MadeTx = {
    name: "split",
    height: 497_998,
    at: "2017-12-06T03:10:22.000000Z",
    inputs: ["theft 1:0", "theft 2:1"],
    outputs: [
      { to: "mixing", sats: coins("20"), role: "payment" },
      { to: "peel 0", sats: coins("50.0995"), role: "change" },
    ],
  };
  let left = coins("50.0995");
  const peels = PEELS.map(([to, amount, stop], at): MadeTx => {
    left -= coins(amount) + FEE;
    return {
      name: `peel ${at + 1}`,
      height: 498_004 + at * 7,
      at: `2017-12-${String(6 + (at >> 1)).padStart(2, "0")}T${at % 2 === 0 ? "07" : "19"}:2${at}:41.000000Z`,
      inputs: [at === 0 ? "split:1" : `peel ${at}:1`],
      outputs: [
        { to, sats: coins(amount), role: stop === "service" ? "deposit" : "peel", ...(stop && { stop }) },
        { to: `peel ${at + 1}`, sats: left, role: "change" },
      ],
    };
  });
  const merge: MadeTx = {
    name: "merge",
    height: 498_301,
    at: "2017-12-11T13:02:09.000000Z",
    inputs: [`peel ${PEELS.length}:1`, coins("4")],
    outputs: [
      { to: "Huobi 1", sats: coins("12"), role: "deposit", stop: "service" },
      { to: "cold 2", sats: left + coins("4") - coins("12") - FEE, role: "unknown" },
    ],
  };
  return [split, ...peels, joint(), merge];
}

function joint(): MadeTx {
  const stop = "coinjoin" as const;
  const equal = [1, 2, 3, 4].map((n) => ({ to: `joined ${n}`, sats: coins("5"), role: stop, stop }));
  const change = ["14.999", "0.0195", "0.0295", "0.0095"].map((amount, at) => ({
    to: `left over ${at + 1}`,
    sats: coins(amount),
    role: stop,
    stop,
  }));
  return {
    name: "joint",
    height: 498_120,
    at: "2017-12-08T22:47:30.000000Z",
    inputs: [coins("5.02"), "split:0", coins("5.03"), coins("5.01")],
    outputs: [...equal, ...change],
  };
}

const STOP_SAYS: Readonly<Partial<Record<StopId, string>>> = {
  coinjoin: "JoinMarket-like CoinJoin: 4 equal outputs of 5 BTC from 4 inputs",
  dust: "546 sats, below the dust limit of 547",
};

/** Where the n-th transaction of the book stands in the made-up slice. */
export const placeOf = (n: number) => bytesAt("e1", 412 + n * 1873, 1873);

/** The trace of the theft by one policy. */
export function theftTrace(id: string, policy: Policy): CaseTrace {
  const values = new Map<string, { value: bigint; dirty: bigint }>();
  for (const [name, vout, , amount] of SEEDS)
    values.set(`${name}:${vout}`, { value: coins(amount), dirty: coins(amount) });
  const edges: TraceEdge[] = [];
  const outputs: TraceOutput[] = [];
  const spent = new Set(book().flatMap((tx) => tx.inputs.map(String)));
  let fees = 0n;
  book().forEach((tx, n) => {
    const inputs = tx.inputs.map((one) =>
      typeof one === "bigint" ? { value: one, dirty: 0n } : (values.get(one) ?? { value: 0n, dirty: 0n }),
    );
    const dirty = spread(
      policy,
      inputs,
      tx.outputs.map(({ sats }) => sats),
    );
    const isPure = inputs.every((one) => one.dirty === one.value);
    [...tx.outputs, null].forEach((output, vout) => {
      const dirtySats = dirty[vout] ?? 0n;
      if (dirtySats === 0n) return;
      if (output === null) fees += dirtySats;
      else values.set(`${tx.name}:${vout}`, { value: output.sats, dirty: dirtySats });
      const made = { tx, output, vout, dirtySats, place: placeOf(n) };
      edges.push(edgeOf(made, isPure || policy === "poison"));
      const isEnd = output !== null && (output.stop !== undefined || !spent.has(`${tx.name}:${vout}`));
      if (isEnd) outputs.push(outputOf(made, policy));
    });
  });
  const seedSats = SEEDS.reduce((sum, [, , , amount]) => sum + coins(amount), 0n);
  const dirtySats = outputs.reduce((sum, output) => sum + BigInt(output.dirtySats), 0n);
  return {
    id,
    coin: "btc",
    network: "bitcoin",
    chain: "c1",
    direction: "forward",
    policy,
    seeds: seeds(),
    until: { height: 498_500, hash: null, at: "2017-12-12T21:14:03.000000Z", asked: "2017-12-12" },
    outputs,
    edges,
    totals: {
      seedSats: String(seedSats),
      dirtySats: String(dirtySats),
      feeSats: String(fees),
      burntSats: "0",
    },
    worth: [worthOf(seedSats)],
    counts: { transactions: book().length, outputs: outputs.length, edges: edges.length },
    fees: "not-followed",
    chosen: [],
    isComplete: true,
    endWorths: policy === "poison" ? [] : endWorths(outputs),
  };
}

/** What lies still and what CoinJoins have, at the day it came and at a price of years later. */
function endWorths(outputs: readonly TraceOutput[]): CaseTrace["endWorths"] {
  return (["coinjoin", "unspent"] as const).map((end) => {
    const of = outputs.filter(({ stop, spent }) => (stop ?? (spent === false ? "unspent" : null)) === end);
    const sats = of.reduce((sum, { dirtySats }) => sum + BigInt(dirtySats), 0n);
    const close = Math.round((Number(sats) / 1e8) * 50_000);
    const last = { moment: "last-known", date: "2021-04-01", open: close, high: close, low: close, close };
    return { end, worth: [worthOf(sats), { ...worthOf(sats), ...last, moment: "last-known" as const }] };
  });
}

interface Made {
  readonly tx: MadeTx;
  readonly output: MadeOutput | null;
  readonly vout: number;
  readonly dirtySats: bigint;
  readonly place: ReturnType<typeof placeOf>;
}

const named = (output: string): string => {
  const [name = "", vout] = output.split(":");
  return `${txid(name)}:${vout}`;
};

function edgeOf({ tx, output, vout, dirtySats, place }: Made, isPure: boolean): TraceEdge {
  const from = tx.inputs.flatMap((one) => (typeof one === "string" ? [named(one)] : []));
  const isChange = output?.role === "change";
  const rule = { rule: "one-time-change", role: "change", errorShare: 0.0017 } as const;
  return {
    txid: txid(tx.name),
    vout: output === null ? null : vout,
    from,
    fromCount: from.length,
    address: output === null ? null : address(output.to),
    valueSats: String(output?.sats ?? dirtySats),
    dirtySats: String(dirtySats),
    height: tx.height,
    at: tx.at,
    how: isPure ? "inferred" : "assumed",
    role: output?.role ?? "miner",
    likelihood: isChange ? 0.9 : null,
    confidence: isChange ? "medium" : null,
    votes: isChange ? [{ ...rule, source: "Meiklejohn et al. 2013, §4.2" }] : [],
    chosen: false,
    place,
  };
}

function outputOf({ tx, output, vout, dirtySats, place }: Made, policy: Policy): TraceOutput {
  const { to = "", sats = 0n, stop } = output ?? {};
  const service = to.replace(/ \d+$/, "");
  const says = stop === "service" ? `${service}, by tag of “Exchange addresses”` : STOP_SAYS[stop ?? "dust"];
  const knows = policy === "fifo" || policy === "lifo";
  return {
    txid: txid(tx.name),
    vout,
    address: address(to),
    valueSats: String(sats),
    dirtySats: String(dirtySats),
    segments: knows ? [[policy === "fifo" ? "0" : String(sats - dirtySats), String(dirtySats)]] : null,
    height: tx.height,
    at: tx.at,
    spent: stop !== undefined && stop !== "dust",
    ...(stop === undefined ? {} : { stop, stopSays: says ?? "" }),
    place,
  };
}

function seeds(): readonly TraceSeed[] {
  return SEEDS.map(([name, vout, to, amount], at) => ({
    txid: txid(name),
    vout,
    address: address(to),
    valueSats: String(coins(amount)),
    height: 497_985 + at,
    at: `2017-12-06T00:4${at}:11.000000Z`,
    asked: `btc:${address("thief")}`,
    place: bytesAt("e1", 96 + at * 158, 158),
  }));
}

/** What an amount was worth on 6 December 2017, by the four prices of the day. */
export function worthOf(sats: bigint, date = "2017-12-06") {
  const at = (price: number): number => Math.round((Number(sats) / 1e8) * price * 100) / 100;
  return {
    moment: "receipt",
    currency: "usd",
    open: at(11_923.4),
    high: at(14_369.1),
    low: at(11_923.4),
    close: at(14_291.5),
    date,
    coveredShare: 1,
    source: "market/btc.csv",
  } as const;
}
