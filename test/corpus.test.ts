import assert from "node:assert/strict";
import { test } from "node:test";
import { BOUNDS, bounds, measureCorpus } from "./corpus/measure.ts";
import { measureNegative, negativeFiles } from "./corpus/negatives.ts";
import { CAPTURES } from "./corpus/sessions.ts";
import { dataPath } from "./kit/data.ts";
import { counted, investigated, minedThere } from "./kit/investigated.ts";

const MISSING = "needs ../shared/data/pcap beside the checkout";

test("the captures of real mining come out as their labels and logins say", async (t) => {
  const folder = dataPath("pcap/mining");
  if (folder === null) return t.skip(MISSING);
  const all = await measureCorpus(folder);
  assert.equal(all.length, CAPTURES.length);
  assert.deepEqual(
    all.filter(({ faults }) => faults.length > 0).map(({ file, faults }) => `${file}: ${faults.join("; ")}`),
    [],
  );
  const { countsEqual, counts, within10, within20, rates } = bounds(all);
  assert.equal(counts.length, BOUNDS.countsEqual.of);
  assert.equal(rates.length, BOUNDS.within10.of);
  assert.ok(countsEqual.length >= BOUNDS.countsEqual.least, `${countsEqual.length} counts equal their label`);
  assert.ok(within10.length >= BOUNDS.within10.least, `${within10.length} rates within 10 %`);
  assert.ok(within20.length >= BOUNDS.within20.least, `${within20.length} rates within 20 %`);
});

test("nDPI's stale Zcash share keeps the pool's reason", async (t) => {
  const path = dataPath("pcap/mining/ndpi/mining.pcapng");
  if (path === null) return t.skip(MISSING);
  const found = await investigated([path]);
  const refused = found.counted.flatMap(({ shares }) =>
    shares.filter((share) => share.outcome === "rejected"),
  );
  assert.deepEqual(
    refused.map((share) => share.reason),
    ["Stale job!"],
  );
});

test("an encrypted browser miner is a contact and not mining", async (t) => {
  const path = dataPath("pcap/mining/zeek-cryptomining/coinhive.pcap");
  if (path === null) return t.skip(MISSING);
  const found = (await investigated([path])).case;
  assert.equal(counted(found).length, 0);
  assert.ok(found.contacts.length > 0, "no contact");
  assert.ok(found.findings.length > 0, "no finding");
});

test("nobody mines in the 537 other captures of nDPI and in the long benign ones", async (t) => {
  const folder = dataPath("pcap");
  if (folder === null) return t.skip(MISSING);
  const files = negativeFiles(folder);
  assert.equal(files.length, 537 + 12);
  const mined: string[] = [];
  for (const file of files) {
    const one = await measureNegative(folder, file);
    if (one.mined) mined.push(`${file}: ${one.findings.join("; ")}`);
  }
  assert.deepEqual(mined, []);
});

test("the check for silence can fail: real mining is seen by it", async (t) => {
  const path = dataPath("pcap/mining/ndpi/mining.pcapng");
  if (path === null) return t.skip(MISSING);
  assert.equal(minedThere((await investigated([path])).case), true);
});
