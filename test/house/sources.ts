import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkoutRoot } from "../kit/data.ts";
import { mask } from "./mask.ts";

export interface SourceFile {
  /** From the checkout's root, with slashes: "src/read/reader.ts". */
  readonly path: string;
  readonly text: string;
  /** The text with comments, strings and regular expressions blanked. */
  readonly code: string;
}

export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
  /** What is taken: names as exported ("type X" for a type among values), "*" for the whole module, "default"
   *  for its default.
   */
  readonly names: readonly string[];
  readonly line: number;
}

/** Every TypeScript file below these folders of the checkout; folders that do not exist yet have none. */
export function sourcesIn(...folders: readonly string[]): SourceFile[] {
  const root = checkoutRoot();
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.includes("node_modules"))
        .map((name) => sourceFile(`${folder}/${name.replaceAll("\\", "/")}`, root)),
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function sourceFile(path: string, root: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  return { path, text, code: mask(text) };
}

const STATEMENT = /(?:^|[\n;}])\s*(import|export)(\s+type)?(?:\s+([\w$*{][^;"']*?)\s*from)?\s*["']/g;
const DYNAMIC = /\b(?:import|require|getBuiltinModule|createRequire)\s*\(/g;
const WORKER = /\bnew\s+URL\s*\(\s*["']/g;

/** What a file imports: static imports, re-exports, dynamic imports, and workers opened by `new URL("./x")`.
 *  A dynamic import of anything but a plain string comes out as the specifier "(computed)".
 */
export function importsOf(file: Pick<SourceFile, "text" | "code">): Import[] {
  const found: Import[] = [];
  const add = (at: number, specifier: string, rest: Pick<Import, "typeOnly" | "names">): void => {
    found.push({ specifier, line: file.text.slice(0, at).split("\n").length, ...rest });
  };
  for (const match of file.code.matchAll(STATEMENT)) {
    const quote = match.index + match[0].length - 1;
    if (match[1] === "export" && match[3] === undefined) continue;
    const names = namesIn(match[3] ?? "");
    const typeOnly =
      match[2] !== undefined || (names.length > 0 && names.every((name) => name.startsWith("type ")));
    add(quote, quotedAt(file.text, quote), { typeOnly, names });
  }
  for (const match of file.code.matchAll(DYNAMIC)) {
    const after = match.index + match[0].length;
    const plain = /^\s*["'][^"'\n]*["']\s*\)/.test(file.text.slice(after, after + 300));
    const quote = after + file.text.slice(after).search(/["']/);
    add(after, plain ? quotedAt(file.text, quote) : "(computed)", { typeOnly: false, names: ["*"] });
  }
  for (const match of file.code.matchAll(WORKER)) {
    const quote = match.index + match[0].length - 1;
    const specifier = quotedAt(file.text, quote);
    if (/^\.{1,2}\/.*\.[jt]s$/.test(specifier)) add(quote, specifier, { typeOnly: false, names: ["*"] });
  }
  return found;
}

function quotedAt(text: string, quote: number): string {
  const end = text.indexOf(text[quote] ?? '"', quote + 1);
  return text.slice(quote + 1, end === -1 ? undefined : end);
}

/** The names in an import clause: `a, { b as c, type D }, * as e`. */
function namesIn(clause: string): string[] {
  const names: string[] = [];
  const braces = /\{([^}]*)\}/.exec(clause)?.[1] ?? "";
  const outside = clause.replace(/\{[^}]*\}/, "");
  for (const part of outside.split(",").map((text) => text.trim())) {
    if (part.startsWith("*")) names.push("*");
    else if (part !== "") names.push("default");
  }
  for (const part of braces.split(",").map((text) => text.trim())) {
    if (part !== "") names.push(part.replace(/\s+as\s+[\w$]+$/, "").replace(/\s+/g, " "));
  }
  return names;
}

/** The path that a relative specifier means, from the checkout's root: "src/model/place.ts". */
export function resolved(from: string, specifier: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const step of specifier.split("/")) {
    if (step === "..") parts.pop();
    else if (step !== ".") parts.push(step);
  }
  return parts.join("/").replace(/\.js$/, ".ts");
}
