import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PaydirtError } from "../../../../src/model/error.ts";
import { parseEndpoint } from "../../../../src/read/chain/remote/endpoint.ts";
import { AS_GUEST, AT_HOME, mannersFor } from "../../../../src/read/chain/remote/server.ts";

const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;

test("a name and password are sent and not shown", () => {
  const endpoint = parseEndpoint("rpc", "http://alice:p%40ss@127.0.0.1:8332/");
  assert.equal(endpoint.authorisation, basic("alice:p@ss"));
  assert.equal(endpoint.shown, "rpc:http://127.0.0.1:8332");
  assert.doesNotMatch(endpoint.url.href, /alice|ss/);
});

test("a cookie file is read beside the URL", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-cookie-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, ".cookie");
  writeFileSync(path, "__cookie__:00ff\n");
  const endpoint = parseEndpoint("rpc", `http://127.0.0.1:8332?cookie=${path}`);
  assert.equal(endpoint.authorisation, basic("__cookie__:00ff"));
  assert.equal(endpoint.shown, "rpc:http://127.0.0.1:8332");
  writeFileSync(path, "nothing of the kind");
  assert.throws(() => parseEndpoint("rpc", `http://127.0.0.1:8332?cookie=${path}`), /is no cookie file/);
  assert.throws(() => parseEndpoint("rpc", `http://127.0.0.1?cookie=${path}.none`), /cannot be read/);
});

test("the path of an API stays, its last slash does not", () => {
  const endpoint = parseEndpoint("esplora", "https://explorer.example/testnet/api/");
  assert.equal(endpoint.url.href, "https://explorer.example/testnet/api");
  assert.equal(endpoint.authorisation, null);
});

for (const where of ["", "127.0.0.1:8332", "ftp://host/", "file:///etc/passwd", "http://", "unix:/x"]) {
  test(`${JSON.stringify(where)} is no URL of a server`, () => {
    assert.throws(
      () => parseEndpoint("rpc", where),
      (error) => error instanceof PaydirtError && error.code === "bad-source",
    );
  });
}

test("a rate is the user's, and must be a number", () => {
  const at = (rate: string) => parseEndpoint("esplora", `https://explorer.example/api?rate=${rate}`);
  assert.equal(mannersFor(at("10")).gapMillis, 100);
  assert.equal(mannersFor(at("0.5")).gapMillis, 2_000);
  assert.equal(at("10").shown, "esplora:https://explorer.example/api");
  for (const rate of ["", "0", "-1", "1e9", "many", "0.0"])
    assert.throws(() => at(rate), /its rate is no number/);
  assert.equal(mannersFor(parseEndpoint("esplora", "https://explorer.example")), AS_GUEST);
  assert.equal(mannersFor(parseEndpoint("esplora", "http://127.0.0.1:3000")), AT_HOME);
});

test("an error does not repeat a password", () => {
  for (const where of [
    "alice:secret@127.0.0.1:8332",
    "http://alice:secret@h/?x=secret",
    "htp://a:secret@h",
  ]) {
    assert.throws(
      () => parseEndpoint("rpc", where),
      (error) => error instanceof Error && !error.message.includes("secret"),
    );
  }
});

const HOSTS: readonly (readonly [host: string, isOwn: boolean])[] = [
  ["localhost", true],
  ["127.0.0.1", true],
  ["127.8.9.1", true],
  ["[::1]", true],
  ["10.1.2.3", true],
  ["192.168.1.2", true],
  ["172.16.0.1", true],
  ["172.15.0.1", false],
  ["172.32.0.1", false],
  ["[fd00::1]", true],
  ["[fe80::1]", false],
  ["192.0.2.1", false],
  ["explorer.example", false],
  ["10.example", false],
  ["localhost.example", false],
];
for (const [host, isOwn] of HOSTS) {
  test(`${host} is ${isOwn ? "one's own" : "somebody else's"}`, () => {
    assert.equal(parseEndpoint("esplora", `http://${host}:3000`).isOwn, isOwn);
  });
}
