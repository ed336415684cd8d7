import assert from "node:assert/strict";
import { test } from "node:test";
import { isoMicros, parseIso } from "../../../src/bytes/time.ts";
import { LineClock } from "../../../src/read/log/line-clock.ts";
import { yearShifts } from "../../../src/read/log/years.ts";
import { StreamWindow } from "../../../src/read/source/stream-window.ts";
import { RunDesk } from "../../../src/run/desk.ts";
import { inOwnYears } from "../../../src/run/hosts/own-years.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Dates without a year, as the lines of a file that was written then → dates with one. */
function dated(written: string | null, days: readonly string[]): { days: string[]; codes: string[] } {
  const desk = new RunDesk();
  const modifiedMicros = written === null ? null : parseIso(`${written}T00:00:00Z`);
  const window = new StreamWindow((async function* () {})());
  const clock = new LineClock(
    { id: "e1", name: "log", path: "log", host: "e1", modifiedMicros, window },
    desk,
  );
  days.forEach((day, index) => {
    const [month = "", date = ""] = day.split(" ");
    const time = { month: MONTHS.indexOf(month) + 1, day: Number(date), clockMicros: 0 };
    const line = { atByte: index, byteLength: 1, number: index + 1 };
    const when = clock.at(time, line);
    const place = { evidence: "e1", atByte: index, byteLength: 1, packet: null, line: index + 1 };
    const base = { host: "e1", hostname: null, place, excerpt: "", ...when };
    desk.record({ ...base, kind: "account", user: "a", uid: null, shell: null, home: null });
  });
  const summary = clock.summary();
  const records = inOwnYears(desk.hostRecords, yearShifts(desk));
  const times = records.map(({ atMicros }) => (atMicros === null ? "?" : isoMicros(atMicros).slice(0, 10)));
  const known = times.filter((time) => time !== "?").sort();
  if (summary.firstMicros !== null) {
    assert.equal(isoMicros(summary.firstMicros).slice(0, 10), known[0]);
    assert.equal(isoMicros(summary.lastMicros ?? 0).slice(0, 10), known.at(-1));
  }
  return { days: times, codes: desk.gaps().map(({ code }) => code) };
}

test("a log over New Year has December in the year before", () => {
  assert.deepEqual(dated("2026-01-05", ["Dec 30", "Dec 31", "Jan 1", "Dec 31", "Jan 2"]).days, [
    "2025-12-30",
    "2025-12-31",
    "2026-01-01",
    "2025-12-31",
    "2026-01-02",
  ]);
});

test("a log of two and a half years goes back a year at each turn", () => {
  const days = ["Jun 1", "Dec 31", "Jan 1", "Jan 20", "Feb 10", "Sep 3", "Dec 30", "Jan 3", "Feb 1"];
  assert.deepEqual(dated("2026-02-02", days).days, [
    "2024-06-01",
    "2024-12-31",
    "2025-01-01",
    "2025-01-20",
    "2025-02-10",
    "2025-09-03",
    "2025-12-30",
    "2026-01-03",
    "2026-02-01",
  ]);
});

test("a leap day tells the year, whenever the file was copied", () => {
  assert.deepEqual(dated("2026-01-20", ["Feb 28", "Feb 29", "Mar 1"]).days, [
    "2024-02-28",
    "2024-02-29",
    "2024-03-01",
  ]);
  assert.deepEqual(dated("2024-03-02", ["Feb 28", "Feb 29", "Mar 1"]).days, [
    "2024-02-28",
    "2024-02-29",
    "2024-03-01",
  ]);
});

test("a clock that starts anew at each boot moves no other line", () => {
  const { days, codes } = dated("2025-12-25", ["Dec 20", "Jan 1", "Dec 20", "Dec 21"]);
  assert.deepEqual(
    days.filter((_, index) => index !== 1),
    ["2025-12-20", "2025-12-20", "2025-12-21"],
  );
  assert.deepEqual(codes, []);
  const summer = dated("2026-06-20", ["Jun 10", "Jan 1", "Jun 10"]);
  assert.deepEqual(summer.days, ["2026-06-10", "2026-01-01", "2026-06-10"]);
  assert.deepEqual(summer.codes, ["clock-order"]);
});

test("a day that does not exist, or a file of unknown age, has no time", () => {
  assert.deepEqual(dated("2026-06-20", ["Feb 30", "Feb 28"]).days, ["?", "2026-02-28"]);
  const unknown = dated(null, ["Feb 28", "Mar 1"]);
  assert.deepEqual(unknown.days, ["?", "?"]);
  assert.deepEqual(unknown.codes, ["unknown-year"]);
});
