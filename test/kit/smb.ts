import { join, text, u8, u16 } from "./octets.ts";
import { type Line, packets, type TcpTalk } from "./talk.ts";
import { pcap } from "./writers.ts";

/** One SMB1 message as a test describes it; what is left out is 0. */
export interface SmbLine {
  readonly command: number;
  readonly answer?: boolean;
  readonly status?: number;
  readonly multiplexId?: number;
  /** Setup words of a Trans or Trans2 request; the first is the subcommand. */
  readonly setup?: readonly number[];
  readonly timeout?: number;
  /** Zeros behind the words: only their number matters. */
  readonly dataBytes?: number;
  /** Text behind the header, in UTF-16. */
  readonly says?: string;
}

const little16 = (value: number): Uint8Array => u16(value).slice().reverse();
const little32 = (value: number): Uint8Array => join(little16(value & 0xffff), little16(value >>> 16));

/** The message behind its session header. MS-CIFS 2.2.3.1; words of Trans and Trans2: 2.2.4.33.1. */
export function smbMessage(line: SmbLine): Uint8Array {
  const { command, answer = false, status = 0, multiplexId = 64, setup, timeout = 0 } = line;
  const flags = join(u8(answer ? 0x98 : 0x18), little16(0xc007), new Uint8Array(12));
  const ids = join(little16(2048), little16(65279), little16(2048), little16(multiplexId));
  const head = join([0xff], text("SMB"), u8(command), little32(status), flags, ids);
  const words =
    setup === undefined
      ? u8(0)
      : join(
          u8(14 + setup.length),
          new Uint8Array(12),
          little32(timeout),
          new Uint8Array(10),
          u8(setup.length),
          u8(0),
          ...setup.map(little16),
        );
  const said = Uint8Array.from(Buffer.from(line.says ?? "", "utf16le"));
  return session(
    0,
    join(head, words, little16(line.dataBytes ?? 0), said, new Uint8Array(line.dataBytes ?? 0)),
  );
}

/** A session packet of RFC 1002 § 4.3.1. */
export function session(type: number, content: Uint8Array): Uint8Array {
  return join(u8(type), u8(content.length >>> 16), u16(content.length & 0xffff), content);
}

export const SMB_CLIENT = "192.0.2.10";
export const SMB_SERVER = "192.0.2.20";

/** A talk over port 445: requests and answers in turn, a tenth of a second apart. */
export function smbTalk(lines: readonly SmbLine[], more: Partial<TcpTalk> = {}): TcpTalk {
  const said = lines.map(
    (line, index): Line => ({
      from: line.answer === true ? "server" : "client",
      at: 1 + index / 10,
      says: smbMessage(line),
    }),
  );
  return {
    client: { ip: SMB_CLIENT, port: 49_152 },
    server: { ip: SMB_SERVER, port: 445 },
    startMicros: 1_494_547_200_000_000,
    lines: said,
    ...more,
  };
}

/** The talk as a capture; `snapLength` cuts its packets. */
export function smbCapture(talk: TcpTalk, snapLength = 262_144): Uint8Array {
  return pcap(packets(talk), { snapLength });
}
