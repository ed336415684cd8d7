import assert from "node:assert/strict";
import { test } from "node:test";
import { simpleCommands } from "../../src/bytes/shell-line.ts";

/** Commands as "joint: words > writes". */
function told(line: string): string[] {
  return simpleCommands(line).map(({ joint, words, writes }) =>
    [`${joint}:`, ...words, ...writes.map((name) => `>${name}`)].join(" "),
  );
}

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ["separators", "a 1; b && c || d & e | f", ["first: a 1", ";: b", ";: c", ";: d", "&: e", "|: f"]],
  ["quotes", `a 'b; c' "d | e" f\\ g`, ["first: a b; c d | e f g"]],
  ["redirections", "a >/dev/null 2>&1 <in &> all", ["first: a >/dev/null >all"]],
  ["a substitution in quotes", 'a "x $(b c) y" z', ["first: a x ", "(: b c", ";:  y z"]],
  ["backquotes", "a `b` c", ["first: a", "(: b", ";: c"]],
  ["a subshell into a pipe", "(a || b) | c", ["(: a", ";: b", "|: c"]],
  ["a process substitution", "a <(b c)", ["first: a", "(: b c"]],
  ["assignments and keywords", "X=1 a; if b; then c; fi", ["first: a", ";: b", ";: c", ";: fi"]],
  ["a comment", "a # b; c", ["first: a"]],
];

for (const [name, line, commands] of CASES) {
  test(`a line is split into its commands: ${name}`, () => {
    assert.deepEqual(told(line), commands);
  });
}

test("a line of any length or depth ends, and is looked at up to its bound", () => {
  for (const part of ["$(", "`", '"', "(", "a;", "\\", ">", "'"]) {
    const line = part.repeat(100_000);
    assert.ok(simpleCommands(line).length <= 400, part);
  }
});
