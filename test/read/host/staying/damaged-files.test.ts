import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, flipped } from "../../../kit/damage.ts";
import { random } from "../../../kit/random.ts";
import { readOne } from "../../../kit/read-one.ts";
import { SAMPLES } from "./entries.ts";

for (const [path, text] of Object.entries(SAMPLES)) {
  test(`${path} cut at every byte and with changed bytes ends well`, async () => {
    const whole = Buffer.from(text);
    assert.ok((await readOne(whole, path)).records.length > 0, "tells something when whole");
    for (let at = 0; at < whole.length; at += 1) await readOne(whole.subarray(0, at), path);
    const by = random(7);
    for (const count of [1, 5, 40]) {
      for (let left = 15; left > 0; left -= 1) await readOne(flipped(cut(whole, by), 1, by), path);
      for (let left = 15; left > 0; left -= 1) await readOne(flipped(whole, count, by), path);
    }
  });

  test(`${path} as one line of a million characters, and as a million lines, ends well`, async () => {
    const line = text.split("\n").find((one) => one.length > 8) ?? text;
    await readOne(line.repeat(Math.ceil(1_000_000 / line.length)), path);
    const lines = `${line}\n`.repeat(20_500);
    const found = await readOne(lines, path);
    assert.ok(found.reader === null || found.gaps.some(({ code }) => code === "dropped-details"));
  });
}

/** Lines on which an expression that tries again at every place would take minutes. */
const HOSTILE: readonly (readonly [path: string, line: string])[] = [
  ["/root/.bashrc", "curl|".repeat(1_500)],
  ["/root/.bashrc", "trap x ".repeat(1_000)],
  ["/root/.bashrc", "PATH=/".repeat(1_200)],
  ["/root/.bashrc", "bash -c ".repeat(900)],
  ["/etc/sudoers", `${"a,".repeat(50)} ${"x ".repeat(400)}`],
  ["/etc/sudoers", `%${"a".repeat(200)}${" ".repeat(500)}b`],
  ["/var/spool/cron/root", "* ".repeat(3_000)],
  ["/etc/pam.d/sshd", `session optional pam_exec.so ${"a_ ".repeat(5_000)}`],
  ["/etc/udev/rules.d/a.rules", 'RUN+="'.repeat(3_000)],
  ["/etc/systemd/system/a.service", `[Service]\n${"ExecStart=/x\nWantedBy=a\n".repeat(9_000)}`],
  ["/root/.ssh/authorized_keys", `command="${'\\"'.repeat(20_000)}`],
];
for (const [path, line] of HOSTILE) {
  test(`${path} of lines like ${JSON.stringify(line.slice(0, 12))}… ends soon`, async () => {
    const times = line.length > 20_000 ? 1 : 200;
    assert.ok(await readOne(`${line}\n`.repeat(times), path));
  });
}
