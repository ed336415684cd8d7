/** tar archives: POSIX ustar, pax, GNU long names and old V7.
 *
 *  OFFSET  SIZE  MEANING
 *  0       100   path
 *  124     12    size: octal text, or base 256 when the first bit is set
 *  136     12    modification time, seconds since 1970, in the same form
 *  148     8     checksum: sum of the header's bytes with these eight as spaces, octal
 *  156     1     type: 0 or NUL file, 5 folder, 1 and 2 links, x and g pax, L and K GNU long names
 *  257     6     "ustar"
 *  345     155   path prefix (ustar)
 *  512           the file, padded to a multiple of 512 bytes
 *
 *  Source: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Extended Header"; GNU tar, "Basic Tar".
 *  Limits: a GNU sparse file is handed on as it is stored, without its holes.
 */
import { boundedMicros } from "../../bytes/time.ts";
import type { Desk } from "../reader.ts";
import type { ByteWindow } from "../source/window.ts";
import { type Archive, isSafePath, type Member, type OpenArchive } from "./archive.ts";

const BLOCK = 512;
/** Longest pax header or GNU long name that is read. */
const MAX_EXTRA_BYTES = 1 << 20;

const FILE_TYPES = new Set(["0", "\0", "7", "S"]);
const LINK_TYPES = new Set(["1", "2"]);

interface Header {
  readonly path: string;
  readonly size: number;
  readonly modifiedMicros: number | null;
  readonly type: string;
}

export const tar: Archive = {
  id: "tar",
  title: "tar archive",
  sniff: (head) => head.length >= BLOCK && headerOf(head, 0) !== null,
  members,
};

/** What pax headers and GNU long names say of the next member. */
interface Extra {
  path: string | null;
  size: number | null;
  modifiedMicros: number | null;
}

async function* members(archive: OpenArchive, desk: Desk): AsyncGenerator<Member> {
  const { window } = archive;
  let extra: Extra = { path: null, size: null, modifiedMicros: null };
  while (await fill(window, BLOCK)) {
    if (isZero(window)) {
      window.at += BLOCK;
      continue;
    }
    const header = headerOf(window.bytes, window.at);
    if (header === null) {
      if (!(await resume(archive, desk))) return;
      continue;
    }
    const headerAt = window.base + window.at;
    window.at += BLOCK;
    const size = extra.size ?? header.size;
    const body = new Body(window, size);
    if ("xgLK".includes(header.type)) {
      const text = await body.text(MAX_EXTRA_BYTES);
      if (header.type === "x") extra = { ...extra, ...paxOf(text) };
      else if (header.type === "L") extra = { ...extra, path: text.replace(/\0.*$/s, "") };
    } else {
      const path = (extra.path ?? header.path).replace(/^(?:\.\/)+/, "");
      const modifiedMicros = extra.modifiedMicros ?? header.modifiedMicros;
      if (isWanted(archive, desk, { path, type: header.type, headerAt })) {
        yield { path, bytes: size, modifiedMicros, chunks: body.chunks() };
      }
      extra = { path: null, size: null, modifiedMicros: null };
    }
    if (!(await body.skip())) {
      const held = `${header.path} has ${size} bytes, ${body.taken} are there`;
      const says = `Cannot read ${archive.name} to its end: ${held}`;
      desk.gap(placeOf(archive, headerAt), "truncated-file", says);
      return;
    }
  }
  if (window.end > window.at) {
    const says = `Cannot read ${archive.name} to its end: ${window.end - window.at} bytes are no header`;
    desk.gap(placeOf(archive, window.base + window.at), "truncated-file", says);
  }
}

function placeOf({ id }: OpenArchive, atByte: number) {
  return { evidence: id, atByte, byteLength: BLOCK, packet: null, line: null };
}

interface Entry {
  readonly path: string;
  readonly type: string;
  readonly headerAt: number;
}

function isWanted(archive: OpenArchive, desk: Desk, { path, type, headerAt }: Entry): boolean {
  if (LINK_TYPES.has(type)) return false;
  if (!FILE_TYPES.has(type) || path.endsWith("/")) return false;
  if (isSafePath(path)) return true;
  const says = `${archive.name} holds paths that lead out of it; such files are read, and written nowhere`;
  desk.gap(placeOf(archive, headerAt), "unsafe-path", says);
  return true;
}

/** The bytes of one member. */
class Body {
  readonly #window: ByteWindow;
  readonly #size: number;
  taken = 0;

