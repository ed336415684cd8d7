import { utcDay } from "../../../bytes/time.ts";
import type { WorthClaim } from "../../../model/chain.ts";
import type { Revenue } from "../../../model/follow-case.ts";
import { type CoinPrices, worthOf } from "../../worth.ts";
import { btc, counted } from "../amount.ts";
import type { Parted } from "./excluded.ts";
import type { RevenueOptions } from "./options.ts";
import { type Receipt, sumOf, totalOf } from "./receipts.ts";

type Caution = Revenue["cautions"][number];

/** Part by which a source's dollars may miss the range of the day before it is told. */
const CLAIM_TOLERANCE = 0.01;

interface CameIn {
  /** What came in up to the cut-off. */
  readonly all: readonly Receipt[];
  readonly parted: Parted;
  /** What has no time, and with a cut-off is not in `all`. */
  readonly undated: readonly Receipt[];
}

/** What makes the figures doubtful, each as one sentence. */
export function cautionsOf(came: CameIn, options: RevenueOptions): Caution[] {
  return [
    ...doubtful(came, options),
    ...undated(came, options),
    ...withoutPrice(came, options.prices),
    ...alike(came),
    ...unfiltered(came),
    ...claimed(came, options),
  ];
}

function doubtful({ all }: CameIn, { doubts }: RevenueOptions): Caution[] {
  const paid = new Map<string, bigint>();
  for (const { address, valueSats } of all.flatMap(({ outputs }) => outputs)) {
    if (address !== null && doubts.has(address)) paid.set(address, (paid.get(address) ?? 0n) + valueSats);
  }
  return [...doubts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([address, { says, place }]) => {
      const sats = paid.get(address);
      const sum = `its ${btc(sats ?? 0n)} are in no lower bound`;
      return sats === undefined ? [] : [{ says: `${address}: ${says}; ${sum}`, place }];
    });
}

function undated({ undated: receipts }: CameIn, { untilMicros }: RevenueOptions): Caution[] {
  if (receipts.length === 0) return [];
  const what = `${payments(receipts)} (${btc(totalOf(receipts))}) have no time`;
  const then = untilMicros === null ? "they have no value at receipt" : "with a cut-off they do not count";
  return [caution(`${what}: ${then}`)];
}

function withoutPrice({ all }: CameIn, { market, coin }: CoinPrices): Caution[] {
  const receipts = all.filter(({ day }) => day !== null && market.ohlc(coin, day) === null);
  if (receipts.length === 0) return [];
  const days = [...new Set(receipts.map(({ day }) => day ?? ""))].sort();
  const when = days.length === 1 ? `${days[0]}` : `${days.length} days from ${days[0]} to ${days.at(-1)}`;
  return [
    caution(
      `no price is known for ${when}: the ${btc(totalOf(receipts))} of these have no value at receipt, ` +
        "and sums of dollars are lower bounds",
    ),
  ];
}

/** A list may hold one payment twice; where outputs have numbers it cannot. */
function alike({ all }: CameIn): Caution[] {
  const again = all.flatMap(({ outputs }) => {
    const seen = new Set<string>();
    return outputs.filter(({ vout, address, valueSats }) => {
      const key = `${address} ${valueSats}`;
      const isAgain = vout === null && seen.has(key);
      seen.add(key);
      return isAgain;
    });
  });
  if (again.length === 0) return [];
  return [
    caution(
      "the same amount stands again for the same address in one transaction: " +
        `${counted(again.length, "output")} (${btc(sumOf(again))}), which the source does not number; ` +
        "the list may hold them twice",
    ),
  ];
}

function unfiltered({ all, parted }: CameIn): Caution[] {
  const blind = all.filter(({ knowsSenders }) => !knowsSenders);
  if (blind.length === 0) return [];
  const how = parted.judgesAmounts
    ? "only amounts far beyond what is demanded are set apart"
    : "and there are too few payments to tell by their amounts";
  return [
    caution(
      `the source does not tell who sent ${payments(blind)} (${btc(totalOf(blind))}): transfers within the ` +
        `family may be among them; ${how}`,
    ),
  ];
}

/** What the source says of dollars, beside the price table. */
function claimed({ all }: CameIn, { claims, prices, addresses }: RevenueOptions): Caution[] {
  const own = new Set(addresses);
  const txids = new Set(all.map(({ txid }) => txid));
  const meant = claims.filter(({ txid, address }) => txids.has(txid) && own.has(address));
  const nothing = meant.filter(({ usd }) => !(usd > 0));
  const other = meant.filter((claim) => claim.usd > 0 && isOutside(claim, prices));
  return [
    ...told(nothing, prices, (n, sats) => `the source values ${n} (${sats}) at 0 dollars`),
    ...told(other, prices, (n, sats) => {
      const usd = other.reduce((sum, claim) => sum + claim.usd, 0);
      return `the source values ${n} (${sats}) outside the range of their days, at ${dollars(usd)} in all`;
    }),
  ];
}

function told(
  claims: readonly WorthClaim[],
  prices: CoinPrices,
  says: (payments: string, sats: string) => string,
): Caution[] {
  const [first] = claims;
  if (first === undefined) return [];
  const days = new Map<string | null, bigint>();
  for (const { atMicros, valueSats } of claims) {
    const day = atMicros === null ? null : utcDay(atMicros);
    days.set(day, (days.get(day) ?? 0n) + valueSats);
  }
  const { close, coveredShare } = worthOf(days, { moment: "receipt" }, prices);
  const part =
    close !== null && coveredShare < 1
      ? `, which knows the price of ${percent(coveredShare)} of the coins`
      : "";
  const here = close === null ? "the price is unknown" : `${dollars(close)} at the closes of the price table`;
  const what = says(counted(claims.length, "payment"), btc(sumOf(claims)));
  return [{ says: `${what}; here ${here}${part}`, place: first.place }];
}

function isOutside({ atMicros, valueSats, usd }: WorthClaim, { market, coin }: CoinPrices): boolean {
  const day = atMicros === null ? null : market.ohlc(coin, utcDay(atMicros));
  if (day === null) return false;
  const price = usd / (Number(valueSats) / 1e8);
  const [low, high] = [day.low ?? day.close, day.high ?? day.close];
  return price < low * (1 - CLAIM_TOLERANCE) || price > high * (1 + CLAIM_TOLERANCE);
}

function caution(says: string): Caution {
  return { says, place: null };
}

function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

function payments(receipts: readonly Receipt[]): string {
  return counted(receipts.length, "transaction");
}
