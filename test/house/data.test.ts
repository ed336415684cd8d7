import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkoutRoot } from "../kit/data.ts";
import { none } from "./none.ts";

/** A notice: prose or a licence, not a table. */
const NOTICE = /(?:\.(?:md|txt|license)|LICEN[CS]E|NOTICE)$/;

test("each table in data/ is named in a notice beside it that states source and licence", () => {
  const root = join(checkoutRoot(), "data");
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.ok(folders.length > 0, "data/ is empty");
  const faults = folders.flatMap(({ name: folder }) => {
    const names = readdirSync(join(root, folder));
    const notices = names
      .filter((name) => NOTICE.test(name))
      .map((name) => readFileSync(join(root, folder, name), "utf8"))
      .filter((text) => /licen[cs]e/i.test(text) && /source|https:\/\//i.test(text));
    return names
      .filter((name) => !NOTICE.test(name) && !notices.some((text) => text.includes(name)))
      .map((name) => `data/${folder}/${name} has no notice that names it`);
  });
  none(faults);
});
