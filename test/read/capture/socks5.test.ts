import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { looksLikeSocks, Socks5 } from "../../../src/read/capture/socks5.ts";

type Turn = readonly [side: 0 | 1, bytes: readonly number[]];

const HOST = [...Buffer.from("pool.minexmr.com")];
const GREETING = [5, 1, 0];
const REQUEST = [5, 1, 0, 3, HOST.length, ...HOST, 0x0d, 0x05];
const REPLY = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0];
const PLAIN: Turn[] = [
  [0, GREETING],
  [1, [5, 0]],
  [0, REQUEST],
  [1, REPLY],
];

function talk(turns: readonly Turn[]): Socks5 {
  const socks = new Socks5();
  for (const [side, bytes] of turns) {
    assert.equal(socks.feed(side, { bytes: Uint8Array.from(bytes), at: 0, end: bytes.length }), bytes.length);
  }
  return socks;
}

const OPENINGS: readonly (readonly [string, readonly Turn[], string, number])[] = [
  ["a name", PLAIN, "pool.minexmr.com", 3333],
  ["IPv4", [...PLAIN.slice(0, 2), [0, [5, 1, 0, 1, 192, 0, 2, 7, 1, 0xbb]], [1, REPLY]], "192.0.2.7", 443],
  [
    "IPv6",
    [
      ...PLAIN.slice(0, 2),
      [0, [5, 1, 0, 4, 0x20, 1, 0x0d, 0xb8, ...new Array<number>(11).fill(0), 1, 0, 80]],
      [1, REPLY],
    ],
    "2001:db8::1",
    80,
  ],
  [
    "user name and password",
    [
      [0, [5, 2, 0, 2]],
      [1, [5, 2]],
      [0, [1, 2, 117, 115, 3, 112, 119, 100]],
      [1, [1, 0]],
      [0, REQUEST],
      [1, REPLY],
    ],
    "pool.minexmr.com",
    3333,
  ],
  [
    "SOCKS 4",
    [
      [0, [4, 1, 0x0d, 5, 192, 0, 2, 7, 109, 101, 0]],
      [1, [0, 0x5a, 0, 0, 0, 0, 0, 0]],
    ],
    "192.0.2.7",
    3333,
  ],
  [
    "SOCKS 4a",
    [
      [0, [4, 1, 0x0d, 5, 0, 0, 0, 1, 109, 101, 0, ...HOST, 0]],
      [1, [0, 0x5a, 0, 0, 0, 0, 0, 0]],
    ],
    "pool.minexmr.com",
    3333,
  ],
];

for (const [what, turns, host, port] of OPENINGS) {
  test(`a connection by ${what} opens, byte by byte too, and not a byte early`, () => {
    const bytes = turns.flatMap(([side, part]) => part.map((byte) => [side, [byte]] as const));
    for (const way of [turns, bytes]) {
      const socks = talk(way);
      assert.equal(socks.state, "open");
      assert.deepEqual(socks.target, { host, port });
    }
    assert.equal(talk(bytes.slice(0, -1)).state, "pending");
  });
}

test("what follows the opening is left to the inner stream", () => {
  const socks = talk(PLAIN.slice(0, 3));
  const inner = Uint8Array.from([123, 125]);
  const ahead = socks.feed(0, { bytes: inner, at: 0, end: 2 });
  assert.equal(ahead, 0, "the client is ahead of the reply: to be fed again");
  const reply = Uint8Array.from([...REPLY, 123, 125, 10]);
  assert.equal(socks.feed(1, { bytes: reply, at: 0, end: reply.length }), REPLY.length);
  assert.equal(socks.state, "open");
  assert.equal(socks.feed(0, { bytes: inner, at: 0, end: 2 }), 0);
});

test("one side alone is enough", () => {
  const client = talk([
    [0, GREETING],
    [0, REQUEST],
  ]);
  assert.equal(client.state, "pending");
  assert.equal(client.feed(0, { bytes: Uint8Array.from([123]), at: 0, end: 1 }), 0);
  assert.equal(client.state, "open");
  assert.equal(client.target?.host, "pool.minexmr.com");
  const server = talk([
    [1, [5, 0]],
    [1, REPLY],
  ]);
  assert.equal(server.state, "open");
  assert.equal(server.target, null);
});

test("refusals and other commands fail", () => {
  const refused: Turn[][] = [
    [[1, [5, 0xff]]],
    [...PLAIN.slice(0, 3), [1, [5, 5, 0, 1, 0, 0, 0, 0, 0, 0]]],
    [...PLAIN.slice(0, 2), [0, [5, 2, 0, 1, 192, 0, 2, 7, 0, 80]]],
    [...PLAIN.slice(0, 2), [0, [5, 1, 0, 9, 192, 0, 2, 7, 0, 80]]],
    [
      [0, [5, 1, 2]],
      [1, [5, 2]],
      [0, [1, 1, 117, 1, 112]],
      [1, [1, 1]],
    ],
    [[0, [71, 69, 84]]],
  ];
  for (const turns of refused) {
    const socks = new Socks5();
    for (const [side, bytes] of turns) {
      socks.feed(side, { bytes: Uint8Array.from(bytes), at: 0, end: bytes.length });
    }
    assert.equal(socks.state, "failed", JSON.stringify(turns));
  }
});

test("a greeting is told from other openings by its length", () => {
  const looks = (bytes: number[]) => looksLikeSocks(Uint8Array.from(bytes), 0, bytes.length);
  assert.equal(looks(GREETING), true);
  assert.equal(looks([5, 2, 0, 2]), true);
  assert.equal(looks([5, 2, 0]), false);
  assert.equal(looks([5, 1, 0, 0]), false);
  assert.equal(looks([4, 1, 0x0d, 5, 192, 0, 2, 7, 0]), true);
  assert.equal(looks([4, 1, 0x0d, 5, 192, 0, 2, 7, 1]), false);
  assert.equal(looks([]), false);
});

test("any bytes end, and no more is taken than was given", () => {
  const turn = fc.tuple(fc.constantFrom<0 | 1>(0, 1), fc.uint8Array({ maxLength: 40 }));
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 30 }), (turns) => {
      const socks = new Socks5();
      for (const [side, bytes] of turns) {
        const taken = socks.feed(side, { bytes: bytes, at: 0, end: bytes.length });
        assert.ok(taken >= 0 && taken <= bytes.length);
      }
    }),
  );
});
