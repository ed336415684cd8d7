import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isoMicros } from "../../../src/bytes/time.ts";
import { dataPath } from "../../kit/data.ts";
import { investigatedFiles } from "../../kit/investigated.ts";
import { ofKind, readOne } from "../../kit/read-one.ts";

/** One event of a sensor. */
function event(eventid: string, fields: object): string {
  const when = { timestamp: "2021-05-01T14:52:19.232813Z", sensor: "pot-1.example" };
  return JSON.stringify({ eventid, ...when, src_ip: "203.0.113.9", session: "s1", ...fields });
}

test("a real Cowrie log tells of logins and commands, on a host that is marked as a honeypot", async (t) => {
  const path = dataPath("host/honeypot/deroux_cowrie.json.2021-05-03");
  if (path === null) return t.skip("needs ../shared/data/host beside the checkout");
  const found = await investigatedFiles({ "cowrie.json": readFileSync(path) });
  const [host] = found.hosts;
  assert.equal(host?.name, "ubuntu-18-04-lts-honeypot-mongodb-connection-s-1vcpu-1gb-fra1-02");
  assert.equal(host?.collector, "honeypot");
  assert.deepEqual(host?.counts, { host: 1, login: 3, command: 3 });
  assert.equal(found.hosts.length, 1);
  assert.deepEqual(found.gaps, []);
});

test("a command has the user and the address of its visit", async () => {
  const lines = [
    event("cowrie.login.failed", { username: "admin", password: "x" }),
    event("cowrie.login.success", { username: "root", password: "x" }),
    event("cowrie.command.input", { input: "uname -a" }),
  ];
  const found = await readOne(lines.join("\n"));
  assert.equal(found.reader, "cowrie");
  assert.deepEqual(
    ofKind(found, "command").map(({ text, user, from, by, hostname }) => ({
      text,
      user,
      from,
      by,
      hostname,
    })),
    [{ text: "uname -a", user: "root", from: "203.0.113.9", by: "honeypot", hostname: "pot-1.example" }],
  );
  assert.deepEqual(
    ofKind(found, "login").map(({ outcome, service }) => `${outcome} ${service}`),
    ["accepted honeypot", "failed honeypot"],
  );
});

test("a command that one visitor gives all day is told when first and when last seen", async () => {
  const lines = ["03", "01", "02"].map((hour) =>
    event("cowrie.command.input", { input: "id", timestamp: `2021-05-01T${hour}:00:00Z` }),
  );
  const other = event("cowrie.command.input", { input: "id", src_ip: "203.0.113.10" });
  const found = await readOne([...lines, other].join("\n"));
  assert.deepEqual(
    ofKind(found, "command").map(({ atMicros, from }) => `${isoMicros(atMicros ?? 0).slice(11, 13)} ${from}`),
    ["01 203.0.113.9", "03 203.0.113.9", "14 203.0.113.10"],
  );
  assert.deepEqual(found.gaps, []);
});

test("a file that visitors fetched is told once, by its hash", async () => {
  const sha256 = "ab".repeat(32);
  const fetched = {
    url: "http://203.0.113.7/x",
    shasum: sha256,
    outfile: `var/lib/cowrie/downloads/${sha256}`,
  };
  const lines = [
    event("cowrie.session.file_download", fetched),
    event("cowrie.session.file_download", fetched),
    event("cowrie.session.file_upload", { filename: "a.tar.gz", shasum: "cd".repeat(32) }),
    event("cowrie.session.file_download", { url: "http://203.0.113.7/y" }),
  ];
  assert.deepEqual(
    ofKind(await readOne(lines.join("\n")), "file").map(
      ({ path, sha256: hash }) => `${path} ${hash?.slice(0, 4)}`,
    ),
    ["http://203.0.113.7/x abab", "a.tar.gz cdcd"],
  );
});
