import { join, text, u16, u32 } from "./octets.ts";
import type { Random } from "./random.ts";

/** The request and answer that turn HTTP into WebSocket. The key is the example of RFC 6455 §1.3. */
export function upgrade(host: string, path = "/"): readonly [string, string] {
  const both = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
  const key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  return [
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${both}${key}Sec-WebSocket-Version: 13\r\n\r\n`,
    `HTTP/1.1 101 Switching Protocols\r\n${both}Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n`,
  ];
}

/** A text frame; those of clients are masked. */
export function textFrame(message: string, mask: Random | null): Uint8Array {
  const payload = text(message);
  const size = payload.length;
  const masked = mask === null ? 0 : 0x80;
  const length =
    size < 126
      ? Uint8Array.of(masked | size)
      : size < 65_536
        ? join([masked | 126], u16(size))
        : join([masked | 127], u32(0), u32(size));
  if (mask === null) return join([0x81], length, payload);
  const key = mask.bytes(4);
  return join(
    [0x81],
    length,
    key,
    payload.map((byte, index) => byte ^ (key[index % 4] ?? 0)),
  );
}
