import assert from "node:assert/strict";
import { test } from "node:test";
import { Trail } from "../../../../src/read/capture/stratum/trail.ts";
import type { WireMessage } from "../../../../src/read/capture/wire.ts";

const share = (evidence: string, atByte: number): WireMessage => ({
  side: 0,
  json: {},
  text: "{}",
  atMicros: atByte,
  place: { evidence, atByte, byteLength: 2, packet: 1, line: null },
  http: null,
});

function named(first: WireMessage, last: WireMessage): string[] {
  const trail = new Trail();
  trail.first("first share", first);
  trail.last("last share", last);
  return trail.steps().map(({ what }) => what);
}

test("a lone share stands once; another one at the same byte of the next file is the last share", () => {
  assert.deepEqual(named(share("e1", 100), share("e1", 100)), ["first share"]);
  assert.deepEqual(named(share("e1", 100), share("e2", 100)), ["first share", "last share"]);
});
