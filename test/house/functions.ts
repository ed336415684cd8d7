import { mask } from "./mask.ts";

export interface FunctionShape {
  readonly name: string;
  /** Counts from 1. */
  readonly line: number;
  /** From the line of its parameters to the line that closes it, both included. */
  readonly lines: number;
  readonly parameters: number;
}

/** Words before a parenthesis that open a statement, not a function. */
const STATEMENTS = new Set(["if", "for", "while", "switch", "catch", "with", "return", "await", "extends"]);
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Every function, method and arrow of a TypeScript file that has a body.
 *
 *  TypeScript 7 has no JavaScript interface, so this reads brackets: each parenthesis that is followed by
 *  `=>` or by a brace, with or without a return type between, is a parameter list.
 *  Limits: signatures without a body (interfaces, overloads) are not listed, nor arrows whose parameter has
 *  no parentheses, which the formatter does not leave standing.
 */
export function functionsOf(source: string): FunctionShape[] {
  const code = mask(source);
  const found: FunctionShape[] = [];
  for (let at = code.indexOf("("); at !== -1; at = code.indexOf("(", at + 1)) {
    const close = closingOf(code, at);
    const before = nameBefore(code, at);
    if (STATEMENTS.has(before.word)) continue;
    const body = bodyAfter(code, close + 1, before);
    if (body !== null)
      found.push(shape(code, { at, name: before.word, parameters: countIn(code, at + 1, close), ...body }));
  }
  return found.sort((a, b) => a.line - b.line);
}

function shape(
  code: string,
  found: { at: number; name: string; parameters: number; end: number },
): FunctionShape {
  const line = lineOf(code, found.at);
  return {
    name: found.name === "" ? "(arrow)" : found.name,
    line,
    lines: lineOf(code, found.end) - line + 1,
    parameters: found.parameters,
  };
}

function lineOf(code: string, at: number): number {
  let line = 1;
  for (let index = code.indexOf("\n"); index !== -1 && index < at; index = code.indexOf("\n", index + 1))
    line += 1;
  return line;
}

/** The index of the bracket that closes the one at `at`; the end of the file when none does. */
export function closingOf(code: string, at: number): number {
  const stack: string[] = [];
  for (let index = at; index < code.length; index += 1) {
    const char = code[index] ?? "";
    const closing = CLOSING[char];
    if (closing !== undefined) stack.push(closing);
    else if (char === stack.at(-1)) {
      stack.pop();
      if (stack.length === 0) return index;
    }
  }
  return code.length;
}

interface Before {
  readonly word: string;
  /** A name stands before the parenthesis, so that a brace after it opens a body. */
  readonly named: boolean;
}

function nameBefore(code: string, at: number): Before {
  const head = code.slice(Math.max(0, at - 300), at).trimEnd();
  const plain = head.endsWith(">") && !head.endsWith("=>") ? head.slice(0, openingAngle(head)) : head;
  const word = /[\w$#]+$/.exec(plain)?.[0] ?? "";
  if (word === "function" || word === "async") return { word: "", named: word === "function" };
  return { word, named: word !== "" || plain.endsWith("*") || plain.endsWith("]") };
}

function openingAngle(head: string): number {
  let depth = 0;
  for (let index = head.length - 1; index >= 0; index -= 1) {
    if (head[index] === ">" && head[index - 1] !== "=") depth += 1;
    if (head[index] === "<") depth -= 1;
    if (depth === 0) return index;
  }
  return 0;
}

/** Where the body behind a parameter list ends; null when there is none, so that it was a call or a type. */
function bodyAfter(code: string, from: number, before: Before): { end: number } | null {
  let at = skipSpace(code, from);
  if (code[at] === ":") at = skipSpace(code, afterType(code, at + 1));
  if (code.startsWith("=>", at)) {
    const start = skipSpace(code, at + 2);
    return inTypePosition(code, from) ? null : { end: bodyEnd(code, start) };
  }
  return code[at] === "{" && before.named ? { end: closingOf(code, at) } : null;
}

/** A function type, not an arrow: a colon, `type X =`, a union or a type argument stands before its
 *  parameters.
 */
function inTypePosition(code: string, afterClose: number): boolean {
  let depth = 0;
  let open = afterClose - 1;
  for (; open >= 0; open -= 1) {
    if (code[open] === ")") depth += 1;
    if (code[open] === "(") depth -= 1;
    if (depth === 0) break;
  }
  const head = code.slice(Math.max(0, open - 200), open).trimEnd();
  if (/\btype\s+[\w$]+(?:<[^=]*>)?\s*=$/.test(head)) return true;
  if (head.endsWith("|") && !head.endsWith("||")) return true;
  if (head.endsWith("<")) return true;
  return (
    head.endsWith(":") && !/[?][^:;{}]*:$/.test(head) && /[\w$)\]?]\s*:$/.test(head) && !inObject(code, open)
  );
}

