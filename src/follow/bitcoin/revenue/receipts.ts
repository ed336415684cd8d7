import { utcDay } from "../../../bytes/time.ts";
import type { ChainOutput, ChainTx } from "../../../model/chain.ts";
import type { SatsByDay } from "../../worth.ts";

/** What one transaction paid to the addresses that are counted. A transaction is one payment, however many
 *  of the addresses it pays. */
export interface Receipt {
  readonly txid: string;
  readonly atMicros: number | null;
  /** UTC day; null: the time of the block is not known. */
  readonly day: string | null;
  /** Only those to the addresses; never empty. */
  readonly outputs: readonly ChainOutput[];
  readonly sats: bigint;
  /** Addresses of what it spends, as far as the source tells them. */
  readonly senders: readonly string[];
  readonly knowsSenders: boolean;
}

/** The transactions that pay to the addresses, each once, the oldest first.
 *
 *  Shape: a list of payments shows a transaction once for every address, each time with the outputs to that
 *  address alone: they are put together. Where the outputs have no numbers, the longest list of an address
 *  counts, so that none is counted twice and two alike in one transaction remain two.
 */
export function receiptsOf(txs: Iterable<ChainTx>, addresses: ReadonlySet<string>): Receipt[] {
  const views = new Map<string, ChainTx[]>();
  for (const tx of txs) {
    if (!tx.outputs.some(({ address }) => isOurs(address, addresses))) continue;
    const known = views.get(tx.txid);
    if (known === undefined) views.set(tx.txid, [tx]);
    else known.push(tx);
  }
  return [...views.values()].map((seen) => receipt(seen, addresses)).sort(byTime);
}

/** The same receipts with some of their outputs; those without any are left out. */
export function outputsOf(
  receipts: readonly Receipt[],
  keep: (output: ChainOutput, receipt: Receipt) => boolean,
): Receipt[] {
  return receipts.flatMap((from) => {
    const outputs = from.outputs.filter((output) => keep(output, from));
    if (outputs.length === from.outputs.length) return [from];
    return outputs.length === 0 ? [] : [{ ...from, outputs, sats: sumOf(outputs) }];
  });
}

export function sumOf(outputs: readonly { readonly valueSats: bigint }[]): bigint {
  return outputs.reduce((sum, { valueSats }) => sum + valueSats, 0n);
}

export function totalOf(receipts: readonly Receipt[]): bigint {
  return receipts.reduce((sum, { sats }) => sum + sats, 0n);
}

export function satsByDay(receipts: readonly Receipt[]): SatsByDay {
  const days = new Map<string | null, bigint>();
  for (const { day, sats } of receipts) days.set(day, (days.get(day) ?? 0n) + sats);
  return days;
}

function receipt(views: readonly ChainTx[], addresses: ReadonlySet<string>): Receipt {
  const [first] = views;
  if (first === undefined) throw new TypeError("Cannot make a receipt of no transaction");
  const whole = views.find(({ isWhole }) => isWhole);
  const outputs = whole === undefined ? merged(views, addresses) : ours(whole, addresses);
  const atMicros = (whole ?? first).atMicros;
  return {
    txid: first.txid,
    atMicros,
    day: atMicros === null ? null : utcDay(atMicros),
    outputs,
    sats: sumOf(outputs),
    senders: whole?.inputs.flatMap(({ address }) => address ?? []) ?? [],
    knowsSenders: whole !== undefined && hasKnownInputs(whole),
  };
}

function merged(views: readonly ChainTx[], addresses: ReadonlySet<string>): ChainOutput[] {
  const numbered = new Map<number, ChainOutput>();
  const byAddress = new Map<string | null, ChainOutput[]>();
  for (const view of views) {
    const plain = new Map<string | null, ChainOutput[]>();
    for (const output of ours(view, addresses)) {
      const known = plain.get(output.address);
      if (output.vout !== null) numbered.set(output.vout, output);
      else if (known === undefined) plain.set(output.address, [output]);
      else known.push(output);
    }
    for (const [address, outputs] of plain) {
      if (outputs.length > (byAddress.get(address)?.length ?? 0)) byAddress.set(address, outputs);
    }
  }
  return [...numbered.values(), ...[...byAddress.values()].flat()];
}

function ours({ outputs }: ChainTx, addresses: ReadonlySet<string>): ChainOutput[] {
  return outputs.filter(({ address }) => isOurs(address, addresses));
}

function isOurs(address: string | null, addresses: ReadonlySet<string>): boolean {
  return address !== null && addresses.has(address);
}

/** An input whose script is known and has no address is no sender that could be ours. */
function hasKnownInputs({ inputs, isCoinbase }: ChainTx): boolean {
  if (isCoinbase) return true;
  return inputs.length > 0 && inputs.every(({ address, script }) => address !== null || script !== null);
}

function byTime(a: Receipt, b: Receipt): number {
  const [first, second] = [a.atMicros, b.atMicros];
  if (first !== second) return (first ?? Number.POSITIVE_INFINITY) - (second ?? Number.POSITIVE_INFINITY);
  return a.txid < b.txid ? -1 : Number(a.txid > b.txid);
}
