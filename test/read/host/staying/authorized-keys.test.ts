import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { ofKind, readOne } from "../../../kit/read-one.ts";
import { entriesIn, entriesOf, gapsIn } from "./entries.ts";

/** 32 bytes that count up: no one's key. */
const BODY = "AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
const HASH = createHash("sha256").update(Buffer.from(BODY, "base64")).digest("base64");
const PRINT = `SHA256:${HASH.slice(0, 43)}`;

test("a key is told by type and fingerprint, named by its comment", async () => {
  assert.deepEqual(
    await entriesOf(`ssh-ed25519 ${BODY} who@a.example two\n`, "/home/deploy/.ssh/authorized_keys"),
    [`authorized-key | who@a.example two | deploy | - | ssh-ed25519 ${PRINT}`],
  );
});

test("options stand behind the fingerprint, with quotes and spaces in them", async () => {
  const options = 'command="/srv/a \\"b c\\" d",no-pty,from="192.0.2.0/24"';
  assert.deepEqual(
    await entriesOf(`# x\n\n${options} ssh-ed25519 ${BODY}\n`, "/root/.ssh/authorized_keys2"),
    [`authorized-key | - | root | - | ssh-ed25519 ${PRINT} ${options}`],
  );
});

test("an account's keys below /etc/ssh and a file by itself", async () => {
  const line = `ssh-ed25519 ${BODY} c\n`;
  const entry = (user: string) => [`authorized-key | c | ${user} | - | ssh-ed25519 ${PRINT}`];
  assert.deepEqual(await entriesOf(line, "/etc/ssh/authorized_keys/ops"), entry("ops"));
  assert.deepEqual(await entriesOf(line, "authorized_keys"), entry("-"));
  assert.deepEqual(await entriesOf(line, "/var/lib/postgresql/.ssh/authorized_keys"), entry("postgresql"));
});

test("what is no key is counted, and a private key that was pasted in stands in no record", async () => {
  const text = `-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n-----END OPENSSH PRIVATE KEY-----\n`;
  const found = await readOne(text, "/root/.ssh/authorized_keys");
  assert.deepEqual([entriesIn(found), gapsIn(found)], [[], ["malformed-line ×3"]]);
  assert.doesNotMatch(JSON.stringify([found.gaps, ofKind(found, "autostart")]), /b3Blbn/);
});
