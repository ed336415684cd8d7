import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Case } from "../../../src/model/case.ts";
import { investigate } from "../../../src/run/investigate.ts";
import { QUIET } from "../../kit/investigated.ts";

const MOST_SECONDS = 10;
/** A checksum-valid address that nobody owns. */
const WALLET =
  "47GprUiHcahFwrywVBncbn4vq5C9kWGiHZzV3YBagK1q4sBoGMpwTHYDuVrAgVnC22aCD1iTY88f93PFzvdCtYUAUTs5TB5";

/** Begin of the names of scratch roots: a stand-in of the same test, run beside this one, is no alarm. */
const SCRATCH = "paydirt-root-";

function live(root: string | null): Promise<Case> {
  return investigate({ ...QUIET, evidence: ["live:"], root }).then((found) => found.case);
}

/** A root of a host that exists only in the test. */
async function inRoot<T>(
  files: Readonly<Record<string, string>>,
  use: (root: string) => Promise<T>,
): Promise<T> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), SCRATCH)));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return await use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

test("this machine: looked at within seconds, and nothing alarming is found", async (t) => {
  if (process.platform !== "linux") return t.skip("needs /proc");
  const before = Date.now();
  const { cpuUsage } = process;
  const busy = cpuUsage();
  const found = await live(null);
  const { user, system } = cpuUsage(busy);
  const [load = 0] = loadavg();
  // On a machine that is busy with other things, only the work itself can be judged.
  const seconds = load > 2 ? (user + system) / 1e6 : (Date.now() - before) / 1000;
  assert.ok(seconds < MOST_SECONDS, `${seconds} s`);
  // Folders for temporary files hold what the tests of others left there.
  const elsewhere = found.evidence.filter(({ name }) => !/^live:\/(?:tmp|var\/tmp|dev\/shm)\//.test(name));
  const ids = new Set(elsewhere.map(({ id }) => id));
  const alarms = found.findings.filter(
    ({ severity, basis, summary }) =>
      severity !== "info" && basis.some(({ place }) => ids.has(place.evidence)) && !summary.includes(SCRATCH),
  );
  assert.deepEqual(
    alarms.map(({ summary }) => summary),
    [],
  );
  const own = found.hosts.find(({ collector }) => collector === "live");
  assert.ok((own?.counts["process"] ?? 0) > 0);
});

test("another root: its files; its own /proc where it has one, else the running kernel's", async (t) => {
  if (process.platform !== "linux") return t.skip("needs /proc");
  const files = { "etc/hostname": "scratch\n", "etc/timezone": "Europe/Berlin\n" };
  await inRoot(files, async (root) => {
    const found = await live(root);
    assert.equal(found.hosts[0]?.name, "scratch");
    assert.equal(found.hosts[0]?.zone, "Europe/Berlin");
    assert.ok(found.timeline.some(({ says }) => says.startsWith(`process ${process.pid} `)));
  });
  const copy = {
    ...files,
    "proc/stat": "btime 1768350000\n",
    "proc/uptime": "90000.50 1000.00\n",
    "proc/7/stat": "7 (copy) S 1 0 0 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 100 0",
    "proc/7/cmdline": "/srv/copy\0--serve\0",
  };
  await inRoot(copy, async (root) => {
    symlinkSync("/srv/copy (deleted)", join(root, "proc/7/exe"));
    const found = await live(root);
    assert.deepEqual(
      found.timeline.map(({ at }) => at),
      ["2026-01-15T01:20:00.500000Z"],
    );
    assert.match(found.timeline[0]?.says ?? "", /^process 7 of \S+ running: \/srv\/copy --serve$/);
  });
});

test("what cannot be read is counted, and what is not there is nothing", async (t) => {
  if (process.platform !== "linux") return t.skip("needs /proc");
  const files = {
    "etc/hostname": "scratch\n",
    "var/log/journal/1/system.journal": "LPKSHHRH",
    "tmp/collected/[root]/etc/hostname": "other\n",
    "tmp/collected/uac.log": "",
    "tmp/large.bin": "x".repeat(300_000),
    "proc/7/stat": "7 (a) S 1 0",
  };
  await inRoot(files, async (root) => {
    symlinkSync(root, join(root, "tmp/circle"));
    const found = await live(root);
    assert.deepEqual(
      found.gaps.map(({ code, count }) => [code, count]),
      [
        ["dropped-details", 1],
        ["dropped-details", 1],
        ["unrecognised", 1],
      ],
    );
    assert.equal(found.hosts[0]?.name, "scratch");
  });
});

test("a process that sleeps, named and told like a miner, is seen with its cron entry", async (t) => {
  if (process.platform !== "linux") return t.skip("needs /proc");
  const files = { "etc/hostname": "scratch\n", "var/spool/cron/crontabs/deploy": "" };
  await inRoot(files, async (root) => {
    const program = join(root, "tmp/.x/xmrig");
    mkdirSync(dirname(program), { recursive: true });
    // A shell that waits: "--donate-level" and the rest are words to it.
    copyFileSync(realpathSync("/bin/sh"), program);
    writeFileSync(
      join(root, "var/spool/cron/crontabs/deploy"),
      `@reboot ${program} -c /tmp/.x/config.json\n`,
    );
    const miner = ["-o", "pool.example.net:3333", "-u", WALLET, "-p", "x", "--donate-level=1"];
    const child = spawn(program, ["-c", "sleep 60; :", ...miner], { stdio: "ignore" });
    try {
      await pause(200);
      const found = await live(root);
      const says = found.timeline.find((entry) => entry.says.startsWith(`process ${child.pid} `))?.says;
      assert.match(says ?? "", /xmrig -c sleep 60; : -o pool\.example\.net:3333 -u 47Gpr/);
      const mining = found.findings.find(({ detector }) => detector === "host-mining");
      assert.equal(mining?.severity, "high");
      assert.match(
        mining.summary,
        /xmrig for 47GprU…5TB5 at pool\.example\.net, started again by .{0,20}cron/,
      );
    } finally {
      child.kill("SIGKILL");
    }
  });
});

test("a root that is none, or without live:, is the caller's mistake", async () => {
  const nowhere = join(tmpdir(), `${SCRATCH}nowhere`);
  await assert.rejects(live(nowhere), { code: "no-evidence" });
  await assert.rejects(investigate({ ...QUIET, evidence: [tmpdir()], root: "/" }), { code: "bad-option" });
});
