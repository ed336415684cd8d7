import {
  type ChainLookup,
  type ChainTip,
  type ChainTx,
  type Outpoint,
  outpointId,
  type Spender,
} from "../../../model/chain.ts";
import type { GapCode } from "../../../model/gap.ts";
import { bytesAt, type Place } from "../../../model/place.ts";
import { BITCOIN_NETWORKS, type BitcoinNetwork } from "../../../tables/bitcoin-networks.ts";
import { parseEsploraTx } from "../esplora-tx.ts";
import type { ChainContext, ChainScheme } from "../source.ts";
import { parseEndpoint } from "./endpoint.ts";
import { type Outspend, readOutspend, readOutspends, readTip } from "./esplora-answers.ts";
import { readHistory } from "./esplora-history.ts";
import { Explorer } from "./explorer.ts";
import { orGap } from "./or-gap.ts";
import { Recent } from "./recent.ts";
import { type Manners, mannersFor, openServer } from "./server.ts";

/** An explorer with Esplora's HTTP API: Blockstream's, mempool.space's, one's own electrs. */
export const ESPLORA: ChainScheme = {
  id: "esplora",
  title: "Explorer with Esplora's HTTP API",
  takes: "URL of the API, such as http://127.0.0.1:3000 or https://HOST/api",
  open: (where, context) => openEsplora(where, context, null),
};

/** Blocks, its own included, after which an answer is kept: the depth at which Bitcoin Core's wallet and most
 *  exchanges call a payment settled. */
const SETTLED_BLOCKS = 6;

/** Inputs and outputs that are remembered: about 200 bytes each. */
const MOST_REMEMBERED = 200_000;

/** Opens an explorer: three questions tell its network and the block that everything is looked up as of.
 *
 *  Shape: what is in no block, or in one behind that tip, is left out and told as a gap.
 *  Errors: `PaydirtError` "bad-source", also from each lookup.
 *  Limits: a server can leave things out without being found out. A place names the server, not a byte: the
 *  id of a transaction says which answer it was.
 */
export async function openEsplora(
  where: string,
  context: ChainContext,
  manners: Manners | null,
): Promise<ChainLookup> {
  const endpoint = parseEndpoint("esplora", where);
  const server = openServer(endpoint, context, manners ?? mannersFor(endpoint));
  try {
    const first = new Explorer(server, null);
    const genesis = await first.hash("/block-height/0");
    const network = BITCOIN_NETWORKS.find((row) => row.genesis === genesis);
    if (network === undefined) {
      throw first.nonsense(
        "/block-height/0",
        `${genesis} is the first block of no network that is known`,
        null,
      );
    }
    const hash = await first.hash("/blocks/tip/hash");
    const tip = await first.ask(`/block/${hash}`, { read: readTip(hash), isSettled: () => false });
    if (tip === null) throw first.nonsense(`/block/${hash}`, "it does not have its own last block", null);
    const made = { name: endpoint.shown, kind: "esplora", bytes: 0, sha256: null, within: null };
    const place = bytesAt(context.evidence(made, null), 0, 0);
    // Chains for tests begin anew, under the same first block and often the same URL.
    const cache = network.id === "btc-regtest" ? null : context.cache;
    return new EsploraLookup(new Explorer(server, cache), { context, network, tip, place });
  } catch (error) {
    server.close();
    throw error;
  }
}

interface Ground {
  readonly context: ChainContext;
  readonly network: BitcoinNetwork;
  readonly tip: ChainTip;
  readonly place: Place;
}

class EsploraLookup implements ChainLookup {
  readonly kind = "lookup";
  readonly network: string;
  readonly tip: ChainTip;
  readonly tags = [];
  readonly #explorer: Explorer;
  readonly #ground: Ground;
  readonly #txs = new Recent<ChainTx>(MOST_REMEMBERED, (tx) => tx.inputs.length + tx.outputs.length + 1);
  /** By address: what is spent from it, and by which transaction. */
  readonly #spends = new Recent<ReadonlyMap<string, ChainTx>>(MOST_REMEMBERED, ({ size }) => size + 1);
  readonly #spent = new Recent<readonly Outspend[]>(MOST_REMEMBERED, (all) => all.length + 1);

  constructor(explorer: Explorer, ground: Ground) {
    this.#explorer = explorer;
    this.#ground = ground;
    this.network = ground.network.id;
    this.tip = ground.tip;
  }

  tx(txid: string): Promise<ChainTx | null> {
    return this.#orGap(() => this.#tx(txid));
  }

  spender(of: Outpoint): Promise<Spender> {
    return this.#orGap(() => this.#spender(of));
  }

  async #tx(txid: string): Promise<ChainTx | null> {
    const known = this.#txs.get(txid);
    if (known !== undefined) return known;
    const read = (value: unknown): ChainTx | string => {
      const tx = this.#parsed(value);
      return typeof tx === "string" || tx.txid === txid ? tx : `it is transaction ${tx.txid}`;
    };
    const isSettled = ({ height }: ChainTx): boolean => this.#isSettled(height);
    const tx = await this.#explorer.ask(`/tx/${txid}`, { read, isSettled });
    if (tx === null) return null;
    if (this.#isAfter(tx.height)) return this.#leftOut(`Transaction ${txid}`);
    this.#txs.put(txid, tx);
    return tx;
  }

