import { hex, join, text, u8, u16, u24, u32 } from "./octets.ts";
import type { Random } from "./random.ts";

/** A TLS record of handshake or application data. */
export function tlsRecord(type: number, body: Uint8Array): Uint8Array {
  return join(u8(type), u16(0x0303), u16(body.length), body);
}

const withLength = (bytes: Uint8Array): Uint8Array => join(u16(bytes.length), bytes);
const tlsExtension = (type: number, body: Uint8Array): Uint8Array => join(u16(type), withLength(body));

/** A TLS 1.2 ClientHello as a browser of 2017 sends it. */
export function clientHello(
  by: Random,
  serverName: string | null,
  alpn: readonly string[] = ["h2", "http/1.1"],
): Uint8Array {
  const ciphers = hex("c02bc02fcca9cca8c02cc030c009c013c00ac014002f0035000a");
  const protocols = join(...alpn.map((name) => join(u8(name.length), text(name))));
  const host = serverName === null ? null : text(serverName);
  const extensions = join(
    host === null ? [] : tlsExtension(0, withLength(join(u8(0), withLength(host)))),
    tlsExtension(23, new Uint8Array(0)),
    tlsExtension(10, withLength(hex("001d00170018"))),
    tlsExtension(11, hex("0100")),
    alpn.length === 0 ? [] : tlsExtension(16, withLength(protocols)),
    tlsExtension(13, withLength(hex("0403050306030401050106010203"))),
  );
  const session = by.bytes(32);
  const body = join(
    join(u16(0x0303), by.bytes(32), u8(32), session),
    join(withLength(ciphers), hex("0100"), withLength(extensions)),
  );
  return tlsRecord(22, join(u8(1), u24(body.length), body));
}

/** A ServerHello and its end of the handshake; certificates are left out. */
export function serverHello(by: Random): Uint8Array {
  const body = join(u16(0x0303), by.bytes(32), u8(32), by.bytes(32), hex("c02f00"));
  const done = join(u8(14), u24(0));
  return tlsRecord(22, join(u8(2), u24(body.length), body, done));
}

export const applicationData = (by: Random, length: number): Uint8Array => tlsRecord(23, by.bytes(length));

/** An unencrypted SSH packet (RFC 4253 §6). */
function sshPacket(by: Random, payload: Uint8Array): Uint8Array {
  const padding = 4 + ((8 - ((payload.length + 5 + 4) % 8)) % 8);
  return join(u32(payload.length + padding + 1), u8(padding), payload, by.bytes(padding));
}

export function sshKexInit(by: Random): Uint8Array {
  const lists = [
    "curve25519-sha256,diffie-hellman-group14-sha1",
    "ssh-ed25519,rsa-sha2-512",
    ...["aes256-ctr", "aes256-ctr", "hmac-sha2-256", "hmac-sha2-256", "none", "none", "", ""],
  ];
  const names = lists.map((list) => join(u32(list.length), text(list)));
  return sshPacket(by, join(u8(20), by.bytes(16), ...names, u8(0), u32(0)));
}

export const sshNewKeys = (by: Random): Uint8Array => sshPacket(by, u8(21));

/** NTP version 4: mode 3 asks, mode 4 answers. */
export function ntp(mode: 3 | 4, atSeconds: number): Uint8Array {
  const stamp = join(u32((atSeconds + 2_208_988_800) % 2 ** 32), u32(0));
  const reference = mode === 3 ? new Uint8Array(24) : join(stamp, stamp, stamp);
  const root = join(u32(0), u32(mode === 4 ? 0x20 : 0), [192, 0, 2, 1]);
  return join([0x20 | mode, mode === 4 ? 2 : 0, 6, 0xec], root, reference, stamp);
}
