import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type * as model from "../../src/model/case.ts";
import type { Evidence } from "../../src/model/evidence.ts";
import type { Finding } from "../../src/model/finding.ts";
import { GAP_CODES, type Gap } from "../../src/model/gap.ts";
import type { Manifest, ManifestEvidence } from "../../src/model/manifest.ts";
import type { Basis, Place } from "../../src/model/place.ts";
import type { Agent, NamedServer, PoolMatch, Wallet } from "../../src/model/record.ts";
import type { Amount, Money, Valuation, ValuationDay } from "../../src/model/valuation.ts";
import type { Interval, ShareCounts, Work } from "../../src/model/work.ts";
import { caseJson } from "../../src/report/case-json.ts";
import { checkoutRoot } from "../kit/data.ts";
import { contactCase, gapsCase, miningCase, nothingCase } from "../kit/sample-case.ts";

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

/** Every key of a type; the compiler refuses a list that lacks one or has one too many. */
function keys<T>(all: Readonly<Record<keyof T & string, 1>>): string[] {
  return Object.keys(all).sort();
}

const interval = keys<Interval>({ estimate: 1, low: 1, high: 1 });

/** Names of `$defs` → the keys of the type that it describes. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  place: keys<Place>({ evidence: 1, atByte: 1, byteLength: 1, packet: 1, line: 1 }),
  basis: keys<Basis>({ place: 1, how: 1, says: 1, excerpt: 1 }),
  interval,
  shares: keys<ShareCounts>({ submitted: 1, accepted: 1, rejected: 1, unanswered: 1 }),
  work: keys<Work>({ hashes: 1, low: 1, high: 1, unit: 1 }),
  wallet: keys<Wallet>({ address: 1, coin: 1, form: 1, checked: 1 }),
  agent: keys<Agent>({ text: 1, miner: 1, version: 1, os: 1 }),
  namedServer: keys<NamedServer>({ name: 1, by: 1, place: 1 }),
  poolMatch: keys<PoolMatch>({ matched: 1, pool: 1, coin: 1, source: 1, seen: 1 }),
  login: keys<model.CaseLogin>({
    wallet: 1,
    account: 1,
    worker: 1,
    pass: 1,
    agent: 1,
    rigId: 1,
    paymentId: 1,
    at: 1,
  }),
  redirect: keys<model.CaseSession["redirects"][number]>({ host: 1, port: 1, at: 1 }),
  trailStep: keys<model.CaseSession["trail"][number]>({ what: 1, place: 1, excerpt: 1, at: 1 }),
  session: keys<model.CaseSession>({
    id: 1,
    dialect: 1,
    transport: 1,
    via: 1,
    coin: 1,
    coinHow: 1,
    algorithm: 1,
    algorithmHow: 1,
    client: 1,
    server: 1,
    serverName: 1,
    wallet: 1,
    account: 1,
    worker: 1,
    agent: 1,
    logins: 1,
    redirects: 1,
    first: 1,
    last: 1,
    jobs: 1,
    messages: 1,
    shares: 1,
    work: 1,
    hashrateHps: 1,
    hashrateLast15MinHps: 1,
    reportedHps: 1,
    rigsAtLeast: 1,
    midStream: 1,
    oneSided: 1,
    duplicateOf: 1,
    sharesSeenTwice: 1,
    evidence: 1,
    trail: 1,
  }),
  sum: keys<model.CaseSum>({
    kind: 1,
    id: 1,
    coins: 1,
    sessions: 1,
    first: 1,
    last: 1,
    shares: 1,
    work: 1,
    hashrateHps: 1,
  }),
  contact: keys<model.CaseContact>({
    by: 1,
    client: 1,
    server: 1,
    name: 1,
    chain: 1,
    pool: 1,
    first: 1,
    last: 1,
    times: 1,
    alpn: 1,
    ja3: 1,
    ja4: 1,
  }),
  finding: keys<Finding>({
    id: 1,
    detector: 1,
    attack: 1,
    stage: 1,
    host: 1,
    first: 1,
    last: 1,
    severity: 1,
    likelihood: 1,
    confidence: 1,
    about: 1,
    summary: 1,
    next: 1,
    basis: 1,
  }),
  amount: keys<Amount>({ unit: 1, estimate: 1, low: 1, high: 1 }),
  money: keys<Money>({
    currency: 1,
    value: 1,
    low: 1,
    high: 1,
    date: 1,
    ageDays: 1,
    source: 1,
    coveredShare: 1,
  }),
  valuationDay: keys<ValuationDay>({
    date: 1,
    work: 1,
    networkDifficulty: 1,
    difficultySource: 1,
    blockReward: 1,
    blockRewardSource: 1,
    amount: 1,
    priceUsd: 1,
    priceSource: 1,
    value: 1,
    says: 1,
  }),
  unknownDay: keys<Valuation["unknownDays"][number]>({ date: 1, missing: 1 }),
  valuation: keys<Valuation>({
    id: 1,
    about: 1,
    coin: 1,
    work: 1,
    poolFee: 1,
    amount: 1,
    days: 1,
    whenMined: 1,
    asOf: 1,
    lastKnown: 1,
    unknownDays: 1,
  }),
  series: keys<model.CaseSeries>({ session: 1, sliceSeconds: 1, points: 1 }),
  point: keys<model.CaseSeries["points"][number]>({ at: 1, shares: 1, hashes: 1 }),
  evidence: keys<Evidence>({
    id: 1,
    name: 1,
    kind: 1,
    compression: 1,
    within: 1,
    host: 1,
    files: 1,
    filesRead: 1,
    custody: 1,
    bytes: 1,
    sha256: 1,
    packets: 1,
    first: 1,
    last: 1,
  }),
  gap: keys<Gap>({ place: 1, code: 1, says: 1, count: 1 }),
  table: keys<model.Case["tables"][number]>({ name: 1, sha256: 1, source: 1 }),
  limit: keys<model.UsedLimit>({ detector: 1, name: 1, value: 1, unit: 1, why: 1, changed: 1 }),
  verdict: keys<model.Verdict>({ severity: 1, headline: 1, says: 1, wouldChange: 1 }),
};

const CASE = keys<model.Case>({
  schema: 1,
  tool: 1,
  about: 1,
  options: 1,
  tables: 1,
  limits: 1,
  verdict: 1,
  evidence: 1,
  hosts: 1,
  wallets: 1,
  observables: 1,
  clusters: 1,
  timeline: 1,
  sessions: 1,
  sums: 1,
  contacts: 1,
  findings: 1,
  valuations: 1,
  series: 1,
  gaps: 1,
});

test("the schema has the keys of the types, no more and no less, and needs them all", () => {
  const rows = Object.entries(TYPES).map(([name, wanted]) => ({ name, wanted, found: schema.$defs[name] }));
  for (const { name, wanted, found } of [...rows, { name: "case", wanted: CASE, found: schema }]) {
    assert.ok(found !== undefined, `no $defs/${name}`);
    assert.deepEqual(Object.keys(found.properties).sort(), wanted, name);
    assert.deepEqual([...found.required].sort(), wanted, name);
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
  for (const [name, made] of Object.entries({ miningCase, nothingCase, contactCase, gapsCase })) {
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
