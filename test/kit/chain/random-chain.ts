import type { Outpoint } from "../../../src/model/chain.ts";
import { type Random, random } from "../random.ts";
import { MadeChain } from "./made-chain.ts";
import { keyScript, type MadeOutput, type MadeTx, madeTx } from "./transactions.ts";

/** Keys that everything is paid to: few, so that addresses come again. */
const KEYS = 12;
/** The first block with payments: a few blocks before the first halving of the network, at 150. */
export const FIRST_HEIGHT = 145;
const BURN_SCRIPT = Uint8Array.of(0x6a, 1, 0);

/** A coin that is not spent yet. */
interface Coin extends Outpoint {
  readonly valueSats: bigint;
}

/** A valid chain with so many blocks of payments behind a few hundred empty ones: coinbases that claim their
 *  fees, and some that leave part of them; payments with and without fees, within a block too; outputs
 *  without value, burnt ones, dust.
 */
export function randomChain(seed: number, blocks: number): MadeChain {
  const dice = random(seed);
  const chain = new MadeChain();
  for (let i = 0; i < FIRST_HEIGHT; i += 1) chain.mine([]);
  const coins: Coin[] = [];
  for (let i = 0; i < blocks; i += 1) addBlock(chain, coins, dice);
  return chain;
}

function addBlock(chain: MadeChain, coins: Coin[], dice: Random): void {
  const txs: MadeTx[] = [];
  for (let i = dice.below(5); i > 0 && coins.length > 0; i -= 1) {
    const tx = payment(coins, dice);
    txs.push(tx);
    keepCoins(coins, tx);
  }
  const claim = chain.reward(txs);
  const left = dice.below(4) === 0 ? BigInt(dice.below(Number(claim / 2n))) : 0n;
  const block = chain.mine(txs, { coinbase: shared(claim - left, 1 + dice.below(3), dice) });
  for (const coinbase of block.txs.slice(0, 1)) keepCoins(coins, coinbase);
}

function payment(coins: Coin[], dice: Random): MadeTx {
  const inputs: Coin[] = [];
  for (let i = dice.below(4); i >= 0 && coins.length > 0; i -= 1) {
    inputs.push(...coins.splice(dice.below(coins.length), 1));
  }
  const value = inputs.reduce((sum, { valueSats }) => sum + valueSats, 0n);
  const drawn = dice.below(3) === 0 ? 0n : BigInt(dice.below(5_000));
  return madeTx({
    inputs,
    outputs: shared(value - (drawn < value ? drawn : value), 1 + dice.below(5), dice),
  });
}

/** An amount in so many outputs, some of them nothing, some tiny, one in eight burnt. */
function shared(sats: bigint, count: number, dice: Random): MadeOutput[] {
  let left = sats;
  const values = Array.from({ length: count - 1 }, () => {
    const most = dice.below(3) === 0 ? 700 : Number(left);
    const value = BigInt(Math.min(Number(left), dice.below(most + 1)));
    left -= value;
    return value;
  });
  return [...values, left].map((valueSats) => ({
    valueSats,
    script: dice.below(8) === 0 ? BURN_SCRIPT : keyScript(`key ${dice.below(KEYS)}`),
  }));
}

function keepCoins(coins: Coin[], { txid, outputs }: MadeTx): void {
  for (const [vout, { valueSats, script }] of outputs.entries()) {
    if (script !== BURN_SCRIPT) coins.push({ txid, vout, valueSats });
  }
}
