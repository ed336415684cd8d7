import type { ChainTx } from "../../../model/chain.ts";
import type { Role, Vote } from "../../../model/trace.ts";
import { coinJoinLook } from "../coinjoin/index.ts";
import type { CoinJoin } from "../coinjoin/row.ts";
import { poolEnteredBy } from "../coinjoin/whirlpool-pools.ts";
import { CHANGE_RULES } from "./index.ts";
import type { ChangeRule, RuleFamily, Spend, SpendContext } from "./rule.ts";

/** What an output seems to be. `likelihood` (0–1) of its role, null where no rule says or where they
 *  disagree; `votes` are those of all rules that had an opinion. */
export interface OutputRole {
  readonly role: Role;
  readonly likelihood: number | null;
  readonly confidence: "high" | "medium" | "low" | null;
  readonly votes: readonly Vote[];
}

/** Between this and its complement rules disagree too much to name a role. */
const LEAST_LIKELIHOOD = 0.75;
/** Rules are not independent of each other: together they are never surer than this, unless the surest of
 *  them is by itself. */
const MOST_LIKELIHOOD = 0.98;
/** At most so often wrong is sure by itself. */
const SURE_ERROR = 0.01;

const UNKNOWN: OutputRole = { role: "unknown", likelihood: null, confidence: null, votes: [] };

/** The role of each output of a transaction, in their order.
 *
 *  Method: each family's surest vote counts, with the odds (1 − e) / e of its error e, on even odds. Where
 *  the outcome is below 0.75 either way, the role is unknown.
 *  Limits: the errors of most rules are judgements (`ChangeRule.measured`); so is the outcome.
 */
export function rolesOf(
  tx: ChainTx,
  context: SpendContext,
  rules: readonly ChangeRule[] = CHANGE_RULES,
): OutputRole[] {
  const { outputs, inputs } = tx;
  if (tx.isCoinbase)
    return outputs.map(() => ({ ...UNKNOWN, role: "miner", likelihood: 1, confidence: "high" }));
  if (!tx.isWhole) return outputs.map(() => UNKNOWN);
  const { mix, preparation } = coinJoinLook(tx);
  if (mix !== null) return outputs.map(() => named(mix, "coinjoin"));
  if (preparation !== null) {
    return outputs.map(({ valueSats }) =>
      poolEnteredBy(valueSats, tx.atMicros) === undefined ? UNKNOWN : named(preparation, "change"),
    );
  }
  const payable = [...outputs.keys()].filter((output) => outputs[output]?.script !== "op-return");
  const votes = votesOf({ tx, inputs, outputs, payable, context }, payable.length < 2 ? [] : rules);
  return outputs.map((_, output) => combined(votes.get(output) ?? []));
}

function named({ id, likelihood, confidence, errorShare, source }: CoinJoin, role: Role): OutputRole {
  return { role, likelihood, confidence, votes: [{ rule: id, role, errorShare, source }] };
}

interface Cast {
  readonly rule: ChangeRule;
  readonly role: Role;
}

/** A rule that leaves one candidate votes for it; those that it rules out are payments. */
function votesOf(spend: Spend, rules: readonly ChangeRule[]): Map<number, Cast[]> {
  const votes = new Map<number, Cast[]>(spend.payable.map((output) => [output, []]));
  for (const rule of rules) {
    const left = rule.candidates(spend);
    if (left === null || left.size === 0 || left.size === spend.payable.length) continue;
    for (const output of spend.payable) {
      const isLeft = left.has(output);
      if (isLeft && left.size > 1 && !rule.isEach) continue;
      votes.get(output)?.push({ rule, role: isLeft ? "change" : rule.others });
    }
  }
  return votes;
}

function combined(cast: readonly Cast[]): OutputRole {
  const votes = cast.map(({ rule: { id, errorShare, source }, role }) => ({
    rule: id,
    role,
    errorShare,
    source,
  }));
  if (cast.length === 0) return UNKNOWN;
  const counted = surestOfFamilies(cast);
  const logOdds = counted.reduce((sum, { rule, role }) => {
    const weight = Math.log((1 - rule.weighedError) / rule.weighedError);
    return sum + (role === "change" ? weight : -weight);
  }, 0);
  const isChange = logOdds > 0;
  const likelihood = 1 / (1 + Math.exp(-Math.abs(logOdds)));
  if (likelihood < LEAST_LIKELIHOOD) return { ...UNKNOWN, votes };
  const agreeing = counted.filter(({ role }) => (role === "change") === isChange);
  const isSure = agreeing.some(({ rule }) => rule.weighedError <= SURE_ERROR);
  const isPeeled = !isChange && agreeing.some(({ role }) => role === "peel");
  return {
    role: isChange ? "change" : isPeeled ? "peel" : "payment",
    likelihood: round(isSure ? likelihood : Math.min(likelihood, MOST_LIKELIHOOD)),
    confidence: confidenceOf(agreeing, { isSure, isDisputed: agreeing.length < counted.length }),
    votes,
  };
}

function confidenceOf(
  agreeing: readonly Cast[],
  { isSure, isDisputed }: { readonly isSure: boolean; readonly isDisputed: boolean },
): OutputRole["confidence"] {
  if (isDisputed) return "low";
  if (isSure || agreeing.length >= 3) return "high";
  const isMeasured = agreeing.some(({ rule }) => rule.errorShare !== null);
  return isMeasured || agreeing.length === 2 ? "medium" : "low";
}

function surestOfFamilies(cast: readonly Cast[]): Cast[] {
  const surest = new Map<RuleFamily, Cast>();
  for (const one of cast) {
    const other = surest.get(one.rule.family);
    if (other === undefined || one.rule.weighedError < other.rule.weighedError)
      surest.set(one.rule.family, one);
  }
  return [...surest.values()];
}

function round(likelihood: number): number {
  return Math.round(likelihood * 1_000) / 1_000;
}
