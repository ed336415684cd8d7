import type { SourceTag, TagActor } from "../../model/chain.ts";
import type { CaseTag } from "../../model/follow-case.ts";
import type { Place } from "../../model/place.ts";
import type { Stop } from "../../model/trace.ts";
import { namesIn } from "../../tables/label-names.ts";
import { type TagCategory, tagCategory } from "../../tables/tag-categories.ts";
import { type FirstReceipt, tagCautions } from "./tag-cautions.ts";

/** What all lists together say. `coin` is that of the chain that is followed. */
export interface TagLists {
  readonly coin: string;
  readonly tags: readonly SourceTag[];
  readonly actors: readonly TagActor[];
  readonly firstReceipt: FirstReceipt;
}

/** The service that holds an address, as a tag has it. */
export interface TaggedService {
  readonly name: string;
  readonly category: string | null;
  readonly tag: CaseTag;
}

export interface TagIndex {
  /** In the order of the lists. */
  tagsOf(address: string): readonly CaseTag[];
  /** null: no tag says that a service holds it. */
  serviceOf(address: string): TaggedService | null;
  /** Why a trace does not go on behind an output to the address; null: no tag asks for it. */
  stopAt(address: string): Stop | null;
  /** Addresses that lists give this label, or one of the names in it, in their order. */
  addressesOf(label: string): readonly string[];
  /** Why it is doubtful that the addresses belong to whom they are tagged as. */
  doubts(addresses: readonly string[]): ReadonlyMap<string, { readonly says: string; readonly place: Place }>;
}

/** Makes tags of all lists findable by address.
 *
 *  Shape: a tag keeps all that its list says; one that a list repeats counts once. Its id is "tag" and its
 *  position among all. Tags of one address that name different holders, or kinds of holders, stand side by
 *  side with each other's ids in `conflicts`; of several services the first tag's is told, with the others.
 *  A list of sanctioned addresses names no holder and contradicts nothing.
 */
export function tagIndex({ coin, tags, actors, firstReceipt }: TagLists): TagIndex {
  const byActor = new Map(actors.map((actor) => [actor.id, actor]));
  const byAddress = new Map<string, NumberedTag[]>();
  const byName = new Map<string, Set<string>>();
  for (const [index, tag] of tags.entries()) {
    if (tag.coin !== coin) continue;
    const known = byAddress.get(tag.address);
    if (known === undefined) byAddress.set(tag.address, [{ tag, id: `tag${index + 1}` }]);
    else if (!known.some((one) => isRepeated(one.tag, tag))) known.push({ tag, id: `tag${index + 1}` });
    for (const name of namesIn(tag.label)) {
      const named = byName.get(name);
      if (named === undefined) byName.set(name, new Set([tag.address]));
      else named.add(tag.address);
    }
  }
  const addressesOf = (label: string): readonly string[] => [
    ...new Set(namesIn(label).flatMap((name) => [...(byName.get(name) ?? [])])),
  ];
  const cautionOf = tagCautions({ addressesOf, firstReceipt });
  const tagsOf = (address: string): readonly CaseTag[] => {
    const found = byAddress.get(address) ?? [];
    return found.map(({ tag, id }) => ({
      ...tag,
      id,
      conflicts: found.filter((other) => disagree(tag, other.tag)).map((other) => other.id),
      caution: cautionOf(tag),
    }));
  };
  const categoryOf = (tag: SourceTag): TagCategory | null => stoppingCategory(tag, byActor);
  return {
    tagsOf,
    addressesOf,
    serviceOf: (address) => serviceIn(tagsOf(address), categoryOf),
    stopAt: (address) => stopOf(tagsOf(address), categoryOf),
    doubts: (addresses) => doubtsOf(addresses, tagsOf),
  };
}

interface NumberedTag {
  readonly id: string;
  readonly tag: SourceTag;
}

type CategoryOf = (tag: SourceTag) => TagCategory | null;

function isRepeated(one: SourceTag, other: SourceTag): boolean {
  return (
    one.list === other.list &&
    one.label === other.label &&
    one.category === other.category &&
    one.abuse === other.abuse &&
    one.source === other.source
  );
}

/** Whether two tags of one address cannot both be right. */
function disagree(one: SourceTag, other: SourceTag): boolean {
  if (one === other || !namesHolder(one) || !namesHolder(other)) return false;
  const [kind, otherKind] = [tagCategory(one.category), tagCategory(other.category)];
  const isSpecific = kind !== null && otherKind !== null && !kind.isVague && !otherKind.isVague;
  if (isSpecific && kind.title !== otherKind.title) return true;
  if (one.actor !== null && one.actor === other.actor) return false;
  const names = new Set(namesIn(other.label));
  return !namesIn(one.label).some((name) => names.has(name));
}

/** A list of sanctioned addresses says that they are listed, and not whose they are. */
function namesHolder({ abuse, actor, label }: SourceTag): boolean {
  return actor !== null || !(abuse === "sanction" || /\bsanctions?\b/i.test(label));
}

/** The kind of holder that makes a trace stop: the tag's own word, else one of its actor's. A tag of an abuse
 *  is about who did it. */
function stoppingCategory(
  { category, actor, abuse }: SourceTag,
  actors: ReadonlyMap<string, TagActor>,
): TagCategory | null {
  if (category === null && abuse !== null) return null;
  const words = category === null ? (actors.get(actor ?? "")?.categories ?? []) : [category];
  return words.map(tagCategory).find((known) => known !== null && known.stop !== null) ?? null;
}

function serviceIn(tags: readonly CaseTag[], categoryOf: CategoryOf): TaggedService | null {
  for (const tag of tags) {
    const category = categoryOf(tag);
    if (category?.stop === "service") return { name: tag.label, category: category.id, tag };
  }
  return null;
}

function stopOf(tags: readonly CaseTag[], categoryOf: CategoryOf): Stop | null {
  const stopping = tags.flatMap((tag) => {
    const category = categoryOf(tag);
    return category === null || category.stop === null ? [] : [{ tag, category, stop: category.stop }];
  });
  const first = stopping.find(({ stop }) => stop === "service") ?? stopping[0];
  if (first === undefined) return null;
  const { tag, category, stop } = first;
  const others = tags.filter(({ id }) => tag.conflicts.includes(id));
  const but = others.map((other) => `; but ${other.list} says ${other.label} (${other.id})`).join("");
  const doubt = tag.caution === null ? "" : `; doubtful: ${tag.caution}`;
  return { stop, says: `${tag.label}, ${category.title}, says ${tag.list} (${tag.id})${but}${doubt}` };
}

function doubtsOf(
  addresses: readonly string[],
  tagsOf: TagIndex["tagsOf"],
): ReadonlyMap<string, { readonly says: string; readonly place: Place }> {
  const doubts = new Map<string, { readonly says: string; readonly place: Place }>();
  for (const address of addresses) {
    const doubted = tagsOf(address).find(({ caution }) => caution !== null);
    if (doubted?.caution) doubts.set(address, { says: doubted.caution, place: doubted.place });
  }
  return doubts;
}
