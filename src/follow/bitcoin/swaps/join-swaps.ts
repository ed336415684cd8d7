import { unscaled } from "../../../bytes/decimal.ts";
import { parseIso } from "../../../bytes/time.ts";
import type { CaseSwap } from "../../../model/follow-case.ts";
import { counted } from "../amount.ts";
import {
  AMOUNT_PLACES,
  amountOf,
  type CoinSource,
  coinKey,
  indexOf,
  type SourceIndex,
  type SwapRecord,
  sourcesOf,
  type TracedOutputs,
} from "./coin-sources.ts";
import { poolJoins } from "./pools.ts";

type Join = CaseSwap["joins"][number];

/** What came in may be a hundredth more than what the swap took: a network fee lies between. */
const MOST_MISSING = 100n;

/** How long before a swap coins came in that went into it, and how far clocks may disagree. Services swap
 *  within hours of the deposit; coins that another swap paid out may have lain for a while. */
const HOUR_MICROS = 3_600_000_000;
const LONGEST_MICROS = { output: 24 * HOUR_MICROS, swap: 30 * 24 * HOUR_MICROS };
const CLOCK_MICROS = 2 * HOUR_MICROS;

/** How probable a join is where nothing else fits; several that fit share it. Conventions: nobody measured
 *  them. A service gives a deposit address to one customer, mostly for one swap; amounts repeat. */
const RULES = {
  "deposit-transaction": { likelihood: 0.95, confidence: "high" },
  "deposit-address": { likelihood: 0.95, confidence: "high" },
  "amount-and-time": { likelihood: 0.7, confidence: "medium" },
  amount: { likelihood: 0.4, confidence: "low" },
} as const;

/** Joins of one swap that are listed. More that fit by their amount alone say nothing, and none is. */
const MOST_JOINS = 20;

/** Says of each swap where its coins can have come from: outputs of traces, and other swaps.
 *
 *  Method: by the deposit's transaction or address; else by amount and time, where no address speaks against
 *  it, and amounts that agree to the last digit come before others. The more fit, the less likely is each;
 *  more than twenty alike join nothing.
 *  A swap that nothing fits alone can have sold a part of what others paid to one address (`poolJoins`).
 *  Shape: `swaps` each once (`times` counts how often a record is listed); at most 20 `joins` a swap.
 *  Source: docs/methods.md, "Swaps".
 *  Limits: a Monero transaction hides amounts and addresses: what lies between two swaps cannot be followed.
 */
export function joinSwaps(swaps: readonly SwapRecord[], traced: TracedOutputs): CaseSwap[] {
  const index = indexOf(sourcesOf(swaps, traced));
  const alone = new Map(swaps.map((swap) => [swap.id, joinsAlone(swap, index)]));
  const takers = swaps.filter(({ id }) => alone.get(id)?.length === 0);
  const pooled = poolJoins(swaps, { takers, most: MOST_JOINS });
  return swaps.map((swap) => {
    return { ...swap, joins: [...(alone.get(swap.id) ?? []), ...(pooled.get(swap.id) ?? [])] };
  });
}

/** What a swap says that it took. */
interface Taken {
  readonly id: string;
  readonly coin: string;
  readonly amount: bigint | null;
  readonly address: string | null;
  readonly atMicros: number | null;
}

function joinsAlone(swap: SwapRecord, index: SourceIndex): Join[] {
  const { coin, amount, address, txid } = swap.from;
  const atMicros = swap.at === null ? null : parseIso(swap.at);
  const taken = { id: swap.id, coin: coinKey(coin), amount: amountOf(amount), address, atMicros };
  const named = txid === null ? [] : index.byTxid(taken.coin, txid).filter((one) => mayBe(one, taken));
  if (named.length > 0) return joins("deposit-transaction", named);
  const sent = address === null ? [] : index.byAddress(taken.coin, address).filter(isOther(taken));
  if (sent.length > 0) return joins("deposit-address", likest(sent, taken));
  const alike = likest(alikeTo(taken, index), taken);
  if (alike.length > MOST_JOINS) return [];
  const areTimed = alike.every((one) => one.atMicros !== null) && atMicros !== null;
  return joins(areTimed ? "amount-and-time" : "amount", alike);
}

function alikeTo(taken: Taken, index: SourceIndex): CoinSource[] {
  const { coin, amount } = taken;
  if (amount === null || amount <= 0n) return [];
  return index
    .byAmount(coin, amount, amount + amount / MOST_MISSING)
    .filter((one) => mayBe(one, taken) && isInTime(one, taken));
}

/** A deposit is made to the address that the service gave; what another swap paid out went through an
 *  address of its own first. */
function mayBe(source: CoinSource, taken: Taken): boolean {
  const areBothKnown = source.address !== null && taken.address !== null;
  if (source.kind === "output" && areBothKnown && source.address !== taken.address) return false;
  return isOther(taken)(source);
}

function isOther({ id }: Taken): (source: CoinSource) => boolean {
  return (source) => source.kind === "output" || source.to !== id;
}

function isInTime(source: CoinSource, taken: Taken): boolean {
  if (source.atMicros === null || taken.atMicros === null) return true;
  const waited = taken.atMicros - source.atMicros;
  return -CLOCK_MICROS <= waited && waited <= LONGEST_MICROS[source.kind];
}

/** Those with the very amount, if there are any. */
function likest(sources: readonly CoinSource[], { amount }: Taken): readonly CoinSource[] {
  const equal = sources.filter((source) => source.amount !== null && source.amount === amount);
  return equal.length > 0 ? equal : sources;
}

function joins(rule: keyof typeof RULES, sources: readonly CoinSource[]): Join[] {
  const { likelihood, confidence } = RULES[rule];
  return sources.slice(0, MOST_JOINS).map((source) => ({
    to: source.to,
    rule,
    likelihood: Number((likelihood / sources.length).toPrecision(3)),
    confidence: sources.length === 1 ? confidence : "low",
    says: saysOf(rule, source, sources.length),
  }));
}

function saysOf(rule: keyof typeof RULES, source: CoinSource, fitting: number): string {
  const what = source.kind === "output" ? "output" : "payout of swap";
  const amount = source.amount === null ? "" : ` of ${unscaled(source.amount, AMOUNT_PLACES)}`;
  const coins = `${what} ${source.to}${amount} ${source.coin.toUpperCase()}`;
  const how = {
    "deposit-transaction": "its transaction is the deposit that the record names",
    "deposit-address": "it lies at the deposit address that the record names",
    "amount-and-time": "its amount and time fit what the swap took",
    amount: "its amount fits what the swap took; the times are not known",
  }[rule];
  return `${coins}: ${how}${fitting === 1 ? "" : `, as do ${counted(fitting, "candidate")} in all`}`;
}