/** Whether the nearest open brace before `at` belongs to a value, so that `name: (…) =>` is a property. */
function inObject(code: string, at: number): boolean {
  let depth = 0;
  for (let index = at - 1; index >= 0; index -= 1) {
    const char = code[index] ?? "";
    if (")]}".includes(char)) depth += 1;
    if ("([{".includes(char)) depth -= 1;
    if (depth < 0) {
      if (char !== "{") return false;
      const head = code.slice(Math.max(0, index - 200), index).trimEnd();
      return (
        /(?:[=(,[:?]|=>|return|&&|\|\||yield)$/.test(head) && !/(?:type\s+[\w$]+(?:<[^=]*>)?\s*=)$/.test(head)
      );
    }
  }
  return false;
}

function skipSpace(code: string, from: number): number {
  let at = from;
  while (at < code.length && /\s/.test(code[at] ?? "")) at += 1;
  return at;
}

/** The index behind a type that starts at `from`: where its `=>`, body, comma or semicolon stands. */
function afterType(code: string, from: number): number {
  let wanted = true;
  let at = from;
  while (at < code.length) {
    at = skipSpace(code, at);
    const char = code[at] ?? "";
    if (char === "(" || char === "[" || (char === "{" && wanted)) {
      const start = at;
      at = closingOf(code, at) + 1;
      const next = skipSpace(code, at);
      if (code[start] === "(" && wanted && code.startsWith("=>", next)) at = next + 2;
      else wanted = false;
    } else if (char === "<") {
      at = closingAngle(code, at) + 1;
    } else if (char === "|" || char === "&") {
      wanted = true;
      at += 1;
    } else if (/[\w$."'`]/.test(char)) {
      const word = /^[\w$.]+|^["'`]\s*["'`]/.exec(code.slice(at, at + 300))?.[0] ?? char;
      at += word.length;
      wanted = /^(?:is|keyof|readonly|typeof|asserts|extends|infer)$/.test(word);
    } else {
      return at;
    }
  }
  return at;
}

function closingAngle(code: string, at: number): number {
  let depth = 0;
  for (let index = at; index < code.length; index += 1) {
    if (code[index] === "<") depth += 1;
    if (code[index] === ">" && code[index - 1] !== "=") depth -= 1;
    if (depth === 0) return index;
  }
  return code.length;
}

/** The last index of an arrow's body: a block, or an expression up to what ends it. */
function bodyEnd(code: string, start: number): number {
  if (code[start] === "{") return closingOf(code, start);
  let at = start;
  while (at < code.length && !",;)]}".includes(code[at] ?? "")) {
    at = CLOSING[code[at] ?? ""] === undefined ? at + 1 : closingOf(code, at) + 1;
  }
  return code.slice(0, at).trimEnd().length - 1;
}

/** How many parameters stand between two indices: commas outside all brackets, a trailing comma not
 *  counted.
 */
function countIn(code: string, from: number, to: number): number {
  let count = 0;
  let content = false;
  for (let at = from; at < to; at += 1) {
    const char = code[at] ?? "";
    if (char === ",") {
      if (content) count += 1;
      content = false;
      continue;
    }
    if (!/\s/.test(char)) content = true;
    if (CLOSING[char] !== undefined) at = closingOf(code, at);
    else if (char === "<") at = Math.max(at, Math.min(closingAngle(code, at), to));
  }
  return content ? count + 1 : count;
}
