import { readFileSync } from "node:fs";
import { crc32, deflateRawSync, gunzipSync } from "node:zlib";
import { tar } from "../../src/read/archive/tar.ts";
import { UnpackBudget } from "../../src/read/source/budget.ts";
import { StreamWindow } from "../../src/read/source/stream-window.ts";
import { RunDesk } from "../../src/run/desk.ts";

/** A file of an archive that a test makes. */
export interface Entry {
  readonly path: string;
  readonly content: Uint8Array | string;
  /** ustar's type; "0" is a file. */
  readonly type?: string;
  readonly modifiedSeconds?: number;
}

const BLOCK = 512;

const bytesOf = (content: Uint8Array | string): Buffer => Buffer.from(content);

function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

/** One header block of a tar archive. */
export function tarHeader(
  { path, type = "0", modifiedSeconds = 1_600_000_000 }: Entry,
  size: number,
): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(path.slice(0, 100), 0, "utf8");
  header.write("0000644\0", 100, "latin1");
  header.write(`${size.toString(8).padStart(11, "0")}\0`, 124, "latin1");
  header.write(`${modifiedSeconds.toString(8).padStart(11, "0")}\0`, 136, "latin1");
  header.write("        ", 148, "latin1");
  header.write(type, 156, "latin1");
  header.write("ustar\u000000", 257, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return header;
}

/** A tar archive; paths over 100 bytes get a pax header. */
export function tarOf(entries: readonly Entry[]): Buffer {
  const parts = entries.flatMap((entry) => {
    const content = bytesOf(entry.content);
    const own = [tarHeader(entry, content.length), padded(content)];
    if (Buffer.byteLength(entry.path) <= 100) return own;
    const record = paxRecord("path", entry.path);
    return [tarHeader({ path: "pax", content: "", type: "x" }, record.length), padded(record), ...own];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function paxRecord(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  length += String(length + String(length).length).length;
  return Buffer.from(`${length}${rest}`);
}

export interface ZipOptions {
  /** General purpose flags; 1 says encrypted. */
  readonly flags?: number;
  readonly stored?: boolean;
}

/** A zip archive. */
export function zipOf(entries: readonly Entry[], { flags = 0, stored = false }: ZipOptions = {}): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { path, content } of entries) {
    const raw = bytesOf(content);
    const packed = stored ? raw : deflateRawSync(raw);
    const name = Buffer.from(path);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(0x5021_0000, 6);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(raw.length, 18);
    common.writeUInt16LE(name.length, 22);
    locals.push(Buffer.from("PK\u0003\u0004", "latin1"), common, name, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.from("PK\u0001\u0002\u0014\u0000", "latin1"), common, tail, name);
    at += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** The bytes of one file of a .tar.gz on disk. Errors: RangeError when it holds no such file. */
export async function memberOf(archive: string, path: string): Promise<Uint8Array> {
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield gunzipSync(readFileSync(archive));
  }
  const window = new StreamWindow(whole());
  const opened = { id: "e1", name: archive, window, path: null, budget: new UnpackBudget(() => 0) };
  for await (const member of tar.members(opened, new RunDesk())) {
    const parts: Uint8Array[] = [];
    for await (const chunk of member.chunks) parts.push(chunk);
    if (member.path === path) return Buffer.concat(parts);
  }
  throw new RangeError(`${archive} holds no ${path}`);
}
