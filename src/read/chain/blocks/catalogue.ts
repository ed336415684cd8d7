import { setImmediate } from "node:timers/promises";
import { HEADER, meetsBits, toldHeight, workOf } from "../../../bytes/bitcoin-header.ts";
import { BlockLayout, HEADER_BYTES } from "../../../bytes/bitcoin-layout.ts";
import { uint32le } from "../../../bytes/little-endian.ts";
import { PaydirtError } from "../../../model/error.ts";
import type { GapCode } from "../../../model/gap.ts";
import { reasonOf } from "../../../model/reason.ts";
import { isTooEasyForMainnet } from "../../../tables/bitcoin-difficulty.ts";
import { BITCOIN_NETWORKS, networkById } from "../../../tables/bitcoin-networks.ts";
import { nodeHash256 } from "../node-hash256.ts";
import type { BlockFile } from "./block-files.ts";
import { BlockIndex, NO_NETWORK } from "./block-index.ts";
import type { FileBytes } from "./file-bytes.ts";
import type { OpenFiles } from "./open-files.ts";
import { type Fault, HEAD_BYTES, MAX_BLOCK_BYTES, type RecordForm, records } from "./records.ts";

/** Something that is wrong with the bytes of a file. */
export type TellFault = (
  where: { readonly file: number; readonly at: number; readonly byteLength: number },
  code: GapCode,
  says: string,
) => void;

const layout = new BlockLayout();

/** A coinbase alone takes 60 bytes. */
const FORM: RecordForm = {
  leastBytes: HEADER_BYTES + 1 + 60,
  trailerBytes: 0,
  fault: (body) => layout.read(body, 0, body.length),
};

/** Between them others get their turn: a signal that ends the run, the display of its progress. */
const BLOCKS_AT_ONCE = 4096;

/** All blocks of these files by their headers; only the first bytes of each block are read.
 *
 *  Errors: throws `PaydirtError` "bad-source" where the file system refuses.
 *  Limits: of a block that is there twice the first is taken.
 */
export async function catalogued(
  files: readonly BlockFile[],
  open: OpenFiles,
  { tell, signal }: { readonly tell: TellFault; readonly signal: AbortSignal | null },
): Promise<BlockIndex> {
  const index = new BlockIndex();
  for (const [file, { path }] of files.entries()) {
    await others(signal);
    try {
      await addFile(index, await open.bytes(file), { file, tell, signal });
    } catch (error) {
      if (error instanceof PaydirtError) throw error;
      const why = reasonOf(error);
      throw new PaydirtError("bad-source", `Cannot read blocks of ${path}: ${why}`, error);
    }
  }
  return index;
}

interface Into {
  readonly file: number;
  readonly tell: TellFault;
  readonly signal: AbortSignal | null;
}

/** Lets others have their turn. */
async function others(signal: AbortSignal | null): Promise<void> {
  await setImmediate();
  if (signal?.aborted) throw new PaydirtError("interrupted", "Interrupted");
}

async function addFile(index: BlockIndex, bytes: FileBytes, into: Into): Promise<void> {
  const { file, tell } = into;
  const lone = loneBlock(bytes);
  if (lone !== null) return addBlock(index, lone, { ...into, at: 0, size: bytes.size, network: NO_NETWORK });
  let found = 0;
  const early: Fault[] = [];
  const tellFault = ({ at, byteLength, code, says }: Fault): void =>
    tell({ file, at, byteLength }, code, says);
  for (const record of records(bytes, FORM)) {
    if (record === null) {
      await others(into.signal);
      continue;
    }
    if ("code" in record) {
      if (found === 0) early.push(record);
      else tellFault(record);
      continue;
    }
    if (found === 0) early.forEach(tellFault);
    const network = BITCOIN_NETWORKS.findIndex(({ magic }) => magic === record.magic);
    addBlock(index, record.head, { ...into, at: record.at, size: record.size, network });
    if (++found % BLOCKS_AT_ONCE === 0) await others(into.signal);
  }
  if (found > 0 || early.length === 0) return;
  const says = "no block in a form that is read; if xor.dat lies elsewhere, put it beside the file";
  tell({ file, at: 0, byteLength: bytes.size }, "unrecognised", says);
}

/** The first bytes of a file that is one block and nothing else; null for any other. */
function loneBlock(bytes: FileBytes): Uint8Array | null {
  if (bytes.size < FORM.leastBytes || bytes.size > MAX_BLOCK_BYTES) return null;
  const head = new Uint8Array(HEAD_BYTES);
  bytes.readSync(head, 0);
  const magic = new DataView(head.buffer).getUint32(0);
  if (BITCOIN_NETWORKS.some((row) => row.magic === magic)) return null;
  const whole = new Uint8Array(bytes.size);
  bytes.readSync(whole, 0);
  return layout.read(whole, 0, whole.length) === null ? head : null;
}

interface Spot extends Into {
  readonly at: number;
  readonly size: number;
  readonly network: number;
}

function addBlock(index: BlockIndex, head: Uint8Array, spot: Spot): void {
  const header = head.subarray(0, HEADER_BYTES);
  const hash = nodeHash256(header);
  const bits = uint32le(header, HEADER.bits);
  const network = spot.network === NO_NETWORK ? networkByBits(header) : spot.network;
  // Without its work a header proves nothing: a flipped bit would be a block of its own, and bits that
  // claim more work than was done would make it the best chain. Scrypt is not worked out here.
  if (BITCOIN_NETWORKS[network]?.work !== "scrypt" && !meetsBits(hash, bits)) {
    const says = "the hash of the header exceeds what its bits allow";
    spot.tell({ file: spot.file, at: spot.at, byteLength: spot.size }, "malformed-block", says);
    return;
  }
  const told = toldHeight(head, 0, Math.min(HEAD_BYTES, spot.size));
  index.add(header, hash, { ...spot, network, toldHeight: told });
}

/** The easiest bits of mainnet and signet. Source: as `BITCOIN_NETWORKS`, `powLimit`. */
const MAINNET_LIMIT = 0x1d00ffff;
const SIGNET_LIMIT = 0x1e0377ae;

/** The network of a block without a magic, where its work tells; else `NO_NETWORK`: it is of the one that
 *  most others are of. */
function networkByBits(header: Uint8Array): number {
  const bits = uint32le(header, HEADER.bits);
  const row = networkById(idByBits(bits, uint32le(header, HEADER.time)) ?? "");
  return row === null ? NO_NETWORK : BITCOIN_NETWORKS.indexOf(row);
}

function idByBits(bits: number, seconds: number): string | null {
  if (bits > SIGNET_LIMIT) return "btc-regtest";
  if (bits > MAINNET_LIMIT) return "btc-signet";
  return isTooEasyForMainnet(workOf(bits), seconds) ? "btc-testnet3" : null;
}
