import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type Case, NOTHING_FOLLOWED } from "../model/case.ts";
import { PaydirtError } from "../model/error.ts";
import type { Manifest } from "../model/manifest.ts";
import { reasonOf, systemCode } from "../model/reason.ts";
import { MANIFEST } from "./files.ts";

/** A case as it lies on disk. */
export interface OpenedCase {
  readonly folder: string;
  readonly case: Case;
  readonly manifest: Manifest;
}

type Shape = Readonly<Record<string, "array" | "object">>;

/** What the rest of the program walks through without asking; docs/case.schema.json says all the rest. */
const CASE_SHAPE: Shape = {
  tool: "object",
  about: "object",
  options: "object",
  tables: "array",
  limits: "array",
  verdict: "object",
  evidence: "array",
  hosts: "array",
  wallets: "array",
  observables: "array",
  clusters: "array",
  timeline: "array",
  sessions: "array",
  sums: "array",
  contacts: "array",
  findings: "array",
  valuations: "array",
  series: "array",
  chains: "array",
  traces: "array",
  paths: "array",
  revenues: "array",
  owners: "array",
  tags: "array",
  swaps: "array",
  gaps: "array",
};

/** Fields that older cases did not have: they are read as cases without any. */
const ADDED = [
  "hosts",
  "wallets",
  "observables",
  "clusters",
  "timeline",
  ...Object.keys(NOTHING_FOLLOWED),
] as const;

function addMissing(document: unknown, added: readonly string[]): void {
  if (typeof document !== "object" || document === null) return;
  for (const name of added) {
    if (!Object.hasOwn(document, name))
      Object.defineProperty(document, name, { value: [], enumerable: true });
  }
}

const MANIFEST_SHAPE: Shape = {
  tool: "object",
  commandLine: "array",
  earlier: "array",
  evidence: "array",
  tables: "array",
  files: "array",
};

/** Opens a case by its folder, or by the path of its case.json or manifest.json.
 *
 *  Errors: `bad-case` when there is none, when it is of another schema, or when it is not JSON of that shape;
 *  `cannot-read` when the system refuses.
 */
export async function openCase(path: string): Promise<OpenedCase> {
  const named = basename(path) === "case.json" || basename(path) === MANIFEST;
  const folder = resolve(named ? dirname(path) : path);
  const manifest = await readJson(folder, MANIFEST);
  const document = await readJson(folder, "case.json");
  addMissing(document, ADDED);
  addMissing(manifest, ["earlier"]);
  if (!hasShape<Manifest>(manifest, MANIFEST_SHAPE))
    throw badCase(folder, MANIFEST, flaw(manifest, MANIFEST_SHAPE));
  if (!hasShape<Case>(document, CASE_SHAPE)) throw badCase(folder, "case.json", flaw(document, CASE_SHAPE));
  return { folder, case: document, manifest };
}

async function readJson(folder: string, name: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(join(folder, name), "utf8");
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") throw badCase(folder, name, "there is no such file");
    throw new PaydirtError("cannot-read", `Cannot read ${join(folder, name)}: ${reasonOf(error)}`, error);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badCase(folder, name, reasonOf(error));
  }
}

function hasShape<T>(value: unknown, shape: Shape): value is T {
  return flaw(value, shape) === null;
}

/** What keeps a document from being of a shape; null when nothing does. */
function flaw(value: unknown, shape: Shape): string | null {
  if (typeof value !== "object" || value === null) return "it is no JSON object";
  const fields = new Map<string, unknown>(Object.entries(value));
  const schema = fields.get("schema");
  if (schema !== 1) return `it has schema ${JSON.stringify(schema) ?? "none"}, and this version reads 1`;
  for (const [name, kind] of Object.entries(shape)) {
    const field = fields.get(name);
    const fits = kind === "array" ? Array.isArray(field) : typeof field === "object" && field !== null;
    if (!fits) return `its "${name}" is no ${kind}`;
  }
  return null;
}

function badCase(folder: string, name: string, why: string | null): PaydirtError {
  return new PaydirtError(
    "bad-case",
    `Cannot open ${folder} as a case: ${name}: ${why ?? "it cannot be read"}`,
  );
}
