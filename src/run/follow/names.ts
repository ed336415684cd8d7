import type { Followed } from "../../follow/bitcoin/options.ts";
import { type TagIndex, tagIndex } from "../../follow/bitcoin/tags.ts";
import type { Chain, SourceTag, TagActor } from "../../model/chain.ts";
import { nearest } from "../../model/nearest.ts";
import { bytesAt } from "../../model/place.ts";
import { readTags } from "../../read/chain/tags/index.ts";
import {
  RANSOM_ADDRESSES_NAME,
  RANSOM_ADDRESSES_SOURCE,
  ransomAddresses,
} from "../../tables/ransom-addresses.ts";
import { TAG_CATEGORY_WORDS, tagCategory } from "../../tables/tag-categories.ts";
import type { FollowDesk } from "./desk.ts";
import type { FollowOptions } from "./options.ts";

/** What is said of addresses, by all lists together. */
export interface Names {
  readonly tags: readonly SourceTag[];
  readonly index: TagIndex;
  /** The same once the first receipts of addresses are known: old addresses are doubted. */
  after(followed: Followed): TagIndex;
}

interface Sources {
  readonly chain: Chain;
  readonly coin: string;
  readonly options: FollowOptions;
  readonly desk: FollowDesk;
}

/** Reads the lists that were given; the source's own, and the shipped one of ransom addresses, are behind
 *  them. Errors: those of `readTags`.
 */
export async function readNames({ chain, coin, options, desk }: Sources): Promise<Names> {
  const tags: SourceTag[] = [];
  const actors: TagActor[] = [];
  for (const path of options.tags) {
    const list = await readTags(path, desk);
    for (const tag of list.tags) {
      tags.push(tag);
      tellUnknownCategory(tag, desk);
    }
    for (const actor of list.actors) actors.push(actor);
  }
  if (chain.kind === "lookup") for (const tag of chain.tags) tags.push(tag);
  for (const tag of shippedTags()) tags.push(tag);
  const index = (firsts: ReadonlyMap<string, number>): TagIndex =>
    tagIndex({ coin, tags, actors, firstReceipt: (address) => firsts.get(address) ?? null });
  return { tags, index: index(new Map()), after: (followed) => index(firstReceipts(followed)) };
}

/** A word that the table lacks stops no trace: a mistyped one would be found out in court. */
function tellUnknownCategory({ category, place }: SourceTag, desk: FollowDesk): void {
  if (category === null || tagCategory(category) !== null) return;
  const near = nearest(category, TAG_CATEGORY_WORDS);
  const meant = near === null ? `known are ${TAG_CATEGORY_WORDS.join(", ")}` : `did you mean ${near}?`;
  const word = category.slice(0, 60);
  desk.gap(place, "malformed-tag", `No trace stops at what a list calls “${word}”: ${meant}`);
}

function firstReceipts({ hops }: Followed): ReadonlyMap<string, number> {
  const firsts = new Map<string, number>();
  for (const { atMicros, outputs } of hops) {
    for (const { address } of outputs) {
      if (address === null || atMicros === null) continue;
      firsts.set(address, Math.min(atMicros, firsts.get(address) ?? atMicros));
    }
  }
  return firsts;
}

/** The table of ransom addresses that comes with the program; its places are lines of that table. */
function* shippedTags(): Iterable<SourceTag> {
  for (const { address, family, line, atByte, byteLength } of ransomAddresses()) {
    yield {
      address,
      coin: "btc",
      label: family,
      category: null,
      abuse: "ransomware",
      actor: null,
      source: null,
      date: null,
      confidence: null,
      isClusterDefiner: null,
      list: RANSOM_ADDRESSES_SOURCE,
      place: { ...bytesAt(RANSOM_ADDRESSES_NAME, atByte, byteLength), line },
    };
  }
}
