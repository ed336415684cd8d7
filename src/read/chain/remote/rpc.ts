import { hashToHex } from "../../../bytes/hex.ts";
import { uint32le } from "../../../bytes/little-endian.ts";
import { MICROS_PER_SECOND } from "../../../bytes/time.ts";
import type { BlockView, ChainBlocks, ChainTip, Outpoint, SpentOutput } from "../../../model/chain.ts";
import { bytesAt } from "../../../model/place.ts";
import type { ChainContext, ChainScheme } from "../source.ts";
import { parseEndpoint } from "./endpoint.ts";
import { badSource } from "./failures.ts";
import { type Call, JsonRpc } from "./json-rpc.ts";
import { HASHES_AT_ONCE, type NodeChain, readBlock, readHashes, readNodeChain } from "./node.ts";
import { findOutputs, firstHeightOf } from "./node-outputs.ts";
import { readSpent } from "./node-spent.ts";
import { orGap } from "./or-gap.ts";
import { type Manners, mannersFor, openServer } from "./server.ts";

/** A node's JSON-RPC: Bitcoin Core's and its relatives', bcoin's. */
export const RPC: ChainScheme = {
  id: "rpc",
  title: "Node with Bitcoin Core's JSON-RPC",
  takes: "URL, such as http://NAME:PASSWORD@127.0.0.1:8332 or http://127.0.0.1:8332?cookie=PATH",
  open: (where, context) => openRpc(where, context, null),
};

/** Blocks that are asked for before they are needed. */
const AHEAD = 4;
const PREVIOUS_AT = 4;
const TIME_AT = 68;

/** Opens a node: three calls tell its network, the last block and the first that it has.
 *
 *  Shape: the chain is the one that the node had when it was opened. A place counts from the header of its
 *  block.
 *  Errors: `PaydirtError` "bad-source", also in the midst of reading, after a `source-failed` gap; so does a
 *  reorganisation of the chain while it is read.
 */
export async function openRpc(
  where: string,
  context: ChainContext,
  manners: Manners | null,
): Promise<ChainBlocks> {
  const endpoint = parseEndpoint("rpc", where);
  // Whoever has the password of a node is at home there, wherever it stands.
  const server = openServer(endpoint, context, manners ?? mannersFor({ ...endpoint, isOwn: true }));
  try {
    const client = new JsonRpc(server);
    const chain = await readNodeChain(client);
    const made = { name: endpoint.shown, kind: "rpc", bytes: 0, sha256: null, within: null };
    return new NodeBlocks(client, chain, { context, evidence: context.evidence(made, null) });
  } catch (error) {
    server.close();
    throw error;
  }
}

interface Ground {
  readonly context: ChainContext;
  readonly evidence: string;
}

class NodeBlocks implements ChainBlocks {
  readonly kind = "blocks";
  readonly network: string;
  readonly firstHeight: number;
  readonly tip: ChainTip;
  readonly #rpc: JsonRpc;
  readonly #chain: NodeChain;
  readonly #ground: Ground;
  /** Whether it tells what transactions spend; null: not asked yet. */
  #tellsSpent: boolean | null = null;