  async #spender(of: Outpoint): Promise<Spender> {
    const read = this.#fromHistory(of);
    if (read !== null) return read;
    const spent = await this.#outspend(of);
    if (spent === null) return "unknown";
    if (spent.by === null) return "unspent";
    const id = outpointId(of);
    if (this.#isAfter(spent.height)) {
      this.#leftOut(`Transaction ${spent.by}, which spends ${id},`);
      return "unspent";
    }
    const tx = await this.#tx(spent.by);
    const made = this.#txs.get(of.txid)?.outputs[of.vout]?.valueSats ?? null;
    const fault = tx === null ? "is not there" : spendingFault(tx, of, made);
    if (tx === null || fault !== null) {
      const says = `transaction ${spent.by}, which is said to spend it, ${fault}`;
      throw this.#explorer.nonsense(`/tx/${of.txid}/outspends`, says, null);
    }
    if (this.#isSettled(tx.height)) await this.#keep(of, tx);
    return tx;
  }

  async *touching(address: string): AsyncGenerator<ChainTx> {
    const means = {
      parse: (value: unknown) => this.#parsed(value),
      isSettled: (height: number | null) => this.#isSettled(height),
      gap: (code: GapCode, says: string) => this.#ground.context.gap(this.#ground.place, code, says),
    };
    const history = await this.#orGap(() => readHistory(this.#explorer, address, means));
    const txs: ChainTx[] = [];
    for (const tx of history.txs) {
      if (this.#isAfter(tx.height)) this.#leftOut(`Transaction ${tx.txid}`);
      else txs.push(tx);
    }
    if (history.isWhole) this.#spends.put(address, spendsFrom(address, txs));
    for (const tx of txs) {
      this.#txs.put(tx.txid, tx);
      yield tx;
    }
  }

  async close(): Promise<void> {
    this.#explorer.close();
  }

  /** What the whole history of its address tells of an output. A bare public key is in none. */
  #fromHistory(of: Outpoint): Spender | null {
    const output = this.#txs.get(of.txid)?.outputs[of.vout];
    if (output === undefined || output.address === null || output.script === "p2pk") return null;
    const spends = this.#spends.get(output.address);
    return spends === undefined ? null : (spends.get(outpointId(of)) ?? "unspent");
  }

  /** One question tells of all outputs of a transaction; what proves true is kept output by output. */
  async #outspend(of: Outpoint): Promise<Outspend | null> {
    const kept = await this.#explorer.kept(keptAs(of), readOutspend);
    if (kept !== null) return kept;
    const all = this.#spent.get(of.txid) ?? (await this.#outspends(of.txid));
    return all?.[of.vout] ?? null;
  }

  async #outspends(txid: string): Promise<readonly Outspend[] | null> {
    const read = readOutspends;
    const all = await this.#explorer.ask(`/tx/${txid}/outspends`, { read, isSettled: () => false });
    if (all !== null) this.#spent.put(txid, all);
    return all;
  }

  #keep(of: Outpoint, { txid, height }: ChainTx): Promise<void> {
    const answer = { spent: true, txid, status: { confirmed: true, block_height: height } };
    return this.#explorer.keep(keptAs(of), Buffer.from(JSON.stringify(answer)));
  }

  #orGap<T>(act: () => Promise<T>): Promise<T> {
    const { context, place } = this.#ground;
    return orGap((says) => context.gap(place, "source-failed", says), act);
  }

  #parsed(value: unknown): ChainTx | string {
    return parseEsploraTx(value, this.#ground.place, this.#ground.network);
  }

  #isSettled(height: number | null): boolean {
    return height !== null && (this.tip.height ?? 0) - height + 1 >= SETTLED_BLOCKS;
  }

  #isAfter(height: number | null): boolean {
    return height === null || height > (this.tip.height ?? 0);
  }

  #leftOut(what: string): null {
    const says = `${what} is in no block up to ${this.tip.height}, the last when the explorer was opened`;
    this.#ground.context.gap(this.#ground.place, "unconfirmed-transaction", says);
    return null;
  }
}

function keptAs({ txid, vout }: Outpoint): string {
  return `/tx/${txid}/outspend/${vout}`;
}

function spendsFrom(address: string, txs: readonly ChainTx[]): ReadonlyMap<string, ChainTx> {
  const own = txs.flatMap((tx) =>
    tx.inputs.filter((input) => input.address === address).map((input) => [outpointId(input), tx] as const),
  );
  return new Map(own);
}

/** What contradicts that a transaction spends an output, worth `madeSats` where it was made; or null. */
function spendingFault(tx: ChainTx, of: Outpoint, madeSats: bigint | null): string | null {
  const input = tx.inputs.find(({ txid, vout }) => txid === of.txid && vout === of.vout);
  if (input === undefined) return "does not";
  const { valueSats } = input;
  const isSame = valueSats === null || madeSats === null || valueSats === madeSats;
  return isSame ? null : `spends ${valueSats} sat where it has ${madeSats}`;
}
