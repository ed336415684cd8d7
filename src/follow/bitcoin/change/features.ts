import type { ChainTx } from "../../../model/chain.ts";

/** Sequence numbers below this one allow the transaction to be replaced. Source: BIP 125. */
const LEAST_FINAL = 0xff_ff_ff_fe;
/** Locktimes below are heights, others times. Source: Bitcoin Core, `LOCKTIME_THRESHOLD`. */
const FIRST_TIME = 500_000_000;

/** A mark that software leaves on every transaction it makes; null: the source does not tell. */
export interface Feature {
  readonly id: string;
  of(tx: ChainTx): string | null;
}

/** Source: Kappos and others (2022), How to Peel a Million, USENIX Security, "transaction features". */
export const FEATURES: readonly Feature[] = [
  { id: "version", of: ({ version }) => (version === null ? null : String(version)) },
  { id: "locktime", of: ({ locktime }) => (locktime === null ? null : locktimeKind(locktime)) },
  { id: "replaceable", of: replaceable },
  { id: "script type", of: scriptType },
];

/** Looking at inputs takes long where there are many, and each output of a transaction asks again. */
const marked = new WeakMap<ChainTx, readonly (string | null)[]>();

function marksOf(tx: ChainTx): readonly (string | null)[] {
  const known = marked.get(tx);
  if (known !== undefined) return known;
  const marks = FEATURES.map(({ of }) => of(tx));
  marked.set(tx, marks);
  return marks;
}

/** Ids of the features in which two transactions agree, and of those in which they do not. */
export function comparedFeatures(
  one: ChainTx,
  other: ChainTx,
): { readonly same: readonly string[]; readonly different: readonly string[] } {
  const same: string[] = [];
  const different: string[] = [];
  const [ours, theirs] = [marksOf(one), marksOf(other)];
  for (const [i, { id }] of FEATURES.entries()) {
    const [first = null, second = null] = [ours[i], theirs[i]];
    if (first === null || second === null) continue;
    (first === second ? same : different).push(id);
  }
  return { same, different };
}

function locktimeKind(locktime: number): string {
  if (locktime === 0) return "none";
  return locktime < FIRST_TIME ? "height" : "time";
}

function replaceable({ inputs }: ChainTx): string | null {
  if (inputs.some(({ sequence }) => sequence !== null && sequence < LEAST_FINAL)) return "yes";
  return inputs.length > 0 && inputs.every(({ sequence }) => sequence !== null) ? "no" : null;
}

function scriptType({ inputs }: ChainTx): string | null {
  const kinds = new Set(inputs.map(({ script }) => script));
  if (kinds.size === 0 || kinds.has(null)) return null;
  return [...kinds].sort().join(" and ");
}
