import { ipBytes, join, text, u8, u16, u32 } from "./octets.ts";

export interface DnsRecord {
  readonly name: string;
  readonly type: "A" | "AAAA" | "CNAME";
  /** An address, or the name that a CNAME points at. */
  readonly value: string;
}

const TYPES = { A: 1, CNAME: 5, AAAA: 28 } as const;

export function dnsName(name: string): Uint8Array {
  return join(...name.split(".").map((label) => join(u8(label.length), text(label))), u8(0));
}

export function dnsQuery(id: number, name: string, type: DnsRecord["type"] = "A"): Uint8Array {
  return join(u16(id), u16(0x0100), u16(1), u16(0), u16(0), u16(0), dnsName(name), u16(TYPES[type]), u16(1));
}

export function dnsAnswer(id: number, name: string, records: readonly DnsRecord[]): Uint8Array {
  const type = records.at(-1)?.type ?? "A";
  const answers = records.map((record) => {
    const value = record.type === "CNAME" ? dnsName(record.value) : ipBytes(record.value);
    return join(dnsName(record.name), u16(TYPES[record.type]), u16(1), u32(300), u16(value.length), value);
  });
  const head = join(u16(id), u16(0x8180), u16(1), u16(records.length), u16(0), u16(0));
  return join(head, dnsName(name), u16(TYPES[type]), u16(1), ...answers);
}
