import { type ChainTx, outpointId } from "../../../model/chain.ts";
import { coinJoinLook } from "../coinjoin/index.ts";

/** An address that a service seems to have given to one customer. */
export interface Deposit {
  readonly address: string;
  /** Name of the service; null: one that is not tagged, or an owner who gathers coins of own addresses. */
  readonly service: string | null;
  /** The transaction that swept it, and the address that got the coins. */
  readonly txid: string;
  readonly target: string;
  readonly likelihood: number;
  readonly confidence: "high" | "medium" | "low";
  readonly says: string;
}

export interface DepositOptions {
  readonly service: (address: string) => string | null;
  /** Addresses that are known to be somebody else's than a service's: seeds, and their clusters. */
  readonly excluded: ReadonlySet<string>;
}

/** Fewest addresses that a sweep empties, and from how many on even a target without a tag is likely a
 *  service's. */
const FEWEST_SWEPT = 5;
const MANY_SWEPT = 20;
/** A sweep pays one wallet, and at most its change. */
const MOST_OUTPUTS = 2;
/** Services sweep within hours; two days leave room for slow blocks and batches. */
const LONGEST_MICROS = 48 * 3_600e6;
/** Nearly everything: less than this much of what it got stays, in thousandths. */
const MOST_LEFT_PER_MILLE = 10n;

export const DEPOSIT_SOURCE =
  "Ranshous and others (2017), Exchange Pattern Mining in the Bitcoin Transaction Directed Hypergraph, FC " +
  "workshops (behaviour; no error was published for the rule as it stands)";

/** Addresses that look like deposit addresses of services.
 *
 *  Method: whatever the address gets is spent within 48 hours, nearly all of it, only by transactions that
 *  empty five or more addresses together, always to one and the same address; no CoinJoin. The sweep's target
 *  names the service by its tag.
 *  Source: `DEPOSIT_SOURCE`.
 *  Limits: knows only what `txs` show of an address. A criminal who gathers payments from many addresses of
 *  his own does the same, which is why a target without a tag is never more than likely.
 */
export function depositsOf(txs: Iterable<ChainTx>, { service, excluded }: DepositOptions): Deposit[] {
  const all = [...txs];
  const histories = historiesOf(all);
  const sweeps = new Map<string, Sweep>();
  for (const tx of all) {
    const sweep = sweepOf(tx);
    if (sweep !== null) sweeps.set(tx.txid, sweep);
  }
  const found: Deposit[] = [];
  for (const [address, history] of histories) {
    if (excluded.has(address) || service(address) !== null) continue;
    const sweep = sweptBy(history, sweeps);
    if (sweep !== null && sweep.target !== address)
      found.push(deposit(address, sweep, service(sweep.target)));
  }
  return found;
}

interface Sweep {
  readonly txid: string;
  readonly target: string;
  readonly swept: number;
  readonly atMicros: number | null;
}

interface History {
  gotSats: bigint;
  spentSats: bigint;
  /** Transactions that spend from it, and the longest that anything lay there; null: not known. */
  readonly spenders: Set<string>;
  longestMicros: number | null;
}

function historiesOf(txs: readonly ChainTx[]): Map<string, History> {
  const histories = new Map<string, History>();
  const gotAt = new Map<string, number | null>();
  for (const { txid, atMicros, outputs } of txs) {
    for (const { vout, address, valueSats } of outputs) {
      if (address === null || vout === null) continue;
      historyOf(histories, address).gotSats += valueSats;
      gotAt.set(outpointId({ txid, vout }), atMicros);
    }
  }
  for (const tx of txs) {
    for (const input of tx.inputs) {
      const history = input.address === null ? undefined : histories.get(input.address);
      const got = gotAt.get(outpointId(input));
      if (history === undefined) continue;
      history.spenders.add(tx.txid);
      // What it got outside these transactions says nothing of how it treats what it got here.
      if (got === undefined) continue;
      history.spentSats += input.valueSats ?? 0n;
      const lay = got === null || tx.atMicros === null ? null : tx.atMicros - got;
      history.longestMicros =
        lay === null || history.longestMicros === null ? null : Math.max(history.longestMicros, lay);
    }
  }
  return histories;
}

function historyOf(histories: Map<string, History>, address: string): History {
  const known = histories.get(address);
  if (known !== undefined) return known;
  const made = { gotSats: 0n, spentSats: 0n, spenders: new Set<string>(), longestMicros: 0 };
  histories.set(address, made);
  return made;
}

/** A transaction that empties many addresses into one; null: it is none, or it is not known to be. */
function sweepOf(tx: ChainTx): Sweep | null {
  const payable = tx.outputs.filter(({ script }) => script !== "op-return");
  if (!tx.isWhole || tx.isCoinbase || payable.length === 0 || payable.length > MOST_OUTPUTS) return null;
  const swept = new Set(tx.inputs.flatMap(({ address }) => (address === null ? [] : [address]))).size;
  const largest = payable.reduce((most, output) => (output.valueSats > most.valueSats ? output : most));
  const look = coinJoinLook(tx);
  if (swept < FEWEST_SWEPT || largest.address === null || look.mix !== null || look.unclear.length > 0)
    return null;
  return { txid: tx.txid, target: largest.address, swept, atMicros: tx.atMicros };
}

/** The last sweep, where sweeps to one target are all that ever spent from the address. */
function sweptBy(history: History, sweeps: ReadonlyMap<string, Sweep>): Sweep | null {
  const { gotSats, spentSats, spenders, longestMicros } = history;
  if (longestMicros === null || longestMicros > LONGEST_MICROS) return null;
  if ((gotSats - spentSats) * 1_000n > gotSats * MOST_LEFT_PER_MILLE) return null;
  let last: Sweep | null = null;
  for (const txid of spenders) {
    const sweep = sweeps.get(txid);
    if (sweep === undefined || (last !== null && last.target !== sweep.target)) return null;
    last = sweep;
  }
  return last;
}

function deposit(address: string, { txid, target, swept }: Sweep, service: string | null): Deposit {
  const many = swept >= MANY_SWEPT;
  const whose =
    service === null
      ? "a service that is not tagged, or an owner who gathers coins of own addresses"
      : `a deposit address of ${service}`;
  return {
    address,
    service,
    txid,
    target,
    likelihood: service !== null ? 0.95 : many ? 0.7 : 0.5,
    confidence: service !== null ? "high" : "low",
    says:
      `all that it got was swept within 48 hours together with ${swept - 1} other addresses to ${target}: ` +
      whose,
  };
}
