import { scriptKind } from "../../../src/bytes/bitcoin-script.ts";
import { hash256 } from "../../../src/bytes/hash256.ts";
import { hexToHash } from "../../../src/bytes/hex.ts";
import type { SpentOutput } from "../../../src/model/chain.ts";
import { networkById } from "../../../src/tables/bitcoin-networks.ts";
import { join } from "../octets.ts";
import type { MadeBlock } from "./made-chain.ts";
import { compactSize, le32 } from "./transactions.ts";

export interface FileForm {
  readonly network?: string;
  /** Eight bytes, as `xor.dat` holds them. */
  readonly xor?: Uint8Array;
  /** Zeros behind the last block, as Bitcoin Core allots space ahead. */
  readonly zeros?: number;
}

/** What a blk?????.dat holds of these blocks, in their order. */
export function blockFile(blocks: readonly Pick<MadeBlock, "bytes">[], form: FileForm = {}): Uint8Array {
  return records(
    blocks.map(({ bytes }) => [bytes]),
    form,
  );
}

/** What the rev?????.dat beside it holds: undo data of all but blocks without a block before them. */
export function undoFile(
  blocks: readonly Pick<MadeBlock, "height" | "previous" | "spent">[],
  form: FileForm = {},
): Uint8Array {
  return records(
    blocks
      .filter(({ height }) => height > 0)
      .map(({ previous, spent }) => {
        const undo = undoData(spent);
        return [undo, hash256(join(hexToHash(previous) ?? new Uint8Array(32), undo))];
      }),
    form,
  );
}

/** XORs by file offset, which is its own reverse. */
export function xored(bytes: Uint8Array, key: Uint8Array): Uint8Array {
  return bytes.map((byte, at) => byte ^ (key[at % key.length] ?? 0));
}

/** Each record: magic, length of its first part, all its parts. */
function records(parts: readonly (readonly Uint8Array[])[], { network, xor, zeros }: FileForm): Uint8Array {
  const magic = networkById(network ?? "btc-regtest")?.magic ?? 0;
  const bytes = join(
    ...parts.flatMap((all) => [le32(magic).reverse(), le32(all[0]?.length ?? 0), ...all]),
    new Uint8Array(zeros ?? 0),
  );
  return xor === undefined ? bytes : xored(bytes, xor);
}

/** Source: Bitcoin Core src/undo.h, CBlockUndo. */
export function undoData(spent: readonly (readonly SpentOutput[])[]): Uint8Array {
  return join(
    compactSize(spent.length),
    ...spent.flatMap((outputs) => [
      compactSize(outputs.length),
      ...outputs.flatMap(({ valueSats, script }) => [
        // Height 1, no coinbase; then a byte that is always 0.
        base128(2n),
        Uint8Array.of(0),
        base128(compressedAmount(valueSats)),
        compressedScript(script),
      ]),
    ]),
  );
}

/** Source: Bitcoin Core src/serialize.h, WriteVarInt. */
function base128(value: bigint): Uint8Array {
  const out: number[] = [];
  for (let rest = value; ; rest = (rest >> 7n) - 1n) {
    out.unshift(Number(rest & 0x7fn) | (out.length > 0 ? 0x80 : 0));
    if (rest <= 0x7fn) return Uint8Array.from(out);
  }
}

/** Source: Bitcoin Core src/compressor.cpp, CompressAmount. */
function compressedAmount(sats: bigint): bigint {
  if (sats === 0n) return 0n;
  let rest = sats;
  let zeros = 0n;
  for (; rest % 10n === 0n && zeros < 9n; zeros++) rest /= 10n;
  if (zeros === 9n) return 1n + (rest - 1n) * 10n + 9n;
  return 1n + ((rest / 10n) * 9n + (rest % 10n) - 1n) * 10n + zeros;
}

/** Source: Bitcoin Core src/compressor.cpp, CompressScript. */
function compressedScript(script: Uint8Array): Uint8Array {
  const kind = scriptKind(script);
  if (kind === "p2pkh") return Uint8Array.of(0, ...script.subarray(3, 23));
  if (kind === "p2sh") return Uint8Array.of(1, ...script.subarray(2, 22));
  if (kind === "p2pk" && script.length === 35) return script.slice(1, 34);
  if (kind === "p2pk") return Uint8Array.of(4 + ((script[65] ?? 0) & 1), ...script.subarray(2, 34));
  return join(base128(BigInt(script.length + 6)), script);
}
