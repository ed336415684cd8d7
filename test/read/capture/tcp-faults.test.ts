import assert from "node:assert/strict";
import { test } from "node:test";
import {
  contradicted,
  fromMicros,
  lost,
  oneSided,
  random,
  reordered,
  retransmitted,
  type Segment,
  segments,
  text,
} from "../../kit/capture.ts";
import { byteGaps, counted, investigatedFiles } from "../../kit/investigated.ts";
import { faultyPcap, SAMPLE, SAMPLE_TALK } from "../../kit/sample-talk.ts";
import { assertShares, assertWhole, gapCodes } from "./sample.ts";

const SHORT = { ...SAMPLE_TALK, maxSegment: 100 };
const same = (sent: Segment[]): Segment[] => sent;
const WRAPPED = { clientSequence: 2 ** 32 - 1000, serverSequence: 2 ** 32 - 3000 };

const WHOLE: readonly (readonly [name: string, file: () => Uint8Array])[] = [
  ["in segments of 100 bytes", () => faultyPcap(same, SHORT)],
  ["in segments of 1 byte", () => faultyPcap(same, { ...SAMPLE_TALK, maxSegment: 1 })],
  ["out of order", () => faultyPcap((sent) => reordered(sent, 0.5, random(1)), SHORT)],
  ["retransmitted", () => faultyPcap((sent) => retransmitted(sent, 0.5, random(2)), SHORT)],
  ["with wrapped sequence numbers", () => faultyPcap(same, { ...SAMPLE_TALK, ...WRAPPED })],
  [
    "wrapped, out of order and retransmitted",
    () =>
      faultyPcap((sent) => retransmitted(reordered(sent, 0.3, random(3)), 0.3, random(4)), {
        ...SHORT,
        ...WRAPPED,
      }),
  ],
  ["ended by a reset", () => faultyPcap(same, { ...SAMPLE_TALK, close: "rst" })],
  ["still open at the end", () => faultyPcap(same, { ...SAMPLE_TALK, close: "none" })],
];

for (const [name, file] of WHOLE) {
  test(`a talk ${name} is whole`, async () => assertWhole(await investigatedFiles({ "a.pcap": file() })));
}

test("the place of a message over several packets is its part in the first of them", async () => {
  const file = faultyPcap(same, SHORT);
  const found = await investigatedFiles({ "a.pcap": file });
  const steps = counted(found).flatMap(({ trail }) => trail);
  assert.ok(steps.some(({ place, excerpt }) => place.byteLength < excerpt.length));
  for (const { place, excerpt } of steps) {
    const there = Buffer.from(file).toString("utf8", place.atByte, place.atByte + place.byteLength);
    assert.ok(there.length > 0 && there.length <= 100 && excerpt.startsWith(there), there);
  }
});

const isSubmit = (segment: Segment): boolean =>
  new TextDecoder().decode(segment.payload).includes('"method":"submit"');

test("of bytes sent twice with other content the first copy wins, and it is a gap", async () => {
  const index = segments(SAMPLE_TALK)
    .filter((one) => one.payload.length > 0)
    .findIndex(isSubmit);
  const forge = (was: Uint8Array): Uint8Array => text("#".repeat(was.length));
  const found = await investigatedFiles({ "a.pcap": faultyPcap((sent) => contradicted(sent, index, forge)) });
  assertShares(found, { submitted: SAMPLE.submitted, accepted: SAMPLE.accepted, rejected: SAMPLE.rejected });
  assert.deepEqual(gapCodes(found), ["conflicting-overlap"]);
});

test("the same bytes sent twice are no gap", async () => {
  const index = segments(SAMPLE_TALK)
    .filter((one) => one.payload.length > 0)
    .findIndex(isSubmit);
  assertWhole(
    await investigatedFiles({ "a.pcap": faultyPcap((sent) => contradicted(sent, index, (was) => was)) }),
  );
});

