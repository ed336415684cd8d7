import assert from "node:assert/strict";
import { test } from "node:test";
import { flipped } from "../../../kit/damage.ts";
import { random } from "../../../kit/random.ts";
import { readOne } from "../../../kit/read-one.ts";
import { entriesIn, gapsIn } from "./entries.ts";

const TASK = `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><URI>\\Updater</URI></RegistrationInfo>
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger><TimeTrigger/></Triggers>
  <Principals><Principal id="Author"><UserId>S-1-5-18</UserId></Principal></Principals>
  <Actions Context="Author">
    <Exec><Command>C:\\Users\\Public\\a.exe</Command><Arguments>-c &quot;x&quot; &amp; y</Arguments></Exec>
    <Exec><Command>b.exe</Command></Exec>
  </Actions>
</Task>`;
const PATH = "C:/Windows/System32/Tasks/Updater";
const WIDE = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TASK, "utf16le")]);
const ENTRY = "windows-task | \\Updater | S-1-5-18 | LogonTrigger, TimeTrigger";

test("each command of a task is an entry, in UTF-16 and in UTF-8", async () => {
  for (const bytes of [WIDE, Buffer.from(TASK)]) {
    const found = await readOne(bytes, PATH);
    assert.equal(found.reader, "windows-tasks");
    assert.deepEqual(entriesIn(found), [
      `${ENTRY} | C:\\Users\\Public\\a.exe -c "x" & y`,
      `${ENTRY} | b.exe`,
    ]);
    assert.deepEqual(found.gaps, []);
  }
});

test("a task that breaks off tells what stands before, and says so; no damage throws", async () => {
  const found = await readOne(Buffer.from(TASK.slice(0, TASK.indexOf("<Exec><Command>b"))), PATH);
  assert.deepEqual(entriesIn(found), [`${ENTRY} | C:\\Users\\Public\\a.exe -c "x" & y`]);
  assert.deepEqual(gapsIn(found), ["malformed-record ×1"]);
  for (let at = 0; at < WIDE.length; at += 7) await readOne(WIDE.subarray(0, at), PATH);
  const by = random(3);
  for (let left = 60; left > 0; left -= 1) await readOne(flipped(WIDE, 20, by), PATH);
});

test("other XML is no task", async () => {
  const other =
    '<?xml version="1.0"?><Task xmlns="http://example.org/task"><Exec><Command>a</Command></Exec></Task>';
  assert.deepEqual(entriesIn(await readOne(other, PATH)), []);
});
