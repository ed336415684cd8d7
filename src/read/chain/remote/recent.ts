/** Values that were asked for lately, so that they are not asked for twice; the oldest make room.
 *
 *  Shape: `weigh` tells how much of `most` a value takes.
 *  Limits: a value that is heavier than `most` alone is not remembered.
 */
export class Recent<T> {
  readonly #most: number;
  readonly #weigh: (value: T) => number;
  readonly #values = new Map<string, T>();
  #weight = 0;

  constructor(most: number, weigh: (value: T) => number) {
    this.#most = most;
    this.#weigh = weigh;
  }

  get(key: string): T | undefined {
    return this.#values.get(key);
  }

  put(key: string, value: T): void {
    const weight = this.#weigh(value);
    if (weight > this.#most || this.#values.has(key)) return;
    this.#values.set(key, value);
    this.#weight += weight;
    for (const [oldest, old] of this.#values) {
      if (this.#weight <= this.#most) break;
      this.#values.delete(oldest);
      this.#weight -= this.#weigh(old);
    }
  }
}
