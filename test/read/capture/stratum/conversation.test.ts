import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import type { Side } from "../../../../src/read/capture/wire.ts";
import { DIALECTS } from "../../../../src/tables/dialects.ts";
import { checkoutRoot } from "../../../kit/data.ts";
import { expected } from "../../../kit/expected.ts";
import { type Line, type Replayed, readLines, replay } from "./replay.ts";

const HERE = join(checkoutRoot(), "test/read/capture/stratum");

/** What expect.json holds: everything but places, of which packet numbers are kept. */
function summary({ state, sessions, shares, gaps }: Replayed): unknown {
  return {
    state,
    sessions: sessions.map(({ trail, logins, serverName, redirects, kind: _, evidence: __, ...rest }) => ({
      ...rest,
      serverName: serverName?.name ?? null,
      logins: logins.map(({ place, ...login }) => ({ ...login, packet: place?.packet ?? null })),
      redirects: redirects.map(({ place, ...redirect }) => ({ ...redirect, packet: place.packet })),
      trail: trail.map(({ what, place }) => `${place.packet} ${what}`),
    })),
    shares: shares.map(({ place, jobPlace, answerPlace, kind: _, session: __, seen: ___, ...share }) => ({
      ...share,
      packets: { share: place.packet, job: jobPlace?.packet ?? null, answer: answerPlace?.packet ?? null },
    })),
    gaps,
  };
}

function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, inner]) => [key, turned(inner)]));
}

function folders(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

for (const dialect of folders(HERE)) {
  for (const name of folders(join(HERE, dialect))) {
    const folder = join(HERE, dialect, name);
    const lines = readLines(folder);

    test(`${dialect}/${name} is decoded as its expect.json says`, () => {
      const found = JSON.parse(JSON.stringify(summary(replay(lines)))) as unknown;
      assert.deepEqual(found, expected(join(folder, "expect.json"), found));
    });

    test(`${dialect}/${name} belongs to the dialect that its folder names`, () => {
      const dialects = replay(lines).sessions.map((session) => session.dialect);
      assert.deepEqual(dialects, dialect === "other" || lines.length === 0 ? [] : [dialect]);
    });

    test(`${dialect}/${name} is the same with its keys in another order and spaces between them`, () => {
      const other = lines.map((line): Line => {
        if (line.json === undefined) return line;
        const { json, ...rest } = line;
        return { ...rest, text: JSON.stringify(turned(json), null, 1) };
      });
      assert.deepEqual(summary(replay(other)), summary(replay(lines)));
    });

    test(`${dialect}/${name} is mining from wherever a share with its job is left`, () => {
      if (dialect === "other") return;
      const messages = lines.filter((line) => line.opened === undefined);
      for (let from = 0; from < messages.length; from++) {
        const opened = { ...lines[0]?.opened, sawHandshake: false };
        const cut = replay([{ opened, side: 0, at: 0 }, ...messages.slice(from)]);
        const whole = replay(lines);
        for (const share of cut.shares.filter((share) => share.expectedHashes !== null)) {
          const same = whole.shares.find(
            (other) => other.nonce === share.nonce && other.atMicros === share.atMicros,
          );
          assert.equal(share.expectedHashes, same?.expectedHashes, `from message ${from}`);
        }
        assert.ok(cut.sessions.length <= 1);
      }
    });
  }
}

test("every dialect of the table has a folder of conversations", () => {
  const missing = DIALECTS.map((dialect) => dialect.id).filter((id) => !folders(HERE).includes(id));
  assert.deepEqual(missing, []);
});

const NOISE: Line = { side: 0, at: 1, json: { jsonrpc: "2.0", method: "ping", id: 1 } };
const SHARE: Line = {
  side: 0,
  at: 2,
  json: {
    id: 2,
    method: "submit",
    params: { id: "1", job_id: "j", nonce: "00000001", result: "ab".repeat(32) },
  },
};

test("the 32nd message can still prove mining", () => {
  assert.equal(replay([...Array<Line>(31).fill(NOISE), SHARE]).state, "mining");
});

test("after 32 messages without proof a conversation is something else for good", () => {
  const { state, sessions, shares, gaps } = replay([...Array<Line>(32).fill(NOISE), SHARE]);
  assert.deepEqual({ state, sessions, shares, gaps }, { state: "other", sessions: [], shares: [], gaps: {} });
});

function noiseOf(bytes: number): Line {
  const empty = JSON.stringify({ method: "m", params: [""] }).length;
  return { side: 0, at: 1, json: { method: "m", params: ["x".repeat(bytes - empty)] } };
}

test("65,535 bytes without proof leave a conversation open, 65,536 close it", () => {
  assert.equal(replay([noiseOf(65_535), SHARE]).state, "mining");
  assert.equal(replay([noiseOf(65_536), SHARE]).state, "other");
});

/** JSON of any shape, often with the names that miners and pools use. */
const NAMES = DIALECTS.flatMap(({ messages }) => messages.map(({ method }) => method ?? "job"));
const TALK = fc.record(
  {
    side: fc.constantFrom<Side>(0, 1),
    at: fc.integer({ min: 0, max: 1_000 }),
    json: fc.oneof(
      fc.record(
        { id: fc.jsonValue(), method: fc.constantFrom(...NAMES), params: fc.jsonValue() },
        { requiredKeys: [] },
      ),
      fc.record({ id: fc.jsonValue(), result: fc.jsonValue(), error: fc.jsonValue() }, { requiredKeys: [] }),
    ),
  },
  { requiredKeys: ["side", "at", "json"] },
);

test("no JSON makes a conversation throw, before or after it is proven to be mining", () => {
  fc.assert(
    fc.property(fc.array(TALK, { maxLength: 20 }), (talk) => {
      const shares = replay([SHARE, ...talk]).shares;
      return replay(talk).sessions.length <= 1 && shares.length >= 1;
    }),
  );
});
