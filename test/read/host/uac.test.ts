import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnyHostRecord } from "../../../src/model/host-facts.ts";
import { dataPath } from "../../kit/data.ts";
import { hostRecords } from "../../kit/host-records.ts";

const WEB01 = "host/uac/uac-web01-linux-20261122174317.tar.gz";
const WEB02 = "host/uac/uac-web02-linux-20261122174500.tar.gz";
const WALLET =
  "47GprUiHcahFwrywVBncbn4vq5C9kWGiHZzV3YBagK1q4sBoGMpwTHYDuVrAgVnC22aCD1iTY88f93PFzvdCtYUAUTs5TB5";

function byPid<T extends { readonly pid: number | null }>(records: readonly T[]): T[] {
  return [...records].sort((a, b) => (a.pid ?? 0) - (b.pid ?? 0));
}

type Kind = AnyHostRecord["kind"];

function ofKind<K extends Kind>(records: readonly AnyHostRecord[], kind: K) {
  return records.filter((one): one is Extract<AnyHostRecord, { kind: K }> => one.kind === kind);
}

test("web01: the process is told once, with all that fifteen files say of it", async (t) => {
  const path = dataPath(WEB01);
  if (path === null) return t.skip(`needs ../shared/data/${WEB01}`);
  const records = await hostRecords([path]);
  const [miner, ...others] = ofKind(records, "process").filter(({ pid }) => pid === 11);
  assert.ok(miner !== undefined);
  assert.deepEqual(others, []);
  const { places, place, excerpt, host, ...told } = miner;
  assert.deepEqual(told, {
    kind: "process",
    hostname: null,
    atMicros: Date.UTC(2026, 10, 22, 17, 43, 18) * 1000,
    atHow: "seen",
    clock: "local",
    pid: 11,
    ppid: 1,
    user: "deploy",
    name: "kthreadadd64",
    exe: "/tmp/.X25-unix/.rsync/c/kthreadadd64",
    isDeleted: true,
    args: `./kthreadadd64 -o pool.example.net:3333 -u ${WALLET} -p web01 --donate-level=1`,
    cwd: "/tmp/.X25-unix/.rsync/c",
    cpuPercent: 88.8,
    startedMicros: Date.UTC(2026, 10, 22, 17, 43, 14) * 1000,
    sha256: "a5edacb45085030db193f571560562a16f4407cee1ea411d0e87aaba7b61b42b",
  });
  assert.ok(places.length >= 12, `${places.length} places`);
  assert.match(excerpt, /^deploy +11 88\.8/);
  assert.ok(places.some((one) => one.evidence === place.evidence && one.atByte === place.atByte));
});

test("web01: connections, identity, the hidden process id and the collector itself", async (t) => {
  const path = dataPath(WEB01);
  if (path === null) return t.skip(`needs ../shared/data/${WEB01}`);
  const records = await hostRecords([path]);
  assert.deepEqual(
    byPid(ofKind(records, "connection").filter(({ local }) => local !== null)).map(
      ({ pid, process, local, remote, state }) => ({
        pid,
        process,
        local,
        remote,
        state,
      }),
    ),
    [
      {
        pid: 8,
        process: "perl",
        local: { ip: "203.0.113.10", port: 3333 },
        remote: { ip: "10.20.0.5", port: 57701 },
        state: "ESTABLISHED",
      },
      {
        pid: 11,
        process: "kthreadadd64",
        local: { ip: "10.20.0.5", port: 57701 },
        remote: { ip: "203.0.113.10", port: 3333 },
        state: "ESTABLISHED",
      },
    ],
  );
  const [identity, ...more] = ofKind(records, "host");
  assert.deepEqual(more, []);
  assert.equal(identity?.name, "web01");
  assert.deepEqual(identity?.addresses, ["10.20.0.5", "203.0.113.10"]);
  assert.equal(identity?.os, "Linux 6.18.44-fc-v595");
  assert.equal(identity?.machineId, "c5c871ea467f42b38b224ca8007bd902");
  assert.equal(identity?.zone, "Etc/UTC");
  assert.equal(identity?.collector, "uac");
  assert.equal(identity?.collectedFirstMicros, Date.UTC(2026, 10, 22, 17, 43, 17) * 1000);
  assert.equal(identity?.collectedLastMicros, Date.UTC(2026, 10, 22, 17, 44, 45) * 1000);
  const hidden = ofKind(records, "event").filter(({ what }) => what === "process-hidden");
  assert.deepEqual(
    hidden.map(({ subject }) => subject),
    ["5424"],
  );
  const collector = ofKind(records, "process").find(({ pid }) => pid === 18);
  assert.match(collector?.args ?? "", /^\/bin\/sh \.\/uac -p ir_triage/);
});

test("web02: its own name and its own hidden process id", async (t) => {
  const path = dataPath(WEB02);
  if (path === null) return t.skip(`needs ../shared/data/${WEB02}`);
  const records = await hostRecords([path]);
  assert.equal(ofKind(records, "host")[0]?.name, "web02");
  const hidden = ofKind(records, "event").filter(({ what }) => what === "process-hidden");
  assert.deepEqual(
    hidden.map(({ subject }) => subject),
    ["5123"],
  );
  assert.ok(ofKind(records, "process").every(({ isDeleted }) => !isDeleted));
});