  constructor(client: JsonRpc, chain: NodeChain, ground: Ground) {
    this.#rpc = client;
    this.#chain = chain;
    this.#ground = ground;
    this.network = chain.network.id;
    this.firstHeight = chain.firstHeight;
    this.tip = chain.tip;
    if (chain.headers > chain.tip.height) {
      this.#gap(
        "missing-blocks",
        `The node has ${chain.tip.height} of ${chain.headers} blocks that it knows of`,
      );
    }
  }

  async *blocks(fromHeight: number | null): AsyncGenerator<BlockView> {
    const { firstHeight } = this.#chain;
    const from = Math.max(fromHeight ?? firstHeight, firstHeight);
    if (fromHeight !== null && fromHeight < firstHeight) {
      const says = `The node has pruned what is below block ${firstHeight}: blocks from ${fromHeight} on`;
      this.#gap("missing-blocks", `${says} are missing`);
    }
    const chained = this.#chained(from);
    for (;;) {
      const { done, value } = await this.#orGap(() => chained.next());
      if (done === true) return;
      yield value;
    }
  }

  outputs(wanted: readonly Outpoint[]): Promise<ReadonlyMap<string, SpentOutput>> {
    const { firstHeight, tip } = this.#chain;
    const means = {
      blockCount: tip.height - firstHeight + 1,
      blocks: () => this.#chained(firstHeight),
      gap: (code: "missing-transaction", says: string) => this.#gap(code, says),
    };
    return this.#orGap(() => findOutputs(this.#rpc, wanted, means));
  }

  firstOf(txids: readonly string[]): Promise<number | null> {
    return this.#orGap(() => firstHeightOf(this.#rpc, txids));
  }

  async close(): Promise<void> {
    this.#rpc.close();
  }

  /** Blocks, each of which follows the one before. */
  async *#chained(from: number): AsyncGenerator<BlockView, undefined> {
    let previous: string | null = null;
    for await (const { height, hash, bytes } of this.#ahead(from)) {
      if (previous !== null && hashToHex(bytes, PREVIOUS_AT) !== previous) {
        const says = "the chain was reorganised while it was read; run it again";
        throw badSource(this.#rpc.shown, `block ${height}`, says);
      }
      previous = hash;
      yield this.#view(height, hash, bytes);
    }
    return undefined;
  }

  /** Blocks in order, a few of them on their way once the first was taken: who wants one is given one. */
  async *#ahead(from: number): AsyncGenerator<Numbered> {
    const coming: Promise<Numbered>[] = [];
    let taken = 0;
    for (let first = from; first <= this.#chain.tip.height; first += HASHES_AT_ONCE) {
      const last = Math.min(first + HASHES_AT_ONCE - 1, this.#chain.tip.height);
      for (const [i, hash] of (await readHashes(this.#rpc, first, last)).entries()) {
        coming.push(quiet(this.#block(first + i, hash)));
        const next = coming.length > Math.min(AHEAD, taken) ? coming.shift() : undefined;
        if (next === undefined) continue;
        taken += 1;
        yield await next;
      }
    }
    for (const next of coming) yield await next;
  }

  async #block(height: number, hash: string): Promise<Numbered> {
    return { height, hash, bytes: await readBlock(this.#rpc, hash, this.#chain.network) };
  }

  #view(height: number, hash: string, bytes: Uint8Array): BlockView {
    let spent: Promise<readonly (readonly SpentOutput[])[] | null> | null = null;
    return {
      bytes,
      at: 0,
      end: bytes.length,
      height,
      hash,
      atMicros: uint32le(bytes, TIME_AT) * MICROS_PER_SECOND,
      evidence: this.#ground.evidence,
      atByte: 0,
      spent: async (index) => {
        if (this.#tellsSpent === false) return null;
        spent ??= this.#orGap(() => this.#spent(hash));
        return (await spent)?.[index] ?? null;
      },
    };
  }

  async #spent(hash: string): Promise<readonly (readonly SpentOutput[])[] | null> {
    const call: Call = { method: "getblock", params: [hash, 3] };
    const { result } = await this.#rpc.call(call);
    const spent = readSpent(result);
    this.#tellsSpent ??= spent !== null;
    return spent;
  }

  #orGap<T>(act: () => Promise<T>): Promise<T> {
    return orGap((says) => this.#gap("source-failed", says), act);
  }

  #gap(code: "missing-blocks" | "source-failed" | "missing-transaction", says: string): void {
    this.#ground.context.gap(bytesAt(this.#ground.evidence, 0, 0), code, says);
  }
}

interface Numbered {
  readonly height: number;
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** A promise that may be abandoned: that it fails then is no news. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
