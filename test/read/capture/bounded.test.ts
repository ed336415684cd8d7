import assert from "node:assert/strict";
import { test } from "node:test";
import { Fragments } from "../../../src/read/capture/fragments.ts";
import { Packet } from "../../../src/read/capture/packet.ts";
import { Tally } from "../../../src/read/capture/tally.ts";
import { packets, pcap, segments } from "../../kit/capture.ts";
import { byteGaps, investigatedFiles } from "../../kit/investigated.ts";

const NOBODY = { tcp() {}, udp() {}, other() {}, fragment4() {}, fragment6() {} };

/** Faults after this many fragments, all of one datagram whose end never comes: each `size` bytes, one
 *  unit of 8 behind the last, so that they overlap. */
function endless(count: number, size: number): number {
  const tally = new Tally();
  const p = new Packet(NOBODY, tally);
  const fragments = new Fragments();
  const bytes = new Uint8Array(20 + size);
  const view = new DataView(bytes.buffer);
  bytes[9] = 6;
  for (let unit = 1; unit <= count; unit += 1) {
    view.setUint16(6, 0x2000 | unit);
    Object.assign(p, { bytes, view, at: 20, end: bytes.length, atMicros: 0 });
    fragments.fragment4(p, 0);
  }
  return tally.take().reduce((sum, gap) => sum + gap.count, 0);
}

test("fragments of one datagram are given up at 16 MiB, their own cost included", () => {
  assert.equal(endless(500, 32_000), 0);
  assert.equal(endless(530, 32_000), 1);
  assert.equal(endless(8000, 8), 0);
});

/** Connections that each begin a message and say no more. */
function begun(count: number): Uint8Array {
  const frames = Array.from({ length: count }, (_, index) => {
    const talk = {
      client: { ip: `192.0.2.${index % 250}`, port: 1024 + Math.floor(index / 250) },
      server: { ip: "198.51.100.20", port: 3333 },
      startMicros: 1.5e15 + index,
      lines: [{ from: "client" as const, at: 0, says: '{"id":1' }],
    };
    return packets(
      talk,
      segments(talk)
        .filter(({ payload }) => payload.length > 0)
        .slice(0, 1),
    );
  });
  return pcap(frames.flat());
}

test("connections that say little are read beside 9,000 others; of 12,000 some give way", async () => {
  assert.deepEqual(byteGaps(await investigatedFiles({ "a.pcap": begun(9000) })), []);
  const gaps = byteGaps(await investigatedFiles({ "a.pcap": begun(12_000) }));
  assert.deepEqual(
    gaps.map(({ code }) => code),
    ["evicted-flows"],
  );
  assert.ok((gaps[0]?.count ?? 0) > 500 && (gaps[0]?.count ?? 0) < 3000);
});
