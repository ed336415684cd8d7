import assert from "node:assert/strict";
import { test } from "node:test";
import { mask } from "./mask.ts";
import { none } from "./none.ts";
import { networkFaults, threadFaults, writingFaults } from "./promises.ts";
import { importsOf, resolved, sourcesIn } from "./sources.ts";

test("only src/store/ can write: everything else takes reading functions of node:fs", () => {
  none(sourcesIn("src").flatMap(writingFaults));
});

test("one file in src/ can open a connection, and none can start a program", () => {
  none(sourcesIn("src").flatMap(networkFaults));
});

test("that file takes what asks over HTTP and nothing else of the network", () => {
  const path = "src/read/chain/remote/http.ts";
  const asking = (text: string): number => networkFaults({ path, text, code: mask(text) }).length;
  assert.equal(asking('import { request } from "node:http";\nimport { Agent } from "node:https";'), 0);
  for (const other of ["net", "tls", "dns", "node:child_process", "node:http2"]) {
    assert.equal(asking(`import { connect } from "${other}";`), 1);
  }
  assert.equal(asking("await fetch(url);"), 1);
  assert.ok(sourcesIn("src").some((file) => file.path === path));
});

test("what opens connections is taken by what spaces questions alone", () => {
  const takers = sourcesIn("src").filter(({ path, text, code }) =>
    importsOf({ text, code }).some(
      ({ specifier, typeOnly }) =>
        !typeOnly &&
        specifier.startsWith(".") &&
        resolved(path, specifier) === "src/read/chain/remote/http.ts",
    ),
  );
  assert.deepEqual(
    takers.map(({ path }) => path),
    ["src/read/chain/remote/server.ts"],
  );
});

test("threads are made in src/read/source/ alone", () => {
  none(sourcesIn("src").flatMap(threadFaults));
});

const WRITING: readonly (readonly [path: string, source: string, faults: number])[] = [
  ["src/read/a.ts", 'import { createReadStream, statSync } from "node:fs";', 0],
  ["src/read/a.ts", 'import { writeFileSync } from "node:fs";', 1],
  ["src/read/a.ts", 'import { rm as readFile } from "node:fs/promises";', 1],
  ["src/read/a.ts", 'import * as fs from "node:fs";', 1],
  ["src/read/a.ts", 'import fs from "fs";', 1],
  ["src/read/a.ts", 'import type { Stats } from "node:fs";', 0],
  ["src/store/a.ts", 'import { writeFileSync } from "node:fs";', 0],
  ["src/storehouse.ts", 'import { writeFileSync } from "node:fs";', 1],
  ["src/read/a.ts", 'import { openSync } from "node:fs";\nopenSync(path, "r");', 0],
  ["src/read/a.ts", 'import { open } from "node:fs/promises";\nawait open(join(a, b), "r");', 0],
  ["src/read/a.ts", 'import { openSync } from "node:fs";\nopenSync(path);', 0],
  ["src/read/a.ts", 'import { openSync } from "node:fs";\nopenSync(path, "r+");', 1],
  ["src/read/a.ts", 'import { openSync } from "node:fs";\nopenSync(path, flags);', 1],
  ["src/read/a.ts", "const fs = process.getBuiltinModule(name);", 1],
  ["src/read/a.ts", "await import(name);", 1],
];

for (const [path, source, faults] of WRITING) {
  test(`writing: ${path} with ${JSON.stringify(source)} has ${faults} faults`, () => {
    assert.equal(writingFaults({ path, text: source, code: mask(source) }).length, faults);
  });
}

const NETWORK: readonly (readonly [source: string, faults: number])[] = [
  ['import { connect } from "node:net";', 1],
  ['import https from "https";', 1],
  ['import { lookup } from "node:dns/promises";', 1],
  ['import { spawn } from "node:child_process";', 1],
  ['import { isIP } from "./ip.ts";', 0],
  ['const answer = await fetch("http://example.org");', 1],
  ["const answer = globalThis.fetch(url);", 1],
  ["const socket = new WebSocket(url);", 1],
  ['const says = "fetch(url) and new WebSocket(url)";', 0],
  ["this.prefetch(block);", 0],
];

for (const [source, faults] of NETWORK) {
  test(`network: ${JSON.stringify(source)} has ${faults} faults`, () => {
    assert.equal(networkFaults({ path: "src/read/a.ts", text: source, code: mask(source) }).length, faults);
  });
}

test("threads: a worker elsewhere is a fault", () => {
  const text = 'import { Worker } from "node:worker_threads";';
  assert.equal(threadFaults({ path: "src/read/source/ring.ts", text, code: mask(text) }).length, 0);
  assert.equal(threadFaults({ path: "src/run/a.ts", text, code: mask(text) }).length, 1);
});
