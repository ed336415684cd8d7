import type { How } from "../../../model/place.ts";
import type { Wallet } from "../../../model/record.ts";
import { ALGORITHM_OF_COIN, COIN_WORDS, isBitcoinHeight } from "../../../tables/dialect-coins.ts";
import type { DialectRow } from "../../../tables/dialects.ts";
import { MONERO_FORKS, moneroFork } from "../../../tables/monero-forks.ts";
import { blobHead, coinbaseHeight } from "./blob.ts";

/** What is mined, with what, and how either is known. */
export interface Mined {
  readonly coin: string | null;
  readonly coinHow: How | null;
  readonly algorithm: string | null;
  readonly algorithmHow: How | null;
}

interface Claim {
  readonly value: string;
  readonly how: How;
}

/** Address forms that another chain has too: they tell the coin less surely than a form of its own. */
const SHARED_FORMS = new Set(["btc p2pkh", "btc p2sh", "zec t1", "zec t3"]);

const MONERO_ALGORITHMS = new Set(MONERO_FORKS.map((fork) => fork.algorithm));

/** Collects what the messages of a session say about its coin and algorithm.
 *
 *  Rules, the stronger first. Coin: a wallet of a coin that speaks the dialect (seen; inferred if the form
 *  is shared by chains, as every 0x address is); the block of a job falls into Monero's upgrade of its
 *  version, or its height into Bitcoin's (inferred); a word in the server's name (inferred); the dialect's
 *  usual coin (assumed), unless most jobs contradict it. Algorithm: named by a job (seen), by Monero's
 *  upgrade or the coin (inferred), by the dialect (assumed).
 */
export class CoinEvidence {
  #wallet: Wallet | null = null;
  #algorithm: string | null = null;
  #fork: { coin: string; algorithm: string } | null = null;
  #word: string | null = null;
  /** Jobs that fit the dialect's usual coin, less those that cannot be its own. */
  #fitting = 0;

  wallet(wallet: Wallet | null): void {
    this.#wallet ??= wallet;
  }

  algorithm(name: string): void {
    this.#algorithm = name.slice(0, 32).toLowerCase();
  }

  serverName(name: string): void {
    const words = name
      .toLowerCase()
      .slice(0, 253)
      .split(/[^a-z]+/);
    this.#word ??= words.map((word) => COIN_WORDS.get(word)).find((coin) => coin !== undefined) ?? null;
  }

  /** A CryptoNote job's blob, with the height that stands beside it. */
  blob(hex: string, height: number | null): void {
    const head = blobHead(hex);
    if (head === null) return;
    const fork = moneroFork(head.version, head.atSeconds, height);
    this.#fitting += fork === null ? -1 : 1;
    if (fork !== null) this.#fork = { coin: "xmr", algorithm: fork.algorithm };
  }

  /** The first part of a Bitcoin job's coinbase; returns the height in it. */
  coinbase(hex: string, atSeconds: number): number | null {
    const height = coinbaseHeight(hex);
    if (height === null) return null;
    const fits = isBitcoinHeight(height, atSeconds);
    this.#fitting += fits ? 1 : -1;
    if (fits) this.#fork = { coin: "btc", algorithm: "sha256d" };
    return height;
  }

  /** Most jobs are of another chain than the dialect's usual one. */
  get #contradicted(): boolean {
    return this.#fitting < 0;
  }

  decide(dialect: DialectRow): Mined {
    const coin = this.#coin(dialect);
    const algorithm = this.#algorithmOf(dialect, coin);
    return {
      coin: coin?.value ?? null,
      coinHow: coin?.how ?? null,
      algorithm: algorithm?.value ?? null,
      algorithmHow: algorithm?.how ?? null,
    };
  }

  #coin({ coins }: DialectRow): Claim | null {
    const wallet = this.#wallet;
    if (wallet !== null && coins.includes(wallet.coin) && !this.#contradicted) {
      const shared = wallet.coin === "eth" || SHARED_FORMS.has(`${wallet.coin} ${wallet.form}`);
      return { value: wallet.coin, how: shared ? "inferred" : "seen" };
    }
    if (this.#fork !== null && coins.includes(this.#fork.coin))
      return { value: this.#fork.coin, how: "inferred" };
    if (this.#word !== null && coins.includes(this.#word)) return { value: this.#word, how: "inferred" };
    const [usual] = coins;
    if (usual === undefined || this.#contradicted || this.#foreignAlgorithm(usual)) return null;
    return { value: usual, how: "assumed" };
  }

  /** The job names an algorithm that the coin has never had. */
  #foreignAlgorithm(coin: string): boolean {
    return coin === "xmr" && this.#algorithm !== null && !MONERO_ALGORITHMS.has(this.#algorithm);
  }

  #algorithmOf(dialect: DialectRow, coin: Claim | null): Claim | null {
    if (this.#algorithm !== null) return { value: this.#algorithm, how: "seen" };
    if (this.#fork !== null && this.#fork.coin === coin?.value)
      return { value: this.#fork.algorithm, how: "inferred" };
    const ofCoin = coin === null ? undefined : ALGORITHM_OF_COIN.get(coin.value);
    if (ofCoin !== undefined) return { value: ofCoin, how: coin?.how === "assumed" ? "assumed" : "inferred" };
    return dialect.algorithm === null || this.#contradicted
      ? null
      : { value: dialect.algorithm, how: "assumed" };
  }
}
