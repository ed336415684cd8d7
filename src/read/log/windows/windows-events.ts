/** Windows event logs as JSON, an event an object, from the tools that make JSON of them.
 *
 *  evtx_dump -o jsonl or json, Chainsaw dump     {"Event":{"System":{…},"EventData":{…}}}
 *  Chainsaw hunt                                 {"document":{"data":{"Event":…}},"name":RULE …}
 *  Velociraptor (Windows.EventLogs.Evtx and kin) {"EventTime":…,"Channel":…,"EventID":…,"EventData":{…}}
 *  Hayabusa json-timeline                        {"Timestamp":…,"RuleTitle":…,"Details":{…}}
 *  Winlogbeat, NXLog                             {"winlog":{…}} and fields side by side
 *
 *  An event that several rules hit is told once, by its number in its log.
 *  Source: omerbenamram/evtx 0.8, WithSecure Chainsaw 2.9, Velociraptor 0.7, Hayabusa 3.0; OTRF's data sets.
 */
import { eachJson, firstObjects } from "../../json.ts";
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { factAt } from "../../text.ts";
import { failedLogins } from "../failed-logins.ts";
import { windowsEvent } from "./event.ts";
import { WindowsEvents } from "./events.ts";

export const windowsEvents: Reader = {
  id: "windows-events",
  title: "Windows event logs (JSON of evtx_dump, Chainsaw, Velociraptor, Hayabusa)",
  sniff: (head) => firstObjects(head).some((one) => windowsEvent(one) !== null),
  firstMicros: (head) => windowsEvent(firstObjects(head)[0] ?? {})?.atMicros ?? null,
  read,
  finish: (desk) => failedLogins(desk).finish(desk),
};

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const events = new WindowsEvents(desk);
  await eachJson(source, desk, (piece) => {
    const event = windowsEvent(piece.value);
    if (event === null) return;
    const { atMicros, computer: hostname } = event;
    events.take(event, factAt(source, piece, { atMicros, hostname }));
  });
  events.finish();
  return events.span.summary();
}
