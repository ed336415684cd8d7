// GraphSense's TagPacks and ActorPacks. Source: graphsense-tagpack-tool, "TagPacks" and "ActorPacks" of its
// documentation; fields of the header are inherited by every entry that does not have them.

import type { SourceTag, TagActor } from "../../../model/chain.ts";
import type { Place } from "../../../model/place.ts";
import type { Gaps, ListedFile } from "../listed-file.ts";
import { readYamlPack, type YamlPack, type YamlPiece } from "./block-yaml.ts";
import { parsePlainYaml, type Yaml, type YamlMap } from "./plain-yaml.ts";
import { tagOf } from "./tag-fields.ts";
import { parseLastEntry, parseWholeYaml } from "./whole-yaml.ts";

/** Characters of one entry, and of all entries of a pack, that are left to the library: it reads some MB a
 *  second, and takes the square of a text's length for one that is full of faults. */
const MAX_WHOLE_ENTRY = 1 << 13;
const MAX_WHOLE = 8 << 20;
const MAX_LIST = 100;
const HEADER_ANCHOR = /^header:\s{1,8}&([\w-]{1,60})\s{0,8}$/;
const LISTS: ReadonlySet<string> = new Set(["tags", "actors"]);
const NOTHING: YamlMap = new Map();

/** What a list holds. */
export interface TagList {
  readonly tags: readonly SourceTag[];
  readonly actors: readonly TagActor[];
}

/** Reads a pack; null where the file is none.
 *
 *  Errors: none; an entry that is none is a gap with its line.
 */
export async function readPack(file: ListedFile, gaps: Gaps): Promise<TagList | null> {
  const pack = await readYamlPack(file, gaps, LISTS);
  const reader = new PackReader(file, gaps, pack);
  const header = await reader.header();
  const inHeader = [...LISTS].find((name) => Array.isArray(header.get(name)));
  if (pack.list === null && inHeader === undefined) return null;
  const list = textOf(header.get("title")) ?? file.name;
  const found: { tags: SourceTag[]; actors: TagActor[] } = { tags: [], actors: [] };
  const take = (entry: YamlMap, kind: string, place: Place): void => {
    const field = (name: string): string | null => textOf(entry.get(name)) ?? textOf(header.get(name));
    const made = kind === "actors" ? actorOf(entry, list, place) : tagOf(field, list, place);
    if ("says" in made) reader.fault(place, made);
    else if ("address" in made) found.tags.push(made);
    else found.actors.push(made);
  };
  for (const piece of pack.entries) {
    const entry = await reader.entry(piece);
    if (entry !== null) take(entry, pack.list ?? "tags", reader.placeOf(piece));
  }
  for (const entry of entriesIn(header, inHeader))
    take(entry, inHeader ?? "tags", reader.placeOf(pack.header));
  return found;
}

function entriesIn(header: YamlMap, list: string | undefined): readonly YamlMap[] {
  const entries = list === undefined ? null : header.get(list);
  return Array.isArray(entries) ? entries.filter((entry: unknown) => entry instanceof Map) : [];
}

class PackReader {
  readonly #file: ListedFile;
  readonly #gaps: Gaps;
  readonly #pack: YamlPack;
  readonly #list: string;
  /** The line by which entries take over a header with an anchor: they inherit it in any case. */
  readonly #merge: string | null;
  #whole = 0;

  constructor(file: ListedFile, gaps: Gaps, pack: YamlPack) {
    this.#file = file;
    this.#gaps = gaps;
    this.#pack = pack;
    this.#list = pack.list ?? "tags";
    const anchor = pack.header.lines.map((line) => HEADER_ANCHOR.exec(line)?.[1]).find(Boolean);
    this.#merge = anchor === undefined ? null : `<<: *${anchor}`;
    if (pack.dropped === 0) return;
    const says = `${file.name} has ${pack.dropped} entries more than are kept`;
    gaps.gap(this.placeOf(pack.header), "dropped-details", says);
  }

  placeOf({ atByte, byteLength, line }: YamlPiece): Place {
    return { evidence: this.#file.id, atByte, byteLength, packet: null, line };
  }

  fault(
    place: Place,
    { code, says }: { readonly code: Parameters<Gaps["gap"]>[1]; readonly says: string },
  ): void {
    this.#gaps.gap(place, code, `Cannot read an entry of ${this.#file.name}: ${says}`);
  }

  /** The members of the header, and of a mapping `header` in it, which anchors are made of. */
  async header(): Promise<YamlMap> {
    const { header } = this.#pack;
    const read = parsePlainYaml(header.lines) ?? (await parseWholeYaml(header.lines.join("\n")));
    if (typeof read === "string") {
      if (header.lines.length > 0 && this.#pack.list !== null) this.#malformed(header, `its header: ${read}`);
      return NOTHING;
    }
    const inner = read.get("header");
    return inner instanceof Map ? new Map([...inner, ...read]) : read;
  }

  async entry(piece: YamlPiece): Promise<YamlMap | null> {
    if (piece.isCut) return this.#malformed(piece, "it is too long");
    const [first = "", ...more] = piece.lines;
    const lines = [first.replace("-", " "), ...more].filter((line) => line.trim() !== this.#merge);
    const plain = parsePlainYaml(lines);
    if (plain !== null) return plain;
    const text = this.#wholeText(piece.lines);
    this.#whole += text.length;
    if (text.length > MAX_WHOLE_ENTRY) return this.#malformed(piece, "it is too long");
    if (this.#whole > MAX_WHOLE) return this.#malformed(piece, "more such entries than are read");
    const read = await parseLastEntry(text, this.#list);
    return typeof read === "string" ? this.#malformed(piece, read) : read;
  }

  /** An entry with references is read behind the header, where their anchors are. */
  #wholeText(lines: readonly string[]): string {
    const header = lines.some((line) => line.includes("*")) ? this.#pack.header.lines : [];
    return [...header, `${this.#list}:`, ...lines].join("\n");
  }

  #malformed(piece: YamlPiece, says: string): null {
    this.fault(this.placeOf(piece), { code: "malformed-tag", says });
    return null;
  }
}

/** A text; of a list its first. */
function textOf(value: Yaml | undefined): string | null {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" && first.trim() !== "" ? first.trim() : null;
}

function actorOf(
  entry: YamlMap,
  list: string,
  place: Place,
): TagActor | { readonly code: "malformed-tag"; readonly says: string } {
  const id = textOf(entry.get("id"));
  if (id === null) return { code: "malformed-tag", says: "an actor has no id" };
  return {
    id,
    label: textOf(entry.get("label")) ?? id,
    categories: textsOf(entry.get("categories")),
    jurisdictions: textsOf(entry.get("jurisdictions")),
    uri: textOf(entry.get("uri")),
    list,
    place,
  };
}

function textsOf(value: Yaml | undefined): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((one: unknown) => typeof one === "string").slice(0, MAX_LIST);
}
