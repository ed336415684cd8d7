import assert from "node:assert/strict";
import { test } from "node:test";
import { INSTALLER, MINERS, minerNamed, minerOfFile } from "../../src/tables/miners.ts";

test("no name stands for two miners, and all are in lower case with a source", () => {
  const names = MINERS.flatMap((row) => row.names);
  assert.deepEqual(names, [...new Set(names)]);
  assert.ok(names.every((name) => name === name.toLowerCase()));
  assert.ok(MINERS.every(({ source, title }) => source.length > 10 && title.length > 3));
});

const NAMED: readonly (readonly [name: string, id: string | null])[] = [
  ["xmrig", "xmrig"],
  ["xmrig-6.21.0", "xmrig"],
  ["xmrig_v6.21.3-linux-x64", "xmrig"],
  ["xmrig64", "xmrig"],
  ["xmrig.sh", "xmrig"],
  ["xmrig-proxy", "xmrig-proxy"],
  ["cpuminer-avx2", "cpuminer"],
  ["minerd", "cpuminer"],
  ["xmrig_exporter", null],
  ["xmrig.log", null],
  ["xmrigd", null],
  ["miner", null],
  ["mined", null],
  ["", null],
  ["1.2.3", null],
];
for (const [name, id] of NAMED) {
  test(`"${name}" is ${id ?? "no miner's name"}`, () => {
    assert.equal(minerNamed(name)?.id ?? null, id);
  });
}

test("a file's name tells a miner only where no other uses it", () => {
  assert.equal(minerOfFile("xmrig.json")?.id, "xmrig");
  assert.equal(minerOfFile("config.json"), null);
  assert.equal(minerOfFile("a.json"), null);
});

test("set-up scripts of pools are known, their removal and other scripts are not", () => {
  for (const name of ["setup_c3pool_miner.sh", "setup_moneroocean_miner.sh", "install-xmrig.sh"]) {
    assert.match(name, INSTALLER);
  }
  for (const name of ["uninstall_c3pool_miner.sh", "setup.sh", "setup_miner.txt", "install_examiner_x.py"]) {
    assert.doesNotMatch(name, INSTALLER);
  }
});
