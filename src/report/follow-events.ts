import type { Case } from "../model/case.ts";
import type { Place } from "../model/place.ts";
import type { CaseTrace } from "../model/trace.ts";
import { evidenceName } from "./figures.ts";
import { exactCoins } from "./numbers.ts";
import { END_WORD, outputId, reachedOf, traceGroups } from "./reached.ts";

/** A moment of followed money, as the timeline has moments. */
export interface FollowEvent {
  readonly at: string;
  readonly desc: string;
  readonly type: string;
  readonly message: string;
  readonly extra: Readonly<Record<string, string | number | null>>;
}

/** Outputs of one trace that become moments: a trace may end in a hundred thousand. */
const MOST_ARRIVALS = 10_000;

const NO_ADDRESS = "an output without an address";

/** Receipts with which traces begin and what arrived at services, in CoinJoins and where it lies, by the
 *  policy that the report tells of. What has no time is left out: a timeline has no place for it. */
export function followEvents(c: Case): readonly FollowEvent[] {
  return traceGroups(c).flatMap(({ lead }) => [...receipts(c, lead), ...arrivals(c, lead)]);
}

function receipts(c: Case, trace: CaseTrace): readonly FollowEvent[] {
  return trace.seeds.flatMap((seed): FollowEvent[] => {
    if (seed.at === null) return [];
    const amount = exactCoins(seed.valueSats, trace.coin);
    return [
      {
        at: seed.at,
        desc: "Coins received",
        type: "follow:seed",
        message: `${amount} received at ${seed.address ?? NO_ADDRESS}: ${trace.id} begins`,
        extra: { ...fields(c, trace, seed), sats: seed.valueSats },
      },
    ];
  });
}

function arrivals(c: Case, trace: CaseTrace): readonly FollowEvent[] {
  const all = reachedOf(c, trace).flatMap(({ kind, service, outputs }) =>
    outputs.map((output) => ({ kind, service, output })),
  );
  return all.slice(0, MOST_ARRIVALS).flatMap(({ kind, service, output }): FollowEvent[] => {
    if (output.at === null) return [];
    const amount = exactCoins(output.dirtySats, trace.coin);
    const where = service ?? END_WORD[kind];
    const at = output.address ?? NO_ADDRESS;
    return [
      {
        at: output.at,
        desc: kind === "service" ? "Coins reach a service" : "Coins followed so far",
        type: `follow:${kind}`,
        message: `${amount} of ${trace.id} (${trace.policy}) at ${at}: ${where}`,
        extra: { ...fields(c, trace, output), sats: output.dirtySats, service },
      },
    ];
  });
}

interface Told {
  readonly txid: string;
  readonly vout: number | null;
  readonly address: string | null;
  readonly height: number | null;
  readonly place: Place;
}

function fields(c: Case, { id, policy, coin }: CaseTrace, told: Told): FollowEvent["extra"] {
  return {
    trace: id,
    policy,
    coin,
    output: outputId(told),
    wallet: told.address,
    height: told.height,
    evidence: told.place.evidence,
    file: evidenceName(c, told.place.evidence),
    line: told.place.line,
    at_byte: told.place.atByte,
  };
}
