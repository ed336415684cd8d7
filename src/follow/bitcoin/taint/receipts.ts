import type { ChainLookup, ChainTx } from "../../../model/chain.ts";
import type { SeedRequest, TraceOptions } from "../options.ts";
import { isBeyond } from "./cutoff.ts";
import type { SeedPositions } from "./ledger.ts";
import { compareTxs } from "./listing.ts";

/** A transaction and those of its outputs that are seeds. */
export interface SeedTx {
  readonly tx: ChainTx;
  readonly seeds: SeedPositions;
}

/** Finds the seeds in a source that answers questions; each is handed on as soon as it is known.
 *
 *  Shape: an outpoint that was asked for by name is found once, whatever else asks for it.
 *  Errors: those of the source.
 */
export async function findSeeds(
  chain: ChainLookup,
  { outpoints, addresses }: SeedRequest,
  found: Map<string, { tx: ChainTx; seeds: Map<number, string> }>,
): Promise<void> {
  const add = (tx: ChainTx, position: number, asked: string): void => {
    const known = found.get(tx.txid) ?? { tx, seeds: new Map<number, string>() };
    found.set(tx.txid, known);
    if (!known.seeds.has(position)) known.seeds.set(position, asked);
  };
  for (const { txid, vout, asked } of outpoints) {
    const tx = await chain.tx(txid);
    for (const [position, output] of tx?.outputs.entries() ?? []) {
      if (tx !== null && (vout === null || output.vout === vout)) add(tx, position, asked);
    }
  }
  const asked = new Map(addresses.map((wanted) => [wanted.address, wanted.asked]));
  for (const address of asked.keys()) {
    for await (const tx of chain.touching(address)) {
      for (const [position, text] of receiptsOf(tx, asked)) add(tx, position, text);
    }
  }
}

/** Outputs that pay to the addresses; none where the transaction spends from one of them. */
export function receiptsOf(tx: ChainTx, asked: ReadonlyMap<string, string>): Map<number, string> {
  const isChange = tx.inputs.some(({ address }) => address !== null && asked.has(address));
  return isChange ? new Map() : paidOutputs(tx, asked);
}

/** Positions of the outputs that pay to the addresses, with what was asked for. */
export function paidOutputs({ outputs }: ChainTx, asked: ReadonlyMap<string, string>): Map<number, string> {
  const receipts = new Map<number, string>();
  for (const [position, { address }] of outputs.entries()) {
    const text = address === null ? undefined : asked.get(address);
    if (text !== undefined) receipts.set(position, text);
  }
  return receipts;
}

/** Seeds in the order of the chain, as far as they lie before the cut-off. */
export function seedsUntil(found: Iterable<SeedTx>, options: TraceOptions): SeedTx[] {
  return [...found].filter(({ tx }) => !isBeyond(tx, options)).sort((a, b) => compareTxs(a.tx, b.tx));
}
