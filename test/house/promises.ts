import { closingOf } from "./functions.ts";
import { importsOf, type SourceFile } from "./sources.ts";

const FILE_MODULES = new Set(["fs", "node:fs", "fs/promises", "node:fs/promises"]);

/** What of node:fs cannot change a file. `open` and `openSync` are held to the flag "r" besides. */
const READING = new Set([
  "accessSync",
  "access",
  "close",
  "closeSync",
  "constants",
  "createReadStream",
  "existsSync",
  "fstat",
  "fstatSync",
  "lstat",
  "lstatSync",
  "open",
  "openSync",
  "opendir",
  "opendirSync",
  "read",
  "readdir",
  "readdirSync",
  "readFile",
  "readFileSync",
  "readlinkSync",
  "readSync",
  "realpath",
  "realpathSync",
  "stat",
  "statSync",
]);

const OUTWARD = /^(?:node:)?(?:net|http|https|http2|dgram|dns|tls|child_process|cluster|inspector)(?:\/.*)?$/;
const OUTWARD_GLOBALS = /(?<![\w$])(?:fetch\s*\(|new\s+(?:WebSocket|XMLHttpRequest|EventSource)\b)/g;

/** Ways in which a file outside src/store/ could change a file. */
export function writingFaults(file: SourceFile): string[] {
  if (file.path.startsWith("src/store/")) return [];
  const faults: string[] = [];
  for (const { specifier, typeOnly, names, line } of importsOf(file)) {
    const where = `${file.path}:${line}`;
    if (specifier === "(computed)") faults.push(`${where} imports a module by a computed name`);
    if (!FILE_MODULES.has(specifier) || typeOnly) continue;
    const writing = names.filter((name) => !READING.has(name) && !name.startsWith("type "));
    if (writing.length > 0) faults.push(`${where} takes ${writing.join(", ")} of ${specifier}`);
  }
  for (const match of file.code.matchAll(/(?<![\w$.#])open(?:Sync)?\s*\(/g)) {
    const opensFiles = importsOf(file).some((found) => FILE_MODULES.has(found.specifier) && !found.typeOnly);
    const open = match.index + match[0].length - 1;
    const flag = secondArgument(file, open);
    if (opensFiles && flag !== null && flag !== '"r"') faults.push(`${file.path} opens a file with ${flag}`);
  }
  return faults;
}

function secondArgument(file: SourceFile, open: number): string | null {
  const close = closingOf(file.code, open);
  let depth = 0;
  for (let at = open + 1; at < close; at += 1) {
    const char = file.code[at] ?? "";
    if ("([{".includes(char)) depth += 1;
    if (")]}".includes(char)) depth -= 1;
    if (char === "," && depth === 0)
      return (
        file.text
          .slice(at + 1, close)
          .split(",")[0]
          ?.trim() || null
      );
  }
  return null;
}

/** The one file that opens connections, to a server that the user named, and what it may take. */
const ASKING = "src/read/chain/remote/http.ts";
const ASKING_MODULES = new Set(["node:http", "node:https"]);

/** Ways in which a file could reach the network or start another program. */
export function networkFaults(file: SourceFile): string[] {
  const modules = importsOf(file)
    .filter(({ specifier, typeOnly }) => OUTWARD.test(specifier) && !typeOnly)
    .filter(({ specifier }) => file.path !== ASKING || !ASKING_MODULES.has(specifier))
    .map(({ specifier, line }) => `${file.path}:${line} imports ${specifier}`);
  const globals = [...file.code.matchAll(OUTWARD_GLOBALS)].map((match) => `${file.path} uses ${match[0]}`);
  return [...modules, ...globals];
}

/** Threads outside src/read/source/. */
export function threadFaults(file: SourceFile): string[] {
  if (file.path.startsWith("src/read/source/")) return [];
  return importsOf(file)
    .filter(({ specifier }) => /^(?:node:)?worker_threads$/.test(specifier))
    .map(({ line }) => `${file.path}:${line} makes threads`);
}
