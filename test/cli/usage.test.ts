import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { COMMAND_NAMES } from "../../src/cli/commands.ts";
import { SHELLS } from "../../src/cli/completion.ts";
import { checkoutRoot } from "../kit/data.ts";
import { scratch } from "../store/scratch.ts";
import { paydirt, STACK_TRACE } from "./paydirt.ts";

test("help and version come on standard output with status 0", () => {
  const version = JSON.parse(readFileSync(join(checkoutRoot(), "package.json"), "utf8")).version;
  for (const words of [["--version"], ["-V"], ["version"]]) {
    assert.deepEqual(paydirt(words), { status: 0, out: `paydirt ${version}\n`, err: "" });
  }
  const rows = [
    [],
    ["-h"],
    ["--help"],
    ["help"],
    ...COMMAND_NAMES.flatMap((name) => [
      [name, "--help"],
      ["help", name],
    ]),
  ];
  for (const words of rows) {
    const { status, out, err } = paydirt(words);
    assert.equal(status, 0, words.join(" "));
    assert.equal(err, "");
    assert.match(out, /paydirt /);
  }
});

test("a mistake in usage: status 2, nothing on standard output, a hint on standard error", (t) => {
  const cwd = scratch(t);
  writeFileSync(join(cwd, "a.pcap"), "");
  const rows: readonly (readonly [readonly string[], RegExp])[] = [
    [["a.pcap"], /did you mean: paydirt investigate a\.pcap/],
    [["verfy", "x"], /did you mean verify\?/],
    [["investigate"], /needs EVIDENCE/],
    [["investigate", "a.pcap", "--fial-on", "high"], /did you mean --fail-on\?/],
    [["completion", "tcsh"], /bash, zsh, fish/],
    [["help", "explian"], /did you mean explain\?/],
    [["market", "export", "a.csv"], /usage: paydirt market import FILE/],
    [["market", "import", "a.b"], /name its coin, such as --coin xmr/],
    [["market", "import", "xmr.csv"], /^paydirt: Cannot read xmr\.csv: /],
    [["value", "--amount", "70", "--date", "2017-06-01"], /needs a coin: --coin TICKER/],
    [["value", "--coin", "xmr", "--date", "2017-06-01"], /give either --amount or --hashrate/],
    [["value", "--coin", "xmr", "--hashrate", "9k"], /give a day with --date, or a span/],
    [
      ["value", "--coin=xmr", "--amount=7", "--from=2017-06-02", "--to=2017-06-01"],
      /ends on 2017-06-01, before it begins/,
    ],
    [["verify", "nowhere"], /nowhere.*manifest\.json/],
    [["explain", "nowhere"], /nowhere.*manifest\.json/],
  ];
  for (const [words, says] of rows) {
    const { status, out, err } = paydirt(words, { cwd });
    assert.equal(status, 2, words.join(" "));
    assert.equal(out, "");
    assert.match(err, says);
    assert.doesNotMatch(err, STACK_TRACE);
  }
});

test("a stack trace only when asked for", () => {
  const ran = paydirt(["verify", "nowhere"], { env: { PAYDIRT_DEBUG: "1" } });
  assert.match(ran.err, STACK_TRACE);
});

test("completions are printed as they are made", () => {
  for (const [shell, make] of Object.entries(SHELLS)) {
    assert.deepEqual(paydirt(["completion", shell]), { status: 0, out: make(), err: "" });
  }
});
