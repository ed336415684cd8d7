// Writes docs/detectors.md and docs/dialects.md from the tables of the build; `--check` compares instead.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DETECTORS } from "../dist/src/find/index.js";
import { DIALECTS } from "../dist/src/tables/dialects.js";

const DOCS = join(dirname(fileURLToPath(import.meta.url)), "..", "docs");
const MADE = "<!-- Made by `npm run docs`. Change the table in the code, not this page. -->";

/** A text as a cell of a table. */
const cell = (text) => String(text).replaceAll("|", "\\|").replaceAll("\n", " ");

function table(head, rows) {
  const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function detectorLines(detector) {
  const limits = Object.entries(detector.limits);
  return [
    `## ${detector.id}`,
    "",
    `${detector.title}. ATT&CK: ${detector.attack.join(", ")}. Looks at ${detector.reads.join(" and ")}.`,
    "",
    `Blind to: ${detector.blindTo}.`,
    "",
    ...(limits.length === 0
      ? ["No thresholds."]
      : table(
          ["threshold", "value", "unit", "why"],
          limits.map(([name, { value, unit, why }]) => [`\`${detector.id}.${name}\``, value, unit, why]),
        )),
    "",
    "Sources:",
    "",
    ...detector.sources.map((source) => `- ${source}`),
    "",
  ];
}

function dialectLines(dialect) {
  const messages = new Set(dialect.messages.map((row) => row.method ?? row.type).filter(Boolean));
  return [
    `## ${dialect.id}`,
    "",
    `${dialect.title}. Source: ${dialect.source.replace(/\.$/, "")}.`,
    "",
    `- Carried by: ${dialect.transports.join(", ")}`,
    `- Coins: ${dialect.coins.join(", ") || "none known from the dialect"}`,
    `- A share's difficulty counts: ${dialect.workUnit}`,
    `- Messages: ${[...messages].map((name) => `\`${name}\``).join(", ") || "none decoded"}`,
    "",
  ];
}

const PAGES = {
  "detectors.md": [
    "# Detectors",
    "",
    MADE,
    "",
    "Every opinion that Paydirt can hold about evidence, in the order of the report. Thresholds are set with",
    "`--set DETECTOR.NAME=VALUE`; those in force are printed in each report.",
    "",
    ...DETECTORS.flatMap(detectorLines),
  ],
  "dialects.md": [
    "# Dialects",
    "",
    MADE,
    "",
    "The languages between miners and pools that Paydirt reads, in the order of matching: the specific ones",
    "first.",
    "",
    ...DIALECTS.flatMap(dialectLines),
  ],
};

const check = process.argv.includes("--check");
const stale = [];
for (const [name, lines] of Object.entries(PAGES)) {
  const text = `${lines.join("\n").trimEnd()}\n`;
  const path = join(DOCS, name);
  if (!check) writeFileSync(path, text);
  else if (read(path) !== text) stale.push(name);
}
if (stale.length > 0) {
  console.error(`Stale: docs/${stale.join(", docs/")}; run \`npm run docs\``);
  process.exitCode = 1;
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
