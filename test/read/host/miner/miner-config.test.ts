import assert from "node:assert/strict";
import { test } from "node:test";
import type { MinerConfigRecord } from "../../../../src/model/host-record.ts";
import { investigatedFiles } from "../../../kit/investigated.ts";
import { ofKind, readOne } from "../../../kit/read-one.ts";

/** Nobody's: made from a constant, its checksum holds. */
const XMR = "47GprUiHcahFwrywVBncbn4vq5C9kWGiHZzV3YBagK1q4sBoGMpwTHYDuVrAgVnC22aCD1iTY88f93PFzvdCtYUAUTs5TB5";

async function configOf(text: string, path: string): Promise<MinerConfigRecord> {
  const [config, ...more] = ofKind(await readOne(text, path), "miner-config");
  assert.ok(config !== undefined && more.length === 0, "one record");
  return config;
}

const POOL = { worker: null, algorithm: null, coin: null };

const CASES: readonly (readonly [name: string, text: string, expected: Partial<MinerConfigRecord>])[] = [
  [
    "XMRig 6 with comments and a comma too many",
    `{
      // the miner's
      "autosave": true, /* as made by the wizard */
      "donate-level": 1,
      "log-file": "/tmp/m.log",
      "pools": [
        { "algo": "rx/0", "coin": "monero", "url": "pool.example:3333", "user": "${XMR}.rig1+5000", },
        { "algo": null, "url": "stratum+ssl://192.0.2.7:443", "user": "${XMR}", "rig-id": "r2", },
      ],
    }`,
    {
      software: "xmrig",
      logFile: "/tmp/m.log",
      pools: [
        { url: "pool.example:3333", user: XMR, worker: "rig1", algorithm: "rx/0", coin: "monero" },
        { ...POOL, url: "stratum+ssl://192.0.2.7:443", user: XMR, worker: "r2" },
      ],
    },
  ],
  [
    "XMRig 2, whose algorithm stands above the pools",
    `{"algo": "cryptonight", "av": 0, "max-cpu-usage": 75, "log-file": null,
      "pools": [{"url": "192.0.2.9:80", "user": "mail@example.org", "pass": "x", "nicehash": false}]}`,
    {
      software: "xmrig",
      logFile: null,
      pools: [{ ...POOL, url: "192.0.2.9:80", user: "mail@example.org", algorithm: "cryptonight" }],
    },
  ],
  [
    "xmrig-proxy",
    `{"access-log-file": null, "bind": ["0.0.0.0:3333"], "mode": "nicehash", "custom-diff": 0,
      "pools": [{"url": "pool.example:3333", "user": "${XMR}", "rig-id": null}]}`,
    { software: "xmrig-proxy", pools: [{ ...POOL, url: "pool.example:3333", user: XMR }] },
  ],
  [
    "xmr-stak's members without braces",
    `/*
 * pool_address - Pool address should be in the form "pool.example:3333".
 */
"pool_list" :
[
    {"pool_address" : "pool.example:3333", "wallet_address" : "${XMR}", "rig_id" : "a", "pool_password" : "x",
     "use_nicehash" : false, "use_tls" : false, "tls_fingerprint" : "", "pool_weight" : 1 },
],
"currency" : "monero7",
`,
    {
      software: "xmr-stak",
      pools: [{ ...POOL, url: "pool.example:3333", user: XMR, worker: "a", coin: "monero7" }],
    },
  ],
  [
    "cpuminer's",
    `{ "url": "stratum+tcp://pool.example:3333", "user": "me.1", "pass": "x", "algo": "scrypt" }`,
    {
      software: "cpuminer",
      pools: [
        { ...POOL, url: "stratum+tcp://pool.example:3333", user: "me", worker: "1", algorithm: "scrypt" },
      ],
    },
  ],
  [
    "lolMiner's",
    `{"DEFAULTS": {"APIPORT": 0}, "ETC": {"ALGO": "ETCHASH", "POOL": "etc.pool.example", "PORT": 1010,
      "WALLET": "0x52908400098527886E0F7030069857D2E4169EE7", "WORKER": "w"}}`,
    {
      software: "lolminer",
      pools: [
        {
          url: "etc.pool.example:1010",
          user: "0x52908400098527886E0F7030069857D2E4169EE7",
          worker: "w",
          algorithm: "ETCHASH",
          coin: null,
        },
      ],
    },
  ],
];

for (const [name, text, expected] of CASES) {
  test(`settings of ${name} tell pools, users and workers`, async () => {
    const config = await configOf(text, name === "cpuminer's" ? "/m/cpuminer-conf.json" : "/m/a");
    for (const [key, value] of Object.entries(expected)) {
      assert.deepEqual(config[key as keyof MinerConfigRecord], value, key);
    }
    assert.ok(config.place.line !== null && config.excerpt !== "");
  });
}

test("settings that break off still tell the pools before, and say so", async () => {
  const found = await readOne(
    `{"donate-level": 1, "pools": [{"url": "pool.example:3333", "user": "${XMR}", "pa`,
  );
  assert.equal(ofKind(found, "miner-config")[0]?.pools[0]?.user, XMR);
  assert.deepEqual(
    found.gaps.map(({ code }) => code),
    ["malformed-record"],
  );
});

const OTHERS: readonly string[] = [
  '{"url": "db.example:5432", "user": "app", "pass": "secret"}',
  '{"pools": [{"url": "https://example.org/a", "user": "a"}], "algo": "round-robin"}',
  '{"name": "x", "repository": {"url": "https://github.example/x"}, "scripts": {}}',
  '{"pool": "10.0.0.0/8", "server": "dhcp.example"}',
  '{"url": "https://example.org", "coin": "btc"}',
];
for (const text of OTHERS) {
  test(`${text.slice(0, 50)}… is no miner's`, async () => {
    assert.deepEqual(ofKind(await readOne(text), "miner-config"), []);
  });
}

test("the password of a pool is in no excerpt", async () => {
  const text = `{"pools": [{"url": "pool.example:1", "user": "${XMR}", "pass": "hunter22"}]}`;
  const found = await investigatedFiles({ "config.json": Buffer.from(text) });
  assert.doesNotMatch(JSON.stringify(found), /hunter22/);
  assert.equal(found.evidence[0]?.kind, "miner-config");
});

test("records that speak of pools are no settings: lists, lines of JSON, what stands deeper", async () => {
  const pool = `{"url": "stratum+tcp://pool.example:3333", "user": "${XMR}", "pass": "x"}`;
  const texts = [
    `[${pool}]`,
    `${pool}\n${pool}\n`,
    `{"records": [${pool}]}`,
    `{"a": {"b": {"pools": [${pool}]}}}`,
  ];
  for (const text of texts) assert.deepEqual(ofKind(await readOne(text), "miner-config"), [], text);
  assert.equal(ofKind(await readOne(pool), "miner-config").length, 1);
});
