import assert from "node:assert/strict";
import { test } from "node:test";
import { functionsOf } from "./functions.ts";
import { mask } from "./mask.ts";
import { importsOf } from "./sources.ts";

const MASKED: readonly (readonly [source: string, code: string])[] = [
  ['a("//x"); // y', 'a("   ");     '],
  ["/* { */ b", "        b"],
  ["/** a\n * { */ b", "     \n        b"],
  ["x = 'it\\'s {';", "x = '       ';"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is what is scanned
  ["`a{${f(`}${g}`)}b{`", "`  ${f(` ${g}`)}  `"],
  ["x = /[/{]\\//g.test(y)", "x =         g.test(y)"],
  ["return /}/.exec(z)", "return    .exec(z)"],
  ["a / b / c", "a / b / c"],
  ["(a + b) / c / d", "(a + b) / c / d"],
  ["list[0] / 2 + '}'", "list[0] / 2 + ' '"],
  ['"a \\" b"', '"      "'],
  ["count++ / 2 / 3", "count++ / 2 / 3"],
];

for (const [source, code] of MASKED) {
  test(`mask() blanks what is not code in ${JSON.stringify(source)}`, () => {
    assert.equal(mask(source), code);
  });
}

const SHAPES: readonly (readonly [source: string, shapes: readonly string[]])[] = [
  ["function a(b: number, c: string) {\n  return b;\n}", ["a 3 2"]],
  ["export async function* a<T extends (x: number) => void>(b: T,) {\n}", ["a 2 1"]],
  ["const a = (b: Map<string, number>, c = [1, 2], { d, e }: F) => {\n\n};", ["(arrow) 3 3"]],
  ["const a = (b) => b.map((c) => c + 1);", ["(arrow) 1 1", "(arrow) 1 1"]],
  ["const a = (b) => ({\n  c: b,\n});", ["(arrow) 3 1"]],
  [
    "class A {\n  constructor(a: B) {\n    super(a);\n  }\n  get b(): { c: D } {\n    return 1;\n  }\n}",
    ["constructor 3 1", "b 3 0"],
  ],
  ["class A {\n  #hidden(a: 1): a is B {\n  }\n  [Symbol.iterator]() {}\n}", ["#hidden 2 1", "(arrow) 1 0"]],
  ["const d = {\n  *find({ login }: F, limit: (name: string) => number) {\n  },\n};", ["find 2 2"]],
  ["interface A {\n  b: (c: D, e: F, g: H, i: J) => void;\n  k(l: M, n: O, p: Q, r: S): T;\n}", []],
  ["type A = (b: C, d: E, f: G, h: I) => void;", []],
  ["function a(b: (c: D, e: F) => G): (h: I) => J {\n}", ["a 2 1"]],
  ["if (a) {\n}\nfor (const b of c(d)) {\n}\nwhile (e) {\n}\nswitch (f) {\n}", []],
  ["test('a {', () => {\n  // }\n  b(`}`);\n});", ["(arrow) 4 0"]],
  ["const a = (b: C): D | null => {\n  return null;\n};", ["(arrow) 3 1"]],
  ["const a = { b: (c: D) => {\n} };", ["(arrow) 2 1"]],
  ["const a = b ? (c) : (d) => e;", ["(arrow) 1 1"]],
  ["function a(b: C, d: C, e: C, f: C): asserts b is D {}", ["a 1 4"]],
  ["try {\n} catch (error) {\n}", []],
];

for (const [source, shapes] of SHAPES) {
  test(`functionsOf() measures ${JSON.stringify(source)}`, () => {
    assert.deepEqual(
      functionsOf(source).map(({ name, lines, parameters }) => `${name} ${lines} ${parameters}`),
      shapes,
    );
  });
}

const IMPORTS: readonly (readonly [source: string, imports: readonly string[]])[] = [
  ['import fs, { open as o } from "node:fs";', ["node:fs default open"]],
  ['import * as net from "node:net";', ["node:net *"]],
  ['import type { A } from "./a.ts";', ["type ./a.ts A"]],
  ['import { type A, type B } from "./a.ts";', ["type ./a.ts type A type B"]],
  ['import { type A, b } from "./a.ts";', ["./a.ts type A b"]],
  ['import "./side.ts";', ["./side.ts "]],
  ['export * from "./a.ts";', ["./a.ts *"]],
  ['import {\n  a,\n  b,\n} from "./a.ts";\nexport { c };', ["./a.ts a b"]],
  ['const x = "import { a } from \'b\'"; // import "c"', []],
  ['export const a = "b";', []],
  ['await import("./late.ts"); await import(name);', ["./late.ts *", "(computed) *"]],
  ['new Worker(new URL("./ring-worker.js", import.meta.url));', ["./ring-worker.js *"]],
];

for (const [source, imports] of IMPORTS) {
  test(`importsOf() reads ${JSON.stringify(source)}`, () => {
    const found = importsOf({ text: source, code: mask(source) });
    assert.deepEqual(
      found.map(
        ({ specifier, typeOnly, names }) => `${typeOnly ? "type " : ""}${specifier} ${names.join(" ")}`,
      ),
      imports,
    );
  });
}
