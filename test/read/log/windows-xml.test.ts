import assert from "node:assert/strict";
import { test } from "node:test";
import { ofKind, readOne } from "../../kit/read-one.ts";
import { AT, AT_MICROS } from "../../kit/windows-event.ts";

/** An event as Windows writes it. */
function xml(channel: string, id: number, data: string): string {
  return (
    '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">\n  <System>\n' +
    `    <Provider Name="x">\n    </Provider>\n    <EventID Qualifiers="16384">${id}</EventID>\n` +
    `    <TimeCreated SystemTime="${AT}"/>\n    <Channel>${channel}</Channel>\n` +
    `    <Computer>WS1</Computer>\n  </System>\n  ${data}\n</Event>`
  );
}

const SERVICE = xml(
  "System",
  7045,
  '<EventData><Data Name="ServiceName">a&amp;b</Data><Data Name="ImagePath">C:\\x.exe</Data></EventData>',
);
const CLEARED = xml(
  "Security",
  1102,
  '<UserData><LogFileCleared xmlns="x"><SubjectUserName>eve</SubjectUserName></LogFileCleared></UserData>',
);

const HEAD = '<?xml version="1.0" encoding="utf-8"?>';
for (const [how, text] of Object.entries({
  "as evtx_dump prints them": `Record 1\n${HEAD}\n${SERVICE}\nRecord 2\n${HEAD}\n${CLEARED}\n`,
  "as wevtutil prints them": `${SERVICE.replaceAll("\n", "")}${CLEARED.replaceAll("\n", "")}`,
  "in a list": `<?xml version="1.0"?>\n<Events>${SERVICE}${CLEARED}</Events>`,
})) {
  test(`events in XML are read ${how}`, async () => {
    const found = await readOne(text);
    assert.equal(found.reader, "windows-xml");
    assert.deepEqual(
      ofKind(found, "autostart").map(({ name, command, hostname, atMicros }) => [
        name,
        command,
        hostname,
        atMicros,
      ]),
      [["a&b", "C:\\x.exe", "WS1", AT_MICROS]],
    );
    assert.deepEqual(
      ofKind(found, "event").map(({ what, user }) => `${what} ${user}`),
      ["log-cleared eve"],
    );
    assert.deepEqual(found.gaps, []);
  });
}

test("a file that ends inside an event is a gap", async () => {
  const found = await readOne(`${SERVICE}\n${CLEARED.slice(0, 300)}`);
  assert.equal(ofKind(found, "autostart").length, 1);
  assert.deepEqual(
    found.gaps.map(({ code }) => code),
    ["truncated-file"],
  );
});
