import { type ChainTx, outpointId } from "../../../model/chain.ts";
import { counted } from "../amount.ts";
import { comparedFeatures } from "../change/features.ts";
import { isPeel } from "../change/peel-chain.ts";
import { coinJoinOf } from "../coinjoin/index.ts";

/** A run of transactions of one owner, as it seems: each pays a part away and leaves the rest to the next. */
export interface PeelChain {
  /** `changeVout` is spent by the next of them; behind the last one it is what the run ended at. */
  readonly hops: readonly {
    readonly txid: string;
    readonly peeledVout: number;
    readonly changeVout: number;
    /** Whether what spends the peeled output is known, and bears other marks. */
    readonly isTold: boolean;
  }[];
  /** Marks that all its transactions share. */
  readonly features: readonly string[];
  /** Why it goes no further. */
  readonly end: "both-match" | "neither-matches";
  readonly likelihood: number;
  readonly confidence: "high" | "medium" | "low";
  readonly says: string;
}

/** Fewest hops that make a run, and marks that must be known on both sides of one. */
const FEWEST_HOPS = 2;
const FEWEST_MARKS = 2;

/** How probable it is that a run is one owner's, by its hops that are told from the other output's way.
 *  Judgements: over longer runs, Kappos and others found false discoveries far rarer than by rules that look
 *  at one transaction. Where marks are common and the other way is not known, little is: in block 300,025
 *  four of ten such hops were wrong. */
const LIKELIHOODS = [
  { told: 9, likelihood: 0.95, confidence: "high" },
  { told: 4, likelihood: 0.85, confidence: "medium" },
  { told: 1, likelihood: 0.7, confidence: "low" },
  { told: 0, likelihood: 0.5, confidence: "low" },
] as const;

/** Peel chains among transactions, the longest first.
 *
 *  Method: a transaction with one input and two outputs goes on at the output whose spender is of the same
 *  kind and bears the same marks (version, locktime, replacement, script type), where the other output's does
 *  not; the run ends where both do, or neither.
 *  Source: Kappos and others (2022), How to Peel a Million, USENIX Security.
 *  Limits: fees a byte are not compared: sizes are not known. What spends an output outside `txs` counts as
 *  no match, and the hop then as not told.
 */
export function peelChains(txs: Iterable<ChainTx>): PeelChain[] {
  const all = [...txs];
  const peels = all.filter(isHop);
  const spenders = new Map(all.flatMap((tx) => tx.inputs.map((input) => [outpointId(input), tx] as const)));
  const steps = new Map(peels.map((tx) => [tx.txid, stepOf(tx, spenders)]));
  const reached = new Set([...steps.values()].flatMap(({ next }) => (next === null ? [] : [next.txid])));
  return peels
    .filter(({ txid }) => !reached.has(txid))
    .flatMap((tx) => chainFrom(tx, steps) ?? [])
    .sort((one, other) => other.hops.length - one.hops.length);
}

function isHop(tx: ChainTx): boolean {
  return isPeel(tx) && coinJoinOf(tx) === null;
}

interface Step {
  readonly next: ChainTx | null;
  readonly changeVout: number;
  readonly peeledVout: number;
  readonly matching: number;
  readonly isTold: boolean;
}

function stepOf(tx: ChainTx, spenders: ReadonlyMap<string, ChainTx>): Step {
  const outputs = tx.outputs.flatMap(({ vout }) => (vout === null ? [] : [vout]));
  const going = outputs.flatMap((vout) => {
    const next = spenders.get(outpointId({ txid: tx.txid, vout }));
    return next !== undefined && isAlike(tx, next) ? [{ next, vout }] : [];
  });
  const [only] = going;
  const next = going.length === 1 && only !== undefined ? only.next : null;
  const changeVout = next !== null && only !== undefined ? only.vout : largest(tx);
  const peeledVout = outputs.find((vout) => vout !== changeVout) ?? changeVout;
  const isTold = next !== null && spenders.has(outpointId({ txid: tx.txid, vout: peeledVout }));
  return { next, changeVout, peeledVout, matching: going.length, isTold };
}

function isAlike(tx: ChainTx, next: ChainTx): boolean {
  const { same, different } = comparedFeatures(tx, next);
  return isHop(next) && different.length === 0 && same.length >= FEWEST_MARKS;
}

function largest({ outputs }: ChainTx): number {
  const [first, second] = outputs;
  return ((second?.valueSats ?? 0n) > (first?.valueSats ?? 0n) ? second?.vout : first?.vout) ?? 0;
}

function chainFrom(start: ChainTx, steps: ReadonlyMap<string, Step>): PeelChain | null {
  const seen = new Set<string>();
  const run: ChainTx[] = [];
  const hops: PeelChain["hops"][number][] = [];
  let matching = 0;
  // What an attacker wrote can run in a circle, a chain cannot.
  for (let at: ChainTx | null = start; at !== null && !seen.has(at.txid); ) {
    const step = steps.get(at.txid);
    if (step === undefined) break;
    seen.add(at.txid);
    run.push(at);
    const { peeledVout, changeVout, isTold } = step;
    hops.push({ txid: at.txid, peeledVout, changeVout, isTold });
    matching = step.matching;
    at = step.next;
  }
  const told = hops.filter(({ isTold }) => isTold).length;
  const known = LIKELIHOODS.find((row) => told >= row.told);
  if (known === undefined || hops.length < FEWEST_HOPS) return null;
  const features = sharedFeatures(run, hops);
  const end = matching > 1 ? "both-match" : "neither-matches";
  return {
    hops,
    features,
    end,
    likelihood: known.likelihood,
    confidence: known.confidence,
    says:
      `${counted(hops.length, "transaction")} with one input and two outputs in a row, alike in ` +
      `${features.join(", ")}: a peel chain, which ends where ` +
      (end === "both-match" ? "both outputs go on alike" : "neither output goes on alike"),
  };
}

function sharedFeatures(run: readonly ChainTx[], hops: PeelChain["hops"]): string[] {
  const [first, ...others] = run;
  if (first === undefined) return [];
  const compared = others.map((other) => comparedFeatures(first, other).same);
  const shared = (compared[0] ?? []).filter((id) => compared.every((same) => same.includes(id)));
  // What is behind the last one is not known to be change.
  const positions = new Set(hops.slice(0, -1).map(({ changeVout }) => changeVout));
  return positions.size === 1 && hops.length > FEWEST_HOPS ? [...shared, "position of the change"] : shared;
}
