import assert from "node:assert/strict";
import { test } from "node:test";
import { BUDGET, budgetFaults } from "./budgets.ts";
import { mask } from "./mask.ts";
import { none } from "./none.ts";
import { sourcesIn } from "./sources.ts";

test("every file keeps the budgets for length, width, parameters, names and types", () => {
  const files = sourcesIn("src", "test", "scripts", "bench", "examples");
  assert.ok(files.length > 20, `read only ${files.length} files`);
  none(files.flatMap(budgetFaults));
});

function faultsIn(path: string, text: string): string[] {
  return budgetFaults({ path, text, code: mask(text) });
}

const body = (lines: number): string => `function a() {\n${"  b();\n".repeat(lines - 2)}}\n`;
const list = (count: number): string =>
  Array.from({ length: count }, (_, index) => `p${index}: Q<1, 2>`).join(", ");

const TWINS: readonly (readonly [name: string, path: string, fits: string, breaks: string])[] = [
  ["file", "src/run/a.ts", "a;\n".repeat(BUDGET.fileLines), "a;\n".repeat(BUDGET.fileLines + 1)],
  ["table", "src/tables/a.ts", "a;\n".repeat(BUDGET.tableLines), "a;\n".repeat(BUDGET.tableLines + 1)],
  ["function", "src/run/a.ts", body(BUDGET.functionLines), body(BUDGET.functionLines + 1)],
  [
    "parameters",
    "src/run/a.ts",
    `f = (${list(BUDGET.parameters)}) => 1;`,
    `f = (${list(BUDGET.parameters + 1)}) => 1;`,
  ],
  ["columns", "src/run/a.ts", "é".repeat(BUDGET.columns), "é".repeat(BUDGET.columns + 1)],
  ["any", "src/run/a.ts", "const many = Promise.any(all); // any", "const a: Array<any> = [];"],
  ["default export", "src/run/a.ts", "export const a = 1;", "export default 1;"],
  ["class name", "src/run/a.ts", "class Ring {}", "class RingManager {}"],
  [
    "doc comment",
    "src/bytes/a.ts",
    "/** A. */\nexport function a() {}",
    "/** A. */\n\nb();\nexport function a() {}",
  ],
  ["cast", "src/run/a.ts", 'import { a as b } from "./a.ts"; const c = [1] as const;', "const a = b as C;"],
  [
    "guarded cast",
    "src/run/a.ts",
    "function isA(b: C): b is A {\n  return (b as A).d;\n}",
    "f(b as { c: D });",
  ],
];

for (const [name, path, fits, breaks] of TWINS) {
  test(`the budget for ${name} has two sides`, () => {
    assert.deepEqual(faultsIn(path, fits), []);
    assert.equal(faultsIn(path, breaks).length, 1, faultsIn(path, breaks).join("\n"));
  });
}

test("names that say nothing are faults, as a file, a test or a folder", () => {
  assert.equal(faultsIn("src/run/useful.ts", "").length, 0);
  for (const path of ["src/run/utils.ts", "test/run/helpers.test.ts", "src/common/a.ts"]) {
    assert.equal(faultsIn(path, "").length, 1, path);
  }
});

test("a folder of src/ may lie three deep and no deeper", () => {
  assert.deepEqual(faultsIn("src/read/capture/stratum/a.ts", ""), []);
  assert.equal(faultsIn("src/read/capture/stratum/eth/a.ts", "").length, 1);
});

test("bytes may be cast where they are read", () => {
  assert.deepEqual(faultsIn("src/bytes/cursor.ts", "const a = b as C;"), []);
});
