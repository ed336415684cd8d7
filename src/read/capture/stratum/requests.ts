/** A call that has not been answered yet. */
export interface Open<T> {
  readonly id: string | null;
  readonly atMicros: number;
  readonly about: T;
}

/** An answer that no open call explains: its call may have been captured late. */
interface Early<A> {
  readonly id: string | null;
  readonly atMicros: number;
  readonly answer: A;
}

type Fits<T> = (about: T) => boolean;

/** Open calls kept at once; beyond, the oldest counts as unanswered. A pool answers in under a second, so
 *  this is far more than a busy proxy has open. */
const MAX_OPEN = 4096;

/** An answer later than this belongs to a younger call of the same id: xmrig itself gives up after 20 s. */
const ANSWER_MICROS = 120_000_000;

/** How far a capture from several queues can turn a call and its answer round: a round trip in one rack is
 *  below it, two calls of a miner are rarely closer. */
const REORDER_MICROS = 250_000;

/** Early answers kept at once. */
const MAX_EARLY = 64;

/** Open calls of one id that an answer passes over to find its own,
 *  so that evidence cannot make that slow. */
const MAX_PASSED = 64;

/** Joins answers to calls. Ids recur (some miners use one for all calls), so the oldest open call of an id
 *  is meant.
 *
 *  Shape: `expire` is told of every call that will have no answer any more.
 *  Limits: when an answer with a recurring id is lost, the next one within two minutes is taken for it.
 */
export class Requests<T, A> {
  readonly #open = new Map<string, Open<T>[]>();
  readonly #expire: (open: Open<T>) => void;
  #count = 0;
  #early: Early<A>[] = [];

  constructor(expire: (open: Open<T>) => void) {
    this.#expire = expire;
  }

  /** Open calls. */
  get count(): number {
    return this.#count;
  }

  /** Opens a call; returns the answer that came before it, if one did. */
  add(open: Open<T>): A | null {
    const at = this.#early.findIndex(
      (early) => early.id === open.id && Math.abs(early.atMicros - open.atMicros) <= REORDER_MICROS,
    );
    const early = at < 0 ? undefined : this.#early.splice(at, 1)[0];
    if (early !== undefined) return early.answer;
    const key = open.id ?? "";
    const queue = this.#open.get(key);
    if (queue === undefined) this.#open.set(key, [open]);
    else queue.push(open);
    this.#count += 1;
    if (this.#count > MAX_OPEN) this.#expireOldest();
    return null;
  }

  /** The call that an answer is for, which is then closed: the oldest of its id that `fits`. An answer
   *  without an id is for the one open call. */
  answered(answer: { readonly id: string | null; readonly atMicros: number }, fits: Fits<T>): Open<T> | null {
    if (answer.id === null && this.#count !== 1) return null;
    const key = answer.id ?? this.#open.keys().next().value ?? "";
    const queue = this.#open.get(key);
    if (queue === undefined) return null;
    while (queue.length > 1 && answer.atMicros - (queue[0]?.atMicros ?? 0) > ANSWER_MICROS)
      this.#drop(key, queue);
    return this.#take(key, queue, fits);
  }

  /** The oldest open call without an id that `fits`, for protocols whose messages carry none. */
  nameless(fits: Fits<T>): Open<T> | null {
    const queue = this.#open.get("");
    return queue === undefined ? null : this.#take("", queue, fits);
  }

  /** Keeps an answer for a call that may still come. */
  keepEarly(id: string | null, atMicros: number, answer: A): void {
    this.#early.push({ id, atMicros, answer });
    if (this.#early.length > MAX_EARLY) this.#early.shift();
  }

  /** Expires every open call, in the order in which they were made. */
  close(): void {
    const all = [...this.#open.values()].flat().sort((a, b) => a.atMicros - b.atMicros);
    this.#open.clear();
    this.#count = 0;
    for (const open of all) this.#expire(open);
  }

  #take(key: string, queue: Open<T>[], fits: Fits<T>): Open<T> | null {
    const at = queue.slice(0, MAX_PASSED).findIndex((open) => fits(open.about));
    const first = at < 0 ? undefined : queue.splice(at, 1)[0];
    if (first === undefined) return null;
    if (queue.length === 0) this.#open.delete(key);
    this.#count -= 1;
    return first;
  }

  #drop(key: string, queue: Open<T>[]): void {
    const first = this.#take(key, queue, () => true);
    if (first !== null) this.#expire(first);
  }

  #expireOldest(): void {
    const [key, queue] = this.#open.entries().next().value ?? [];
    if (key !== undefined && queue !== undefined) this.#drop(key, queue);
  }
}
