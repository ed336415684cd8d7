import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { PaydirtError } from "../../src/model/error.ts";
import { type ImportOptions, importMarket, marketOf, userDataFolder } from "../../src/run/market.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "paydirt-import-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const into = (over: Partial<ImportOptions> & { file: string }): ImportOptions => ({
  coin: null,
  dataFolder: join(folder, "data"),
  replace: false,
  ...over,
});

function isError(code: string, says: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof PaydirtError && error.code === code && says.test(error.message);
}

test("an imported table extends the shipped one and says where it comes from", async () => {
  const yahoo =
    "Date,Open,High,Low,Close,Adj Close,Volume\n2026-01-01,1,1,1,500,1,1\n2026-01-02,1,1,1,510,1,1\n";
  const done = await importMarket(into({ file: file("XMR-USD.csv", yahoo) }));
  assert.deepEqual(
    [done.coin, done.format, done.days, done.first, done.last, done.prices, done.difficulties],
    ["xmr", "Yahoo Finance", 2, "2026-01-01", "2026-01-02", 2, 0],
  );
  const market = marketOf(join(folder, "data"));
  assert.equal(market.last("xmr")?.value, 510);
  assert.notEqual(market.price("xmr", "2017-06-01"), null);
  const own = market.files.find(({ name }) => name === "your market/xmr.csv");
  assert.deepEqual([own?.sha256, own?.source], [done.sha256, "XMR-USD.csv (Yahoo Finance)"]);
});

test("a second import goes over the first, day by day, and keeps what it leaves empty", async () => {
  await importMarket(
    into({ file: file("a.csv", "date,price_usd,difficulty\n2026-01-01,1,7\n2026-01-02,2,8\n"), coin: "xmr" }),
  );
  const second = await importMarket(
    into({ file: file("b.csv", "date,price_usd\n2026-01-02,3\n2026-01-03,4\n"), coin: "xmr" }),
  );
  assert.deepEqual([second.replaced, second.total], [1, 3]);
  const text = readFileSync(second.path, "utf8");
  assert.ok(text.endsWith("2026-01-01,1,7,,\n2026-01-02,3,8,,\n2026-01-03,4,,,\n"), text);
  assert.ok(text.startsWith("# source: a.csv (plain)\n# source: b.csv (plain)\n"), text);
});

test("--replace leaves nothing but the imported days, also of the shipped table", async () => {
  await importMarket(into({ file: file("a.csv", "date,price_usd\n2026-01-01,1\n"), coin: "xmr" }));
  const done = await importMarket(
    into({ file: file("b.csv", "date,price_usd\n2026-01-02,2\n"), coin: "xmr", replace: true }),
  );
  assert.equal(done.total, 1);
  const market = marketOf(join(folder, "data"));
  assert.deepEqual([market.price("xmr", "2026-01-01"), market.price("xmr", "2017-06-01")], [null, null]);
});

test("a bad row is named with file and line, and nothing is written", async () => {
  const bad = file("xmr.csv", "date,price_usd\n2026-01-01,1\n2026-01-02,x\n");
  await assert.rejects(
    importMarket(into({ file: bad })),
    isError("bad-table", /xmr\.csv: Cannot read line 3 .*"x"/),
  );
  assert.equal(existsSync(join(folder, "data")), false);
});

test("without a coin, or a file, it says so", async () => {
  const nameless = file("My prices.csv", "date,price_usd\n2026-01-01,1\n");
  await assert.rejects(importMarket(into({ file: nameless })), isError("bad-option", /name its coin/));
  await assert.rejects(
    importMarket(into({ file: join(folder, "xmr.csv") })),
    isError("cannot-read", /xmr\.csv/),
  );
  await assert.rejects(importMarket(into({ file: nameless, coin: "../x" })), isError("bad-option", /coin/));
  assert.throws(() => marketOf(join(folder, "missing")), isError("bad-option", /does not exist/));
});

test("the user's folder: the one given, else XDG's if absolute, else ~/.local/share", () => {
  const before = process.env["XDG_DATA_HOME"];
  try {
    process.env["XDG_DATA_HOME"] = folder;
    assert.equal(userDataFolder(null), join(folder, "paydirt"));
    assert.equal(userDataFolder("mine"), "mine");
    process.env["XDG_DATA_HOME"] = "relative";
    assert.equal(userDataFolder(null), join(homedir(), ".local", "share", "paydirt"));
  } finally {
    if (before === undefined) delete process.env["XDG_DATA_HOME"];
    else process.env["XDG_DATA_HOME"] = before;
  }
});

test("an imported day keeps its four prices together, which those of two files never are", async () => {
  const yahoo = "Date,Open,High,Low,Close,Adj Close,Volume\n2026-01-01,5,9,4,8,8,1\n2026-01-02,8,8,6,7,7,1\n";
  await importMarket(into({ file: file("BTC-USD.csv", yahoo) }));
  const first = marketOf(join(folder, "data"));
  const four = { open: 5, high: 9, low: 4, close: 8, source: "your market/btc.csv" };
  assert.deepEqual(first.ohlc("btc", "2026-01-01"), four);
  assert.notEqual(first.ohlc("btc", "2017-12-06"), null);
  const closes = "date,price_usd,difficulty\n2026-01-01,,3\n2026-01-02,7.5,\n";
  await importMarket(into({ file: file("b.csv", closes), coin: "btc" }));
  const second = marketOf(join(folder, "data"));
  assert.deepEqual(second.ohlc("btc", "2026-01-01"), four);
  assert.deepEqual(second.ohlc("btc", "2026-01-02"), {
    ...{ open: null, high: null, low: null },
    close: 7.5,
    source: "your market/btc.csv",
  });
});
