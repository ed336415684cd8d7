import { isoMicros } from "../../../bytes/time.ts";
import type { ChainTx } from "../../../model/chain.ts";
import type { Revenue, RevenueCount } from "../../../model/follow-case.ts";
import type { Worth } from "../../../model/worth.ts";
import type { DemandBand } from "../../../tables/ransom-demands.ts";
import { centsOf, type Moment, usdAtClose, worthOf } from "../../worth.ts";
import { demandedIn } from "./bands.ts";
import { cautionsOf } from "./cautions.ts";
import { partedOf } from "./excluded.ts";
import { movedByDay, type SpentDays, spentDays } from "./moved.ts";
import type { RevenueOptions } from "./options.ts";
import { outputsOf, type Receipt, receiptsOf, satsByDay, totalOf } from "./receipts.ts";

/** What came in at addresses that belong together, counted in several ways that stand side by side.
 *
 *  Method: a payment is a transaction, however many of the addresses it pays. The lower bound is what is left
 *  when transfers within the family and doubtful addresses are parted from the rest (`partedOf`); what looks
 *  like a demanded sum is counted beside it. Nothing is dropped without standing in `excluded`.
 *  Shape: `txs` are transactions that touch the addresses, in any order, also several times each; `byAddress`
 *  and `byDay` tell of all that came in. A transaction that is kept in part counts on both sides.
 *  Source: docs/methods.md, "What came in".
 */
export function revenueOf(txs: readonly ChainTx[], options: RevenueOptions): Revenue {
  const addresses = [...new Set(options.addresses)].sort();
  const { untilMicros, demands } = options;
  const own = new Set(addresses);
  const received = receiptsOf(txs, own);
  const all = received.filter(({ atMicros }) => isUntil(atMicros, untilMicros));
  const undated = received.filter(({ atMicros }) => atMicros === null);
  const parted = partedOf(all, options);
  const isDemanded = demandedIn(demands, options.prices);
  const sized = outputsOf(parted.kept, ({ valueSats }, { day }) => isDemanded(valueSats, day));
  const count = countWith(options, spentDays(txs, own));
  const counts = [
    count("all", "every payment to the addresses", all),
    count("without-internal", parted.rules.length === 0 ? NOTHING_LEFT_OUT : BOUND, parted.kept),
    ...(demands.length === 0 ? [] : [count("ransom-sized", sizedSays(demands), sized)]),
    ...(parted.rules.length === 0 ? [] : [count("excluded", "left out of the lower bound", parted.excluded)]),
  ];
  return {
    id: options.id,
    about: options.about,
    addresses,
    until: untilMicros === null ? null : isoMicros(untilMicros),
    counts,
    bound: "without-internal",
    excluded: parted.rules,
    byAddress: byAddress(all),
    byDay: byDay(all, options),
    cautions: cautionsOf({ all, parted, undated }, options),
  };
}

const BOUND = "what is left without the excluded: the lower bound";
const NOTHING_LEFT_OUT = "the same: nothing in it was told to be no payment";

/** What has no time may be later: with a cut-off it does not count. */
function isUntil(atMicros: number | null, untilMicros: number | null): boolean {
  return untilMicros === null || (atMicros !== null && atMicros <= untilMicros);
}

type Count = (id: RevenueCount["id"], says: string, receipts: readonly Receipt[]) => RevenueCount;

function countWith(options: RevenueOptions, spent: SpentDays): Count {
  return (id, says, receipts) => ({
    id,
    says,
    transactions: receipts.length,
    outputs: receipts.reduce((sum, { outputs }) => sum + outputs.length, 0),
    sats: totalOf(receipts).toString(),
    ...firstAndLast(receipts),
    worth: receipts.length === 0 ? [] : worths(receipts, spent, options),
  });
}

/** At receipt, at the cash-out on the day that is given, else when each was moved on, and so on. */
function worths(
  receipts: readonly Receipt[],
  spent: SpentDays,
  { asOf, cashOut, prices }: RevenueOptions,
): Worth[] {
  const days = satsByDay(receipts);
  const at = (moment: Moment): Worth => worthOf(days, moment, prices);
  const moved = cashOut === null ? movedByDay(receipts, spent) : null;
  return [
    at({ moment: "receipt" }),
    ...(cashOut === null ? [] : [at({ moment: "cash-out", date: cashOut })]),
    ...(moved === null ? [] : [worthOf(moved, { moment: "cash-out", date: null }, prices)]),
    ...(asOf === null ? [] : [at({ moment: "as-of", date: asOf })]),
    at({ moment: "last-known" }),
  ];
}

function sizedSays(demands: readonly DemandBand[]): string {
  const bands = demands.map(({ unit, low, high }) => {
    const range = low === high ? low : `${low}–${high}`;
    return unit === "btc" ? `${range} BTC` : `$${range} at the day's close`;
  });
  return `of these, outputs as large as what is demanded: ${bands.join(", or ")}`;
}

function firstAndLast(receipts: readonly { readonly atMicros: number | null }[]): {
  readonly first: string | null;
  readonly last: string | null;
} {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { atMicros } of receipts) {
    if (atMicros === null) continue;
    first = Math.min(first, atMicros);
    last = Math.max(last, atMicros);
  }
  return first > last ? { first: null, last: null } : { first: isoMicros(first), last: isoMicros(last) };
}

function byAddress(receipts: readonly Receipt[]): Revenue["byAddress"] {
  const paid = new Map<string, { sats: bigint; readonly times: { readonly atMicros: number | null }[] }>();
  for (const { outputs, atMicros } of receipts) {
    for (const { address, valueSats } of outputs) {
      const sum = paid.get(address ?? "") ?? { sats: 0n, times: [] };
      sum.sats += valueSats;
      sum.times.push({ atMicros });
      paid.set(address ?? "", sum);
    }
  }
  return [...paid]
    .sort(([a, { sats: x }], [b, { sats: y }]) => (x === y ? (a < b ? -1 : 1) : x > y ? -1 : 1))
    .map(([address, { sats, times }]) => ({
      address,
      outputs: times.length,
      sats: sats.toString(),
      ...firstAndLast(times),
    }));
}

function byDay(receipts: readonly Receipt[], { prices }: RevenueOptions): Revenue["byDay"] {
  const usdOf = usdAtClose(prices);
  const days = new Map<string, Receipt[]>();
  for (const receipt of receipts) {
    if (receipt.day === null) continue;
    const known = days.get(receipt.day);
    if (known === undefined) days.set(receipt.day, [receipt]);
    else known.push(receipt);
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, of]) => ({
      date,
      transactions: of.length,
      outputs: of.reduce((sum, { outputs }) => sum + outputs.length, 0),
      sats: totalOf(of).toString(),
      usdClose: centsOf(usdOf(totalOf(of), date)),
    }));
}
