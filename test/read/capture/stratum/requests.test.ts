import assert from "node:assert/strict";
import { test } from "node:test";
import { type Job, Jobs } from "../../../../src/read/capture/stratum/jobs.ts";
import { Requests } from "../../../../src/read/capture/stratum/requests.ts";
import { readVerdict, rpcId } from "../../../../src/read/capture/stratum/verdict.ts";

const SECOND = 1_000_000;
const whichever = () => true;

function requests(): { book: Requests<string, string>; expired: string[] } {
  const expired: string[] = [];
  return { book: new Requests(({ about }) => expired.push(about)), expired };
}

test("an answer belongs to the oldest open call of its id", () => {
  const { book } = requests();
  book.add({ id: "1", atMicros: 0, about: "first" });
  book.add({ id: "1", atMicros: 1, about: "second" });
  book.add({ id: "2", atMicros: 2, about: "other" });
  assert.equal(book.answered({ id: "1", atMicros: 3 }, whichever)?.about, "first");
  assert.equal(book.answered({ id: "1", atMicros: 4 }, whichever)?.about, "second");
  assert.equal(book.answered({ id: "1", atMicros: 5 }, whichever), null);
});

test("an answer after two minutes is for the younger call, one at two minutes for the older", () => {
  for (const [late, about] of [
    [120 * SECOND, "older"],
    [120 * SECOND + 1, "younger"],
  ] as const) {
    const { book, expired } = requests();
    book.add({ id: "1", atMicros: 0, about: "older" });
    book.add({ id: "1", atMicros: 119 * SECOND, about: "younger" });
    assert.equal(book.answered({ id: "1", atMicros: late }, whichever)?.about, about);
    assert.deepEqual(expired, about === "younger" ? ["older"] : []);
  }
});

test("an answer up to 250 ms before its call is kept for it, an earlier one is not", () => {
  for (const [ahead, answer] of [
    [250_000, "answer"],
    [250_001, null],
  ] as const) {
    const { book } = requests();
    book.keepEarly("1", SECOND, "answer");
    assert.equal(book.add({ id: "1", atMicros: SECOND + ahead, about: "call" }), answer);
  }
});

test("an answer without an id is for the one open call, and for none of two", () => {
  const { book } = requests();
  book.add({ id: "1", atMicros: 0, about: "only" });
  assert.equal(book.answered({ id: null, atMicros: 1 }, whichever)?.about, "only");
  book.add({ id: "1", atMicros: 2, about: "a" });
  book.add({ id: "2", atMicros: 3, about: "b" });
  assert.equal(book.answered({ id: null, atMicros: 4 }, whichever), null);
});

test("4,096 open calls are kept, one more expires the oldest", () => {
  const { book, expired } = requests();
  for (let i = 0; i < 4096; i++) book.add({ id: String(i), atMicros: i, about: String(i) });
  assert.deepEqual(expired, []);
  book.add({ id: "last", atMicros: 4096, about: "last" });
  assert.deepEqual(expired, ["0"]);
});

function job(height: number): Job {
  const place = { evidence: "e1", atByte: 0, byteLength: 1, packet: 1, line: null };
  return { goal: { target: null, difficulty: null }, height, networkDifficulty: null, place };
}

test("1,000 jobs are kept, one more forgets the oldest", () => {
  const jobs = new Jobs();
  for (let i = 0; i < 1_000; i++) jobs.put(null, `j${i}`, job(i));
  assert.equal(jobs.find(null, "j0")?.height, 0);
  jobs.put(null, "j1000", job(1_000));
  assert.equal(jobs.find(null, "j0"), null);
  assert.equal(jobs.find(null, "j1")?.height, 1);
});

test("a job is its login's; one given to nobody is everybody's; an id used again means the latest", () => {
  const jobs = new Jobs();
  jobs.put("A", "1", job(10));
  assert.equal(jobs.find("B", "1"), null);
  jobs.put(null, "1", job(20));
  assert.equal(jobs.find("A", "1")?.height, 10);
  assert.equal(jobs.find("B", "1")?.height, 20);
  jobs.put("A", "1", job(30));
  assert.equal(jobs.find("A", "1")?.height, 30);
});

/** Answer, accepted, reason. */
const VERDICTS: readonly (readonly [unknown, boolean, string | null])[] = [
  [{ result: true, error: null }, true, null],
  [{ result: { status: "OK" } }, true, null],
  [{ result: "OK" }, true, null],
  [{ result: true, error: false }, true, null],
  [{ result: false }, false, null],
  [{ result: null, error: null }, false, null],
  [{ result: null, error: [21, "Stale job!", null] }, false, "Stale job!"],
  [{ result: true, error: [22, "Duplicate share"] }, false, "Duplicate share"],
  [{ error: { code: -1, message: "Low difficulty share" } }, false, "Low difficulty share"],
  [{ error: { code: -1 } }, false, "-1"],
  [{ error: "banned" }, false, "banned"],
  [{ error: [23] }, false, "23"],
  [{ result: { status: "REJECTED" } }, false, "REJECTED"],
  [{ result: { reject_reason: "stale" } }, false, "stale"],
];

for (const [answer, accepted, reason] of VERDICTS) {
  test(`readVerdict() of ${JSON.stringify(answer)}`, () => {
    assert.deepEqual(readVerdict(answer, undefined), { accepted, reason });
  });
}

test("readVerdict() takes null for yes from a node, and a text for its reason", () => {
  assert.deepEqual(readVerdict({ result: null, error: null }, "null"), { accepted: true, reason: null });
  assert.deepEqual(readVerdict({ result: "high-hash" }, "null"), { accepted: false, reason: "high-hash" });
});

test("rpcId() takes numbers and strings for the same", () => {
  assert.equal(rpcId({ id: 7 }), rpcId({ id: "7" }));
  assert.equal(rpcId({ id: null }), null);
  assert.equal(rpcId([7]), null);
});
