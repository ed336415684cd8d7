import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { packets, pcap, segments } from "../kit/capture.ts";
import { byteGaps, counted, investigatedFiles } from "../kit/investigated.ts";
import { SAMPLE, SAMPLE_TALK, samplePcap } from "../kit/sample-talk.ts";
import { assertWhole } from "../read/capture/sample.ts";

test("one capture under two names and compressed is one session, and says what was seen twice", async () => {
  const file = samplePcap();
  const found = await investigatedFiles({ "a.pcap": file, "b.pcap": file, "c.pcap.gz": gzipSync(file) });
  assertWhole(found);
  assert.equal(counted(found)[0]?.sharesSeenTwice, SAMPLE.submitted);
  assert.deepEqual(counted(found)[0]?.evidence, ["e1", "e2", "e3"]);
});

test("overlapping halves count each share once; what one half explains is no gap of the other", async () => {
  const all = packets(SAMPLE_TALK, segments(SAMPLE_TALK));
  // The second half begins behind a job whose shares it still holds.
  for (const start of [0.3, 0.4, 0.45, 0.5]) {
    const late = all.slice(Math.floor(all.length * start));
    const early = all.slice(0, Math.floor(all.length * 0.6));
    const [session, ...others] = counted(
      await investigatedFiles({ "early.pcap": pcap(early), "late.pcap": pcap(late) }),
    );
    assert.equal(others.length, 0);
    assert.equal(session?.shares.submitted, SAMPLE.submitted);
    assert.equal(session?.shares.accepted, SAMPLE.accepted);
    assert.ok(Math.abs((session?.work?.hashes ?? 0) / SAMPLE.hashes - 1) < 1e-6);
    assert.ok((session?.sharesSeenTwice ?? 0) > 0);
    const both = await investigatedFiles({ "late.pcap": pcap(late), "early.pcap": pcap(early) });
    assert.deepEqual(
      byteGaps(both).filter(({ code }) => code === "unexplained-share"),
      [],
    );
  }
});

test("the late half alone has shares of unknown difficulty, and they are a gap", async () => {
  const all = packets(SAMPLE_TALK, segments(SAMPLE_TALK));
  const alone = await Promise.all(
    [0.3, 0.4, 0.45, 0.5].map((start) =>
      investigatedFiles({ "late.pcap": pcap(all.slice(Math.floor(all.length * start))) }),
    ),
  );
  const gaps = alone.flatMap(byteGaps).filter(({ code }) => code === "unexplained-share");
  assert.ok(gaps.length > 0);
});
