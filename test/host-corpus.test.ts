import assert from "node:assert/strict";
import { test } from "node:test";
import { measureHosts } from "./corpus/hosts.ts";
import { dataPath } from "./kit/data.ts";

test("real collections, honeypots and lists come out as their ground truth says", async (t) => {
  const folder = dataPath("host");
  if (folder === null) return t.skip("needs ../shared/data/host beside the checkout");
  const all = await measureHosts(folder);
  assert.deepEqual(
    all.flatMap(({ name, faults }) => faults.map((says) => `${name}: ${says}`)),
    [],
  );
});
