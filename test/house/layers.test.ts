import assert from "node:assert/strict";
import { test } from "node:test";
import { layerFault } from "./layers.ts";
import { none } from "./none.ts";
import { importsOf, sourcesIn } from "./sources.ts";

test("every import in src/ stands in the import table", () => {
  const files = sourcesIn("src");
  const imports = files.flatMap((file) => importsOf(file).map((found) => ({ path: file.path, found })));
  assert.ok(
    files.length > 20 && imports.length > 20,
    `read only ${files.length} files, ${imports.length} imports`,
  );
  const faults = imports.map(({ path, found }) => layerFault(path, found)).filter((fault) => fault !== null);
  none(faults);
});

test("src/index.ts holds named re-exports and nothing else", () => {
  const index = sourcesIn("src").find((file) => file.path === "src/index.ts");
  assert.ok(index, "src/index.ts is missing");
  assert.equal(index.code.replaceAll(/export\s+(?:type\s+)?\{[^}]*\}\s*from\s*"\s*"\s*;/g, "").trim(), "");
});

const CASES: readonly (readonly [path: string, source: string, allowed: boolean])[] = [
  ["src/find/mining.ts", 'import { garwood } from "../stats/garwood.ts";', true],
  ["src/find/mining.ts", 'import { a } from "../read/reader.ts";', false],
  ["src/find/mining.ts", 'import type { A } from "../count/work.ts";', false],
  ["src/find/mining.ts", 'import { readFileSync } from "node:fs";', false],
  ["src/read/capture/pcap.ts", 'import { a } from "../../tables/linktypes.ts";', true],
  ["src/read/capture/pcap.ts", 'export { a } from "../../find/detector.ts";', false],
  ["src/read/source/open.ts", 'import { Worker } from "node:worker_threads";', true],
  ["src/read/source/ring.ts", 'new Worker(new URL("../../run/worker.js", import.meta.url));', false],
  ["src/report/html/page.ts", 'import * as echarts from "echarts/core";', true],
  ["src/run/open.ts", 'const { init } = await import("echarts");', false],
  ["src/cli/main.ts", 'import { investigate } from "../run/investigate.ts";', true],
  ["src/cli/main.ts", 'import { a } from "../count/value.ts";', false],
  ["src/web/ui/app.ts", 'import type { Case } from "../../model/case.ts";', true],
  ["src/web/ui/app.ts", 'import { SEVERITIES } from "../../model/finding.ts";', false],
  ["src/model/case.ts", 'import { version } from "../../package.json";', false],
  ["src/shared/things.ts", 'import type { A } from "../model/case.ts";', false],
];

for (const [path, source, allowed] of CASES) {
  test(`${path} ${allowed ? "may" : "may not"} hold ${source}`, () => {
    const [found, ...more] = importsOf({ text: source, code: source });
    assert.ok(found && more.length === 0, "one import is found");
    assert.equal(layerFault(path, found) === null, allowed);
  });
}
