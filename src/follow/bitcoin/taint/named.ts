import { addressScript, scriptAddress } from "../../../bytes/bitcoin-script.ts";
import { hexToHash } from "../../../bytes/hex.ts";
import { grouped } from "../../../model/group.ts";
import type { BitcoinNetwork } from "../../../tables/bitcoin-networks.ts";
import type { SeedRequest } from "../options.ts";
import { hashOf, type OpenBlock } from "./told-tx.ts";

type Outpoints = SeedRequest["outpoints"];

/** Transactions that seeds name, as long as they are not found: until then every transaction must be hashed.
 *  A coinbase may come again (BIP 30), and is looked for among coinbases to the end.
 */
export class NamedTxs {
  readonly #byHash: Map<string, Outpoints>;
  readonly #coinbases = new Map<string, Outpoints>();

  constructor(outpoints: Outpoints) {
    this.#byHash = grouped(outpoints, ({ txid }) => keyOf(hexToHash(txid) ?? new Uint8Array()));
  }

  /** Those of a block, by their position in it, with what was asked of each. */
  in(block: OpenBlock): Map<number, Outpoints> {
    const found = new Map<number, Outpoints>();
    const end = this.#byHash.size > 0 ? block.layout.txCount : Math.min(1, this.#coinbases.size);
    for (let index = 0; index < end; index += 1) {
      const key = keyOf(hashOf(block, index));
      const asked = this.#byHash.get(key) ?? (index === 0 ? this.#coinbases.get(key) : undefined);
      if (asked === undefined) continue;
      found.set(index, asked);
      this.#byHash.delete(key);
      if (index === 0) this.#coinbases.set(key, asked);
    }
    return found;
  }
}

/** Bytes as a text of as many characters: the cheapest key there is. */
function keyOf(hash: Uint8Array): string {
  return String.fromCharCode(...hash);
}

/** Bits for three bytes of the hash that a script of an address holds. */
const FILTER_BITS = 20;
/** The first of these bytes; they belong to the hash in p2pkh, p2sh and every witness program. */
const HASH_AT = 4;
/** Scripts of bare public keys, which differ from that of their address. */
const BARE_KEY_BYTES: ReadonlySet<number> = new Set([35, 67]);

/** Addresses whose receipts are seeds, to be found among the scripts of blocks. */
export class SeedAddresses {
  /** What was asked for, by address. */
  readonly asked: ReadonlyMap<string, string>;
  readonly #network: BitcoinNetwork;
  readonly #filter = new Uint8Array(1 << (FILTER_BITS - 3));

  constructor(addresses: SeedRequest["addresses"], network: BitcoinNetwork) {
    this.asked = new Map(addresses.map(({ address, asked }) => [address, asked]));
    this.#network = network;
    for (const { address } of addresses) {
      const script = addressScript(address, network);
      if (script === null) continue;
      const key = keyAt(script, 0);
      this.#filter[key >>> 3] = (this.#filter[key >>> 3] ?? 0) | (1 << (key & 7));
    }
  }

  /** Positions of transactions of a block that pay to one of them, ascending. */
  paidIn({ bytes, layout }: OpenBlock): number[] {
    const paying: number[] = [];
    if (this.asked.size === 0) return paying;
    const { outputAt, outputFirst, txCount } = layout;
    for (let tx = 0; tx < txCount; tx += 1) {
      const end = outputFirst[tx + 1] ?? 0;
      for (let output = outputFirst[tx] ?? end; output < end; output += 1) {
        if (!this.#isPaid(bytes, (outputAt[output] ?? 0) + 8)) continue;
        paying.push(tx);
        break;
      }
    }
    return paying;
  }

  /** Whether a script is that of one of the addresses. */
  has(script: Uint8Array): boolean {
    const address = scriptAddress(script, this.#network);
    return address !== null && this.asked.has(address);
  }

  /** `at` is where the length of the script stands. Scripts of addresses are shorter than 253 bytes. */
  #isPaid(bytes: Uint8Array, at: number): boolean {
    const length = bytes[at] ?? 0;
    if (length < HASH_AT + 3 || length > 67) return false;
    const key = keyAt(bytes, at + 1);
    const isLikely = (((this.#filter[key >>> 3] ?? 0) >>> (key & 7)) & 1) === 1 || BARE_KEY_BYTES.has(length);
    return isLikely && this.has(bytes.subarray(at + 1, at + 1 + length));
  }
}

function keyAt(bytes: Uint8Array, script: number): number {
  const at = script + HASH_AT;
  return (
    ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)) & ((1 << FILTER_BITS) - 1)
  );
}
