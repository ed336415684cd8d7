// The YAML of TagPacks and ActorPacks, cut into their entries: a list of mappings below one key.
//
//     title: …          a header of members, which entries inherit
//     tags:
//     - address: …      an entry, at the margin of the first one
//       label: …

import { eachLine, type TextLine } from "../../text.ts";
import type { Gaps, ListedFile } from "../listed-file.ts";

/** Lines and characters of one entry, and of the header; a description takes some hundred. */
const MAX_PIECE_LINES = 2_000;
const MAX_PIECE_CHARS = 1 << 16;
/** Entries of one pack. */
const MAX_ENTRIES = 1_000_000;

/** Lines that belong together, from `atByte` on. A text that is too long is cut, and `isCut`. */
export interface YamlPiece {
  readonly lines: string[];
  readonly atByte: number;
  readonly line: number;
  byteLength: number;
  chars: number;
  isCut: boolean;
}

/** A pack in pieces. `list` is the key below which the entries stand, null where there is none. */
export interface YamlPack {
  readonly header: YamlPiece;
  readonly entries: readonly YamlPiece[];
  readonly list: string | null;
  /** Entries beyond those that are kept. */
  readonly dropped: number;
}

const KEY = /^["']?([A-Za-z_][\w-]{0,60})["']?[ \t]*:(.*)$/;
const NOTHING = /^[ \t]*(?:#.*)?$/;
const ENTRY = /^( *)-(?: |$)/;

/** Cuts a pack into pieces.
 *
 *  Errors: none. Limits: entries that stand in brackets on the line of their key belong to the header.
 */
export async function readYamlPack(
  file: ListedFile,
  gaps: Gaps,
  lists: ReadonlySet<string>,
): Promise<YamlPack> {
  const header = emptyPiece({ atByte: 0, number: 1 });
  const entries: YamlPiece[] = [];
  let list: string | null = null;
  let margin = -1;
  let isInList = false;
  let dropped = 0;
  let piece = header;
  await eachLine(file, gaps, (line) => {
    const text = line.number === 1 ? line.text.replace(/^\uFEFF/, "") : line.text;
    if (text.startsWith("%") || /^(?:---|\.\.\.)(?:\s|$)/.test(text)) return;
    const key = KEY.exec(text);
    if (key !== null) {
      isInList = lists.has(key[1] ?? "") && NOTHING.test(key[2] ?? "");
      piece = header;
      margin = -1;
      if (isInList) list = key[1] ?? null;
      else add(header, text, line);
      return;
    }
    const entry = isInList ? ENTRY.exec(text) : null;
    if (entry !== null && (margin === -1 || entry[1]?.length === margin)) {
      margin = entry[1]?.length ?? 0;
      piece = emptyPiece(line);
      if (entries.length < MAX_ENTRIES) entries.push(piece);
      else dropped += 1;
    }
    add(piece, text, line);
  });
  return { header, entries, list, dropped };
}

function emptyPiece({ atByte, number }: Pick<TextLine, "atByte" | "number">): YamlPiece {
  return { lines: [], atByte, line: number, byteLength: 0, chars: 0, isCut: false };
}

function add(piece: YamlPiece, text: string, { atByte, byteLength }: TextLine): void {
  if (NOTHING.test(text)) return;
  piece.chars += text.length;
  if (piece.lines.length >= MAX_PIECE_LINES || piece.chars > MAX_PIECE_CHARS) {
    piece.isCut = true;
    return;
  }
  piece.lines.push(text);
  piece.byteLength = atByte + byteLength - piece.atByte;
}
