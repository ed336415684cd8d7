import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { dataPath } from "../../kit/data.ts";
import { ofKind, readOne } from "../../kit/read-one.ts";

const LINE = '203.0.113.9 - - [13/Jan/2026:19:31:16 +0000] "GET /eval-stdin.php HTTP/1.1" 404 5 "-" "x"';

test("a web server's lines are read in what Docker and CRI keep of its output", async () => {
  const docker = JSON.stringify({ log: `${LINE}\n`, stream: "stdout", time: "2026-01-13T19:31:16.1Z" });
  const cri = `2026-01-13T19:31:16.123456789Z stdout F ${LINE}`;
  for (const text of [docker, cri]) {
    const found = await readOne(`${text}\n`);
    assert.equal(found.reader, "container-log");
    assert.deepEqual(
      ofKind(found, "request").map(({ exploit, client }) => `${exploit} ${client}`),
      ["phpunit 203.0.113.9"],
    );
  }
});

test("plaso's samples of both are known, and hold nothing", async (t) => {
  const id = "e7d0b7ea5ccf08366e2b0c8afa2318674e8aefe802315378125d2bb83fe3110c";
  for (const name of ["cri.log", `docker_containers_${id}_container-json.log`]) {
    const path = dataPath(`host/plaso/${name}`);
    if (path === null) return t.skip("needs ../shared/data/host beside the checkout");
    const found = await readOne(readFileSync(path));
    assert.equal(found.reader, "container-log");
    assert.deepEqual(found.records, []);
  }
});
