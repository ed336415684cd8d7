import assert from "node:assert/strict";
import { test } from "node:test";
import { ofKind, readOne } from "../../../kit/read-one.ts";

/** Nobody's: made from a constant, its checksum holds. */
const XMR = "47GprUiHcahFwrywVBncbn4vq5C9kWGiHZzV3YBagK1q4sBoGMpwTHYDuVrAgVnC22aCD1iTY88f93PFzvdCtYUAUTs5TB5";
const ETH = "0x52908400098527886E0F7030069857D2E4169EE7";

interface Told {
  readonly reader: string | null;
  readonly software: string | null | undefined;
  readonly pools: readonly string[];
}

async function told(text: string, path: string): Promise<Told> {
  const found = await readOne(text, path);
  const [config] = ofKind(found, "miner-config");
  const pools = (config?.pools ?? []).map(({ url, user, worker }) => [url, user, worker].join(" "));
  return { reader: found.reader, software: config?.software, pools };
}

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
