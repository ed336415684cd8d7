const FIRST_CAPACITY = 1024;
/** `Int32Array` positions. */
const MOST_MEMBERS = 2 ** 31 - 1;

/** Members of disjoint sets, by numbers from 0.
 *
 *  Shape: one 32-bit number a member: of a root the negative size of its set, of others the next member on
 *  the way to it. Union by size with path halving: nearly constant time a step.
 *  Source: Tarjan, van Leeuwen (1984), Worst-case analysis of set union algorithms, JACM 31.
 *  Errors: RangeError beyond 2^31 − 1 members.
 */
export class UnionFind {
  count = 0;
  #parents = new Int32Array(FIRST_CAPACITY);

  /** A new member, in a set of its own. */
  add(): number {
    if (this.count === MOST_MEMBERS) throw new RangeError(`more than ${MOST_MEMBERS} members`);
    if (this.count === this.#parents.length) {
      const larger = new Int32Array(Math.min(this.count * 2, MOST_MEMBERS));
      larger.set(this.#parents);
      this.#parents = larger;
    }
    this.#parents[this.count] = -1;
    this.count += 1;
    return this.count - 1;
  }

  /** The member that stands for the set. */
  root(member: number): number {
    const parents = this.#parents;
    let at = member;
    let above = parents[at] ?? -1;
    while (above >= 0) {
      const next = parents[above] ?? -1;
      if (next < 0) return above;
      parents[at] = next;
      at = next;
      above = parents[at] ?? -1;
    }
    return at;
  }

  /** Members of the set. */
  size(member: number): number {
    return -(this.#parents[this.root(member)] ?? -1);
  }

  /** Memory that the numbers take. */
  get bytes(): number {
    return this.#parents.byteLength;
  }

  /** Makes one set of two; the root of it. */
  join(one: number, other: number): number {
    const [first, second] = [this.root(one), this.root(other)];
    if (first === second) return first;
    const sizes = (this.#parents[first] ?? -1) + (this.#parents[second] ?? -1);
    const isLarger = (this.#parents[first] ?? -1) <= (this.#parents[second] ?? -1);
    const [root, under] = isLarger ? [first, second] : [second, first];
    this.#parents[under] = root;
    this.#parents[root] = sizes;
    return root;
  }
}
