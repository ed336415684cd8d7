import { bytesToHex } from "../../../src/bytes/hex.ts";
import { networkById } from "../../../src/tables/bitcoin-networks.ts";
import { type FakeAnswer, type FakeServer, fakeServer } from "./fake-server.ts";
import type { MadeBlock } from "./made-chain.ts";

export interface NodeForm {
  readonly network?: string;
  /** Whether it finds transactions by their id. */
  readonly txindex?: boolean;
  /** What it makes of verbosity 3: Bitcoin Core 23 and later tell what is spent, bcoin refuses, others take
   *  it for 1. */
  readonly spent?: "tells" | "refuses" | "lists-ids";
  readonly pruneheight?: number;
  readonly headers?: number;
}

export interface FakeNode extends FakeServer {
  blocks: readonly MadeBlock[];
}

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: readonly (string | number | boolean)[];
}

/** A node's JSON-RPC over made-up blocks, as Bitcoin Core answers, or as bcoin does. */
export async function fakeNode(blocks: readonly MadeBlock[], form: NodeForm = {}): Promise<FakeNode> {
  const server = await fakeServer(
    (_, body) => answer(JSON.parse(body), node.blocks, form),
    (_, body) => [JSON.parse(body)].flat().map(named)[0] ?? "",
  );
  const node: FakeNode = Object.assign(server, { blocks });
  return node;
}

function named({ method, params }: Call): string {
  return [method, ...params].join(" ");
}

function answer(asked: Call | readonly Call[], blocks: readonly MadeBlock[], form: NodeForm): FakeAnswer {
  // Core answers a batch in the order of its calls; nobody promises that.
  if (Array.isArray(asked))
    return { body: JSON.stringify(asked.map((one) => called(one, blocks, form)).reverse()) };
  const one = called(asked as Call, blocks, form);
  return { status: one.error === null ? 200 : 500, body: JSON.stringify(one) };
}

function called({ id, method, params }: Call, blocks: readonly MadeBlock[], form: NodeForm) {
  const value = METHODS.get(method)?.({ params, blocks, form });
  if (value !== undefined) return { result: value, error: null, id };
  return { result: null, error: { code: -5, message: `No such thing: ${method}` }, id };
}

interface Held {
  readonly params: Call["params"];
  readonly blocks: readonly MadeBlock[];
  readonly form: NodeForm;
}

const METHODS: ReadonlyMap<string, (held: Held) => unknown> = new Map<string, (held: Held) => unknown>([
  [
    "getblockchaininfo",
    ({ blocks, form }) => ({
      chain: "regtest",
      blocks: blocks.at(-1)?.height,
      headers: form.headers ?? blocks.at(-1)?.height,
      bestblockhash: blocks.at(-1)?.hash,
      pruned: form.pruneheight !== undefined,
      ...(form.pruneheight === undefined ? {} : { pruneheight: form.pruneheight }),
    }),
  ],
  [
    "getblockhash",
    ({ params: [height], blocks, form }) =>
      height === 0
        ? networkById(form.network ?? "btc-regtest")?.genesis
        : blocks.find((block) => block.height === height)?.hash,
  ],
  [
    "getblockheader",
    ({ params: [hash], blocks }) => {
      const block = blocks.find((one) => one.hash === hash);
      return block && { hash, height: block.height, time: block.atSeconds };
    },
  ],
  [
    "getblock",
    ({ params: [hash, verbosity], blocks, form }) => {
      const block = blocks.find((one) => one.hash === hash);
      if (block === undefined) return undefined;
      if (verbosity === false) return bytesToHex(block.bytes);
      return verbosity === 3 ? verbose(block, form.spent ?? "tells") : undefined;
    },
  ],
  [
    "getrawtransaction",
    ({ params: [txid, isVerbose], blocks, form }) => {
      const block = blocks.find(({ txs }) => txs.some((tx) => tx.txid === txid));
      const tx = block?.txs.find((one) => one.txid === txid);
      if (form.txindex !== true || tx === undefined) return undefined;
      return isVerbose === true ? { txid, blockhash: block?.hash } : bytesToHex(tx.bytes);
    },
  ],
]);

function verbose({ txs, spent, hash }: MadeBlock, how: NonNullable<NodeForm["spent"]>): unknown {
  if (how === "refuses") return undefined;
  if (how === "lists-ids") return { hash, tx: txs.map(({ txid }) => txid) };
  return {
    hash,
    tx: txs.map(({ txid, inputs }, i) => ({
      txid,
      vin: inputs.map((input, k) => {
        const prevout = spent[i - 1]?.[k];
        if (prevout === undefined) return { coinbase: "00" };
        const { valueSats, script } = prevout;
        return {
          txid: input.txid,
          vout: input.vout,
          prevout: { value: Number(valueSats) / 1e8, scriptPubKey: { hex: bytesToHex(script) } },
        };
      }),
    })),
  };
}
