import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PaydirtError } from "../src/model/error.ts";
import { negativeFiles } from "./corpus/negatives.ts";
import { packets, pcapng, random, segments } from "./kit/capture.ts";
import { cut, flipped } from "./kit/damage.ts";
import { dataPath } from "./kit/data.ts";
import { investigatedFiles } from "./kit/investigated.ts";
import { SAMPLE_TALK, samplePcap } from "./kit/sample-talk.ts";

/** A damaged file may be no evidence any more; nothing else may be thrown. */
async function readAnyway(bytes: Uint8Array): Promise<number> {
  try {
    return (await investigatedFiles({ damaged: bytes })).evidence.length;
  } catch (error) {
    if (error instanceof PaydirtError && error.code === "no-evidence") return 0;
    throw error;
  }
}

const frames = packets(SAMPLE_TALK, segments(SAMPLE_TALK));
const blocks = frames.map((packet) => ({ kind: "enhanced" as const, packet }));
const AUTHORED = {
  pcap: samplePcap(),
  pcapng: pcapng([{ interfaces: [{ linkType: 1, resolution: 9 }], blocks }]),
};

for (const [name, whole] of Object.entries(AUTHORED)) {
  test(`a ${name} cut at every one of its first 200 bytes, and at 100 other places, ends well`, async () => {
    const by = random(1);
    for (let at = 0; at < 200; at += 1) await readAnyway(whole.subarray(0, at));
    for (let left = 100; left > 0; left -= 1) await readAnyway(cut(whole, by));
    assert.equal(await readAnyway(whole), 1);
  });

  test(`a ${name} with changed bytes, few and many, ends well`, async () => {
    const by = random(2);
    for (const count of [1, 20, 1000]) {
      for (let left = 30; left > 0; left -= 1) await readAnyway(flipped(whole, count, by));
    }
  });
}

test("every eighth capture of nDPI, cut twice and changed twice, ends well", async (t) => {
  const folder = dataPath("pcap");
  if (folder === null) return t.skip("needs ../shared/data/pcap beside the checkout");
  const by = random(3);
  const files = negativeFiles(folder, ["ndpi"]).filter((_, index) => index % 8 === 0);
  assert.ok(files.length > 60);
  for (const file of files) {
    const whole = readFileSync(join(folder, file));
    for (const bytes of [cut(whole, by), cut(whole, by), flipped(whole, 200, by), flipped(whole, 20, by)]) {
      await readAnyway(bytes);
    }
  }
});
