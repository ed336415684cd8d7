import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Case } from "../../../src/model/case.ts";
import { type Block, packets, pcap, pcapng, type Section, segments } from "../../kit/capture.ts";
import { checkoutRoot } from "../../kit/data.ts";
import { byteGaps, counted, investigatedFiles } from "../../kit/investigated.ts";
import { SAMPLE, SAMPLE_TALK, samplePcap } from "../../kit/sample-talk.ts";
import { assertShares, assertWhole, gapCodes } from "./sample.ts";

const FRAMES = packets(SAMPLE_TALK, segments(SAMPLE_TALK));
const blocks = (kind: Block["kind"], from = 0, to = FRAMES.length): Block[] =>
  FRAMES.slice(from, to).map((packet) => ({ kind, packet }));
const ETHERNET = { linkType: 1 };
const one = (section: Partial<Section>): Uint8Array =>
  pcapng([{ interfaces: [ETHERNET], blocks: blocks("enhanced"), ...section }]);

const FORMS: Readonly<Record<string, Uint8Array>> = {
  "pcap little-endian": pcap(FRAMES),
  "pcap big-endian": pcap(FRAMES, { bigEndian: true }),
  "pcap nanoseconds": pcap(FRAMES, { nanos: true }),
  "pcap nanoseconds big-endian": pcap(FRAMES, { nanos: true, bigEndian: true }),
  "pcap gzip": gzipSync(pcap(FRAMES)),
  "pcap in several gzip members": Buffer.concat([
    gzipSync(pcap(FRAMES).subarray(0, 999)),
    gzipSync(pcap(FRAMES).subarray(999)),
  ]),
  pcapng: one({}),
  "pcapng gzip": gzipSync(one({})),
  "pcapng big-endian": one({ bigEndian: true }),
  "pcapng old packet blocks": one({ blocks: blocks("old") }),
  "pcapng nanoseconds": one({ interfaces: [{ ...ETHERNET, resolution: 9 }] }),
  "pcapng in 2^-20 s": one({ interfaces: [{ ...ETHERNET, resolution: 0x80 | 20 }] }),
  "pcapng with an offset": one({ interfaces: [{ ...ETHERNET, offsetSeconds: -3600 }] }),
  "pcapng with other blocks": one({
    others: [
      [4, new Uint8Array(8)],
      [0xbad, new Uint8Array(20)],
    ],
  }),
  "pcapng of two sections, two byte orders, two interfaces": pcapng([
    { interfaces: [ETHERNET], blocks: blocks("enhanced", 0, 100) },
    {
      bigEndian: true,
      interfaces: [{ linkType: 101 }, { ...ETHERNET, resolution: 9 }],
      blocks: blocks("enhanced", 100).map((block) => ({ ...block, interface: 1 })),
    },
  ]),
};

/** Within a microsecond: 2^-20 s is a little less. */
function assertTimes(found: Case): void {
  const first = Date.parse(found.evidence[0]?.first ?? "") * 1000;
  assert.ok(
    Math.abs(first - SAMPLE_TALK.startMicros) <= 1000,
    `${found.evidence[0]?.first} is not the authored time`,
  );
}

for (const [name, bytes] of Object.entries(FORMS)) {
  test(`a talk in ${name} is whole`, async () => {
    const found = await investigatedFiles({ capture: bytes });
    assertWhole(found);
    assertTimes(found);
    assert.equal(found.evidence[0]?.packets, FRAMES.length);
  });
}

test("simple packet blocks have no time, and still tell the shares", async () => {
  const found = await investigatedFiles({ capture: one({ blocks: blocks("simple") }) });
  assertShares(found, { submitted: SAMPLE.submitted, accepted: SAMPLE.accepted, rejected: SAMPLE.rejected });
});

test("a capture rotated over three files is one session, in any order of arguments", async () => {
  const third = Math.floor(FRAMES.length / 3);
  const parts = [FRAMES.slice(0, third), FRAMES.slice(third, 2 * third), FRAMES.slice(2 * third)].map(
    (part) => pcap(part),
  );
  const [one = new Uint8Array(), two = new Uint8Array(), three = new Uint8Array()] = parts;
  assertWhole(await investigatedFiles({ "0.pcap": one, "1.pcap": two, "2.pcap": three }));
  assertWhole(await investigatedFiles({ "0.pcap": three, "1.pcap": one, "2.pcap": two }));
});

test("the same file twice counts its shares once and says so", async () => {
  const found = await investigatedFiles({ "0.pcap": samplePcap(), "1.pcap": samplePcap() });
  assertShares(found, { submitted: SAMPLE.submitted, accepted: SAMPLE.accepted, rejected: SAMPLE.rejected });
  assert.ok(
    found.sessions.some((session) => session.sharesSeenTwice === SAMPLE.submitted),
    "nothing says that the shares were seen twice",
  );
});

test("packets cut by the snap length are counted in a gap", async () => {
  const found = await investigatedFiles({ capture: pcap(FRAMES, { snapLength: 96 }) });
  assert.ok(gapCodes(found).includes("truncated-packet"), JSON.stringify(byteGaps(found)));
  assert.equal(found.evidence[0]?.packets, FRAMES.length);
});

test("a file cut inside a record keeps what stands before", async () => {
  const whole = samplePcap();
  const found = await investigatedFiles({ capture: whole.subarray(0, whole.length - 10) });
  assert.ok(gapCodes(found).includes("truncated-file"), JSON.stringify(byteGaps(found)));
  assert.equal(counted(found).length, 1);
  assert.equal(found.evidence[0]?.packets, FRAMES.length - 1);
});

test("standard input is read like a file", () => {
  const main = join(checkoutRoot(), "dist", "src", "cli", "main.js");
  const args = [main, "investigate", "-", "--json", "--quiet"];
  const run = spawnSync(process.execPath, args, { input: samplePcap(), encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const found: Case = JSON.parse(run.stdout);
  assertWhole(found);
});

test("the gzip forms hold what they say", () => {
  assert.deepEqual(
    new Uint8Array(gunzipSync(FORMS["pcap in several gzip members"]!)),
    FORMS["pcap little-endian"],
  );
});

test("a gzip file with bytes behind it, or a damaged checksum, is read to its last packets", async () => {
  const whole = gzipSync(pcap(FRAMES));
  const damaged = Uint8Array.from(whole, (byte, at) => (at === whole.length - 6 ? byte ^ 1 : byte));
  for (const file of [Buffer.concat([whole, Buffer.from("foreign bytes")]), damaged]) {
    const found = await investigatedFiles({ "a.pcap.gz": file });
    assert.ok((found.evidence[0]?.packets ?? 0) > FRAMES.length - 6);
    assert.ok(gapCodes(found).includes("malformed-gzip"));
  }
});
