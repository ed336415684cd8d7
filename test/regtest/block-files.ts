import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hash256 } from "../../src/bytes/hash256.ts";
import { hashToHex } from "../../src/bytes/hex.ts";
import type { SpentOutput } from "../../src/model/chain.ts";
import { blockFile, undoFile, xored } from "../kit/chain/block-file.ts";
import type { MadeBlock } from "../kit/chain/made-chain.ts";
import { join as joined } from "../kit/octets.ts";
import { random } from "../kit/random.ts";
import type { RegtestChain } from "./chain.ts";

export interface BlockFolder {
  /** Bitcoin Core's way since version 28: every byte is XORed with the eight of xor.dat. */
  readonly isXored: boolean;
  /** Whether rev?????.dat stand beside the blocks. */
  readonly hasUndo: boolean;
}

const KEY = Uint8Array.of(0x5a, 0x00, 0xc3, 0x17, 0xff, 0x28, 0x91, 0x64);
/** Zeros, text, and the magic of the network before a length that is none. */
const STRAYS = [
  new Uint8Array(37),
  new TextEncoder().encode("no block at all"),
  Uint8Array.of(0xfa, 0xbf, 0xb5, 0xda, 0xff, 0xff, 0xff, 0xff),
];

/** Writes a node's blocks as Bitcoin Core keeps them, in a new folder: over two files and in no order, with
 *  an orphan and stray bytes among them; the folder's path. */
export async function blockFolder(chain: RegtestChain, form: BlockFolder): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-blocks-"));
  const blocks = await allBlocks(chain);
  const middle = Math.floor(blocks.length / 2);
  const write = (name: string, bytes: Uint8Array): void =>
    writeFileSync(join(folder, name), form.isXored ? xored(bytes, KEY) : bytes);
  for (const [number, part] of [blocks.slice(middle), blocks.slice(0, middle)].entries()) {
    const pieces = [...shuffled(part), orphanOf(part.at(-3)!)].map((block) => blockFile([block]));
    for (const [at, stray] of STRAYS.entries()) pieces.splice(7 * (at + 1), 0, stray);
    write(`blk0000${number}.dat`, joined(...pieces));
    if (form.hasUndo) write(`rev0000${number}.dat`, undoFile(part));
  }
  if (form.isXored) writeFileSync(join(folder, "xor.dat"), KEY);
  return folder;
}

type Block = Pick<MadeBlock, "bytes" | "height" | "previous" | "spent">;

/** From the first block on, each with the outputs that it spends, as the ledger knows them. */
async function allBlocks(chain: RegtestChain): Promise<Block[]> {
  const { transactions } = chain.ledger;
  const paid = new Map<string, SpentOutput>();
  for (const { txid, outputs } of transactions) {
    for (const [vout, { sats, script }] of outputs.entries()) {
      paid.set(`${txid}:${vout}`, { valueSats: sats, script });
    }
  }
  const blocks: Block[] = [];
  for (let height = 0; height <= chain.height(); height++) {
    const bytes = await chain.rawBlock(height);
    const [, ...spending] = transactions.filter((tx) => tx.height === height);
    const spent = spending.map(({ inputs }) => inputs.map((id) => paid.get(id)!));
    blocks.push({ bytes, height, previous: hashToHex(bytes, 4), spent });
  }
  return blocks;
}

/** Another block at the same height, which nobody built on. */
function orphanOf({ bytes, ...rest }: Block): Block {
  const other = Uint8Array.from(bytes);
  const header = new DataView(other.buffer, 0, 80);
  do header.setUint32(76, header.getUint32(76, true) + 1, true);
  while ((hash256(other.subarray(0, 80))[31] ?? 0) >= 0x7f);
  return { bytes: other, ...rest };
}

function shuffled<T>(items: readonly T[]): T[] {
  const by = random(20_171_201);
  const left = [...items];
  return items.map(() => left.splice(by.below(left.length), 1)[0]!);
}