  constructor(window: ByteWindow, size: number) {
    this.#window = window;
    this.#size = size;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    const window = this.#window;
    while (this.taken < this.#size) {
      if (window.end === window.at && !(await window.more())) return;
      const take = Math.min(window.end - window.at, this.#size - this.taken);
      const chunk = window.bytes.slice(window.at, window.at + take);
      window.at += take;
      this.taken += take;
      yield chunk;
    }
  }

  async text(most: number): Promise<string> {
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of this.chunks()) {
      if (bytes < most) parts.push(chunk);
      bytes += chunk.length;
    }
    return Buffer.concat(parts).subarray(0, most).toString("utf8");
  }

  /** Passes over what nobody took, and the padding; false when the archive ends before. */
  async skip(): Promise<boolean> {
    const window = this.#window;
    let left = this.#size - this.taken;
    while (left > 0) {
      if (window.end === window.at && !(await window.more())) return false;
      const take = Math.min(window.end - window.at, left);
      window.at += take;
      this.taken += take;
      left -= take;
    }
    const padding = (BLOCK - (this.#size % BLOCK)) % BLOCK;
    if (await fill(window, padding)) window.at += padding;
    return true;
  }
}

async function fill(window: ByteWindow, bytes: number): Promise<boolean> {
  while (window.end - window.at < bytes) if (!(await window.more())) return false;
  return true;
}

function isZero({ bytes, at }: ByteWindow): boolean {
  for (let i = at; i < at + BLOCK; i++) if (bytes[i] !== 0) return false;
  return true;
}

/** Looks for the next header behind damage. */
async function resume(archive: OpenArchive, desk: Desk): Promise<boolean> {
  const { window } = archive;
  const from = window.base + window.at;
  const says = `Cannot read a header of ${archive.name} at byte ${from}: its checksum is wrong`;
  desk.gap(placeOf(archive, from), "malformed-archive", says);
  do {
    window.at += BLOCK;
    if (!(await fill(window, BLOCK))) {
      window.at = window.end;
      return false;
    }
  } while (headerOf(window.bytes, window.at) === null);
  return true;
}

function headerOf(bytes: Uint8Array, at: number): Header | null {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : bytes[at + i]!;
  if (numberAt(bytes, at + 148, 8) !== sum || sum === 256) return null;
  const size = numberAt(bytes, at + 124, 12);
  if (size === null || !Number.isSafeInteger(size)) return null;
  const seconds = numberAt(bytes, at + 136, 12);
  const prefix =
    textAt(bytes, at + 257, 5) === "ustar" && bytes[at + 262] === 0 ? textAt(bytes, at + 345, 155) : "";
  const name = textAt(bytes, at, 100);
  const type = String.fromCharCode(bytes[at + 156]!);
  return {
    path: prefix === "" ? name : `${prefix}/${name}`,
    size: type === "5" ? 0 : size,
    modifiedMicros: seconds === null || seconds > 9e9 ? null : seconds * 1e6,
    type,
  };
}

function textAt(bytes: Uint8Array, at: number, most: number): string {
  const stop = bytes.subarray(at, at + most).indexOf(0);
  return Buffer.from(bytes.subarray(at, at + (stop === -1 ? most : stop))).toString("utf8");
}

/** Octal text, or base 256; null when it is neither. */
function numberAt(bytes: Uint8Array, at: number, length: number): number | null {
  if ((bytes[at]! & 0x80) !== 0) {
    let value = bytes[at]! & 0x7f;
    for (let i = 1; i < length; i++) value = value * 256 + bytes[at + i]!;
    return value;
  }
  const text = textAt(bytes, at, length).trim();
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : text === "" ? 0 : null;
}

/** Records "LENGTH KEY=VALUE\n". */
function paxOf(text: string): Partial<Extra> {
  const found: Partial<Extra> = {};
  for (const [, key, value] of text.matchAll(/^\d{1,9} ([\w.]{1,40})=([^\n]*)$/gm)) {
    if (key === "path") found.path = value ?? null;
    if (key === "size" && /^\d{1,15}$/.test(value ?? "")) found.size = Number(value);
    if (key === "mtime" && /^\d{1,10}(?:\.\d*)?$/.test(value ?? "")) {
      found.modifiedMicros = boundedMicros(Math.floor(Number(value) * 1e6));
    }
  }
  return found;
}
