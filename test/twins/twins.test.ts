import assert from "node:assert/strict";
import { test } from "node:test";
import { madeUpWallet } from "../kit/cryptonote.ts";
import { counted, investigatedFiles, minedThere } from "../kit/investigated.ts";
import type { Dialogue } from "./dialogues.ts";
import { framed, TWINS, twinPcap } from "./twins.ts";

for (const twin of TWINS) {
  test(`${twin.id} is not mining`, async () => {
    const found = await investigatedFiles({ "a.pcap": twinPcap(twin) });
    assert.ok((found.evidence[0]?.packets ?? 0) > 10);
    assert.equal(minedThere(found), false, JSON.stringify(found.findings));
    assert.deepEqual(found.findings, []);
  });

  test(`${twin.id} in small segments is not mining`, async () => {
    const found = await investigatedFiles({ "a.pcap": twinPcap(twin, 50) });
    assert.equal(minedThere(found), false, JSON.stringify(found.findings));
  });
}

test("all twins in one run are not mining", async () => {
  const files = Object.fromEntries(TWINS.map((twin) => [`${twin.id}.pcap`, twinPcap(twin)]));
  assert.equal(minedThere(await investigatedFiles(files)), false);
});

const BLOB = `0505${"ab".repeat(74)}`;
const JOB = { blob: BLOB, job_id: "1", target: "b88d0600" };

/** The job queue's dialogue with a job that can be hashed. */
const MINED: Dialogue = [
  [
    "client",
    { id: 1, method: "login", params: { login: madeUpWallet("twin"), pass: "x", agent: "XMRig/2.2.1" } },
  ],
  ["server", { id: 1, result: { id: "77", status: "OK", job: JOB }, error: null }],
  [
    "client",
    {
      id: 2,
      method: "submit",
      params: { id: "77", job_id: "1", nonce: "01020304", result: `${"00".repeat(31)}00` },
    },
  ],
  ["server", { id: 2, error: null, result: { status: "OK" } }],
];

for (const framing of ["newline", "websocket"] as const) {
  test(`the same words with a job to hash are mining (${framing})`, async () => {
    const found = await investigatedFiles({
      "a.pcap": twinPcap({ port: 3333, lines: framed(framing, MINED) }),
    });
    assert.equal(counted(found).length, 1);
    assert.equal(counted(found)[0]?.shares.accepted, 1);
    assert.equal(minedThere(found), true);
  });
}
