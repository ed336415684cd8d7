import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { looksLikeWebSocketFrame, WebSocketHalf } from "../../../src/read/capture/websocket.ts";

const KEY = [0x37, 0xfa, 0x21, 0x3d];
const ascii = (text: string) => [...Buffer.from(text)];

function frame(first: number, payload: number[], key: number[] | null = null): number[] {
  const size = payload.length;
  const long = size > 65_535 ? 127 : size > 125 ? 126 : size;
  const wide = new DataView(new ArrayBuffer(8));
  wide.setBigUint64(0, BigInt(size));
  const extra = [...new Uint8Array(wide.buffer)].slice(long === 127 ? 0 : long === 126 ? 6 : 8);
  const body = key === null ? payload : payload.map((byte, i) => byte ^ (key[i & 3] ?? 0));
  return [first, long | (key === null ? 0 : 0x80), ...extra, ...(key ?? []), ...body];
}

function read(bytes: number[] | Uint8Array, cuts: number[] = []) {
  const texts: string[] = [];
  const events: string[] = [];
  const half = new WebSocketHalf({
    onStart: () => events.push("start"),
    onText: (text) => texts.push(Buffer.from(text).toString()),
    onBad: (reason) => events.push(reason),
  });
  const all = Uint8Array.from(bytes);
  let at = 0;
  for (const end of [...cuts.toSorted((a, b) => a - b), all.length]) {
    half.feed(all, at, end);
    at = end;
  }
  return { texts, events, half };
}

test("the examples of RFC 6455 § 5.7 read as the RFC says", () => {
  assert.deepEqual(read([0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]).texts, ["Hello"]);
  assert.deepEqual(read([0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]).texts, ["Hello"]);
  assert.deepEqual(read([0x01, 0x03, 0x48, 0x65, 0x6c, 0x80, 0x02, 0x6c, 0x6f]).texts, ["Hello"]);
});

test("the examples of RFC 7692 § 7.2.3 inflate, with context takeover", () => {
  const first = [0xc1, 0x07, 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00];
  const second = [0xc1, 0x05, 0xf2, 0x00, 0x11, 0x00, 0x00];
  assert.deepEqual(read([...first, ...second]).texts, ["Hello", "Hello"]);
  const fragments = [0x41, 0x03, 0xf2, 0x48, 0xcd, 0x80, 0x04, 0xc9, 0xc9, 0x07, 0x00];
  assert.deepEqual(read(fragments).texts, ["Hello"]);
  assert.deepEqual(read(second).events, ["start", "undecodable"]);
});

test("control frames may come between fragments; binary messages are skipped", () => {
  const stream = [
    ...frame(0x82, [1, 2, 3]),
    ...frame(0x01, ascii('{"a"'), KEY),
    ...frame(0x89, ascii("ping"), KEY),
    ...frame(0x00, ascii(":"), KEY),
    ...frame(0x8a, []),
    ...frame(0x80, ascii("1}"), KEY),
    ...frame(0x81, []),
  ];
  const expected = ['{"a":1}', ""];
  assert.deepEqual(read(stream).texts, expected);
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 15 }), (cuts) => {
      const { texts, events } = read(stream, cuts);
      assert.deepEqual(texts, expected);
      assert.deepEqual(events, ["start", "start", "start"]);
    }),
  );
});

test("lengths of 16 and 64 bits; 1 MiB is read and one byte more is skipped", () => {
  for (const size of [125, 126, 65_535, 65_536, 1_048_576]) {
    const text = new Array<number>(size).fill(97);
    assert.equal(read(frame(0x81, text, KEY), [70_000 % (size + 6)]).texts[0]?.length, size);
  }
  const over = read([...frame(0x81, new Array<number>(1_048_577).fill(97)), ...frame(0x81, ascii("{}"))]);
  assert.deepEqual(over.events, ["start", "too-long", "start"]);
  assert.deepEqual(over.texts, ["{}"]);
  const claimed = read([0x81, 127, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2]);
  assert.equal(claimed.half.failed, false);
});

test("a message that inflates beyond 1 MiB is undecodable", () => {
  const squeeze = (size: number) =>
    [...deflateRawSync(Buffer.alloc(size, 97), { finishFlush: constants.Z_SYNC_FLUSH })].slice(0, -4);
  assert.equal(read(frame(0xc1, squeeze(1_048_576))).texts[0]?.length, 1_048_576);
  assert.deepEqual(read(frame(0xc1, squeeze(1_048_577))).events, ["start", "undecodable"]);
});

test("frames that break the rules end the reading", () => {
  const broken = [
    frame(0x83, []),
    frame(0xa1, []),
    frame(0x80, []),
    frame(0x09, []),
    frame(0xc9, []),
    frame(0x89, new Array<number>(126).fill(0)),
    [...frame(0x01, [97]), ...frame(0x81, [97])],
  ];
  for (const bytes of broken) {
    const { half, events } = read(bytes);
    assert.equal(half.failed, true, String(bytes.slice(0, 4)));
    assert.equal(events.at(-1), "broken");
  }
  const { half, texts } = read([...frame(0x88, []), ...frame(0x81, [97])]);
  assert.equal(half.closed, true);
  assert.deepEqual(texts, []);
});

test("any bytes end", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      read(bytes, [Math.min(cut, bytes.length)]);
    }),
  );
});

test("a frame that opens JSON is recognised, masked or not, and others are not", () => {
  const looks = (bytes: number[]) => looksLikeWebSocketFrame(Uint8Array.from(bytes), 0, bytes.length);
  assert.equal(looks(frame(0x81, ascii('{"type":1}'))), true);
  assert.equal(looks(frame(0x81, ascii("[1]"), KEY)), true);
  assert.equal(looks(frame(0x81, ascii(`{${" ".repeat(300)}`), KEY)), true);
  assert.equal(looks(frame(0x81, ascii("Hello"))), false);
  assert.equal(looks(frame(0x82, ascii("{}"))), false);
  assert.equal(looks([0x81, 0x85, 1, 2]), false);
  assert.equal(looks([]), false);
});
