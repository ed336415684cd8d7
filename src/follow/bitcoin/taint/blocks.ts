import { BlockLayout } from "../../../bytes/bitcoin-layout.ts";
import { isoMicros, parseIso } from "../../../bytes/time.ts";
import type { BlockView, ChainBlocks, ChainTx } from "../../../model/chain.ts";
import { PaydirtError } from "../../../model/error.ts";
import { type BitcoinNetwork, networkById } from "../../../tables/bitcoin-networks.ts";
import type { Followed, SeedRequest, TraceOptions } from "../options.ts";
import { SpentValues } from "./block-values.ts";
import { isBeyond } from "./cutoff.ts";
import { isContinuable } from "./earlier.ts";
import { Holes } from "./holes.ts";
import { Ledger } from "./ledger.ts";
import { failureOf } from "./lookup.ts";
import { NamedTxs, SeedAddresses } from "./named.ts";
import type { Hashed } from "./outputs.ts";
import { POLICY_ROWS } from "./policies.ts";
import { nextSpender, slotsOf } from "./probe.ts";
import { paidOutputs } from "./receipts.ts";
import { type OpenBlock, toldTx } from "./told-tx.ts";

/** A block's time is later than the median of the eleven before it: when so many in a row lie behind the
 *  cut-off, all that follow do. Source: Bitcoin Core src/chain.h, nMedianTimeSpan; BIP 113. */
const MEDIAN_BLOCKS = 11;

/** Follows dirty coins through whole blocks, all policies in one pass.
 *
 *  Shape: an input is looked up by the bytes of the output that it names; transactions are hashed only where
 *  they spend something dirty, pay to a seed's address, or while a seed that was named is not found yet.
 *  Where blocks do not tell what a transaction spends, a first pass by poison collects what will be needed,
 *  the source is asked for it once, and a second pass shares out: never more than three passes. It goes on
 *  from an earlier trace (`options.from`) if that went as this one would have, its last block is still in
 *  the chain, and the blocks behind it tell what they spend.
 *  Errors: `PaydirtError` "interrupted"; RangeError for a network that is not in the table. Where the source
 *  fails, what was reached is kept, and outputs that are not spent by then have the stop "source-failed".
 *  Where blocks are missing in between, `spent` is null for what was there before and no spend is seen of.
 *  Limits: about 45 bytes for each output that is dirty at a time, and for each output at a seed's address.
 */
export async function traceBlocks(
  chain: ChainBlocks,
  seeds: SeedRequest,
  options: TraceOptions,
): Promise<Followed> {
  const { from } = options;
  if (from !== null && isContinuable(from, seeds, options)) {
    const walk = await walked({ chain, seeds, options, values: new SpentValues(), isScout: false });
    if (!walk.isLost) return { ...walk.found(), wentOnFrom: from.until.height ?? 0 };
  }
  const values = new SpentValues();
  const anew = { ...options, from: null };
  const walk = (isScout: boolean) => walked({ chain, seeds, options: anew, values, isScout });
  const first = await walk(false);
  if (!first.lacksValues) return first.found();
  await walk(true);
  await values.ask(chain);
  return (await walk(false)).found();
}

interface Walk {
  readonly chain: ChainBlocks;
  readonly seeds: SeedRequest;
  readonly options: TraceOptions;
  readonly values: SpentValues;
  /** Whether it only collects whose values will be needed: poison reaches all that any policy reaches. */
  readonly isScout: boolean;
}

async function walked(asked: Walk): Promise<BlockWalk> {
  const walk = new BlockWalk(asked);
  await walk.run();
  return walk;
}

class BlockWalk {
  /** Whether it ended because a policy needs values that the blocks do not tell. */
  lacksValues = false;
  readonly #walk: Walk;
  readonly #options: TraceOptions;
  readonly #network: BitcoinNetwork;
  readonly #ledger: Ledger;
  readonly #named: NamedTxs;
  readonly #addresses: SeedAddresses;
  /** Whether coins are shared out, for which the fees of a block must be known, not only dirty ones. */
  readonly #sharesOut: boolean;
  readonly #needsValues: boolean;
  /** Hash of the last block of the earlier trace, until it is met: the first that is read. */
  #behind: string | null;
  #hasLeft = false;
  readonly #layout = new BlockLayout();
  readonly #holes = new Holes();
  #last: Pick<BlockView, "height" | "hash" | "atMicros"> | null = null;
  #late = 0;
  #isCut = false;
  /** Whether a block before the last one was not looked at. */
  #hasHole = false;
  #failure: string | null = null;

