import type { CaseTrace } from "../../model/trace.ts";
import { doubtsOf } from "../../report/doubts.ts";
import * as say from "../../report/numbers.ts";
import { policySides } from "../../report/policies.ts";
import { POLICY_WORD, type Reached, reachedOf, type TraceGroup } from "../../report/reached.ts";
import { cutOffOf } from "../../report/until.ts";
import type { FollowedParts } from "./parts.ts";
import { servicesNamed } from "./verdict-headline.ts";

/** Tags whose doubts are told. */
const MOST_DOUBTS = 2;

/** What stands behind the sentence of a trace: whose books tell more, what it was worth, how it is known. */
export function details(parts: FollowedParts, { lead, traces }: TraceGroup): readonly string[] {
  const ends = reachedOf(parts, lead);
  return [
    ...asked(ends, lead),
    ...doubtsOf(parts, ends).says.slice(0, MOST_DOUBTS),
    ...beyond(parts, ends, lead),
    ...ends.flatMap((end) => worthOf(end, lead)),
    ...(lead.edges.length === 0 ? [] : [known(lead)]),
    ...byOthers(parts, traces),
    ...(lead.isComplete
      ? []
      : ["The source failed before the trace was through: more may have gone elsewhere"]),
  ];
}

const amountOf = (sats: bigint, coin: string): string =>
  `${say.coins(String(sats), coin)} ${say.coinSign(coin)}`;

/** Whose books tell more. */
function asked(ends: readonly Reached[], { coin, policy }: CaseTrace): readonly string[] {
  const services = ends.filter(({ kind }) => kind === "service");
  if (services.length === 0) return [];
  const sats = services.reduce((sum, end) => sum + end.sats, 0n);
  const outputs = say.plural(
    services.reduce((sum, { count }) => sum + count, 0),
    "output",
  );
  const what = policy === "poison" ? outputs : `${amountOf(sats, coin)} in ${outputs}`;
  return [`The books of ${servicesNamed(services)} can tell whose it was: ${what}`];
}

/** What no rule can follow, and what can still be watched. */
function beyond(parts: FollowedParts, ends: readonly Reached[], lead: CaseTrace): readonly string[] {
  const met = new Set(ends.map(({ kind }) => kind));
  const isForward = lead.direction === "forward";
  const mixed = met.has("coinjoin")
    ? [`no rule can follow what ${isForward ? "went into" : "comes out of"} CoinJoins`]
    : [];
  const { height } = lead.until;
  const lies =
    isForward && met.has("unspent") && cutOffOf(parts, lead) === null
      ? [`what lies unspent${height === null ? "" : ` at block ${height}`} can be watched`]
      : [];
  const said = [...mixed, ...lies].join("; ");
  return said === "" ? [] : [`${said.charAt(0).toUpperCase()}${said.slice(1)}`];
}

const WORTH_OF: Readonly<Partial<Record<Reached["kind"], string>>> = {
  unspent: "What was unspent",
  "perhaps-unspent": "What no spend is seen of",
  coinjoin: "What CoinJoins have",
};

/** What lies still, and what CoinJoins have, at the day it arrived and at the last known price. */
function worthOf({ kind, sats, worth }: Reached, { coin }: CaseTrace): readonly string[] {
  const what = WORTH_OF[kind];
  const closeOf = (moment: string) => worth.find((one) => one.moment === moment && one.close !== null);
  const [came, last] = [closeOf("receipt"), closeOf("last-known")];
  if (what === undefined || (came === undefined && last === undefined)) return [];
  const said = [
    ...(came === undefined ? [] : [`${leastOf(came)}${say.usd(came.close)} when it got there`]),
    ...(last === undefined
      ? []
      : [`${say.usd(last.close)} at the last known price${last.date === null ? "" : ` (${last.date})`}`]),
  ];
  return [`${what}, ${amountOf(sats, coin)}, was worth ${said.join(" and ")}, by the day's close`];
}

const leastOf = ({ coveredShare }: { readonly coveredShare: number }): string =>
  coveredShare < 1 ? "at least " : "";

/** How much of it is seen, how much a convention, and how much the examiner's choice. */
function known({ edges, policy }: CaseTrace): string {
  const chosen = new Set(edges.filter((edge) => edge.chosen).map(({ txid }) => txid)).size;
  const assumed = edges.filter((edge) => edge.how === "assumed" && !edge.chosen).length;
  if (assumed + chosen === 0)
    return "Every transaction on the way spends followed coins alone: no convention was needed";
  const seen = "That these transactions spend each other's outputs is seen";
  const mixed =
    `in ${say.count(assumed)} of ${say.plural(edges.length, "step")} other coins were mixed in, ` +
    (policy === "poison"
      ? "and poison follows all that came out"
      : `and which went where is the convention “${POLICY_WORD[policy]}”`);
  const choice = `in ${say.plural(chosen, "step")} the examiner chose where all of it went (--hop)`;
  return [seen, ...(chosen > 0 ? [choice] : []), ...(assumed > 0 ? [mixed] : [])].join("; ");
}

/** What services have got by all policies that add up. */
function byOthers(parts: FollowedParts, traces: readonly CaseTrace[]): readonly string[] {
  const sums = traces.filter(({ policy }) => policy !== "poison");
  if (sums.length < 2) return [];
  const toServices = sums.map((trace) => policySides(parts, trace)[0]?.[1] ?? 0);
  const [least, most] = [Math.min(...toServices), Math.max(...toServices)];
  if (most === 0) return [];
  const range =
    say.share(least) === say.share(most) ? say.share(least) : `${say.share(least)} – ${say.share(most)}`;
  const all = sums.length === 2 ? "both" : `all ${sums.length}`;
  return [`By ${all} policies that add up, services have ${range} of it`];
}
