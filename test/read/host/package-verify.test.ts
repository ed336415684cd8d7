import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../kit/capture.ts";
import { cut, flipped } from "../../kit/damage.ts";
import { collectionRecords } from "../../kit/host-records.ts";

const PATH = "live_response/packages/dpkg_-V.txt";
const TEXT = [
  "??5??????   /bin/ps",
  "??5?????? c /etc/ssh/sshd_config",
  "missing     /usr/bin/wget",
  "missing   c /etc/motd",
  "S.5....T.    /usr/bin/top",
  ".......T.    /usr/bin/ls",
  "something else /usr/bin/ss",
  "",
].join("\n");

test("programs that differ from their package are facts; settings and times are not", async () => {
  const records = await collectionRecords({ [PATH]: TEXT });
  assert.deepEqual(
    records.map((one) => one.kind === "file" && [one.notable, one.path, one.place.line]),
    [
      ["package-file-changed", "/bin/ps", 1],
      ["package-file-missing", "/usr/bin/wget", 3],
      ["package-file-changed", "/usr/bin/top", 5],
    ],
  );
});

test("a list of another kind is not taken for one", async () => {
  const records = await collectionRecords({ [PATH]: "5?? /bin/ps\n" });
  assert.deepEqual(
    records.filter(({ kind }) => kind === "file"),
    [],
  );
});

test("cut and changed bytes end well", async () => {
  const whole = Buffer.from(TEXT);
  const by = random(5);
  for (let left = 12; left > 0; left -= 1) {
    await collectionRecords({ [PATH]: cut(whole, by) });
    await collectionRecords({ [PATH]: flipped(whole, left * 3, by) });
  }
});
