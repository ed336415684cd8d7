import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, investigatedFiles } from "../../kit/investigated.ts";
import { samplePcap } from "../../kit/sample-talk.ts";
import { CARRIERS } from "./carriers.ts";
import { assertWhole, gapCodes } from "./sample.ts";

for (const { id, linkType, wrap, talk } of CARRIERS) {
  test(`the talk carried as ${id} is whole`, async () => {
    assertWhole(await investigatedFiles({ "a.pcap": samplePcap(wrap, linkType, talk) }), talk);
  });
}

test("a link type that is not decoded is a named gap and not a session", async () => {
  const [carrier] = CARRIERS;
  const found = await investigatedFiles({ "a.pcap": samplePcap(carrier?.wrap, 195) });
  assert.equal(counted(found).length, 0);
  assert.deepEqual(gapCodes(found), ["unsupported-link-type"]);
  assert.ok((found.evidence[0]?.packets ?? 0) > 0, "packets of an unknown link type still count");
});
