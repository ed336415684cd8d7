import type { CaseSession } from "../../model/case.ts";
import type { Amount } from "../../model/valuation.ts";
import { coinAmount, coinSign, plural, usd } from "../../report/numbers.ts";
import { coinName } from "../../tables/coins.ts";
import type { Body } from "./verdict.ts";

/** What machines of a capture mined, sent, or tried, in one sentence. */
export function capturedMining(body: Body, hosts: number): string {
  const mining = body.sessions.filter(
    (session) => session.shares.submitted > 0 && session.duplicateOf === null,
  );
  const machines = plural(hosts, "machine");
  const accepted = mining.reduce((sum, { shares }) => sum + shares.accepted, 0);
  const unanswered = mining.reduce((sum, { shares }) => sum + shares.unanswered, 0);
  if (accepted === 0) return unaccepted(mining, { machines, unanswered });
  const earned = earnings(body);
  const work = `${plural(accepted, "accepted share")} ${spanOf(mining)}`;
  const what = earned === "" ? work : `${earned}, in ${work}`;
  return `${machines} mined ${whatOf(mining)}: ${what}`;
}

/** Shares without a yes are told as sent: what they brought is not known. */
function unaccepted(
  mining: readonly CaseSession[],
  { machines, unanswered }: { readonly machines: string; readonly unanswered: number },
): string {
  const submitted = mining.reduce((sum, { shares }) => sum + shares.submitted, 0);
  const sent = `${plural(submitted, "share")} of ${whatOf(mining)} ${spanOf(mining)}`;
  return unanswered === 0
    ? `${machines} sent ${sent}; the pool rejected every one`
    : `${machines} sent ${sent}; no answer that accepts one is in the evidence`;
}

/** Coins and their worth over the whole case, the low end where a day is missing;
 *  empty where no table knows any. */
function earnings({ valuations }: Body): string {
  const whole = valuations.filter(({ about }) => about.kind === "case");
  if (whole.every(({ amount }) => amount === null)) return "";
  return whole
    .map(({ amount, coin, whenMined, unknownDays }) => {
      if (amount === null) return `an unknown amount of ${coinSign(coin)}`;
      if (amount.estimate === "0") return `at most ${coinHigh(amount, coin)}`;
      const isPart = unknownDays.some(({ missing }) => missing !== "price");
      const isPartPriced = whenMined !== null && whenMined.coveredShare < 1;
      const worth =
        whenMined === null
          ? "of unknown worth when mined"
          : `worth ${isPartPriced ? "at least " : ""}${usd(whenMined.value)} when mined`;
      return `${isPart ? "at least" : "about"} ${coinAmount(amount, coin)} ${worth}`;
    })
    .join(" and ");
}

function coinHigh(amount: Amount, coin: string): string {
  return coinAmount({ ...amount, estimate: amount.high }, coin);
}

function whatOf(sessions: readonly CaseSession[]): string {
  const names = [
    ...new Set(sessions.map(({ coin }) => (coin === null ? "an unknown coin" : coinName(coin)))),
  ];
  return names.length > 0 ? names.join(" and ") : "cryptocurrency";
}

function spanOf(sessions: readonly CaseSession[]): string {
  const first = sessions.map((session) => session.first).sort()[0] ?? "";
  const last =
    sessions
      .map((session) => session.last)
      .sort()
      .at(-1) ?? "";
  const [from, to] = [
    `${first.slice(0, 10)} ${first.slice(11, 16)}`,
    `${last.slice(0, 10)} ${last.slice(11, 16)}`,
  ];
  if (from === to) return `on ${first.slice(0, 10)} at ${first.slice(11, 16)} UTC`;
  return `between ${from} and ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to} UTC`;
}
