import assert from "node:assert/strict";
import { test } from "node:test";
import { SliceContents } from "../../../../src/read/chain/slice/contents.ts";
import { StreamWindow } from "../../../../src/read/source/stream-window.ts";
import { chainContext } from "../../../kit/chain/context.ts";
import { madeTx } from "../../../kit/chain/made-tx.ts";

test("transactions of more outputs than memory is meant for end the reading, however few they are", () => {
  const window = new StreamWindow((async function* () {})());
  const file = { id: "e1", name: "slice.json", head: new Uint8Array(), window };
  const contents = new SliceContents(file, chainContext());
  const [output = assert.fail()] = madeTx("one", { out: [{ sats: 1 }] }).outputs;
  const outputs = Array.from({ length: 1_000_000 }, () => output);
  const take = (name: string): void => contents.takeTx({ ...madeTx(name, { out: [] }), outputs });
  for (let i = 0; i < 8; i++) take(`t${i}`);
  assert.throws(() => take("last"), /slice\.json: it has more than 8000000 inputs and outputs; follow block/);
  assert.equal(contents.transactions.size, 8);
});
