import assert from "node:assert/strict";
import { test } from "node:test";
import { ETH, type Told, told, XMR } from "../../../kit/told-settings.ts";

const CASES: readonly (readonly [name: string, path: string, text: string, expected: Told])[] = [
  [
    "Claymore's list of pools",
    "C:/m/epools.txt",
    `# comment\nPOOL: eth.example:4444, WALLET: ${ETH}, PSW: x, WORKER: a, ESM: 0\n` +
      `POOL: eth2.example:4444, WALLET: ${ETH}, PSW: x\n`,
    {
      reader: "miner-lists",
      software: "claymore",
      pools: [`eth.example:4444 ${ETH} a`, `eth2.example:4444 ${ETH} `],
    },
  ],
  [
    "nanominer's settings",
    "/m/config.ini",
    `[RandomX]\nwallet = ${XMR}\nrigName = r1\npool1 = xmr.example:14433\n`,
    { reader: "miner-lists", software: "nanominer", pools: [`xmr.example:14433 ${XMR} r1`] },
  ],
];

for (const [name, path, text, expected] of CASES) {
  test(`${name} tells pools, users and workers`, async () => {
    assert.deepEqual(await told(text, path), expected);
  });
}

test("settings of another program in a file of that name are no miner's", async () => {
  const text = "[server]\npool1 = db.example:5432\nuser = app\n";
  assert.deepEqual((await told(text, "/m/config.ini")).pools, []);
});
