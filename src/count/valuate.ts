import { compareText } from "../bytes/text.ts";
import type { CountedSession } from "../model/facts.ts";
import type { Gap } from "../model/gap.ts";
import { compareIds } from "../model/order.ts";
import type { ShareRecord } from "../model/record.ts";
import type { Valuation } from "../model/valuation.ts";
import type { Market } from "../tables/market.ts";
import { type Account, newDay, type ValuateOptions } from "./account.ts";
import { CoinDays } from "./coin-day.ts";
import { dayNumber } from "./day.ts";
import { chosen, namesOf, SUBJECT_KINDS, type SubjectName } from "./subjects.ts";
import { coinless, gapsOf, leftOutGaps, unexplained } from "./unknown.ts";
import { valuation } from "./valuation.ts";

/** Values the work of the sessions that count: coins by day, and money at three moments.
 *
 *  Shape: one valuation for each coin of the case, of each host, wallet, account, worker and session (of
 *  each kind the 300 with most work), with ids v1, v2 … in that order; none for what mined nothing. A share
 *  counts towards the UTC day on which it was submitted. Gaps: `no-price` and `no-difficulty` name the days,
 *  `unknown-coin` the coins without a table, `unexplained-share` the shares whose difficulty no capture
 *  shows, `dropped-details` how many subjects are not valued one by one.
 *  Errors: RangeError for a fee outside 0–1.
 */
export function valuate(
  counted: readonly CountedSession[],
  market: Market,
  options: ValuateOptions,
): { readonly valuations: Valuation[]; readonly gaps: Gap[] } {
  const { poolFee } = options;
  if (!(poolFee >= 0 && poolFee <= 1))
    throw new RangeError(`Cannot value: a pool fee of ${poolFee} is not in 0–1`);
  const summed = counted.filter(({ duplicateOf, work }) => duplicateOf === null && work !== null);
  const coins = new Map<string, CoinDays>();
  for (const { session, shares } of summed) {
    if (session.coin === null) continue;
    const days = coins.get(session.coin) ?? new CoinDays(session.coin, market, poolFee);
    coins.set(session.coin, days);
    for (const share of shares) days.note(share);
  }
  const subjects = chosen(summed);
  const accounts = new Map<string, Account>();
  for (const one of summed) {
    const days = coins.get(one.session.coin ?? "");
    if (days !== undefined) addSession(accounts, one, { days, has: subjects.has });
  }
  const valuations: Valuation[] = [];
  const gaps: Gap[] = [...unexplained(counted), ...coinless(summed)];
  for (const account of [...accounts.values()].sort(compareAccounts)) {
    const days = coins.get(account.coin);
    const made = days === undefined ? null : valuation(account, { ...options, days, market });
    if (made === null) continue;
    valuations.push({ ...made, id: `v${valuations.length + 1}` });
    if (made.about.kind === "case") gaps.push(...gapsOf(made, market, options.asOf));
  }
  return { valuations, gaps: [...gaps, ...leftOutGaps(subjects.leftOut)] };
}

interface Adding {
  readonly days: CoinDays;
  readonly has: (name: SubjectName) => boolean;
}

function addSession(accounts: Map<string, Account>, one: CountedSession, { days, has }: Adding): void {
  const { session, shares } = one;
  const coin = session.coin ?? "";
  const byLogin = namesOf(one).map((names) =>
    names.filter(has).map((about) => {
      const key = `${about.kind} ${coin} ${session.workUnit} ${about.id}`;
      const account = accounts.get(key) ?? { about, coin, unit: session.workUnit, days: new Map() };
      accounts.set(key, account);
      return account;
    }),
  );
  const none = byLogin.at(-1) ?? [];
  for (const share of shares) {
    if (share.expectedHashes === null) continue;
    addShare(byLogin[share.login] ?? none, share, days);
  }
}

function addShare(accounts: readonly Account[], share: ShareRecord, days: CoinDays): void {
  const { expectedHashes, outcome } = share;
  if (expectedHashes === null) return;
  const number = dayNumber(share.atMicros);
  const worth = days.worth(share);
  for (const account of accounts) {
    const day = account.days.get(number) ?? newDay();
    account.days.set(number, day);
    day.work.add(expectedHashes, outcome);
    if (worth === null) {
      if (outcome !== "rejected") day.missing ??= days.missing(share);
      continue;
    }
    day.coins.add(worth.coins, outcome);
    if (outcome === "rejected") continue;
    const sums = day[outcome];
    sums.hashes += expectedHashes;
    sums.blocks += expectedHashes / worth.difficulty;
    sums.paid += (expectedHashes / worth.difficulty) * worth.reward;
    day.sources.add(worth.difficultySource);
    day.rewards.add(worth.rewardSays);
  }
}

function compareAccounts(a: Account, b: Account): number {
  return (
    SUBJECT_KINDS.indexOf(a.about.kind) - SUBJECT_KINDS.indexOf(b.about.kind) ||
    (a.about.kind === "session" ? compareIds(a.about.id, b.about.id) : compareText(a.about.id, b.about.id)) ||
    compareText(a.coin, b.coin) ||
    compareText(a.unit, b.unit)
  );
}
