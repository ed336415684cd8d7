import assert from "node:assert/strict";
import type { Case } from "../../../src/model/case.ts";
import { byteGaps, counted } from "../../kit/investigated.ts";
import { SAMPLE, SAMPLE_TALK, SAMPLE_WALLET } from "../../kit/sample-talk.ts";

/** The case holds the sample talk once, whole, and nothing of its bytes is missing. */
export function assertWhole(found: Case, talk = SAMPLE_TALK): void {
  const [session, ...others] = counted(found);
  assert.ok(session !== undefined, `no session; gaps: ${JSON.stringify(found.gaps)}`);
  assert.equal(others.length, 0, "more than one session");
  assert.equal(session.dialect, "cryptonote");
  assert.equal(session.wallet, SAMPLE_WALLET);
  assert.equal(session.worker, "rig7");
  assert.deepEqual(session.client, talk.client);
  assert.deepEqual(session.server, talk.server);
  assertShares(found, { submitted: SAMPLE.submitted, accepted: SAMPLE.accepted, rejected: SAMPLE.rejected });
  assert.equal(session.jobs, SAMPLE.jobs);
  assert.ok(Math.abs((session.work?.hashes ?? 0) / SAMPLE.hashes - 1) < 1e-6, "work differs");
  assert.equal(session.midStream, false);
  assert.equal(session.oneSided, false);
  assert.deepEqual(byteGaps(found), []);
}

/** The sum of shares over all sessions that count; unanswered ones are 0 unless said. */
export function assertShares(found: Case, shares: Partial<Record<Outcome, number>>): void {
  const wanted = { unanswered: 0, ...shares };
  const sum: Record<string, number> = {};
  for (const key of Object.keys(wanted)) sum[key] = 0;
  for (const session of counted(found)) {
    for (const [key, count] of Object.entries(session.shares))
      if (key in sum) sum[key] = (sum[key] ?? 0) + count;
  }
  assert.deepEqual(sum, wanted);
}

type Outcome = "submitted" | "accepted" | "rejected" | "unanswered";

export function gapCodes(found: Case): string[] {
  return [...new Set(byteGaps(found).map((gap) => gap.code))].sort();
}
