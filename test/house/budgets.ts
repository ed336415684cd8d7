import { functionsOf } from "./functions.ts";
import type { SourceFile } from "./sources.ts";

export const BUDGET = {
  fileLines: 300,
  tableLines: 500,
  functionLines: 60,
  parameters: 3,
  columns: 110,
  depth: 3,
} as const;

/** Names that say nothing. */
const NAMELESS = /^(?:utils?|commons?|helpers?|managers?|services?)$/;
const NAMELESS_CLASS = /\bclass\s+([\w$]*(?:Utils?|Helpers?|Manager|Service))\b/g;
/** Folders whose code turns bytes and foreign JSON into types, the only place for `as` besides guards. */
const MAY_CAST = /^(?:src\/(?:bytes|read|tables)\/|test\/|bench\/|scripts\/|examples\/)/;

/** What in a file is larger, wider or vaguer than the house allows. */
export function budgetFaults(file: SourceFile): string[] {
  return [...sizeFaults(file), ...functionFaults(file), ...wordFaults(file), ...docFaults(file)];
}

function sizeFaults({ path, text }: SourceFile): string[] {
  const lines = text.replace(/\n$/, "").split("\n");
  const most = /(?:^|\/)(?:tables|data)\//.test(path) ? BUDGET.tableLines : BUDGET.fileLines;
  const wide = lines
    .map((line, index) => ({ columns: [...line].length, number: index + 1 }))
    .filter(({ columns }) => columns > BUDGET.columns)
    .map(
      ({ columns, number }) =>
        `${path}:${number} has ${columns} columns, at most ${BUDGET.columns} are allowed`,
    );
  const long = lines.length > most ? [`${path} has ${lines.length} lines, at most ${most} are allowed`] : [];
  const depth = path.startsWith("src/") ? path.split("/").length - 2 : 0;
  const deep =
    depth > BUDGET.depth ? [`${path} lies ${depth} folders deep, at most ${BUDGET.depth} are allowed`] : [];
  return [...long, ...deep, ...wide];
}

function functionFaults({ path, text }: SourceFile): string[] {
  return functionsOf(text).flatMap(({ name, line, lines, parameters }) => [
    ...(lines > BUDGET.functionLines
      ? [`${path}:${line} ${name} has ${lines} lines, at most ${BUDGET.functionLines} are allowed`]
      : []),
    ...(parameters > BUDGET.parameters
      ? [`${path}:${line} ${name} has ${parameters} parameters, at most ${BUDGET.parameters} are allowed`]
      : []),
  ]);
}

function wordFaults({ path, text, code }: SourceFile): string[] {
  const faults: string[] = [];
  const at = (index: number): string => `${path}:${code.slice(0, index).split("\n").length}`;
  for (const part of path.replace(/(?:\.test)?\.ts$/, "").split("/")) {
    if (NAMELESS.test(part)) faults.push(`${path} is named ${part}, which says nothing`);
  }
  for (const match of code.matchAll(NAMELESS_CLASS))
    faults.push(`${at(match.index)} names a class ${match[1]}`);
  for (const match of code.matchAll(/(?<![\w$.])any(?![\w$]|\s*[:(])/g))
    faults.push(`${at(match.index)} says any`);
  for (const match of code.matchAll(/\bexport\s+default\b/g))
    faults.push(`${at(match.index)} has a default export`);
  if (!MAY_CAST.test(path)) {
    for (const index of castsIn(code).filter((cast) => !givesReason(text, cast)))
      faults.push(`${at(index)} casts with \`as\` outside a guard`);
  }
  return faults;
}

/** Exported functions and classes of the layers that decode and calculate, without a word on what they
 *  take.
 */
function docFaults({ path, text, code }: SourceFile): string[] {
  if (!/^src\/(?:bytes|stats|read)\//.test(path)) return [];
  return [...code.matchAll(/^export (?:async )?(?:function\*?|class) ([\w$]+)/gm)]
    .filter((match) => !text.slice(0, match.index).trimEnd().endsWith("*/"))
    .map((match) => `${path} exports ${match[1]} without a doc comment`);
}

/** A cast that cannot be a guard says why in a comment on its line or the one above: `// cast: …`. */
function givesReason(text: string, at: number): boolean {
  const above = text.slice(0, at).split("\n").at(-2) ?? "";
  const line = text.slice(text.lastIndexOf("\n", at) + 1).split("\n")[0] ?? "";
  return [above, line].some((candidate) => /\/\/ cast: \S/.test(candidate));
}

/** Where `as` changes a type: not `as const`, not a renamed import or export, not inside a guard (`x is
 *  T`).
 */
function castsIn(code: string): number[] {
  const plain = code.replaceAll(/\b(?:import|export)\s+(?:type\s+)?(?:\{[^}]*\}|\*\s+as\s+[\w$]+)/g, (text) =>
    text.replaceAll(/[^\n]/g, " "),
  );
  const guards = functionsOf(code)
    .filter(({ name }) => /^(?:is|as)[A-Z]/.test(name))
    .map(({ line, lines }) => ({ first: line, last: line + lines - 1 }));
  return [...plain.matchAll(/(?<=[\w$)\]}"'`]\s*)\bas\s+(?!const\b)(?=[\w{(["'`])/g)]
    .map((match) => match.index)
    .filter((index) => {
      const line = code.slice(0, index).split("\n").length;
      return !guards.some(({ first, last }) => line >= first && line <= last);
    });
}
