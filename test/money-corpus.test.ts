import assert from "node:assert/strict";
import { test } from "node:test";
import { measureMoney } from "./corpus/money.ts";
import { dataPath } from "./kit/data.ts";

test("real ransoms, swaps and coins come out as they are known", async (t) => {
  const folder = dataPath("chain");
  if (folder === null) return t.skip("needs ../shared/data/chain beside the checkout");
  const all = await measureMoney(folder);
  assert.deepEqual(
    all.flatMap(({ name, faults }) => faults.map((says) => `${name}: ${says}`)),
    [],
  );
});
