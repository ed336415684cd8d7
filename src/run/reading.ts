import { createHash, type Hash } from "node:crypto";
import { isoMicros } from "../bytes/time.ts";
import { PaydirtError } from "../model/error.ts";
import type { Compression, Evidence } from "../model/evidence.ts";
import { bytesAt } from "../model/place.ts";
import { ARCHIVES, type Archive, chunksOf, type Member } from "../read/archive/index.ts";
import { Carving } from "../read/carve/index.ts";
import { fileTime } from "../read/host/file-times.ts";
import { hostPath } from "../read/host/layout.ts";
import { READERS } from "../read/index.ts";
import { NOTHING_SUMMED, type Reader, type ReadSummary } from "../read/reader.ts";
import { MAX_DEPTH, type UnpackBudget } from "../read/source/budget.ts";
import { type Codec, codecOf } from "../read/source/codecs.ts";
import { HEAD_BYTES } from "../read/source/open.ts";
import { StreamWindow } from "../read/source/stream-window.ts";
import { TappedWindow } from "../read/source/tapped-window.ts";
import type { ByteWindow } from "../read/source/window.ts";
import type { RunDesk } from "./desk.ts";
import type { YaraRules } from "./yara.ts";

/** Kinds of readers whose evidence is not searched for addresses: their sessions tell them. */
const CAPTURES: ReadonlySet<string> = new Set(["pcap", "pcapng"]);

/** Bytes that are to be read, and what is known of them. */
export interface Piece {
  readonly id: string;
  readonly name: string;
  /** As `Item.path`. */
  readonly path: string;
  /** The host's key while reading. */
  readonly host: string;
  readonly modifiedMicros: number | null;
  readonly window: ByteWindow;
  readonly budget: UnpackBudget;
  /** Archives that hold it. */
  readonly depth: number;
  /** The file as it lies on disk, uncompressed; else null. */
  readonly diskPath: string | null;
}

/** What became of a piece. */
export interface PieceRead {
  /** Id of the reader or archive; null when no reader knows it. */
  readonly kind: string | null;
  readonly summary: ReadSummary;
  readonly files: number | null;
  readonly filesRead: number | null;
  readonly compression: Compression | null;
}

export const NOTHING_READ: PieceRead = {
  kind: null,
  summary: NOTHING_SUMMED,
  files: null,
  filesRead: null,
  compression: null,
};

/** Members of an archive, of a tree or of a live host. */
export interface Container {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly budget: UnpackBudget;
  readonly depth: number;
  readonly members: AsyncIterable<Member>;
}

export interface ReadingOptions {
  readonly hash: boolean;
  readonly pulse: () => void;
  /** Rules that every file is held against; null: none were given. */
  readonly yara: YaraRules | null;
}

/** Reads pieces of evidence, and what is inside them, and lists what was read. */
export class Reading {
  /** Members of containers that were read as something, in the order in which they were met. */
  readonly members: Evidence[] = [];
  /** Which container a host's key lies in: one that says nothing of its host is a part of the outer one. */
  readonly scopes = new Map<string, string>();
  readonly #desk: RunDesk;
  readonly #hash: boolean;
  readonly #pulse: () => void;
  readonly #yara: YaraRules | null;

  constructor(desk: RunDesk, { hash, pulse, yara }: ReadingOptions) {
    this.#desk = desk;
    this.#hash = hash;
    this.#pulse = pulse;
    this.#yara = yara;
  }

  /** Reads to the end whatever it is. Errors: those of the file system, and `PaydirtError`. */
  async piece(piece: Piece): Promise<PieceRead> {
    const { window } = piece;
    while (window.end - window.at < HEAD_BYTES && (await window.more()));
    const head = window.bytes.subarray(window.at, Math.min(window.end, window.at + HEAD_BYTES));
    const codec = codecOf(head);
    if (codec !== null) return this.#compressed(piece, codec);
    const archive = ARCHIVES.find((one) => one.sniff(head));
    if (archive !== undefined) return this.#archive(piece, archive);
    const reader = READERS.find((one) => one.sniff(head, piece)) ?? null;
    if (reader !== null && CAPTURES.has(reader.id)) return this.#captured(piece, reader);
    return this.#searched(piece, reader);
  }

  /** Compression inside an archive, inside another compression, or of standard input. */
  async #compressed(piece: Piece, codec: Codec): Promise<PieceRead> {
    if (this.#isTooDeep(piece)) return { ...NOTHING_READ, kind: codec.id };
    const { budget, depth } = piece;
    const window = new StreamWindow(budget.pass(codec.unpack(chunksOf(piece.window))));
    const read = await this.piece({ ...piece, window, depth: depth + 1, diskPath: null });
    return { ...read, compression: codec.id };
  }

