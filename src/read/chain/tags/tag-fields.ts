// What one entry of a list says, whatever the list is written in.
//
// FIELD                MEANING
// address, label       required
// currency, coin       ticker; "XBT" is BTC
// category, concepts   a word of GraphSense's taxonomy; of several concepts the first
// abuse                a word of its taxonomy of abuses
// actor                id in an ActorPack
// source               where the list has it from
// lastmod, date        YYYY-MM-DD, with or without a time
// confidence           the list's own word
// is_cluster_definer   true, false

import { parseIso } from "../../../bytes/time.ts";
import { parseWallet } from "../../../bytes/wallet.ts";
import type { SourceTag } from "../../../model/chain.ts";
import type { GapCode } from "../../../model/gap.ts";
import type { Place } from "../../../model/place.ts";
import { addressNetworks } from "../../../tables/address-networks.ts";
import { BITCOIN_NETWORKS } from "../../../tables/bitcoin-networks.ts";

/** Longer texts are no label and no source. */
const MAX_TEXT = 1_000;
const ADDRESS = /^[0-9A-Za-z:_.-]{14,512}$/;
const TICKER = /^[a-z0-9]{2,10}$/;

/** Other names of a coin. Source: ISO 4217's private code, as OFAC writes it. */
const TICKERS: ReadonlyMap<string, string> = new Map([["xbt", "btc"]]);

/** Coins whose addresses `parseWallet` checks. */
const CHECKED: ReadonlySet<string> = new Set(["xmr", "eth", "zec"]);
/** Coins by the networks on which they are paid, test networks too. */
const COINS: ReadonlyMap<string, string> = new Map(BITCOIN_NETWORKS.map(({ id, coin }) => [id, coin]));
const BITCOINS: ReadonlySet<string> = new Set(COINS.values());

/** Looks a field up; null where the entry and what it inherits from do not tell it. */
export type FieldOf = (name: string) => string | null;

/** What is wrong with an entry. */
export interface TagFault {
  readonly code: GapCode;
  readonly says: string;
}

/** The tag that an entry is, or what is wrong with it. */
export function tagOf(field: FieldOf, list: string, place: Place): SourceTag | TagFault {
  const address = field("address");
  const label = field("label");
  if (address === null || !ADDRESS.test(address)) return malformed("it has no address");
  if (label === null) return malformed("it has no label");
  const told = tickerOf(field("currency") ?? field("coin"));
  const coin = told ?? parseWallet(address)?.coin ?? null;
  if (coin === null) return malformed("it has no currency");
  const written = checkedAddress(address, coin);
  if (written === null) {
    return { code: "damaged-address", says: `${address.slice(0, 100)} is no valid address of ${coin}` };
  }
  const texts = {
    label,
    category: field("category") ?? field("concepts"),
    abuse: field("abuse"),
    actor: field("actor"),
    source: field("source"),
    confidence: field("confidence"),
  };
  if (Object.values(texts).some((text) => text !== null && text.length > MAX_TEXT)) {
    return malformed(`a text of it is longer than ${MAX_TEXT} characters`);
  }
  return {
    address: written,
    coin,
    ...texts,
    date: dayOf(field("lastmod") ?? field("date")),
    isClusterDefiner: truthOf(field("is_cluster_definer")),
    list,
    place,
  };
}

function malformed(says: string): TagFault {
  return { code: "malformed-tag", says };
}

/** A coin's ticker in small letters; null for what is none. */
export function tickerOf(text: string | null): string | null {
  const lower = text?.trim().toLowerCase() ?? "";
  return TICKER.test(lower) ? (TICKERS.get(lower) ?? lower) : null;
}

/** The address as its coin writes it; null where its checksum is wrong. Of coins whose addresses are not
 *  checked here it is what stands there. */
function checkedAddress(address: string, coin: string): string | null {
  if (BITCOINS.has(coin)) {
    if (!addressNetworks(address).some((network) => COINS.get(network) === coin)) return null;
    return address === address.toUpperCase() ? address.toLowerCase() : address;
  }
  if (!CHECKED.has(coin)) return address;
  const wallet = parseWallet(address);
  return wallet?.coin === coin ? wallet.address : null;
}

function dayOf(text: string | null): string | null {
  const day = text === null ? "" : text.slice(0, 10);
  return parseIso(day) === null ? null : day;
}

function truthOf(text: string | null): boolean | null {
  const lower = text?.toLowerCase();
  return lower === "true" ? true : lower === "false" ? false : null;
}
