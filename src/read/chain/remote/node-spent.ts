// What a block's transactions spend, as a node tells it: `getblock HASH 3`
//
// FIELD                                    MEANING
// tx[].vin[].coinbase                      there is no output that is spent
// tx[].vin[].prevout.value                 coins, with up to eight digits behind the point
// tx[].vin[].prevout.scriptPubKey.hex      the locking script
//
// Source: Bitcoin Core src/rpc/blockchain.cpp (getblock, since version 23).

import { hexToBytes } from "../../../bytes/hex.ts";
import type { SpentOutput } from "../../../model/chain.ts";
import { valueAt } from "../../json.ts";

const SATS_PER_COIN = 100_000_000;

/** What each transaction of a block spends, in the order of the block; null where the node does not tell it
 *  of every input, as one does that takes the 3 for a mere "yes". */
export function readSpent(block: unknown): readonly (readonly SpentOutput[])[] | null {
  const txs = valueAt(block, "tx");
  if (!Array.isArray(txs)) return null;
  const all = [];
  for (const tx of txs) {
    const spent = spentBy(tx);
    if (spent === null) return null;
    all.push(spent);
  }
  return all;
}

function spentBy(tx: unknown): readonly SpentOutput[] | null {
  const inputs = valueAt(tx, "vin");
  if (!Array.isArray(inputs)) return null;
  const spent: SpentOutput[] = [];
  for (const input of inputs) {
    if (valueAt(input, "coinbase") !== undefined) continue;
    const valueSats = satsOf(valueAt(input, "prevout", "value"));
    const hex = valueAt(input, "prevout", "scriptPubKey", "hex");
    const script = typeof hex === "string" ? hexToBytes(hex) : null;
    if (valueSats === null || script === null) return null;
    spent.push({ valueSats, script });
  }
  return spent;
}

/** A double holds 21 million coins with eight digits behind the point to within a tenth of a satoshi. */
function satsOf(coins: unknown): bigint | null {
  const sats = typeof coins === "number" ? Math.round(coins * SATS_PER_COIN) : Number.NaN;
  return Number.isSafeInteger(sats) && sats >= 0 ? BigInt(sats) : null;
}
