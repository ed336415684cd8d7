import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { GAP_CODES } from "../../src/model/gap.ts";
import type { Manifest, ManifestEvidence } from "../../src/model/manifest.ts";
import { caseJson } from "../../src/report/case-json.ts";
import { checkoutRoot } from "../kit/data.ts";
import { followedCase } from "../kit/followed/case.ts";
import { contactCase, gapsCase, miningCase, nothingCase } from "../kit/sample-case.ts";
import { CASE, TYPES } from "./case-types.ts";
import { OPTIONAL } from "./follow-types.ts";
import { keys } from "./keys.ts";

interface Schema {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly additionalProperties: boolean;
  readonly enum?: readonly string[];
}

const doc = (name: string): string => readFileSync(join(checkoutRoot(), "docs", name), "utf8");
const schema: Schema & { readonly $defs: Readonly<Record<string, Schema>> } = JSON.parse(
  doc("case.schema.json"),
);

function validator(): ValidateFunction {
  return new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);
}

test("the schema has the keys of the types, no more and no less, and needs them all", () => {
  const rows = Object.entries(TYPES).map(([name, wanted]) => ({ name, wanted, found: schema.$defs[name] }));
  for (const { name, wanted, found } of [...rows, { name: "case", wanted: CASE, found: schema }]) {
    assert.ok(found !== undefined, `no $defs/${name}`);
    assert.deepEqual(Object.keys(found.properties).sort(), wanted, name);
    const needed = wanted.filter((key) => !OPTIONAL[name]?.includes(key));
    assert.deepEqual([...found.required].sort(), needed, name);
    assert.equal(found.additionalProperties, false, name);
  }
  const objects = Object.entries(schema.$defs).filter(([, { properties }]) => properties !== undefined);
  const unnamed = objects.map(([name]) => name).filter((name) => !Object.hasOwn(TYPES, name));
  assert.deepEqual(unnamed, ["endpoint"]);
});

test("docs/case.md names every field and every kind of gap", () => {
  const text = doc("case.md");
  const manifest = [
    ...keys<Manifest>({
      schema: 1,
      tool: 1,
      commandLine: 1,
      earlier: 1,
      caseNumber: 1,
      examiner: 1,
      started: 1,
      elapsedSeconds: 1,
      evidence: 1,
      tables: 1,
      files: 1,
    }),
    ...keys<ManifestEvidence>({ id: 1, path: 1, bytes: 1, sha256: 1, before: 1, after: 1, unchanged: 1 }),
  ];
  const names = [...CASE, ...Object.values(TYPES).flat(), ...manifest, ...Object.keys(GAP_CODES)];
  for (const name of names) assert.match(text, new RegExp(`[\`{ ,]${name}\\b`), name);
  assert.deepEqual(schema.$defs["gap"]?.properties["code"], { enum: Object.keys(GAP_CODES) });
});

test("cases of every sort are valid", () => {
  const validate = validator();
  for (const [name, made] of Object.entries({
    miningCase,
    nothingCase,
    contactCase,
    gapsCase,
    followedCase,
  })) {
    validate(JSON.parse(caseJson(made())));
    assert.deepEqual(validate.errors ?? [], [], name);
  }
});

test("what breaks the contract is not valid", () => {
  const validate = validator();
  const broken: readonly ((text: string) => string)[] = [
    (text) => text.replace('"schema": 1', '"schema": 2'),
    (text) => text.replace('"coin": "xmr"', '"coin": "XMR"'),
    (text) => text.replace(/"first": "([^"]{19})\.\d{6}Z"/, '"first": "$1Z"'),
    (text) => text.replace(/"estimate": "(\d+)"/, '"estimate": $1'),
    (text) => text.replace('"duplicateOf"', '"duplicate"'),
    (text) => text.replace('"confidence": "high"', '"confidence": "certain"'),
  ];
  const good = caseJson(miningCase());
  for (const change of broken) {
    const bad = change(good);
    assert.notEqual(bad, good, String(change));
    assert.equal(validate(JSON.parse(bad)), false, String(change));
  }
});
