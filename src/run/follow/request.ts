import { addressScript } from "../../bytes/bitcoin-script.ts";
import { parseWallet } from "../../bytes/wallet.ts";
import type { SeedRequest } from "../../follow/bitcoin/options.ts";
import type { Case } from "../../model/case.ts";
import type { SourceTag } from "../../model/chain.ts";
import { PaydirtError } from "../../model/error.ts";
import { nearest } from "../../model/nearest.ts";
import { BITCOIN_NETWORKS, type BitcoinNetwork } from "../../tables/bitcoin-networks.ts";
import { type Seed, wrong } from "./seeds.ts";

interface Known {
  readonly network: BitcoinNetwork;
  readonly tags: readonly SourceTag[];
  /** Addresses that lists give to a family. */
  readonly addressesOf: (family: string) => readonly string[];
}

/** Seeds as the network that is followed knows them.
 *
 *  Shape: each output and each address once; a family stands for every address that a list gives it.
 *  Errors: `bad-option` for a coin or an address of another network, for a text that is no address at all,
 *  and for a family that no list names.
 */
export function requestOf(seeds: readonly Seed[], known: Known): SeedRequest {
  const outpoints = new Map<string, SeedRequest["outpoints"][number]>();
  const addresses = new Map<string, SeedRequest["addresses"][number]>();
  for (const seed of seeds) {
    if (seed.kind === "family") {
      for (const address of familyOf(seed, known)) addresses.set(address, { address, asked: seed.asked });
      continue;
    }
    if (seed.coin !== known.network.coin) {
      throw wrong(seed.asked, `the source holds the chain of ${known.network.name}`);
    }
    if (seed.kind === "address") {
      const { asked } = seed;
      const address = checkedAddress(seed.address, asked, known.network);
      addresses.set(address, { address, asked });
    } else {
      const { txid, vout, asked } = seed;
      outpoints.set(`${txid}:${vout}`, { txid, vout, asked });
    }
  }
  return { outpoints: [...outpoints.values()], addresses: [...addresses.values()] };
}

/** The seeds that a case gives by itself: its addresses of this coin. Errors: `bad-option` when it has
 *  none. */
export function caseSeeds({ wallets }: Case, coin: string): readonly Seed[] {
  const own = wallets.filter((wallet) => wallet.coin === coin);
  if (own.length === 0) {
    throw new PaydirtError(
      "bad-option",
      `Cannot follow the case: it holds no ${coin} address; name a seed, such as btc:ADDRESS or btc:TXID:0`,
    );
  }
  return own.map(({ address }) => ({ kind: "address", coin, address, asked: `wallet of the case` }));
}

function checkedAddress(text: string, asked: string, network: BitcoinNetwork): string {
  // Bech32 may be written in capitals throughout, as in QR codes.
  const isUpper = text === text.toUpperCase() && /^[A-Z]{2,5}1/.test(text);
  const address = isUpper ? text.toLowerCase() : text;
  if (addressScript(address, network) !== null) return address;
  const other = BITCOIN_NETWORKS.find((one) => one.id !== network.id && addressScript(address, one) !== null);
  const foreign = other?.name ?? parseWallet(address)?.coin ?? null;
  throw wrong(
    asked,
    foreign === null
      ? "its checksum is wrong or it is no address; a character may be missing or mistyped"
      : `it is an address of ${foreign}, and the source holds the chain of ${network.name}`,
  );
}

function familyOf({ name, asked }: Seed & { kind: "family" }, known: Known): readonly string[] {
  const { tags, network, addressesOf } = known;
  const named = addressesOf(name);
  if (named.length > 0) return named;
  const labels = new Set(tags.filter(({ coin }) => coin === network.coin).map(({ label }) => label));
  const within = [...labels].filter((label) => label.toLowerCase().includes(name.toLowerCase())).slice(0, 5);
  const near = within.length > 0 ? within : [nearest(name, [...labels])].filter((label) => label !== null);
  const meant = near.length === 0 ? "; give a list with --tags" : `; there is ${near.join(", ")}`;
  throw wrong(asked, `no list names an address of ${name}${meant}`);
}
