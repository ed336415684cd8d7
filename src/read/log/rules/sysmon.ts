import type { Desk } from "../../reader.ts";
import { factOf, type MessageRule } from "../message.ts";
import { WindowsEvents } from "../windows/events.ts";
import { eventFromXml } from "../windows/sysmon-xml.ts";

/** Sysmon for Linux: an event a message, as XML. */
export const sysmon: MessageRule = {
  id: "sysmon",
  programs: ["sysmon"],
  source: "Sysmon for Linux 1.3, its messages in syslog; OTRF's Log4Shell data set",
  take(message, desk) {
    const event = eventFromXml(message.text);
    if (event === null) return;
    const { atMicros, computer } = event;
    const when = atMicros === null ? {} : ({ atMicros, atHow: "seen", clock: "utc" } as const);
    const hostname = message.hostname ?? computer;
    sysmonEvents(desk).take(event, { ...factOf(message), ...when, hostname });
  },
  finish: (desk) => sysmonEvents(desk).finish(),
};

function sysmonEvents(desk: Desk): WindowsEvents {
  return desk.state("sysmon-messages", () => new WindowsEvents(desk));
}
