import type { ParsedWallet } from "../../bytes/parsed-wallet.ts";
import { considerRun } from "./candidates.ts";
import { ALPHANUMERIC } from "./classes.ts";
import { type Family, type FamilyIndex, familyIndex, type Wanted } from "./families.ts";
import type { Hits } from "./hits.ts";
import { eachPoolUrl } from "./pool-urls.ts";
import { type Region, textOf } from "./region.ts";
import { eachRun } from "./runs.ts";
import { eachPemKey, eachSeedPhrase } from "./secrets.ts";
import { eachWideText } from "./wide.ts";

/** Characters on each side in which a word must stand that makes 40 hex digits an Ethereum address. */
const AROUND = 200;
const ETHEREUM_WORDS = new RegExp(
  `\\b(?:${[
    "eth|ether|ethereum|ethermine|etherscan|ethash|etchash|erc-?20|usdt|metamask|coinbase|binance",
    "wallets?|pools?|miners?|mining|payouts?|nanopool|stratum|crypto|donate|donations?",
  ].join("|")})\\b`,
  "i",
);
/** A host and a port. */
const LEAST_POOL_CHARS = 11;
/** Fewest different digits of an address that nobody made up. */
const LEAST_DIGITS = 6;

/** Looks for everything wanted in regions, and lays what it finds with the hits. */
export class Search {
  readonly #hits: Hits;
  readonly #index: FamilyIndex;
  readonly #others: boolean;
  readonly #leastWide: number;

  constructor(hits: Hits, wanted: Wanted) {
    this.#hits = hits;
    this.#index = familyIndex(wanted);
    this.#others = wanted.others;
    this.#leastWide = wanted.others ? LEAST_POOL_CHARS : this.#index.least;
  }

  /** Searches the bytes as one-byte text and as UTF-16LE. */
  region(region: Region): void {
    this.#text(region);
    eachWideText(region, this.#leastWide, (narrow) => this.#text(narrow));
  }

  #text(region: Region): void {
    const index = this.#index;
    const consider = (family: Family, start: number, stop: number): boolean =>
      this.#consider(family, region, { start, stop });
    eachRun(region, { table: ALPHANUMERIC, least: index.least }, (start, stop) =>
      considerRun(region, { start, stop, index }, consider),
    );
    if (!this.#others) return;
    eachPoolUrl(region, (found) => this.#hits.pool(found, region));
    eachSeedPhrase(region, (span) => this.#hits.secret("seed-phrase", region, span));
    eachPemKey(region, (span) => this.#hits.secret("private-key", region, span));
  }

  #consider(
    { coin, parse }: Family,
    region: Region,
    span: { readonly start: number; readonly stop: number },
  ): boolean {
    const text = textOf(region, span.start, span.stop);
    if (this.#hits.again(text)) return true;
    if (coin !== null && this.#hits.isFull) return true;
    const found = parse(text);
    if (typeof found === "string") this.#hits.secret(found, region, span);
    else if (found === null) {
      if (coin === "xmr") this.#hits.damaged(region, span);
      return false;
    } else if (found.checked || isSpokenOf(found, region, span)) this.#hits.address(found, region, span);
    return true;
  }
}

/** An address without a checksum counts only where the text around it speaks of such things. */
function isSpokenOf(
  { address }: ParsedWallet,
  region: Region,
  { start, stop }: { readonly start: number; readonly stop: number },
): boolean {
  if (new Set(address.slice(2)).size < LEAST_DIGITS) return false;
  const before = textOf(region, Math.max(0, start - AROUND), start);
  const after = textOf(region, stop, Math.min(region.end, stop + AROUND));
  return ETHEREUM_WORDS.test(`${before} ${after}`);
}
