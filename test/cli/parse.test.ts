import assert from "node:assert/strict";
import { test } from "node:test";
import { has, type Parsed, parse, textOf, textsOf } from "../../src/cli/parse.ts";
import { PaydirtError } from "../../src/model/error.ts";

const exists = (path: string): boolean => path === "a.pcap" || path === "a b.pcap";

function parsed(...words: string[]): Parsed {
  const asked = parse(words, exists);
  assert.ok(asked.command !== null);
  return asked;
}

function complaint(...words: string[]): string {
  try {
    parse(words, exists);
  } catch (error) {
    assert.ok(error instanceof PaydirtError, String(error));
    assert.equal(error.code, "bad-option");
    return error.message;
  }
  return assert.fail(`no complaint about: ${words.join(" ")}`);
}

test("flags may stand before, between and behind arguments, in every spelling", () => {
  for (const words of [
    ["investigate", "-o", "case", "a", "b", "-q"],
    ["investigate", "a", "-ocase", "b", "--quiet"],
    ["investigate", "a", "b", "-qo", "case"],
    ["investigate", "--output=case", "-q", "--", "a", "b"],
  ]) {
    const asked = parsed(...words);
    assert.deepEqual(asked.arguments, ["a", "b"], words.join(" "));
    assert.equal(textOf(asked, "output"), "case");
    assert.ok(has(asked, "quiet"));
    assert.ok(!has(asked, "force"));
  }
});

test("standard input, names with dashes and repeated flags", () => {
  const asked = parsed(
    "investigate",
    "-",
    "--set",
    "mining.shares=3",
    "--set",
    "mining.rate=1.5",
    "--",
    "--odd.pcap",
  );
  assert.deepEqual(asked.arguments, ["-", "--odd.pcap"]);
  assert.deepEqual(textsOf(asked, "set"), ["mining.shares=3", "mining.rate=1.5"]);
  assert.equal(textOf(asked, "output"), null);
});

test("help needs no arguments, and a flag of all commands may come first", () => {
  assert.ok(has(parsed("investigate", "--help"), "help"));
  assert.ok(has(parsed("market", "-h"), "help"));
  assert.ok(has(parsed("--no-color", "version"), "no-color"));
  assert.deepEqual(parse([], exists), { command: null, wants: "short-help" });
  assert.deepEqual(parse(["-h"], exists), { command: null, wants: "short-help" });
  assert.deepEqual(parse(["--help"], exists), { command: null, wants: "help" });
  assert.deepEqual(parse(["-V"], exists), { command: null, wants: "version" });
});

test("a mistake is named with what was probably meant", () => {
  assert.equal(complaint("investgate", "a"), "investgate is not a command; did you mean investigate?");
  assert.equal(complaint("a.pcap"), "a.pcap is not a command; did you mean: paydirt investigate a.pcap");
  assert.match(complaint("a b.pcap"), /did you mean: paydirt investigate "a b\.pcap"$/);
  assert.match(complaint("-", "-o", "x"), /did you mean: paydirt investigate -$/);
  assert.match(
    complaint("gone.pcap"),
    /^gone\.pcap is neither a command nor a file; commands are investigate, /,
  );
  assert.match(
    complaint("-o", "case", "investigate", "a"),
    /^-o case stands before the command; did you mean: paydirt inv/,
  );
  assert.equal(complaint("--sideways"), "--sideways is not a flag, and there is no command");
  assert.match(
    complaint("investigate", "a", "--outptu", "x"),
    /^--outptu is not a flag of inv.*did you mean --output\?/,
  );
  assert.match(complaint("verify", "case", "-o", "x"), /^-o is not a flag of verify/);
  assert.match(complaint("investigate", "a", "--zzzzzz"), /paydirt investigate --help lists the flags$/);
});

test("a value that is missing, not wanted, wrong or given twice", () => {
  assert.equal(complaint("investigate", "a", "-o"), "-o needs a value: -o DIR");
  assert.equal(complaint("investigate", "a", "--output", "--force"), "--output needs a value: --output DIR");
  assert.equal(complaint("investigate", "a", "--force=yes"), "--force takes no value, but has yes");
  assert.equal(complaint("investigate", "a", "-o", "x", "-o", "y"), "--output is given twice: x and y");
  assert.match(
    complaint("investigate", "a", "--fail-on", "hihg"),
    /"hihg" is none of info, .*; did you mean high\?$/,
  );
  assert.match(complaint("investigate", "a", "--as-of", "2017-02-30"), /is no date as YYYY-MM-DD$/);
  assert.match(
    complaint("investigate", "a", "--set", "failures=3"),
    /is not of the form DETECTOR\.NAME=NUMBER$/,
  );
});

test("too few and too many arguments", () => {
  assert.equal(
    complaint("investigate"),
    "investigate needs EVIDENCE…; usage: paydirt investigate EVIDENCE… [FLAGS]",
  );
  assert.match(complaint("market", "import"), /usage: paydirt market import FILE \[FLAGS\]$/);
  assert.match(complaint("verify", "a", "b"), /^verify does not know what to do with b/);
  assert.deepEqual(parsed("explain", "case").arguments, ["case"]);
});
