import type { ChainTx } from "../../../model/chain.ts";
import type { GapCode } from "../../../model/gap.ts";
import { readTouches } from "./esplora-answers.ts";
import type { Explorer } from "./explorer.ts";

/** Longest history that is paged through: 200 questions, a minute and seven seconds as a guest. The busiest
 *  address of a list of ransom payments has 1,787 transactions; a service's has hundreds of thousands. */
export const MOST_TRANSACTIONS = 5_000;

interface HistoryOptions {
  parse(value: unknown): ChainTx | string;
  isSettled(height: number | null): boolean;
  gap(code: GapCode, says: string): void;
}

/** What an explorer gave of an address. `isWhole`: no transaction and no value is missing. */
export interface History {
  readonly txs: readonly ChainTx[];
  readonly isWhole: boolean;
}

/** Transactions in blocks that touch an address, in the order of the chain.
 *
 *  Shape: one question tells how many there are, then the newest come first, 25 a page. The first page is
 *  kept under that number, so that it is asked for again when there are more.
 *  Errors: `PaydirtError` "bad-source". A history of more than `MOST_TRANSACTIONS` is a gap and not read at
 *  all: a part of it would look like the whole.
 *  Limits: payments to bare public keys are not in the history of their address.
 */
export async function readHistory(
  explorer: Explorer,
  address: string,
  options: HistoryOptions,
): Promise<History> {
  const base = `/address/${encodeURIComponent(address)}`;
  const touches = await explorer.ask(base, { read: readTouches, isSettled: () => false });
  if (touches === null) return { txs: [], isWhole: false };
  const { inBlocks, inNone } = touches;
  const left = `${count(inNone)} transactions of ${address}`;
  if (inNone > 0) options.gap("unconfirmed-transaction", `${left} are in no block and were left out`);
  if (inBlocks > MOST_TRANSACTIONS) {
    const says = `Address ${address} has ${count(inBlocks)} transactions, more than the`;
    options.gap("trace-limit", `${says} ${count(MOST_TRANSACTIONS)} that are asked for: none was`);
    return { txs: [], isWhole: false };
  }
  const newestFirst = await pages(explorer, `${base}/txs/chain`, { ...options, inBlocks });
  if (newestFirst.length !== inBlocks) {
    const says = `Of ${count(inBlocks)} transactions of ${address} the explorer gave`;
    options.gap("missing-transaction", `${says} ${count(newestFirst.length)}`);
  }
  // Sorting is stable: within a block the explorer's order is that of the block.
  const txs = newestFirst.reverse().sort((a, b) => (a.height ?? 0) - (b.height ?? 0));
  const isValued = txs.every(({ inputs }) => inputs.every(({ valueSats }) => valueSats !== null));
  return { txs, isWhole: isValued && txs.length === inBlocks };
}

async function pages(
  explorer: Explorer,
  base: string,
  { inBlocks, parse, isSettled }: HistoryOptions & { readonly inBlocks: number },
): Promise<ChainTx[]> {
  const seen = new Set<string>();
  const all: ChainTx[] = [];
  const read = (value: unknown): readonly ChainTx[] | string => {
    if (!Array.isArray(value)) return "it is no list of transactions";
    const page = [];
    for (const entry of value) {
      const tx = parse(entry);
      if (typeof tx === "string") return `of a transaction, ${tx}`;
      if (seen.has(tx.txid)) return `it has transaction ${tx.txid} again`;
      page.push(tx);
    }
    return page;
  };
  while (all.length < inBlocks) {
    const last = all.at(-1)?.txid;
    const path = last === undefined ? base : `${base}/${last}`;
    const page = await explorer.ask(path, {
      read,
      keptAs: last === undefined ? `${base}?of=${inBlocks}` : path,
      isSettled: (txs) => txs.length > 0 && txs.every(({ height }) => isSettled(height)),
    });
    if (page === null || page.length === 0) break;
    for (const tx of page) {
      seen.add(tx.txid);
      all.push(tx);
    }
  }
  return all;
}

function count(transactions: number): string {
  return transactions.toLocaleString("en-US");
}
