import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { COMMAND_NAMES, commandOf, flagsOf } from "../../src/cli/commands.ts";
import { SHELLS } from "../../src/cli/completion.ts";
import { cliDocs } from "../../src/cli/docs.ts";
import { FLAGS, flagOf, isFlag } from "../../src/cli/flags.ts";
import { commandHelp, programHelp, shortHelp } from "../../src/cli/help.ts";
import { parse } from "../../src/cli/parse.ts";
import { checkoutRoot } from "../kit/data.ts";
import { scratch } from "../store/scratch.ts";

test("every flag is told in one line, and every command shows how it is used", () => {
  const used = new Set<string>(["version", ...COMMAND_NAMES.flatMap(flagsOf)]);
  for (const name of Object.keys(FLAGS).filter(isFlag)) {
    const { help, value, kind, choices } = flagOf(name);
    assert.ok(help.length <= 79 && !help.endsWith("."), `${name}: ${help}`);
    assert.ok(used.has(name), `no command takes --${name}`);
    assert.equal(value === null, kind === "switch", name);
    assert.equal(choices.length > 0, kind === "choice", name);
  }
  for (const name of COMMAND_NAMES) {
    const { summary, examples } = commandOf(name);
    assert.ok(summary.length <= 65, `${name}: ${summary}`);
    assert.ok(examples.length > 0, name);
  }
});

test("two flags of a command never share a letter", () => {
  for (const name of COMMAND_NAMES) {
    const letters = [...flagsOf(name), "version" as const].flatMap((flag) => flagOf(flag).short ?? []);
    assert.equal(new Set(letters).size, letters.length, name);
  }
});

/** Splits an example as a shell would, as far as the examples need it; null for what a pipe feeds
 *  elsewhere.
 */
function wordsOf(run: string): string[] | null {
  const own = run.split("|").find((part) => part.trim().startsWith("paydirt "));
  const words = own?.match(/"[^"]*"|'[^']*'|[^\s"']+/g);
  return words?.slice(1).map((word) => word.replace(/^["']|["']$/g, "")) ?? null;
}

test("every example is a command line that the parser takes", () => {
  let tried = 0;
  for (const name of COMMAND_NAMES) {
    for (const { run } of commandOf(name).examples) {
      const words = wordsOf(run.replace(/^eval "\$\((.*)\)"$/, "$1").replace(/ > \S+$/, ""));
      assert.ok(words !== null, run);
      assert.equal(parse(words, () => false).command, name, run);
      tried += 1;
    }
  }
  assert.ok(tried >= COMMAND_NAMES.length);
});

test("help fits in 80 columns and names every flag", () => {
  const texts = COMMAND_NAMES.flatMap((name) => [commandHelp(name, true), commandHelp(name, false)]);
  for (const text of [programHelp(), ...texts]) {
    const prose = text.split("\n").filter((line) => !/^ {2}(paydirt|zstd|eval)/.test(line));
    for (const line of prose) assert.ok(line.length <= 80, line);
  }
  assert.ok(shortHelp().split("\n").length < 10);
  for (const name of COMMAND_NAMES) {
    for (const flag of flagsOf(name)) {
      assert.match(commandHelp(name, true), new RegExp(`--${flag}\\b`));
      assert.match(commandHelp(name, false), new RegExp(`--${flag}\\b`));
    }
  }
});

test("every completion holds every command and every flag of it", () => {
  for (const [shell, make] of Object.entries(SHELLS)) {
    const script = make();
    for (const name of COMMAND_NAMES) {
      assert.ok(script.includes(name), `${shell}: ${name}`);
      for (const flag of flagsOf(name)) {
        const spelling = shell === "fish" ? `-l ${flag} ` : `--${flag}`;
        const lines = script.split("\n");
        const from = shell === "zsh" ? lines.indexOf(`      ${name})`) : 0;
        const to = shell === "zsh" ? lines.indexOf("        ;;", from) : lines.length;
        const own = lines.slice(from, to).filter((line) => shell === "zsh" || line.includes(name));
        assert.ok(
          own.some((line) => `${line} `.includes(spelling)),
          `${shell}: ${name} ${spelling}`,
        );
      }
    }
  }
});

/** What bash offers for a command line, the last word being completed. */
function offered(words: readonly string[], cwd: string): string[] {
  const script = `${SHELLS.bash()}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}
_paydirt 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["--norc", "-c", script], { encoding: "utf8", cwd })
    .split("\n")
    .filter(Boolean)
    .sort();
}

test("bash completes commands, flags, choices, files and folders", (t) => {
  if (!hasShell("bash")) return t.skip("needs bash");
  const cwd = scratch(t);
  mkdirSync(join(cwd, "captures"));
  writeFileSync(join(cwd, "cap one.pcap"), "");
  assert.deepEqual(offered(["paydirt", "inv"], cwd), ["investigate"]);
  assert.deepEqual(offered(["paydirt", "investigate", "--fa"], cwd), ["--fail-on"]);
  assert.deepEqual(offered(["paydirt", "investigate", "--fail-on", "h"], cwd), ["high"]);
  assert.deepEqual(offered(["paydirt", "investigate", "ca"], cwd), ["cap one.pcap", "captures"]);
  assert.deepEqual(offered(["paydirt", "investigate", "-o", "ca"], cwd), ["captures"]);
  assert.deepEqual(offered(["paydirt", "investigate", "--as-of", ""], cwd), []);
  assert.deepEqual(offered(["paydirt", "completion", "z"], cwd), ["zsh"]);
  assert.deepEqual(offered(["paydirt", "market", "im"], cwd), ["import"]);
});

test("zsh and fish can read their completions", (t: TestContext) => {
  const shells = (["zsh", "fish"] as const).filter(hasShell);
  if (shells.length === 0) return t.skip("needs zsh or fish");
  for (const shell of shells) execFileSync(shell, ["-n"], { input: SHELLS[shell]() });
});

function hasShell(name: string): boolean {
  try {
    execFileSync(name, ["-c", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test("docs/cli.md is what the table of flags says (UPDATE=1 writes it)", () => {
  const path = join(checkoutRoot(), "docs", "cli.md");
  if (process.env["UPDATE"] === "1") writeFileSync(path, cliDocs());
  assert.equal(readFileSync(path, "utf8"), cliDocs());
});