test("a lost share is one share less, its answer is no share, and the loss is a gap", async () => {
  const index = segments(SAMPLE_TALK)
    .filter((one) => one.payload.length > 0)
    .findIndex(isSubmit);
  const found = await investigatedFiles({
    "a.pcap": faultyPcap((sent) => lost(sent, (_, at) => at === index)),
  });
  const { submitted, accepted, rejected } = SAMPLE;
  assertShares(found, { submitted: submitted - 1, accepted: accepted - 1, rejected });
  assert.deepEqual(gapCodes(found), ["lost-segments"]);
});

test("a lost answer leaves its share unanswered", async () => {
  const index =
    segments(SAMPLE_TALK)
      .filter((one) => one.payload.length > 0)
      .findIndex(isSubmit) + 1;
  const found = await investigatedFiles({
    "a.pcap": faultyPcap((sent) => lost(sent, (_, at) => at === index)),
  });
  const { submitted, accepted, rejected } = SAMPLE;
  assertShares(found, { submitted, accepted: accepted - 1, rejected, unanswered: 1 });
  assert.deepEqual(gapCodes(found), ["lost-segments"]);
});

test("half a lost message goes on at the next message boundary", async () => {
  const data = segments(SHORT).filter((one) => one.payload.length > 0);
  const index = data.findIndex((one) => isSubmit(one)) + 1;
  const found = await investigatedFiles({
    "a.pcap": faultyPcap((sent) => lost(sent, (_, at) => at === index), SHORT),
  });
  const { submitted, accepted, rejected } = SAMPLE;
  assertShares(found, { submitted: submitted - 1, accepted: accepted - 1, rejected });
  assert.equal(counted(found).length, 1);
});

test("a capture that begins mid-stream tells the rest and says so", async () => {
  const from = SAMPLE_TALK.startMicros + 300.5 * 1e6;
  const found = await investigatedFiles({ "a.pcap": faultyPcap((sent) => fromMicros(sent, from)) });
  const [session] = counted(found);
  const late = SAMPLE.lines.filter(
    (line) => line.at >= 300.5 && String(line.says).includes('"submit"'),
  ).length;
  assert.equal(session?.midStream, true);
  assert.equal(session?.dialect, "cryptonote");
  assert.deepEqual(session?.client, SAMPLE_TALK.client);
  assert.equal(session?.shares.submitted, late);
  assert.ok(late > 5 && late < SAMPLE.submitted);
});

test("the client's side alone: all shares, none answered", async () => {
  const found = await investigatedFiles({ "a.pcap": faultyPcap((sent) => oneSided(sent, "client")) });
  assertShares(found, {
    submitted: SAMPLE.submitted,
    accepted: 0,
    rejected: 0,
    unanswered: SAMPLE.submitted,
  });
  assert.equal(counted(found)[0]?.oneSided, true);
  assert.deepEqual(counted(found)[0]?.client, SAMPLE_TALK.client);
});

test("the server's side alone: jobs without shares, and the miner is the one that they go to", async () => {
  const found = await investigatedFiles({ "a.pcap": faultyPcap((sent) => oneSided(sent, "server")) });
  const [session] = counted(found);
  assert.equal(session?.jobs, SAMPLE.jobs);
  assert.equal(session?.oneSided, true);
  assert.deepEqual(session?.client, SAMPLE_TALK.client);
});

test("a port used again is a second session, not more of the first", async () => {
  const again = {
    ...SAMPLE_TALK,
    startMicros: SAMPLE_TALK.startMicros + 2000 * 1e6,
    clientSequence: 77_000_000,
  };
  const found = await investigatedFiles({
    "a.pcap": faultyPcap(same),
    "b.pcap": faultyPcap(same, again),
  });
  assert.equal(found.sessions.length, 2);
  // The second talk repeats the shares of the first word for word: they count once.
  assertShares(found, { submitted: SAMPLE.submitted, accepted: SAMPLE.accepted, rejected: SAMPLE.rejected });
  assert.deepEqual(byteGaps(found), []);
});
