import { type Import, resolved } from "./sources.ts";

const LEAVES = ["stats", "tables", "model"] as const;

/** Which folder of src/ may import which others; its own files are always allowed. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  bytes: [],
  stats: [],
  tables: ["bytes"],
  model: ["bytes"],
  read: ["bytes", "tables", "model"],
  find: [...LEAVES, "bytes"],
  count: [...LEAVES, "bytes"],
  follow: [...LEAVES, "bytes"],
  weigh: [...LEAVES, "bytes"],
  report: ["tables", "model"],
  store: ["bytes", "model"],
  run: [...LEAVES, "bytes", "read", "find", "count", "follow", "weigh", "report", "store"],
  cli: ["run", "report", "store", "model"],
  "web/ui": ["model"],
  web: ["run", "report", "store", "model"],
};

/** Folders whose files see no operating system: no `node:` module at all. */
export const PURE: readonly string[] = [
  "bytes",
  "stats",
  "model",
  "find",
  "count",
  "follow",
  "weigh",
  "report",
];

/** Packages and the folders that may import them. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  "@litko/yara-x": ["run"],
  "@noble/hashes": ["bytes"],
  "@scure/base": ["bytes"],
  "@scure/bip39": ["bytes"],
  echarts: ["report"],
  "unbzip2-stream": ["read"],
  "xz-decompress": ["read"],
  yaml: ["read"],
  yauzl: ["read"],
  zstddec: ["read"],
};

/** The row of the table that a file belongs to; null for src/index.ts, which may name everything. */
export function layerOf(path: string): string | null {
  if (path.startsWith("src/web/ui/")) return "web/ui";
  return /^src\/([\w-]+)\//.exec(path)?.[1] ?? null;
}

/** What is wrong with one import of the file at `path`, or null. */
export function layerFault(path: string, found: Import): string | null {
  const layer = layerOf(path);
  if (layer === null) return null;
  const allowed = MAY_IMPORT[layer];
  const where = `${path}:${found.line}`;
  if (allowed === undefined) return `${where} lies in a folder without a row in the import table`;
  if (found.specifier.startsWith(".")) {
    const target = layerOf(resolved(path, found.specifier));
    if (target === layer) return null;
    if (target === null) return `${where} imports ${found.specifier} from outside the folders of src/`;
    if (layer === "web/ui" && !found.typeOnly)
      return `${where} imports values of ${target}, only its types are allowed`;
    return allowed.includes(target) ? null : `${where}: ${layer} may not import ${target}`;
  }
  if (found.specifier.startsWith("node:")) {
    return PURE.includes(layer) && !found.typeOnly
      ? `${where}: ${layer} is pure and imports ${found.specifier}`
      : null;
  }
  const name = found.specifier
    .split("/")
    .slice(0, found.specifier.startsWith("@") ? 2 : 1)
    .join("/");
  return PACKAGES[name]?.includes(layer) ? null : `${where}: ${layer} may not import the package ${name}`;
}
