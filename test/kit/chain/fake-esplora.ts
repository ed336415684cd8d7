import { scriptAddress, scriptKind } from "../../../src/bytes/bitcoin-script.ts";
import { bytesToHex } from "../../../src/bytes/hex.ts";
import { outpointId, type SpentOutput } from "../../../src/model/chain.ts";
import { type BitcoinNetwork, networkById } from "../../../src/tables/bitcoin-networks.ts";
import { type FakeServer, fakeServer } from "./fake-server.ts";
import type { MadeBlock } from "./made-chain.ts";
import type { MadeTx } from "./transactions.ts";

const PAGE = 25;

/** One transaction as Esplora gives it. */
export interface EsploraObject {
  readonly txid: string;
  readonly vin: readonly Record<string, unknown>[];
  readonly vout: readonly Record<string, unknown>[];
  readonly [field: string]: unknown;
}

/** All transactions of these blocks as Esplora gives them; `waiting` are in none. */
export function esploraObjects(
  blocks: readonly MadeBlock[],
  network: string,
  waiting: readonly { readonly tx: MadeTx; readonly spent: readonly SpentOutput[] }[] = [],
): readonly EsploraObject[] {
  const forms = networkById(network);
  if (forms === null) throw new RangeError(`no network "${network}"`);
  const inBlocks = blocks.flatMap(({ txs, spent, height, hash, atSeconds }) =>
    txs.map((tx, i) => ({
      ...object(tx, i === 0 ? null : (spent[i - 1] ?? []), forms),
      status: { confirmed: true, block_height: height, block_hash: hash, block_time: atSeconds },
    })),
  );
  const inNone = waiting.map(({ tx, spent }) => ({
    ...object(tx, spent, forms),
    status: { confirmed: false },
  }));
  return [...inBlocks, ...inNone];
}

function object(tx: MadeTx, spent: readonly SpentOutput[] | null, forms: BitcoinNetwork): EsploraObject {
  const { txid, version = 2, locktime = 0, inputs, outputs, bytes } = tx;
  return {
    txid,
    version,
    locktime,
    vin: inputs.map(({ txid: from, vout, sequence = 0xffffffff }, i) => ({
      txid: from,
      vout,
      prevout: spent === null ? null : output(spent[i], forms),
      scriptsig: "",
      is_coinbase: spent === null,
      sequence,
    })),
    vout: outputs.map((one) => output(one, forms)),
    size: bytes.length,
    fee: 0,
  };
}

function output(spot: SpentOutput | undefined, forms: BitcoinNetwork): Record<string, unknown> {
  if (spot === undefined) throw new RangeError("an output that is spent is missing");
  const { valueSats, script } = spot;
  const kind = scriptKind(script);
  const address = kind === "p2pk" ? null : scriptAddress(script, forms);
  return {
    scriptpubkey: bytesToHex(script),
    scriptpubkey_type: kind,
    ...(address === null ? {} : { scriptpubkey_address: address }),
    value: Number(valueSats),
  };
}

export interface FakeExplorer extends FakeServer {
  /** More blocks may be added while it runs. */
  blocks: readonly MadeBlock[];
  waiting: readonly { readonly tx: MadeTx; readonly spent: readonly SpentOutput[] }[];
}

/** An Esplora over made-up blocks: `test/kit/chain/made-chain.ts` makes them.
 *
 *      const explorer = await fakeEsplora(chain.blocks, "btc");
 *      t.after(explorer.close);
 *      await openEsplora(explorer.url, …);
 */
export async function fakeEsplora(blocks: readonly MadeBlock[], network: string): Promise<FakeExplorer> {
  const server = await fakeServer((path) => {
    const value = answer(path, { blocks: explorer.blocks, waiting: explorer.waiting, network });
    if (value === undefined) return null;
    return { body: typeof value === "string" ? value : JSON.stringify(value) };
  });
  const explorer: FakeExplorer = Object.assign(server, { blocks, waiting: [] });
  return explorer;
}

type Held = Pick<FakeExplorer, "blocks" | "waiting"> & { readonly network: string };

/** undefined for what it does not have. */
function answer(path: string, { blocks, waiting, network }: Held): unknown {
  const [kind, id = "", what, more] = path.slice(1).split("/");
  if (kind === "block-height") return id === "0" ? networkById(network)?.genesis : blockAt(blocks, id)?.hash;
  if (kind === "blocks") return what === "hash" ? blocks.at(-1)?.hash : String(blocks.at(-1)?.height);
  if (kind === "block") {
    const block = blocks.find(({ hash }) => hash === id);
    return block && { id, height: block.height, timestamp: block.atSeconds, tx_count: block.txs.length };
  }
  const all = esploraObjects(blocks, network, waiting);
  if (kind === "tx") {
    const tx = all.find(({ txid }) => txid === id);
    const spends = tx?.vout.map((_, vout) => spend(all, outpointId({ txid: id, vout })));
    return what === undefined ? tx : what === "outspends" ? spends : spends?.[Number(more)];
  }
  return kind === "address" ? ofAddress(all, id, path) : undefined;
}

function blockAt(blocks: readonly MadeBlock[], height: string): MadeBlock | undefined {
  return blocks.find((block) => String(block.height) === height);
}

function spend(all: readonly EsploraObject[], id: string): unknown {
  for (const { txid, vin, ["status"]: status } of all) {
    const at = vin.findIndex(({ txid: from, vout }) => `${from}:${vout}` === id);
    if (at !== -1) return { spent: true, txid, vin: at, status };
  }
  return { spent: false };
}

function ofAddress(all: readonly EsploraObject[], address: string, path: string): unknown {
  const touching = all.filter((tx) => JSON.stringify(tx).includes(`"${address}"`));
  const confirmed = touching.filter((tx) => JSON.stringify(tx["status"]).includes("true")).reverse();
  const [, , , what, chain, last] = path.split("/");
  if (what === undefined) {
    const inNone = touching.length - confirmed.length;
    return { address, chain_stats: { tx_count: confirmed.length }, mempool_stats: { tx_count: inNone } };
  }
  if (chain !== "chain") return undefined;
  const from = last === undefined ? 0 : confirmed.findIndex(({ txid }) => txid === last) + 1;
  return confirmed.slice(from, from + PAGE);
}
