import type { Revenue } from "../../../model/follow-case.ts";
import { limitOf } from "./limit.ts";
import type { RevenueOptions } from "./options.ts";
import { outputsOf, type Receipt, totalOf } from "./receipts.ts";

/** What does not count towards the lower bound, and what is left. */
export interface Parted {
  readonly kept: readonly Receipt[];
  readonly excluded: readonly Receipt[];
  readonly rules: Revenue["excluded"];
  /** Whether amounts of unknown senders could be judged at all. */
  readonly judgesAmounts: boolean;
}

interface Rule {
  readonly rule: string;
  readonly says: string;
  readonly applies: (receipt: Receipt) => boolean;
}

/** Parts receipts that no victim seems to have paid from the others; the first rule that applies is named.
 *
 *  Method: outputs to addresses whose tag is doubtful; what came before or after the campaign; transactions
 *  that spend from the addresses themselves, or from another address of the same owner (Gómez et al., Watch
 *  Your Back, CCS 2022: "-DC"); and, only where senders are not known, amounts far beyond what is asked.
 */
export function partedOf(receipts: readonly Receipt[], options: RevenueOptions): Parted {
  const { doubts } = options;
  const isDoubtful = (address: string | null): boolean => address !== null && doubts.has(address);
  const doubtful = outputsOf(receipts, ({ address }) => isDoubtful(address));
  let kept = outputsOf(receipts, ({ address }) => !isDoubtful(address));
  const excluded = [...doubtful];
  const says = "paid to addresses of which it is doubtful that they are the family's";
  const rules = doubtful.length === 0 ? [] : [counted({ rule: "doubtful-address", says }, doubtful)];
  const take = (rule: Rule): void => {
    const taken = kept.filter(rule.applies);
    if (taken.length === 0) return;
    kept = kept.filter((receipt) => !rule.applies(receipt));
    excluded.push(...taken);
    rules.push(counted(rule, taken));
  };
  for (const rule of senderRules(options)) take(rule);
  const limit = limitOf(kept, options.demands, options.prices);
  if (limit !== null) {
    take({
      rule: "beyond-demand",
      says: `probably transfers and no payments by victims, told by the amount alone: ${limit.says}`,
      applies: ({ sats, day, knowsSenders }) => !knowsSenders && limit.isExceeded(sats, day),
    });
  }
  return { kept, excluded, rules, judgesAmounts: limit !== null };
}

function senderRules({ addresses, sameOwner, campaign }: RevenueOptions): Rule[] {
  const own = new Set(addresses);
  return [
    {
      rule: "outside-campaign",
      says: "paid before the campaign began or after it ended, or at an unknown time",
      applies: ({ atMicros }) => campaign !== null && !isWithin(atMicros, campaign),
    },
    {
      rule: "own-change",
      says: "sent by the addresses themselves: change, or money moved between them",
      applies: ({ senders }) => senders.some((sender) => own.has(sender)),
    },
    {
      rule: "same-owner",
      says: "sent by other addresses that the same owner seems to hold",
      applies: ({ senders }) => senders.some(sameOwner),
    },
  ];
}

function isWithin(
  atMicros: number | null,
  { fromMicros, toMicros }: NonNullable<RevenueOptions["campaign"]>,
): boolean {
  if (atMicros === null) return false;
  return (fromMicros === null || atMicros >= fromMicros) && (toMicros === null || atMicros <= toMicros);
}

function counted(
  { rule, says }: Pick<Rule, "rule" | "says">,
  receipts: readonly Receipt[],
): Revenue["excluded"][number] {
  return {
    rule,
    says,
    transactions: receipts.length,
    outputs: receipts.reduce((sum, { outputs }) => sum + outputs.length, 0),
    sats: totalOf(receipts).toString(),
  };
}
