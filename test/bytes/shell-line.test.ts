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
  ["a substitution in quotes", 'a "x $(b c) y" z', ["first: a x   y z", "(: b c"]],
  ["backquotes", "a `b` c", ["first: a c", "(: b"]],
  ["what goes on behind two substitutions", "a $(b $(c) d) e; f", ["first: a e", "(: b d", "(: c", ";: f"]],
  ["paths of Windows", 'C:\\a\\b.exe "x y" \\"z', ['first: C:\\a\\b.exe x y "z']],
  ["a line that goes on, and a comment before another line", "a \\\nb # c\nd", ["first: a b", ";: d"]],
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
