import type { Followed, Traced } from "../../follow/bitcoin/options.ts";
import type { CoinPrices } from "../../follow/worth.ts";
import type { CaseChain } from "../../model/follow-case.ts";
import { grouped } from "../../model/group.ts";
import type { CaseTrace } from "../../model/trace.ts";
import { endOf } from "../../report/reached.ts";
import type { FollowOptions } from "./options.ts";
import type { RoleOf } from "./roles.ts";
import { cashedOut, worthsOf } from "./worths.ts";

interface Told {
  readonly chain: CaseChain;
  readonly options: FollowOptions;
  /** Ticker; of a test network that of its parent, whose prices do not count for it. */
  readonly coin: string;
  readonly prices: CoinPrices;
  readonly roleOf: RoleOf;
}

/** The traces of one run, one for each policy, as the case tells them. */
export function caseTraces(followed: Followed, told: Told): readonly CaseTrace[] {
  const { options, prices } = told;
  const [received, ...others] = worthsOf(followed.seeds, prices, options.asOf);
  const moved = cashedOut(followed.seeds, followed.hops, prices);
  const worth = [...(received === undefined ? [] : [received]), ...moved, ...others];
  return followed.traces.map((one, at) => ({
    ...caseTrace(one, followed, told),
    id: `t${at + 1}`,
    worth,
    endWorths: one.policy === "poison" ? [] : endWorths(one, told),
  }));
}

/** What lies still, what CoinJoins took, and so on, kind by kind: each output on the day it was made. */
function endWorths({ outputs }: Traced, { prices, options }: Told): CaseTrace["endWorths"] {
  return [...grouped(outputs, endOf)].map(([end, of]) => {
    const amounts = of.map(({ dirtySats, at }) => ({ valueSats: dirtySats, at }));
    return { end, worth: worthsOf(amounts, prices, options.asOf) };
  });
}

function caseTrace(
  { policy, outputs, flows, totals, counts }: Traced,
  { direction, seeds, until, fees, isComplete }: Followed,
  { chain, coin, options, roleOf }: Told,
): Omit<CaseTrace, "id" | "worth" | "endWorths"> {
  return {
    coin,
    network: chain.network,
    chain: chain.id,
    direction,
    policy,
    seeds,
    until: { ...until, asked: options.until.asked },
    outputs,
    edges: flows.map((flow) => ({ ...flow, ...roleOf(flow.txid, flow.vout) })),
    totals,
    counts,
    fees,
    chosen: [...options.chosen].map(([txid, vout]) => ({ txid, vout })),
    isComplete,
  };
}
