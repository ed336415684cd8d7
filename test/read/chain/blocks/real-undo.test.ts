import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { HEADER, toldHeight } from "../../../../src/bytes/bitcoin-header.ts";
import { BlockLayout } from "../../../../src/bytes/bitcoin-layout.ts";
import { decodeTx } from "../../../../src/bytes/bitcoin-tx.ts";
import { hashToHex } from "../../../../src/bytes/hex.ts";
import type { SpentOutput } from "../../../../src/model/chain.ts";
import { networkById, subsidySats } from "../../../../src/tables/bitcoin-networks.ts";
import { blockFile, undoFile } from "../../../kit/chain/block-file.ts";
import { madeFolder, readBlocks } from "../../../kit/chain/block-folder.ts";
import { spentOutputs } from "../../../kit/chain/real-block.ts";
import { dataPath } from "../../../kit/data.ts";

const FOLDER = dataPath("chain/blocks");
const UNDONE = (FOLDER === null ? [] : readdirSync(FOLDER)).filter((name) => name.endsWith("-undo.raw"));

function sum(outputs: readonly { readonly valueSats: bigint }[]): bigint {
  return outputs.reduce((all, { valueSats }) => all + valueSats, 0n);
}

test("there are real blocks whose spent outputs are known", (t) => {
  if (FOLDER === null) return t.skip("needs ../shared/data/chain/blocks");
  assert.equal(UNDONE.length, 8);
});

for (const name of UNDONE) {
  test(`${name}: fees come out right when what was spent is kept as Bitcoin Core keeps it`, async (t) => {
    const read = (file: string) => new Uint8Array(readFileSync(join(FOLDER ?? "", file)));
    const bytes = read(name.replace("-undo", ""));
    const all = spentOutputs(read(name));
    const layout = new BlockLayout();
    assert.equal(layout.read(bytes, 0, bytes.length), null);
    const txs = Array.from({ length: layout.txCount }, (_, tx) => decodeTx(bytes, layout, tx));
    const spent = txs.slice(1).map(({ inputs }) => all.splice(0, inputs.length));
    assert.equal(all.length, 0);
    const height = toldHeight(bytes, 0, bytes.length);
    const previous = hashToHex(bytes, HEADER.previous);
    const network = name.includes("300025") ? "btc" : "btc-testnet3";
    const folder = madeFolder(t, {
      "blk00000.dat": blockFile([{ bytes }], { network }),
      "rev00000.dat": undoFile([{ height, previous, spent }], { network }),
    });
    const told: (readonly SpentOutput[] | null)[] = [];
    const { chain } = await readBlocks(folder, async (view) => {
      for (const tx of txs.keys()) told.push(await view.spent(tx));
    });
    assert.deepEqual(told, [[], ...spent]);
    const fees = txs.slice(1).map(({ outputs }, tx) => sum(told[tx + 1] ?? []) - sum(outputs));
    assert.ok(fees.every((fee) => fee >= 0n));
    const subsidy = subsidySats(networkById(chain.network) ?? assert.fail(), height) ?? assert.fail();
    const claimed = sum(txs[0]?.outputs ?? []);
    assert.equal(claimed, subsidy + fees.reduce((a, b) => a + b, 0n));
  });
}
