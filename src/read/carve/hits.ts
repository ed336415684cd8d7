import { moneroFault } from "../../bytes/monero-address.ts";
import type { ParsedWallet } from "../../bytes/parsed-wallet.ts";
import type { AnyHostRecord } from "../../model/host-facts.ts";
import { bytesAt, type Place } from "../../model/place.ts";
import type { SecretRecord } from "../../model/trace-record.ts";
import { loadPools } from "../../tables/pools.ts";
import type { Desk, Item } from "../reader.ts";
import { excerptAround, excerptBefore } from "./excerpt.ts";
import type { FoundPool } from "./pool-urls.ts";
import { type Region, type Span, textOf } from "./region.ts";

/** Distinct addresses and pools of one piece of evidence that are kept: an address list of this length is a
 *  list, and the 20,001st says nothing that 20,000 do not. */
export const MAX_DISTINCT = 20_000;
/** Damaged addresses that are looked into. */
const MAX_DAMAGED = 20;

export type CarvedPiece = Item & { readonly id: string; readonly name: string };

interface Hit {
  readonly place: Place;
  readonly excerpt: string;
  times: number;
}

/** What was found in one piece of evidence, each thing once with how often it stands there. */
export class Hits {
  readonly #piece: CarvedPiece;
  readonly #addresses = new Map<string, Hit & { readonly wallet: ParsedWallet }>();
  readonly #pools = new Map<string, Hit & { readonly found: FoundPool }>();
  readonly #secrets = new Map<SecretRecord["what"], Hit>();
  readonly #damaged: { readonly place: Place; readonly fault: string }[] = [];
  #damagedTimes = 0;
  #dropped: Place | null = null;

  constructor(piece: CarvedPiece) {
    this.#piece = piece;
  }

  /** Counts an address that was found before; says whether it was. */
  again(text: string): boolean {
    const known = this.#addresses.get(text);
    if (known !== undefined) known.times += 1;
    return known !== undefined;
  }

  /** Nothing new is kept any more: there is no need to verify it. */
  get isFull(): boolean {
    return this.#dropped !== null;
  }

  address(wallet: ParsedWallet, region: Region, span: Span): void {
    if (this.again(wallet.address) || this.#refuses(region, span)) return;
    const shown = textOf(region, span.start, span.stop);
    this.#addresses.set(wallet.address, { wallet, ...this.#hit(region, span, shown) });
  }

  pool(found: FoundPool, region: Region): void {
    const known = this.#pools.get(found.url);
    if (known !== undefined) known.times += 1;
    else if (!this.#refuses(region, found)) {
      this.#pools.set(found.url, { found, ...this.#hit(region, found, found.url) });
    }
  }

  secret(what: SecretRecord["what"], region: Region, span: Span): void {
    const known = this.#secrets.get(what);
    if (known !== undefined) known.times += 1;
    else {
      const excerpt = excerptBefore(region, span, `[${what}]`);
      this.#secrets.set(what, { place: this.#place(region, span), excerpt, times: 1 });
    }
  }

  /** A text that has the length of a Monero address and is none. */
  damaged(region: Region, span: Span): void {
    this.#damagedTimes += 1;
    if (this.#damaged.length >= MAX_DAMAGED) return;
    const fault = moneroFault(textOf(region, span.start, span.stop));
    if (fault !== null) this.#damaged.push({ place: this.#place(region, span), fault });
  }

  /** Lays everything down, in the order of the evidence. */
  finish(desk: Desk): void {
    for (const record of this.#records().sort((a, b) => a.place.atByte - b.place.atByte)) desk.record(record);
    this.#finishDamaged(desk);
    if (this.#dropped === null) return;
    const says = `More than ${MAX_DISTINCT} different addresses and pools stand in ${this.#piece.name}`;
    desk.gap(this.#dropped, "dropped-details", says);
  }

  #records(): AnyHostRecord[] {
    const { host, path } = this.#piece;
    const about = { host, path, hostname: null, atMicros: null, atHow: null, clock: "utc" } as const;
    const addresses = [...this.#addresses.values()].map(({ wallet, ...hit }) => ({
      kind: "address" as const,
      ...about,
      ...wallet,
      ...hit,
    }));
    const pools = [...this.#pools.values()].map(({ found, ...hit }) => ({
      kind: "pool-url" as const,
      ...about,
      ...hit,
      url: found.url,
      poolHost: found.host,
      poolPort: found.port,
      pool: poolMatch(found.host),
    }));
    const secrets = [...this.#secrets].map(([what, hit]) => ({
      kind: "secret" as const,
      ...about,
      ...hit,
      what,
    }));
    return [...addresses, ...pools, ...secrets];
  }

  /** Where no valid Monero address stands, a text of that length is a token of another kind. */
  #finishDamaged(desk: Desk): void {
    if (![...this.#addresses.values()].some(({ wallet }) => wallet.coin === "xmr")) return;
    const where = this.#piece.name;
    for (const { place, fault } of this.#damaged) {
      const text = `Text at offset ${place.atByte} of ${where}`;
      desk.gap(place, "damaged-address", `${text} looks like a Monero address and is none: ${fault}`);
    }
    const rest = this.#damagedTimes - this.#damaged.length;
    const [first] = this.#damaged;
    if (rest === 0 || first === undefined) return;
    const says = `More texts in ${where} look like Monero addresses and are none`;
    desk.countGap({ place: first.place, code: "damaged-address", says, count: rest });
  }

  #hit(region: Region, span: Span, shown: string): Hit {
    return { place: this.#place(region, span), excerpt: excerptAround(region, span, shown), times: 1 };
  }

  #place({ base, stride }: Region, { start, stop }: Span): Place {
    return bytesAt(this.#piece.id, base + start * stride, (stop - start) * stride);
  }

  #refuses(region: Region, span: Span): boolean {
    const isFull = this.#addresses.size + this.#pools.size >= MAX_DISTINCT;
    if (isFull) this.#dropped ??= this.#place(region, span);
    return isFull;
  }
}

function poolMatch(host: string) {
  const row = loadPools().matchHost(host);
  if (row === null) return null;
  const { matched, pool, coin, source, seen } = row;
  return { matched, pool, coin, source, seen };
}
