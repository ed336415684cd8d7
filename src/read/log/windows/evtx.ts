/** Windows event logs as Windows keeps them, in binary XML: named, not read.
 *
 *  OFFSET  SIZE  MEANING
 *  0       8     "ElfFile" and a zero
 *
 *  Source: libyal, "Windows XML Event Log (EVTX) format" § 2.
 */
import { NOTHING_SUMMED, type Reader } from "../../reader.ts";
import { placeAt } from "../../text.ts";

const MAGIC = Buffer.from("ElfFile\0", "latin1");

export const evtx: Reader = {
  id: "evtx",
  title: "Windows event log in binary form (named only)",
  sniff: (head) => MAGIC.equals(head.subarray(0, MAGIC.length)),
  firstMicros: () => null,
  async read(source, desk) {
    const instead = "make JSON of it first with evtx_dump -o jsonl; it was searched for addresses only";
    const says = `Cannot read events in ${source.name}: ${instead}`;
    const place = placeAt(source, { atByte: 0, byteLength: MAGIC.length, line: null });
    desk.gap(place, "unrecognised", says);
    return NOTHING_SUMMED;
  },
};
