import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { LoginRecord } from "../../src/model/log-record.ts";
import { once } from "../../src/run/hosts/once.ts";
import { withUserNames } from "../../src/run/hosts/user-names.ts";
import { dataPath } from "../kit/data.ts";
import { hostFacts, Places, START_MICROS } from "../kit/host-facts.ts";
import { investigated } from "../kit/investigated.ts";

const SECOND = 1_000_000;
const [LOGIN] = hostFacts([{ kind: "login", at: 0, from: "192.0.2.7" }], new Places()).login;

function login(evidence: string, more: Partial<LoginRecord> = {}): LoginRecord {
  assert.ok(LOGIN);
  return { ...LOGIN, ...more, place: { ...LOGIN.place, evidence } };
}

test("the same in the same second of two files is one; of one file it is two", () => {
  const early = login("e1", { atMicros: START_MICROS + 100 });
  const late = login("e1", { atMicros: START_MICROS + 200 });
  const copy = login("e2");
  assert.deepEqual(once([early, late, copy]), [early, late]);
  assert.deepEqual(once([copy, early, late]), [early, late]);
  const next = login("e2", { atMicros: START_MICROS + SECOND });
  const other = login("e2", { user: "root" });
  assert.deepEqual(once([early, next, other]), [early, next, other]);
});

test("counts of two files that overlap are the same failures; those that follow one another are not", () => {
  const count = (evidence: string, [from, to]: readonly [number, number], times: number) =>
    login(evidence, {
      outcome: "failed",
      atMicros: START_MICROS + from * SECOND,
      lastMicros: START_MICROS + to * SECOND,
      times,
    });
  const whole = count("e1", [0, 100], 40);
  const part = count("e2", [0, 60], 25);
  assert.deepEqual(once([part, whole]), [whole]);
  const next = count("e2", [100, 160], 25);
  assert.deepEqual(once([whole, next]), [whole, next]);
  const same = count("e1", [50, 70], 3);
  assert.deepEqual(once([whole, same]), [whole, same]);
});

test("numbers of users become names where the host's accounts tell them", () => {
  const { account, command } = hostFacts(
    [
      { kind: "account", user: "deploy", uid: 1000 },
      { kind: "account", user: "one", uid: 1001 },
      { kind: "account", user: "other", uid: 1001 },
      { kind: "account", user: "there", uid: 1002, host: "h2" },
      ...["1000", "1001", "1002", "0", "deploy"].map((user) => ({
        kind: "command" as const,
        text: "id",
        user,
      })),
    ],
    new Places(),
  );
  const named = withUserNames([...account, ...command]).flatMap((one) =>
    one.kind === "command" ? [one.user] : [],
  );
  assert.deepEqual(named, ["deploy", "1001", "1002", "root", "deploy"]);
});

test("a collection that is given twice tells what it tells once", async (t) => {
  const folder = dataPath("host/uac");
  const name =
    folder === null ? undefined : readdirSync(folder).find((one) => /^uac-web01.*\.tar\.gz$/.test(one));
  if (folder === null || name === undefined)
    return t.skip("needs ../shared/data/host/uac beside the checkout");
  const path = join(folder, name);
  const scratch = mkdtempSync(join(tmpdir(), "paydirt-test-"));
  try {
    const copy = join(scratch, "copy.tar.gz");
    copyFileSync(path, copy);
    const first = (await investigated([path])).case;
    const both = (await investigated([path, copy])).case;
    const told = (of: typeof first) =>
      of.findings.map(({ detector, severity, summary }) => [detector, severity, summary]);
    assert.ok(told(first).length > 0);
    assert.deepEqual(told(both), told(first));
    assert.deepEqual(
      both.hosts.map(({ counts, clock }) => [counts, clock]),
      first.hosts.map(({ counts, clock }) => [counts, clock]),
    );
    assert.deepEqual(
      both.timeline.map(({ says }) => says),
      first.timeline.map(({ says }) => says),
    );
  } finally {
    rmSync(scratch, { recursive: true });
  }
});
