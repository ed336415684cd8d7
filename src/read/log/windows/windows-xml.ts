/** Windows event logs as XML: what evtx_dump prints without -o, and wevtutil with /f:xml.
 *
 *  [Record N] [<?xml …?>] <Event xmlns="…"><System>…</System><EventData>…</EventData></Event>
 *
 *  Events may stand in one line, or in many, each with or without others around it.
 *  Source: Windows' event schema; omerbenamram/evtx 0.8; wevtutil(Microsoft Learn).
 */
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { eachLine, factAt, linePlace, type TextLine } from "../../text.ts";
import { failedLogins } from "../failed-logins.ts";
import { WindowsEvents } from "./events.ts";
import { eventFromXml } from "./sysmon-xml.ts";

/** Longer events are not read; a script block has at most 64 KB. */
const MAX_EVENT_CHARS = 400_000;
const OPENING = /<Event[ >]/;
const END = "</Event>";

export const windowsXml: Reader = {
  id: "windows-xml",
  title: "Windows event logs (XML of evtx_dump, wevtutil)",
  sniff(head) {
    const text = Buffer.from(head.subarray(0, 2_048)).toString("latin1");
    return /^(?:\xEF\xBB\xBF)?\s{0,16}(?:Record \d{1,10}\s{1,4})?(?:<\?xml|<Events?[ >])/.test(text)
      ? OPENING.test(text) && text.includes("<System>")
      : false;
  },
  firstMicros: () => null,
  read,
  finish: (desk) => failedLogins(desk).finish(desk),
};

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const events = new WindowsEvents(desk);
  let open: TextLine | null = null;
  let text = "";
  await eachLine(source, desk, (line) => {
    let rest = line.text;
    for (;;) {
      if (open === null) {
        const from = rest.search(OPENING);
        if (from === -1) return;
        open = line;
        rest = rest.slice(from);
        text = "";
      }
      const end = rest.indexOf(END);
      text += end === -1 ? `${rest}\n` : rest.slice(0, end + END.length);
      if (text.length > MAX_EVENT_CHARS) {
        const says = `${source.name} holds events longer than ${MAX_EVENT_CHARS} characters`;
        desk.gap(linePlace(source, open), "oversized-message", says);
        open = null;
        return;
      }
      if (end === -1) return;
      take(text, open);
      open = null;
      rest = rest.slice(end + END.length);
    }
  });
  if (open !== null) {
    desk.gap(linePlace(source, open), "truncated-file", `${source.name} ends inside an event`);
  }
  events.finish();
  return events.span.summary();

  function take(xml: string, line: TextLine): void {
    const event = eventFromXml(xml);
    if (event === null) return;
    const { atMicros, computer: hostname } = event;
    events.take(event, factAt(source, { ...line, text: xml }, { atMicros, hostname }));
  }
}
