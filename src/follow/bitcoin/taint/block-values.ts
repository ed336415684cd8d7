import { decodeTx } from "../../../bytes/bitcoin-tx.ts";
import { uint64le } from "../../../bytes/little-endian.ts";
import { type ChainBlocks, type Outpoint, outpointId, type SpentOutput } from "../../../model/chain.ts";
import { subsidySats } from "../../../tables/bitcoin-networks.ts";
import type { OpenBlock } from "./told-tx.ts";

/** Most outputs that are asked for in one go, and as many for fees of blocks: they take about 300 bytes each.
 *  Values beyond stay unknown. */
const MOST_WANTED = 500_000;

/** What transactions spend: as their block tells it, else as the whole source was asked for it.
 *
 *  Shape: what is neither is remembered as wanted, until the source is asked.
 */
export class SpentValues {
  readonly #wanted = new Map<string, Outpoint>();
  /** Apart, so that fees never take the place of what dirty coins are spent with. */
  readonly #wantedForFees = new Map<string, Outpoint>();
  #known: ReadonlyMap<string, SpentOutput> | null = null;

  /** Whether something was not known before the source was asked. */
  get isWanting(): boolean {
    return this.#known === null && this.#wanted.size + this.#wantedForFees.size > 0;
  }

  /** Asks the source, once, for all that was wanted. */
  async ask(chain: ChainBlocks): Promise<void> {
    const wanted = new Map([...this.#wanted, ...this.#wantedForFees]);
    this.#known = await chain.outputs([...wanted.values()]);
    this.#wanted.clear();
    this.#wantedForFees.clear();
  }

  /** What a transaction spends, in the order of its inputs; null for each that is not known. `isMissed`: of
   *  an input whether it would be missed. */
  of(block: OpenBlock, index: number, isMissed: (input: number) => boolean): Promise<(SpentOutput | null)[]> {
    return this.#spent(block, index, (id, input, of) => {
      if (isMissed(input) && this.#wanted.size < MOST_WANTED) this.#wanted.set(id, of);
    });
  }

  async #spent(
    block: OpenBlock,
    index: number,
    miss: (id: string, input: number, of: Outpoint) => void,
  ): Promise<(SpentOutput | null)[]> {
    const { inputFirst } = block.layout;
    const count = (inputFirst[index + 1] ?? 0) - (inputFirst[index] ?? 0);
    const told = await block.view.spent(index);
    if (told !== null && told.length === count) return [...told];
    const { inputs } = decodeTx(block.bytes, block.layout, index);
    return inputs.map((input, i) => {
      const id = outpointId(input);
      if (this.#known === null) miss(id, i, { txid: input.txid, vout: input.vout });
      return this.#known?.get(id) ?? null;
    });
  }

  /** What the coinbase of a block may claim: the subsidy, then the fee of each other transaction; null where
   *  one of them is not known. */
  async claims(block: OpenBlock): Promise<bigint[] | null> {
    const { view, layout, network } = block;
    const subsidy = view.height === null ? null : subsidySats(network, view.height);
    if (subsidy === null) return null;
    const claims: bigint[] = [subsidy];
    let isKnown = true;
    for (let index = 1; index < layout.txCount; index += 1) {
      const fee = await this.#fee(block, index);
      if (fee === null) isKnown = false;
      else claims.push(fee);
    }
    return isKnown ? claims : null;
  }

  async #fee(block: OpenBlock, index: number): Promise<bigint | null> {
    const { bytes, layout } = block;
    let fee = 0n;
    const wanted = this.#wantedForFees;
    const spentOutputs = await this.#spent(block, index, (id, _input, of) => {
      if (wanted.size < MOST_WANTED) wanted.set(id, of);
    });
    for (const spent of spentOutputs) {
      if (spent === null) return null;
      fee += spent.valueSats;
    }
    const end = layout.outputFirst[index + 1] ?? 0;
    for (let output = layout.outputFirst[index] ?? end; output < end; output += 1) {
      fee -= uint64le(bytes, layout.outputAt[output] ?? 0);
    }
    return fee < 0n ? null : fee;
  }
}
