import type { CaseTrace } from "../../model/trace.ts";
import type { Worth } from "../../model/worth.ts";
import { doubtsOf } from "../../report/doubts.ts";
import { usdRange } from "../../report/follow-rows.ts";
import * as say from "../../report/numbers.ts";
import { type EndKind, type Reached, reachedOf } from "../../report/reached.ts";
import { cutOffOf, NO_SPEND_SEEN } from "../../report/until.ts";
import { cut } from "../../report/visible.ts";
import type { FollowedParts } from "./parts.ts";

/** Services that a sentence names. */
const MOST_NAMED = 3;

/** Below this part what is too little to follow is not told beside other ends. */
const LEAST_PART = 0.01;

/** What is said of ends of some kinds: after their share, and after their number of outputs. */
interface Telling {
  readonly kinds: readonly EndKind[];
  readonly went: (of: readonly Reached[], cutOff: string | null) => string;
  /** Told only where it is much, or where nothing else is told. */
  readonly isMinor?: boolean;
}

const firstSays = (of: readonly Reached[]): string =>
  of.flatMap(({ outputs }) => outputs.flatMap(({ stopSays }) => stopSays ?? []))[0] ?? "too little to follow";

const LOST: readonly EndKind[] = ["not-in-source", "unknown-value", "source-failed", "limit"];

const FORWARD: readonly Telling[] = [
  { kinds: ["service"], went: (of) => `went to ${servicesNamed(of)}` },
  { kinds: ["coinjoin"], went: () => "went into CoinJoins" },
  {
    kinds: ["unspent"],
    went: (_, cutOff) =>
      cutOff === null ? "lies unspent" : `was unspent at the cut-off that was asked for (${cutOff})`,
  },
  { kinds: ["perhaps-unspent"], went: () => `has ${NO_SPEND_SEEN}` },
  { kinds: LOST, went: () => "was lost sight of" },
  {
    kinds: ["dust", "min-taint"],
    went: (of) => `is in amounts of ${firstSays(of)}`,
    isMinor: true,
  },
  { kinds: ["unlisted"], went: () => "is in outputs that are not listed one by one", isMinor: true },
  { kinds: ["fees"], went: () => "went to fees", isMinor: true },
  { kinds: ["burnt"], went: () => "was burnt", isMinor: true },
];

const BACKWARD: readonly Telling[] = [
  { kinds: ["service"], went: (of) => `comes from ${servicesNamed(of)}` },
  { kinds: ["coinjoin"], went: () => "comes out of CoinJoins" },
  { kinds: ["coinbase"], went: (of) => `was ${minedSays(of)}` },
  { kinds: ["cut-off"], went: () => "was there before the cut-off that was asked for" },
  { kinds: ["not-in-source"], went: () => "comes from transactions that the source does not hold" },
  { kinds: LOST, went: () => "cannot be told where it came from" },
  {
    kinds: ["dust", "min-taint"],
    went: (of) => `comes in amounts of ${firstSays(of)}`,
    isMinor: true,
  },
  {
    kinds: ["unlisted", "perhaps-unspent"],
    went: () => "comes from outputs that are not listed one by one",
    isMinor: true,
  },
];

/** "newly mined, block 9", "newly mined, 12 outputs". */
function minedSays(of: readonly Reached[]): string {
  const outputs = of.flatMap((end) => end.outputs);
  const [only] = outputs;
  if (outputs.length === 1 && only !== undefined) return only.stopSays ?? "newly mined";
  return `newly mined (${say.plural(outputs.length, "output")})`;
}

/** What a trace comes to, in one sentence. */
export function headlineOf(parts: FollowedParts, trace: CaseTrace): string {
  const ends = reachedOf(parts, trace);
  const begun = begunWith(trace);
  const cutOff = cutOffOf(parts, trace);
  const rows = tellings(trace.direction === "forward" ? FORWARD : BACKWARD, ends);
  if (trace.policy === "poison") {
    const reached = ends.filter(({ count }) => count > 0);
    const outputs = reached.reduce((sum, { count }) => sum + count, 0);
    const services = reached.filter(({ kind }) => kind === "service");
    const at = services.length === 0 ? "" : `, among them outputs of ${servicesNamed(services)}`;
    const way = trace.direction === "forward" ? "reached" : "can have come from";
    return `${begun}: by poison it ${way} ${say.plural(outputs, "output")}${at}; that is reach, not loss`;
  }
  const seed = Number(trace.totals.seedSats) || 1;
  const partOf = (of: readonly Reached[]): number =>
    of.reduce((sum, { sats }) => sum + Number(sats), 0) / seed;
  const major = rows.filter(({ row, of }) => row.isMinor !== true || partOf(of) >= LEAST_PART);
  const told = (major.length === 0 ? rows : major).map(
    ({ row, of }) => `${say.share(partOf(of))} ${row.went(of, cutOff)}${doubted(parts, { trace, of })}`,
  );
  return told.length === 0 ? begun : `${begun}: ${told.join(", ")}`;
}

function tellings(
  rows: readonly Telling[],
  ends: readonly Reached[],
): readonly { readonly row: Telling; readonly of: readonly Reached[] }[] {
  const told = new Set<EndKind>();
  return rows.flatMap((row) => {
    const of = ends.filter(({ kind }) => row.kinds.includes(kind) && !told.has(kind));
    for (const kind of row.kinds) told.add(kind);
    return of.length === 0 ? [] : [{ row, of }];
  });
}

/** How much of what services have rests on tags that are not agreed upon. */
function doubted(
  parts: FollowedParts,
  { trace, of }: { readonly trace: CaseTrace; readonly of: readonly Reached[] },
): string {
  const { sats } = doubtsOf(parts, of);
  if (sats === 0n) return "";
  const share = say.share(Number(sats) / (Number(trace.totals.seedSats) || 1));
  return ` (${share} by tags that are contradicted or to be doubted)`;
}

function begunWith({ seeds, totals, worth, coin }: CaseTrace): string {
  const days = seeds.flatMap(({ at }) => at?.slice(0, 10) ?? []).sort();
  const [first, last] = [days[0], days.at(-1)];
  const what = `${say.coins(totals.seedSats, coin)} ${say.coinSign(coin)}${worthBracket(worth)}`;
  if (first === undefined) return what;
  return `${what}, received ${first === last ? `on ${first}` : `from ${first} on`}`;
}

/** "two exchanges" cannot be said: what a service is stands in tags, which may disagree. */
export function servicesNamed(of: readonly Reached[]): string {
  const names = [...new Set(of.map(({ service }) => cut(service ?? "a service", 60)))];
  const rest = names.length - MOST_NAMED;
  if (rest > 0) return `${names.slice(0, MOST_NAMED).join(", ")} and ${rest} more`;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** " (worth $835,830 – $1,007,274 when it came)". */
export function worthBracket(worth: readonly Worth[]): string {
  const [first] = worth;
  if (first === undefined) return "";
  const known = usdRange(first);
  if (known === null) return " (worth unknown: no price is known)";
  const [lowest, highest] = known;
  const least = first.coveredShare < 1 ? "at least " : "";
  return ` (worth ${least}${say.usd(lowest)} – ${say.usd(highest)} when it came)`;
}
