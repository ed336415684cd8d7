import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { dataPath } from "../../kit/data.ts";
import { ofKind, readOne } from "../../kit/read-one.ts";

const ROOT = "/root/.bash_history";

/** Seconds and text of each command. */
async function commands(text: string | Uint8Array, path: string): Promise<string[]> {
  const found = await readOne(text, path);
  assert.equal(found.reader, "shell-history");
  return ofKind(found, "command").map((one) => `${(one.atMicros ?? Number.NaN) / 1e6} ${one.text}`);
}

test("a history without times is a command a line, and its path tells the user", async () => {
  const found = await readOne("ls\n\nwget http://203.0.113.7/x\n", "/home/deploy/.bash_history");
  assert.deepEqual(
    ofKind(found, "command").map(({ text, user, atMicros, by }) => ({ text, user, atMicros, by })),
    [
      { text: "ls", user: "deploy", atMicros: null, by: "history" },
      { text: "wget http://203.0.113.7/x", user: "deploy", atMicros: null, by: "history" },
    ],
  );
  assert.equal(ofKind(await readOne("id", ROOT), "command")[0]?.user, "root");
  assert.equal(ofKind(await readOne("id", "/var/lib/postgresql/.bash_history"), "command")[0]?.user, null);
});

test("a time stands above its command; a line without one has none", async () => {
  assert.deepEqual(await commands("w\n#1380630977\nls\nid\n#1380630980\npwd\n", ROOT), [
    "NaN w",
    "1380630977 ls",
    "NaN id",
    "1380630980 pwd",
  ]);
});

test("lines of one command are brought together", async () => {
  assert.deepEqual(await commands("echo a \\\nb\nid\n", ROOT), ["NaN echo a \\\nb", "NaN id"]);
  assert.deepEqual(await commands(': 1457771210:0;echo "\\\nb"\n: 1457771212:5;ls', "x"), [
    '1457771210 echo "\\\nb"',
    "1457771212 ls",
  ]);
  const powershell = "C:/Users/ann/AppData/Roaming/PSReadLine/ConsoleHost_history.txt";
  assert.deepEqual(await commands("dir `\n-Force\nwhoami", powershell), ["NaN dir `\n-Force", "NaN whoami"]);
});

test("fish keeps a command and its time in two lines, and escapes lines", async () => {
  const text =
    "- cmd: echo a\\nb \\\\x\n  when: 1604502345\n  paths:\n    - /tmp\n- cmd: ls\n  when: 1604502346\n";
  assert.deepEqual(await commands(text, "fish_history"), ["1604502345 echo a\nb \\x", "1604502346 ls"]);
});

test("secrets in a command are not kept by the desk of a run, and a wallet is", async () => {
  const { redacted } = await import("../../../src/run/redacted.ts");
  const found = await readOne("mysql --password=hunter22 -u root", ROOT);
  const [command] = ofKind(found, "command");
  assert.ok(command !== undefined && !JSON.stringify(redacted(command)).includes("hunter22"));
});

test("plaso's histories of bash and zsh are four commands each", async (t) => {
  const bash = dataPath("host/plaso/bash_history");
  const zsh = dataPath("host/plaso/zsh_extended_history.txt");
  if (bash === null || zsh === null) return t.skip("needs ../shared/data/host beside the checkout");
  assert.deepEqual(await commands(readFileSync(bash), "bash_history"), [
    "1380630977 /usr/lib/plaso",
    "1380630978 /bin/bash",
    "1380630979 /usr/local/bin/splunk -p 8080",
    '1623364236 binary argument1 "--params=\\\nparam1=foo,\nparam2=bar\n" argument2',
  ]);
  assert.deepEqual(await commands(readFileSync(zsh), "x"), [
    "1457771210 cd plaso",
    "1457771212 ls",
    "1458993293 echo dfgdfg \\\\\n& touch /tmp/afile",
    "1458993297 PYTHONPATH=. ./runtests.py",
  ]);
});

test("a file that only mentions a history is none", async () => {
  assert.equal((await readOne("ls\nid\n", "/root/notes.txt")).reader, null);
});