  constructor(walk: Walk) {
    const network = networkById(walk.chain.network);
    if (network === null) throw new RangeError(`Cannot follow blocks of "${walk.chain.network}"`);
    this.#walk = walk;
    this.#options = walk.isScout ? { ...walk.options, policies: ["poison"] } : walk.options;
    this.#network = network;
    this.#ledger = new Ledger(this.#options);
    const { from } = this.#options;
    const known = new Set(from?.seeds.map(({ txid }) => txid));
    this.#named = new NamedTxs(walk.seeds.outpoints.filter(({ txid }) => !known.has(txid)));
    this.#addresses = new SeedAddresses(walk.seeds.addresses, network);
    this.#sharesOut = walk.options.policies.some((id) => POLICY_ROWS[id].needsValues);
    // Poison needs to know whether a fee was paid.
    this.#needsValues = this.#sharesOut || walk.options.followFees || from !== null;
    this.#behind = from?.until.hash ?? null;
    if (from !== null) this.#resume(from);
  }

  #resume(from: Followed): void {
    const { height, hash, at } = from.until;
    this.#ledger.resume(from);
    this.#last = { height, hash: hash ?? "", atMicros: parseIso(at ?? "") ?? 0 };
  }

  /** Whether it cannot go on from the earlier trace after all. */
  get isLost(): boolean {
    return this.#hasLeft || this.lacksValues;
  }

  async run(): Promise<void> {
    const failure = await this.#blocks().then(() => null, failureOf);
    this.#failure ??= failure;
  }

  async #blocks(): Promise<void> {
    for await (const view of this.#walk.chain.blocks(await beginning(this.#walk))) {
      if (this.#options.signal?.aborted) throw new PaydirtError("interrupted", "Interrupted");
      this.#holes.pass(view, this.#options.untilHeight);
      if (this.#behind !== null) {
        if (view.hash !== this.#behind) break;
        this.#behind = null;
        continue;
      }
      if (isBeyond(view, this.#options)) {
        this.#late += 1;
        const { untilHeight } = this.#options;
        this.#isCut =
          (untilHeight !== null && (view.height ?? 0) > untilHeight) || this.#late >= MEDIAN_BLOCKS;
        if (this.#isCut) return;
        continue;
      }
      if (this.#late > 0 || !this.#isNext(view)) this.#hasHole = true;
      this.#late = 0;
      const fault = this.#layout.read(view.bytes, view.at, view.end);
      if (fault !== null) {
        view.malformed?.(fault);
        this.#hasHole = true;
        this.#failure = `Cannot read block ${view.hash}: ${fault}`;
      } else await this.#block(view);
      if (this.lacksValues) return;
      this.#last = { height: view.height, hash: view.hash, atMicros: view.atMicros };
    }
    this.#hasLeft = this.#behind !== null;
  }

  #isNext({ height }: BlockView): boolean {
    const last = this.#last;
    return last === null || (last.height !== null && height === last.height + 1);
  }

  async #block(view: BlockView): Promise<void> {
    const { bytes } = view;
    const { hash256 } = this.#options;
    const block: OpenBlock = { bytes, layout: this.#layout, view, network: this.#network, hash256 };
    const named = this.#named.in(block);
    const paying = new Set(this.#addresses.paidIn(block));
    const marked = [...new Set([...named.keys(), ...paying])].sort((a, b) => a - b);
    const { table } = this.#ledger.outputs;
    for (let from = 0, mark = 0; ; ) {
      const spender = nextSpender(block, from, table);
      const next = marked[mark] ?? -1;
      if (spender === -1 && next === -1) break;
      const index = next === -1 || (spender !== -1 && spender < next) ? spender : next;
      if (index === next) mark += 1;
      await this.#tx(block, index, { named: named.get(index) ?? [], isPaying: paying.has(index) });
      if (this.lacksValues) return;
      from = index + 1;
    }
    if (this.#ledger.hasFees) await this.#mine(block);
  }

  /** A transaction that spends something of the table, has a seed, or pays to an address that is one. */
  async #tx(
    block: OpenBlock,
    index: number,
    { named, isPaying }: { readonly named: SeedRequest["outpoints"]; readonly isPaying: boolean },
  ): Promise<void> {
    const slots = slotsOf(block, index, this.#ledger.outputs.table);
    const isDirty = slots.some((slot) => slot !== -1 && this.#ledger.isFollowed(slot));
    // Outputs at seeds' addresses that are clean are not in an earlier trace: blocks must tell of them.
    const isAsked = isDirty || (isPaying && this.#options.from !== null);
    const isMissed = (input: number) => isAsked && (this.#walk.isScout || slots[input] === -1);
    const spent = await this.#walk.values.of(block, index, isMissed);
    this.#missValues();
    if (this.lacksValues) return;
    const hashed = this.#completed(toldTx(block, index, spent), slots);
    const isChange =
      slots.some((slot) => slot !== -1 && this.#ledger.outputs.isOwn(slot)) ||
      spent.some((output) => output !== null && isPaying && this.#addresses.has(output.script));
    const seeds = seedsOf(hashed.tx, named);
    const own = isPaying ? paidOutputs(hashed.tx, this.#addresses.asked) : new Map<number, string>();
    if (!isChange) for (const [position, asked] of own) if (!seeds.has(position)) seeds.set(position, asked);
    if (seeds.size > 0) this.#ledger.seed(hashed, seeds);
    if (slots.some((slot) => slot !== -1)) this.#ledger.spend(hashed, hashed.tx.isCoinbase ? [] : slots);
    for (const position of own.keys()) this.#ledger.own(hashed, position);
  }

  /** Dirty fees of a block go to its coinbase. */
  async #mine(block: OpenBlock): Promise<void> {
    const claims = this.#sharesOut ? await this.#walk.values.claims(block) : null;
    this.#missValues();
    if (!this.lacksValues) this.#ledger.mine(toldTx(block, 0, []), claims);
  }

  #missValues(): void {
    this.lacksValues = this.#needsValues && !this.#walk.isScout && this.#walk.values.isWanting;
  }

  /** What a block does not tell of inputs stands in the transactions that made them, as far as these were
   *  passed. */
  #completed({ tx, hash }: Hashed, slots: readonly number[]): Hashed {
    const { outputs } = this.#ledger;
    const inputs = tx.inputs.map((input, i) => {
      const slot = slots[i] ?? -1;
      if (slot === -1 || input.valueSats !== null) return input;
      const detail = outputs.detailOf(slot);
      const { address = null, script = null } = detail?.tx.outputs[detail.position] ?? {};
      return { ...input, valueSats: outputs.valueOf(slot), address, script };
    });
    return { tx: { ...tx, inputs }, hash };
  }

  found(): Followed {
    const isComplete = this.#failure === null && (this.#isCut || this.#isAtTip());
    if (!isComplete) {
      const says = this.#failure ?? "The source ended before the last block that it told of";
      for (const slot of this.#ledger.followed()) this.#ledger.stop(slot, { stop: "source-failed", says });
    }
    const { height = null, hash = null, atMicros = null } = this.#last ?? {};
    return {
      direction: "forward",
      ...this.#ledger.found(isComplete ? false : null, (tx) => this.#holes.isWholeAfter(tx)),
      until: {
        height,
        hash: this.#hasHole ? null : hash,
        at: atMicros === null ? null : isoMicros(atMicros),
      },
      fees: this.#options.followFees ? "followed" : "not-followed",
      isComplete,
    };
  }

  #isAtTip(): boolean {
    const { height, hash } = this.#walk.chain.tip;
    if (height === null || this.#late > 0) return true;
    return this.#last !== null && (this.#last.hash === hash || (this.#last.height ?? height) >= height);
  }
}

/** The last block of an earlier trace; else the height of the first seed, where the source knows it: a node
 *  with an index of transactions is not read from its first block. */
async function beginning({ chain, seeds, options }: Walk): Promise<number | null> {
  if (options.from !== null) return options.from.until.height;
  const { addresses, outpoints } = seeds;
  if (addresses.length > 0 || outpoints.length === 0) return null;
  return (await chain.firstOf?.(outpoints.map(({ txid }) => txid))) ?? null;
}

/** Positions of the outputs that were asked for by name. */
function seedsOf({ outputs }: ChainTx, named: SeedRequest["outpoints"]): Map<number, string> {
  const seeds = new Map<number, string>();
  for (const { vout, asked } of named) {
    for (const position of outputs.keys()) {
      if ((vout === null || vout === position) && !seeds.has(position)) seeds.set(position, asked);
    }
  }
  return seeds;
}
