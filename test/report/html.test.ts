import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { Case } from "../../src/model/case.ts";
import { html } from "../../src/report/html/markup.ts";
import { renderHtml } from "../../src/report/index.ts";
import { followedCase, wideCase } from "../kit/followed/case.ts";
import {
  contactCase,
  gapsCase,
  HOSTILE,
  hostileCase,
  largeCase,
  miningCase,
  nothingCase,
} from "../kit/sample-case.ts";
import { matchesSnapshot } from "./snapshot.ts";
import { tags } from "./tokens.ts";

const CASES: Readonly<Record<string, () => Case>> = {
  mining: miningCase,
  contact: contactCase,
  nothing: nothingCase,
  gaps: gapsCase,
  hostile: hostileCase,
  large: largeCase,
  followed: followedCase,
  wide: wideCase,
  "hostile followed": () => hostileCase(followedCase()),
};

/** Every element and attribute that the report makes; what is not here came from somewhere else. */
const ELEMENTS =
  "html head meta title style body header main nav footer section article div span p br ul ol li dl dt " +
  "dd h1 h2 h3 h4 a code strong pre details summary table caption thead tbody tr th td figure figcaption " +
  "svg desc rect path text g polyline line circle";
const ATTRIBUTES =
  "lang charset http-equiv content name id class href role tabindex scope open aria-label " +
  "aria-labelledby viewBox width height x y d fill stroke stroke-width stroke-linecap stroke-linejoin " +
  "stroke-dasharray fill-opacity dominant-baseline text-anchor style transform";

for (const [name, make] of Object.entries(CASES)) {
  test(`renderHtml() of the ${name} case holds nothing that loads, runs or is not its own`, async () => {
    const elements = new Set(ELEMENTS.split(" "));
    const known = new Set(ATTRIBUTES.split(" "));
    for (const tag of tags(await renderHtml(make()))) {
      assert.ok(elements.has(tag.name), `<${tag.name}>`);
      for (const [key, value] of tag.attributes) {
        assert.ok(known.has(key), `${tag.name} ${key}`);
        assert.doesNotMatch(value, /https?:|javascript:|url\(/i);
        if (key === "href") assert.match(value, /^#[a-z0-9-]+$/);
        if (key === "style") assert.match(value, /^[a-z-]+:[a-z0-9,; :-]*$/i);
      }
    }
  });
}

test("renderHtml() spells out what cannot be seen and never lets evidence write markup", async () => {
  const page = await renderHtml(hostileCase());
  assert.doesNotMatch(page, /<script|<img|<base|<!--/i);
  assert.doesNotMatch(
    page,
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
  );
  assert.match(page, /⟨U\+202E⟩/);
  assert.match(page, /&lt;img src=x onerror=alert\(1\)&gt;/);
});

test("html`` escapes in text and in attributes alike", () => {
  for (const evil of HOSTILE) {
    const { text } = html`<p id="${evil}">${evil}</p>`;
    assert.deepEqual(
      tags(text).map((t) => t.name),
      ["p", "p"],
    );
    assert.deepEqual([...(tags(text)[0]?.attributes.keys() ?? [])], ["id"]);
  }
});

test("renderHtml() allows no script, no frame and no request by its policy", async () => {
  const policy = tags(await renderHtml(nothingCase())).find(
    (t) => t.attributes.get("http-equiv") === "Content-Security-Policy",
  );
  assert.equal(
    policy?.attributes.get("content"),
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
  );
});

test("renderHtml() gives the same bytes twice and in a fresh process", async () => {
  const sha = (text: string): string => createHash("sha256").update(text).digest("hex");
  const first = sha(await renderHtml(miningCase()));
  await renderHtml(largeCase());
  assert.equal(sha(await renderHtml(miningCase())), first);
  const kit = new URL("../kit/sample-case.js", import.meta.url).href;
  const report = new URL("../../src/report/index.js", import.meta.url).href;
  const script = `const { miningCase } = await import(${JSON.stringify(kit)});
    const { renderHtml } = await import(${JSON.stringify(report)});
    process.stdout.write(await renderHtml(miningCase()));`;
  const elsewhere = { ...process.env, TZ: "Asia/Seoul", LC_ALL: "de_DE.UTF-8" };
  const fresh = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    env: elsewhere,
    encoding: "utf8",
  });
  assert.equal(sha(fresh), first);
});

test("renderHtml() cuts a table above 200 rows and says what is left out", async () => {
  assert.match(await renderHtml(largeCase(201)), /1 more row is left out here; sessions\.csv has them all/);
  assert.doesNotMatch(await renderHtml(largeCase(200)), /left out here/);
});

test("renderHtml() of a case with nothing found never says clean", async () => {
  for (const c of [nothingCase(), gapsCase(), contactCase()]) {
    const page = await renderHtml(c);
    assert.match(page, /in what could be read/);
    assert.doesNotMatch(page.replace(/<style>[\s\S]*?<\/style>/, ""), /\bclean\b/i);
  }
  const page = await renderHtml(gapsCase());
  assert.match(page, /record of 4,294,967,295 bytes exceeds the 812 left/);
});

test("renderHtml() never prints an unknown figure as zero", async () => {
  const c = miningCase();
  const bare = {
    ...c,
    valuations: c.valuations.map((v) => ({
      ...v,
      amount: null,
      whenMined: null,
      asOf: null,
      lastKnown: null,
    })),
  };
  const page = await renderHtml(bare);
  assert.match(page, /<dt>Expected coins<\/dt><dd>unknown<\/dd>/);
  assert.doesNotMatch(page, /\$0\b|NaN|undefined|Infinity/);
});

for (const name of ["mining", "contact", "nothing", "followed"] as const) {
  test(`renderHtml() of the ${name} case is the page that was reviewed`, async () => {
    const make = CASES[name];
    if (make === undefined) throw new Error(name);
    matchesSnapshot(`${name}.html`, await renderHtml(make()));
  });
}