  #isTooDeep({ id, name, depth }: Piece): boolean {
    if (depth < MAX_DEPTH) return false;
    const says = `${name} lies ${depth} archives deep; only ${MAX_DEPTH} are opened`;
    this.#desk.gap(bytesAt(id, 0, 0), "nesting-limit", says);
    return true;
  }

  async #captured(piece: Piece, reader: Reader): Promise<PieceRead> {
    const summary = await reader.read(piece, this.#desk);
    return { ...NOTHING_READ, kind: reader.id, summary };
  }

  /** Parsed where a reader knows it, and searched for addresses in the same pass. */
  async #searched(piece: Piece, reader: Reader | null): Promise<PieceRead> {
    const carving = new Carving(piece, this.#desk);
    const scan = this.#yara?.tap(piece, this.#desk) ?? null;
    const carved = new TappedWindow(piece.window, carving);
    const window = scan === null ? carved : new TappedWindow(carved, scan);
    let summary = NOTHING_SUMMED;
    try {
      if (reader !== null) summary = await reader.read({ ...piece, window }, this.#desk);
    } finally {
      do window.at = window.end;
      while (await window.more());
      carving.finish();
      scan?.finish();
    }
    this.#noteFailure(piece);
    return { ...NOTHING_READ, kind: reader?.id ?? null, summary };
  }

  #noteFailure({ id, name, window, budget }: Piece): void {
    if (window.failed === null) return;
    const code = budget.isSpent ? "unpack-limit" : "malformed-gzip";
    this.#desk.gap(
      bytesAt(id, window.base + window.end, 0),
      code,
      `Cannot read on in ${name}: ${window.failed}`,
    );
  }

  async #archive(piece: Piece, archive: Archive): Promise<PieceRead> {
    const { id, name, window, budget, depth, diskPath } = piece;
    if (this.#isTooDeep(piece)) return { ...NOTHING_READ, kind: archive.id };
    if (piece.host !== id) this.scopes.set(id, piece.host);
    const opened = { id, name, window, path: diskPath, budget };
    const members = archive.members(opened, this.#desk);
    const counts = await this.container({ id, name, host: id, budget, depth: depth + 1, members });
    this.#noteFailure(piece);
    return { ...NOTHING_READ, kind: archive.id, ...counts };
  }

  /** Reads every member; those that were read as something are listed as evidence of their own. */
  async container(container: Container): Promise<{ readonly files: number; readonly filesRead: number }> {
    let files = 0;
    let filesRead = 0;
    for await (const member of container.members) {
      files += 1;
      if (container.depth > 0 && !container.budget.takeMember()) {
        const says = `${container.name} holds more files than the ${container.budget.members} allowed`;
        this.#desk.gap(bytesAt(container.id, 0, 0), "unpack-limit", says);
        break;
      }
      this.#pulse();
      if (await this.#member(container, member)) filesRead += 1;
    }
    return { files, filesRead };
  }

  async #member(container: Container, member: Member): Promise<boolean> {
    const { budget, depth } = container;
    const id = this.#desk.nextId("e");
    const name = `${container.name}/${member.path}`;
    const digest = new Digest(this.#hash, this.#pulse);
    const window = new StreamWindow(digest.pass(member.chunks));
    const { host } = container;
    const path = hostPath(member.path);
    const modifiedMicros = fileTime(this.#desk, { host, path }) ?? member.modifiedMicros;
    const item = { path, host, modifiedMicros };
    const before = this.#desk.noted;
    const at = this.members.length;
    const read = await this.#guarded({ id, name, ...item, window, budget, depth, diskPath: null });
    if (read.kind === null && this.#desk.noted === before) {
      this.#desk.returnId("e");
      return false;
    }
    const { firstMicros, lastMicros, packets } = read.summary;
    this.members.splice(at, 0, {
      id,
      name,
      kind: read.kind ?? "searched",
      compression: read.compression,
      within: container.id,
      host,
      bytes: digest.bytes,
      // What could not be unpacked was not read to its end, so that its hash would be that of a part.
      sha256: window.failed === null ? digest.sha256() : null,
      packets,
      first: firstMicros === null ? null : isoMicros(firstMicros),
      last: lastMicros === null ? null : isoMicros(lastMicros),
      files: read.files,
      filesRead: read.filesRead,
      custody: null,
    });
    return read.kind !== null;
  }

  /** A member that cannot be read is a gap; the others are still read. */
  async #guarded(piece: Piece): Promise<PieceRead> {
    try {
      return await this.piece(piece);
    } catch (error) {
      if (error instanceof PaydirtError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      this.#desk.gap(
        bytesAt(piece.id, 0, 0),
        "unreadable",
        `Cannot read ${piece.name} to its end: ${reason}`,
      );
      return NOTHING_READ;
    }
  }
}

/** Counts and hashes the bytes of a member as they pass; one of many gigabytes can be interrupted. */
class Digest {
  bytes = 0;
  readonly #hash: Hash | null;
  readonly #pulse: () => void;

  constructor(hash: boolean, pulse: () => void) {
    this.#hash = hash ? createHash("sha256") : null;
    this.#pulse = pulse;
  }

  async *pass(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#pulse();
      this.bytes += chunk.length;
      this.#hash?.update(chunk);
      yield chunk;
    }
  }

  sha256(): string | null {
    return this.#hash?.digest("hex") ?? null;
  }
}
