import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { checkoutRoot } from "../kit/data.ts";
import { none } from "./none.ts";

const SKIPPED = /^(?:node_modules|dist|case|paydirt-case|\.git|\.bench)$/;

/** Every Markdown file of the checkout, as paths from its root. */
function documents(folder = ""): string[] {
  return readdirSync(join(checkoutRoot(), folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (SKIPPED.test(entry.name)) return [];
    if (statSync(join(checkoutRoot(), path)).isDirectory()) return documents(path);
    return path.endsWith(".md") ? [path] : [];
  });
}

function read(path: string): string {
  return readFileSync(join(checkoutRoot(), path), "utf8");
}

/** Targets of links and pictures that mean a file of the checkout. */
function fileLinks(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/(?:\]\(|\bsrc(?:set)?=")([^)"#\s]+)(?:#[^)]*)?[)"]/g)]
    .map((match) => match[1] ?? "")
    .filter((target) => !/^[a-z]+:/.test(target));
}

test("every link between the documents leads to a file", () => {
  const paths = documents();
  assert.ok(paths.includes("README.md") && paths.includes("docs/architecture.md"));
  const broken = paths.flatMap((path) =>
    fileLinks(read(path))
      .filter((target) => !existsSync(join(checkoutRoot(), dirname(path), target)))
      .map((target) => `${path} links to ${target}`),
  );
  none(broken);
});

test("fileLinks() sees links and pictures, not code and not the web", () => {
  const text =
    '[a](b.md#c) ![d](e.png) [f](https://example.org) `[g](h.md)`\n```\n[i](j.md)\n```\n<img src="k.png">';
  assert.deepEqual(fileLinks(text), ["b.md", "e.png", "k.png"]);
});

test("the README holds the two commands that do all their own set-up, the main job first", () => {
  const commands = read("README.md").match(/^npm ci && .*$/gm);
  assert.deepEqual(commands, [
    "npm ci && npx paydirt investigate examples/seized-server -o case",
    "npm ci && npm test",
  ]);
});

test("no document carries a figure that is still to be measured", () => {
  const open = documents().filter((path) => read(path).includes("<!-- measure"));
  assert.deepEqual(open, []);
});
