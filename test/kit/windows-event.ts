/** When the events of `dumped` happened. */
export const AT = "2026-01-14T03:05:09.123456Z";
export const AT_MICROS = 1768359909123456;

/** An event of [log, number] as evtx_dump prints it; without a number of its own it repeats no other. */
export function dumped([channel, id]: readonly [string, number], data: object, recordId?: number): object {
  const system = {
    Provider: { "#attributes": { Name: "x" } },
    EventID: { "#attributes": { Qualifiers: 16384 }, "#text": id },
    TimeCreated: { "#attributes": { SystemTime: AT } },
    ...(recordId === undefined ? {} : { EventRecordID: recordId }),
    Channel: channel,
    Computer: "WS1.corp.example",
  };
  return { Event: { "#attributes": { xmlns: "x" }, System: system, EventData: data } };
}

/** Objects as lines. */
export function jsonLines(objects: readonly object[]): string {
  return objects.map((one) => `${JSON.stringify(one)}\n`).join("");
}
