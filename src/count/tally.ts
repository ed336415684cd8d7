import type { ShareOutcome } from "../model/record.ts";
import type { Interval } from "../model/work.ts";
import { fayFeuerOfSums } from "../stats/fay-feuer.ts";
import { type Bounds, garwood } from "../stats/garwood.ts";

/** Sums over shares of one outcome, each with its weight. */
class Sums {
  count = 0;
  sum = 0;
  sumSquares = 0;
  maxWeight = 0;
  minWeight = Number.POSITIVE_INFINITY;

  add(weight: number): void {
    this.count += 1;
    this.sum += weight;
    this.sumSquares += weight * weight;
    if (weight > this.maxWeight) this.maxWeight = weight;
    if (weight < this.minWeight) this.minWeight = weight;
  }

  /** Both together, the weights of the other times `factor`. */
  plus(other: Sums, factor = 1): Sums {
    const both = new Sums();
    both.count = this.count + other.count;
    both.sum = this.sum + other.sum * factor;
    both.sumSquares = this.sumSquares + other.sumSquares * factor ** 2;
    both.maxWeight = Math.max(this.maxWeight, other.maxWeight * factor);
    both.minWeight = Math.min(this.minWeight, other.minWeight * factor);
    return both;
  }

  bounds(): Bounds {
    if (this.count > 0 && this.minWeight === this.maxWeight) {
      const { low, high } = garwoodOf(this.count);
      return { low: low * this.maxWeight, high: high * this.maxWeight };
    }
    return fayFeuerOfSums(this);
  }
}

/** Adds up what shares weigh (hashes, coins or dollars) and bounds the mean of it.
 *
 *  Shape: the estimate counts accepted shares. Rejected ones add nothing, but their weight says what a share
 *  could have been, which bounds the total where none was accepted. Where shares are unanswered, `low` is
 *  the low end over the accepted ones and `high` the high end over all that were not rejected.
 *  Errors: none; a weight that is not above 0 and finite is no known weight and left out.
 *  Source: Garwood (1936) where all weights are equal, Fay & Feuer (1997) where they differ; see src/stats.
 */
export class Tally {
  #accepted = new Sums();
  #unanswered = new Sums();
  #heaviest = 0;

  add(weight: number, outcome: ShareOutcome): void {
    if (!isWeight(weight)) return;
    if (outcome === "accepted") this.#accepted.add(weight);
    if (outcome === "unanswered") this.#unanswered.add(weight);
    this.expect(weight);
  }

  /** Notes what a share could have weighed, without one. */
  expect(weight: number): void {
    if (isWeight(weight) && weight > this.#heaviest) this.#heaviest = weight;
  }

  /** Adds the shares of another tally, their weights times `factor` (a price turns coins into money). */
  addAll(other: Tally, factor = 1): void {
    this.#accepted = this.#accepted.plus(other.#accepted, factor);
    this.#unanswered = this.#unanswered.plus(other.#unanswered, factor);
    this.expect(other.#heaviest * factor);
  }

  /** Sum over accepted shares. */
  get sum(): number {
    return this.#accepted.sum;
  }

  /** Sum over all shares that were not rejected. */
  get most(): number {
    return this.#accepted.sum + this.#unanswered.sum;
  }

  /** Whether a share counts or may count. */
  get hasShares(): boolean {
    return this.#accepted.count + this.#unanswered.count > 0;
  }

  /** null: no share's weight is known. */
  interval(): Interval | null {
    if (this.#heaviest === 0) return null;
    const most = this.#accepted.plus(this.#unanswered);
    most.maxWeight = most.count === 0 ? this.#heaviest : most.maxWeight;
    return { estimate: this.sum, low: this.#accepted.bounds().low, high: most.bounds().high };
  }
}

/** Bounds by count: cases with very many sessions ask for the same small counts over and over. */
const GARWOOD = new Map<number, Bounds>();
const MAX_REMEMBERED = 10_000;

function garwoodOf(count: number): Bounds {
  const known = GARWOOD.get(count);
  if (known !== undefined) return known;
  const bounds = garwood(count);
  if (GARWOOD.size < MAX_REMEMBERED) GARWOOD.set(count, bounds);
  return bounds;
}

function isWeight(weight: number): boolean {
  return weight > 0 && weight < Number.POSITIVE_INFINITY;
}
