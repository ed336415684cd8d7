import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import type { AnyHostRecord } from "../../../../src/model/host-facts.ts";
import { ARCHIVES } from "../../../../src/read/archive/index.ts";
import { hostPath } from "../../../../src/read/host/layout.ts";
import { UnpackBudget } from "../../../../src/read/source/budget.ts";
import { StreamWindow } from "../../../../src/read/source/stream-window.ts";
import { RunDesk } from "../../../../src/run/desk.ts";
import { dataPath } from "../../../kit/data.ts";
import { readOne } from "../../../kit/read-one.ts";

const KINDS: readonly string[] = ["autostart", "account", "miner-config", "miner-log"];

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Records of these kinds in a collection of UAC's, and what was not readable of their files. */
async function collected(folder: string, host: string): Promise<AnyHostRecord[]> {
  const name = readdirSync(folder).find((one) => one.startsWith(`uac-${host}`) && one.endsWith(".tar.gz"));
  const bytes = gunzipSync(readFileSync(join(folder, name ?? "")));
  const tar = ARCHIVES.find(({ id }) => id === "tar");
  const window = new StreamWindow(whole(bytes));
  const archive = { id: "e1", name: host, window, path: null, budget: new UnpackBudget(() => bytes.length) };
  const records: AnyHostRecord[] = [];
  for await (const member of tar?.members(archive, new RunDesk()) ?? []) {
    const parts: Uint8Array[] = [];
    for await (const chunk of member.chunks) parts.push(chunk);
    const found = await readOne(Buffer.concat(parts), hostPath(member.path));
    records.push(...found.records.filter(({ kind }) => KINDS.includes(kind)));
  }
  return records;
}

/** "path | schedule | command" of every entry but those of packages. */
function own(records: readonly AnyHostRecord[]): string[] {
  return records.flatMap((one) => {
    if (one.kind !== "autostart" || /^\/(?:usr\/)?lib\//.test(one.path)) return [];
    return [`${one.path} | ${one.user ?? "-"} | ${one.schedule ?? "-"} | ${one.command}`];
  });
}

/** What Debian 12 brings. */
const STOCK = [
  "/etc/cron.d/e2scrub_all | root | 30 3 * * 0 | test -e /run/systemd/system || SERVICE_MODE=1 " +
    "/usr/lib/x86_64-linux-gnu/e2fsprogs/e2scrub_all_cron",
  "/etc/cron.d/e2scrub_all | root | 10 3 * * * | test -e /run/systemd/system || SERVICE_MODE=1 " +
    "/sbin/e2scrub_all -A -r",
  "/etc/cron.daily/apt-compat | root | @daily | /etc/cron.daily/apt-compat",
  "/etc/cron.daily/dpkg | root | @daily | /etc/cron.daily/dpkg",
  "/etc/crontab | root | 17 * * * * | cd / && run-parts --report /etc/cron.hourly",
  ...["25 6 * * * daily", "47 6 * * 7 weekly", "52 6 1 * * monthly"].map((pair) => {
    const [, schedule = "", when = ""] = /^(.*) (\w+)$/.exec(pair) ?? [];
    const command = `test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.${when}; }`;
    return `/etc/crontab | root | ${schedule} | ${command}`;
  }),
  ...["auditd", "cron", "hwclock.sh", "procps", "ssh"].map(
    (name) => `/etc/init.d/${name} | root | - | /etc/init.d/${name}`,
  ),
  "/etc/sv/ssh/run | root | - | /etc/sv/ssh/run",
  "/etc/update-motd.d/10-uname | - | - | /etc/update-motd.d/10-uname",
];

test("web01: jobs, unit, key, settings and log of the intruder, and what Debian brings", async (t) => {
  const folder = dataPath("host/uac");
  if (folder === null) return t.skip("needs ../shared/data/host/uac beside the checkout");
  const truth = JSON.parse(readFileSync(join(folder, "GROUND_TRUTH.json"), "utf8"));
  const records = await collected(folder, "web01");
  const miner = "/tmp/.X25-unix/.rsync/c/kthreadadd64";
  assert.deepEqual(
    own(records).filter((entry) => !STOCK.includes(entry)),
    [
      "/etc/systemd/system/kswapd1.service | - | Restart=always; WantedBy=multi-user.target | " +
        `${miner} -c ${truth.config}`,
      "/home/deploy/.ssh/authorized_keys | deploy | - | ssh-rsa " +
        "SHA256:axJaKmNPdhP9XIDUh9gGSLAWQE60LTvTRG6MwhWtiFs",
      `/var/spool/cron/crontabs/deploy | deploy | */30 * * * * | ${miner} >/dev/null 2>&1`,
      "/var/spool/cron/crontabs/deploy | deploy | @reboot | /home/deploy/.configrc5/a/upd >/dev/null 2>&1",
    ],
  );
  assert.deepEqual(
    own(records)
      .filter((entry) => STOCK.includes(entry))
      .sort(),
    [...STOCK].sort(),
  );
  const config = records.find((one) => one.kind === "miner-config");
  assert.deepEqual(config?.kind === "miner-config" && [config.software, config.path, config.pools], [
    "xmrig",
    truth.config,
    [{ url: truth.pool, user: truth.wallet, worker: "web01", algorithm: "rx/0", coin: "monero" }],
  ]);
  const log = records.find((one) => one.kind === "miner-log");
  assert.ok(log?.kind === "miner-log");
  assert.deepEqual(
    log.rates.map(({ hps }) => hps),
    [3125.4, 3140.8],
  );
  const { accepted, rejected, acceptedHashes, algorithm, pools } = log;
  assert.deepEqual(
    { accepted, rejected, acceptedHashes, algorithm, pools },
    {
      accepted: 2,
      rejected: 0,
      acceptedHashes: 150_000,
      algorithm: "rx/0",
      pools: [truth.pool],
    },
  );
});

test("web02, the clean twin, has what Debian brings and nothing else", async (t) => {
  const folder = dataPath("host/uac");
  if (folder === null) return t.skip("needs ../shared/data/host/uac beside the checkout");
  const records = await collected(folder, "web02");
  assert.deepEqual(own(records).sort(), [...STOCK].sort());
  assert.equal(records.filter(({ kind }) => kind === "account").length, 21);
  assert.ok(!records.some(({ kind }) => kind.startsWith("miner")));
});
