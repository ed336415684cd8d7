import { type Layer, PLAIN } from "./layers.ts";
import { join, u8, u16, u24, u32 } from "./octets.ts";

export function gre(fields: { key?: number; sequence?: number } = {}): Layer {
  const flags = (fields.key === undefined ? 0 : 0x2000) | (fields.sequence === undefined ? 0 : 0x1000);
  const optional = [fields.key, fields.sequence].flatMap((field) =>
    field === undefined ? [] : [u32(field)],
  );
  return (inner) => ({
    ...PLAIN,
    bytes: join(u16(flags), u16(inner.etherType ?? 0x0800), ...optional, inner.bytes),
    ipProtocol: 47,
  });
}

/** ERSPAN type II around an Ethernet frame; it stands in `gre({ sequence })`. */
export function erspan2(session = 9): Layer {
  const head = join(u16(0x1000), u16(session), u32(0));
  return (inner) => ({ ...PLAIN, bytes: join(head, inner.bytes), etherType: 0x88be });
}

/** ERSPAN type III; `platform` adds the optional 8-byte sub-header. */
export function erspan3(platform = false, session = 9): Layer {
  const head = join(u16(0x2000), u16(session), u32(123_456), u16(0), u16(platform ? 1 : 0));
  const sub = platform ? join(u32(0x0400_0000), u32(0)) : new Uint8Array(0);
  return (inner) => ({ ...PLAIN, bytes: join(head, sub, inner.bytes), etherType: 0x22eb });
}

/** VXLAN around an Ethernet frame; it stands in `udp(…, 4789)`. */
export function vxlan(id: number): Layer {
  return (inner) => ({ ...PLAIN, bytes: join([0x08, 0, 0, 0], u24(id), u8(0), inner.bytes) });
}

/** GENEVE with options of whole words; it stands in `udp(…, 6081)`. */
export function geneve(id: number, options: Uint8Array = new Uint8Array(0)): Layer {
  return (inner) => ({
    ...PLAIN,
    bytes: join(
      [options.length / 4, 0],
      u16(inner.etherType ?? 0x6558),
      u24(id),
      u8(0),
      options,
      inner.bytes,
    ),
  });
}
