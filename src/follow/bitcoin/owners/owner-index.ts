import { UnionFind } from "./union-find.ts";

/** From so many addresses on each, two clusters are large: one mistaken join would spread a tag over all. */
const LARGE_CLUSTER = 100;

/** Which addresses are one owner's, as joins are told one after another. */
export class OwnerIndex {
  readonly #sets = new UnionFind();
  readonly #ids = new Map<string, number>();
  /** Names of services, by the root that they were last seen at. */
  readonly #services = new Map<number, string>();
  readonly #serviceOf: (address: string) => string | null;

  constructor(serviceOf: (address: string) => string | null) {
    this.#serviceOf = serviceOf;
  }

  /** Addresses in the order in which they came, each with its number. */
  get addresses(): ReadonlyMap<string, number> {
    return this.#ids;
  }

  /** The number that stands for the cluster of an address; null for one that was never seen. */
  root(address: string): number | null {
    const id = this.#ids.get(address);
    return id === undefined ? null : this.#sets.root(id);
  }

  /** The service whose tag lies in a cluster. */
  service(root: number): string | null {
    return this.#services.get(this.#sets.root(root)) ?? null;
  }

  /** Joins the clusters of two addresses; what speaks against it, in words, where it is not done. */
  join(one: string, other: string, mayBeLarge: boolean): string | null {
    const [first, second] = [this.#sets.root(this.#id(one)), this.#sets.root(this.#id(other))];
    if (first === second) return null;
    const [service, rival] = [this.service(first), this.service(second)];
    if (service !== null && rival !== null && service !== rival) {
      return `it would join addresses of ${service} with addresses of ${rival}`;
    }
    const sizes = [this.#sets.size(first), this.#sets.size(second)] as const;
    if (!mayBeLarge && Math.min(...sizes) >= LARGE_CLUSTER) {
      return `it would join clusters of ${sizes[0]} and ${sizes[1]} addresses`;
    }
    const root = this.#sets.join(first, second);
    const named = service ?? rival;
    if (named !== null) this.#services.set(root, named);
    return null;
  }

  #id(address: string): number {
    const known = this.#ids.get(address);
    if (known !== undefined) return known;
    const id = this.#sets.add();
    this.#ids.set(address, id);
    const service = this.#serviceOf(address);
    if (service !== null) this.#services.set(id, service);
    return id;
  }
}
